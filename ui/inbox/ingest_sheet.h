// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mail_history.h"
#include "ui/frame/context.h"
#include "ui/widgets/sheet.h"

namespace outrider::inbox {

class RowList;

// The mail that lay in a mailbox when it was connected: how many messages belong to which leads, and what filing them would
// do. Nothing is changed before the person says so.
class IngestSheet : public widgets::Sheet {
    Q_OBJECT

public:
    IngestSheet(const frame::Context& context, QWidget* over, MailHistoryPreview preview);

    void ask();

private:
    void file();
    void leave();

    const frame::Context& m_context;
    const MailHistoryPreview m_preview;
    RowList* m_list;
    widgets::Button* m_file;
    widgets::Button* m_leave;
};

// "612 older messages belong to 84 of your leads."
QString ingestSentence(const MailHistoryPreview& preview);

} // namespace outrider::inbox
