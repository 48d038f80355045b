// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mail_history.h"
#include "ui/frame/context.h"
#include "ui/widgets/bars.h"

#include <optional>

namespace outrider::inbox {

// Says that earlier mail was found in a mailbox and waits for the person's word; hidden while there is none. Its verb opens
// the sheet that shows it.
class IngestBanner : public widgets::Banner {
    Q_OBJECT

public:
    explicit IngestBanner(const frame::Context& context, QWidget* parent = nullptr);

    // Asked of the command, too. False: there is nothing to look at.
    bool look();

private:
    void read();

    const frame::Context& m_context;
    std::optional<MailHistoryPreview> m_first; // of those that wait
    int m_generation = 0;
};

} // namespace outrider::inbox
