// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace outrider {

enum class WorkerMode {
    Thread, // tasks run one after another on a thread of their own
    Inline, // tasks run at once on the caller's thread, before post() returns: tests
};

// A queue of tasks and the one thread that runs them in order.
//
// post() and run() are thread-safe. Destruction runs what is queued, then joins; a task posted
// after that began is dropped, and its future ends as cancelled. Built on std primitives, because
// ThreadSanitizer cannot see into an uninstrumented Qt.
class Worker {
public:
    explicit Worker(std::string name, WorkerMode mode = WorkerMode::Thread);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(std::function<void()> task);

    // Runs task() -> Result<T> on the worker. An exception becomes ErrorCode::Internal.
    template <typename Task, typename R = std::invoke_result_t<Task>>
    QFuture<R> run(Task task);

    // Whether the caller is the worker's own thread (always true inline).
    bool isCurrentThread() const;

private:
    void loop();

    const std::string m_name;
    const WorkerMode m_mode;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks;
    bool m_stopping = false;
    std::thread m_thread;
};

// Calls task and turns an exception into the error it is; used wherever code of ours meets a
// thread or another module's edge.
template <typename Task>
std::invoke_result_t<Task> guarded(Task&& task) noexcept {
    try {
        return std::forward<Task>(task)();
    } catch (const std::exception& e) {
        return fail(ErrorCode::Internal, e.what());
    } catch (...) {
        return fail(ErrorCode::Internal, "unknown exception");
    }
}

template <typename Task, typename R>
QFuture<R> Worker::run(Task task) {
    auto promise = std::make_shared<QPromise<R>>();
    promise->start();
    QFuture<R> future = promise->future();
    post([promise, task = std::move(task)]() mutable {
        promise->addResult(guarded(std::move(task)));
        promise->finish();
    });
    return future;
}

// A future that is already finished.
template <typename T>
QFuture<Result<T>> ready(Result<T> result) {
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

// Waits for a future; for threads that may wait (the command line, workers, tests), never the
// window's. A future whose promise was abandoned counts as cancelled.
template <typename T>
Result<T> wait(QFuture<Result<T>> future) {
    future.waitForFinished();
    if (future.resultCount() == 0)
        return fail(ErrorCode::Cancelled);
    return future.takeResult();
}

} // namespace outrider
