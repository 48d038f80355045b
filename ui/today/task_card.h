// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/queue_service.h"
#include "ui/text/dates.h"
#include "ui/theme/icons.h"
#include "ui/today/problem.h"
#include "ui/today/problem_strip.h"
#include "ui/widgets/basics.h"

#include <QFocusEvent>

namespace outrider::today {

// The task at hand, one kind of card per channel: what will be done, and how. It has the focus while
// the keys act; the page owns the acts.
class TaskCard : public widgets::Card {
    Q_OBJECT

public:
    explicit TaskCard(QWidget* parent = nullptr) : Card(parent), m_problemStrip(new ProblemStrip(this)) {
        setAccessibleName(tr("Current task"));
        setFocusPolicy(Qt::StrongFocus);
        connect(m_problemStrip, &ProblemStrip::filled, this, &TaskCard::filled);
        connect(m_problemStrip, &ProblemStrip::verbClicked, this, [this] { Q_EMIT wayOut(m_problem.way); });
    }

    // Before the task has been read: what the queue's row says.
    virtual void showPending(const QueueItem& item) = 0;
    // `fresh`: another task; else the same one read again, which keeps what the person is doing in it.
    virtual void showTask(const TaskDetail& task, const text::Dates& dates, bool fresh) = 0;

    // What Enter does now: "Send and next".
    virtual QString primaryText() const = 0;
    virtual theme::Icon primaryIcon() const = 0;

    void setProblem(Problem problem) {
        m_problem = std::move(problem);
        if (m_problem.sentence.isEmpty())
            m_problemStrip->clear();
        else if (m_problem.way == Problem::Way::FillIn)
            m_problemStrip->showMissing(m_problem.sentence, m_problem.field);
        else
            m_problemStrip->showVerb(m_problem.sentence, m_problem.verb);
    }
    const Problem& problem() const { return m_problem; }
    void showWayOut() { m_problemStrip->takeFocus(); }

Q_SIGNALS:
    void primaryChanged(); // what Enter does
    void filled(const QString& field, const QString& value);
    void wayOut(outrider::today::Problem::Way way);

protected:
    ProblemStrip* problemStrip() const { return m_problemStrip; }
    void focusInEvent(QFocusEvent* event) override {
        setHighlighted(true);
        Card::focusInEvent(event);
    }
    void focusOutEvent(QFocusEvent* event) override {
        setHighlighted(false);
        Card::focusOutEvent(event);
    }

private:
    ProblemStrip* m_problemStrip;
    Problem m_problem;
};

} // namespace outrider::today
