// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace outrider {

// Calls fn(Result<T>) on receiver's thread once the future has finished.
//
// If the receiver is destroyed first, fn is never called: the watcher belongs to the receiver.
// (QFuture::then(context, …) aborts in that case on Qt 6.4.) A future whose promise was abandoned
// is delivered as ErrorCode::Cancelled, so no caller waits for ever. Call on receiver's thread.
template <typename T, typename Fn>
void deliver(QFuture<Result<T>> future, QObject* receiver, Fn fn) {
    auto* watcher = new QFutureWatcher<Result<T>>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver, [watcher, fn = std::move(fn)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() == 0)
            fn(Result<T>(fail(ErrorCode::Cancelled)));
        else
            fn(watcher->future().takeResult());
    });
    watcher->setFuture(std::move(future));
}

} // namespace outrider
