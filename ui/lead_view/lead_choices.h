// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <QObject>

namespace outrider::lead_view {

class AskBar;
class LeadActions;
class LeadFeed;

// What the page asks before it acts on the lead it shows: until when, which strategy, which tag. Popups
// for the usual answers, the bar below the toolbar for the others.
class LeadChoices : public QObject {
    Q_OBJECT

public:
    // All of them belong to the same page.
    LeadChoices(const frame::Context& context, const LeadActions& actions, LeadFeed* feed, AskBar* ask, QObject* parent);

    void snooze(TaskId task, QWidget* anchor);
    void stage(QWidget* anchor);
    void strategy(QWidget* anchor);
    void tag();
    void pause(EnrolmentId enrolment, QWidget* anchor);
    void resume(EnrolmentId enrolment);
    void takeOut(EnrolmentId enrolment);

private:
    void pauseUntil(EnrolmentId enrolment, Instant until);
    void tell(QFuture<Result<>> future, const QString& sentence, theme::Icon icon);

    const frame::Context m_context;
    const LeadActions& m_actions;
    LeadFeed* m_feed;
    AskBar* m_ask;
};

} // namespace outrider::lead_view
