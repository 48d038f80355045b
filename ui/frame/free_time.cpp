// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/free_time.h"

#include "core/base/deliver.h"
#include "core/services/meeting_service.h"
#include "ui/text/meeting_text.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>

namespace outrider::frame {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FreeTime)
};

} // namespace

void copyFreeTime(const Context& context, QObject* receiver) {
    deliver(context.workspace.meetings().freeTime({}), receiver, [tell = &context.tell](Result<FreeTime> free) {
        if (!free) {
            tell->failed(free.error(), Words::tr("The free slots were not read"));
            return;
        }
        const QString text = text::freeTimeText(*free);
        if (text.isEmpty()) {
            tell->info(Words::tr("No time is free within the working hours of the next five days."));
            return;
        }
        QGuiApplication::clipboard()->setText(text);
        const auto lines = text.split(u'\n');
        tell->done(lines.size() == 1 ? Words::tr("Copied: %1").arg(lines.front())
                                     : Words::tr("Copied: %1 and %2 more days").arg(lines.front()).arg(lines.size() - 1),
                   false, theme::Icon::Copy);
    });
}

} // namespace outrider::frame
