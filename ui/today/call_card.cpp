// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/call_card.h"

#include "ui/lead_view/flow_layout.h"
#include "ui/text/tr.h"
#include "ui/today/reading_text.h"
#include "ui/today/task_words.h"
#include "ui/widgets/button.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QUrl>

namespace outrider::today {

using text::toQt;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

CallCard::CallCard(QWidget* parent)
    : TaskCard(parent),
      m_numberText(new Label(TextStyle::Display)),
      m_numberKind(new Label(TextStyle::Meta, Ink::Muted)),
      m_time(new Label(TextStyle::Display, Ink::Muted)),
      m_script(new ReadingText),
      m_outcomes(new QWidget) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);

    auto* head = new QWidget;
    auto* headRow = widgets::row(head, t.space.m, {t.space.l, t.space.m, t.space.l, t.space.m});
    auto* number = new QWidget;
    auto* numberColumn = widgets::column(number, 0);
    m_numberText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_numberText->setEliding(true);
    m_numberKind->setEliding(true);
    numberColumn->addWidget(m_numberText);
    numberColumn->addWidget(m_numberKind);
    headRow->addWidget(number, 1);
    headRow->addWidget(m_time, 0, Qt::AlignTop);
    column->addWidget(head);
    column->addWidget(new widgets::Line);

    auto* reading = new QWidget;
    auto* readingColumn = widgets::column(reading, t.space.s, {t.space.l, t.space.m, t.space.l, t.space.m});
    m_script->setAccessibleName(tr("Call script"));
    readingColumn->addWidget(m_script, 1);
    column->addWidget(reading, 1);

    column->addWidget(problemStrip());
    column->addWidget(new widgets::Line);
    widgets::column(m_outcomes, 0, {t.space.l, t.space.s, t.space.l, t.space.s});
    column->addWidget(m_outcomes);

    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &CallCard::tick);
}

void CallCard::setOutcomeActions(const QList<QAction*>& actions) {
    const theme::Tokens& t = theme::tokens(this);
    auto* holder = new QWidget;
    auto* flow = new lead_view::FlowLayout(holder, t.space.s);
    for (QAction* action : actions) {
        auto* button = new widgets::Button(widgets::Button::Kind::Secondary, {});
        button->bind(action);
        flow->addWidget(button);
    }
    m_outcomes->layout()->addWidget(holder);
}

void CallCard::showPending(const QueueItem& item) {
    m_running = false;
    m_timer.stop();
    m_time->setText({});
    m_number.clear();
    m_numberText->setText(QStringLiteral("…"));
    m_numberKind->setText({});
    m_script->setText({}, {}, plainTemplate(item.stepSubject));
    setProblem({});
}

void CallCard::showTask(const TaskDetail& task, const text::Dates&, bool fresh) {
    if (fresh) {
        m_running = false;
        m_timer.stop();
        m_time->setText({});
    }
    const Lead& lead = task.lead.lead;
    m_number = toQt(lead.phoneKey.empty() ? lead.phone : lead.phoneKey);
    m_numberText->setText(lead.phone.empty() ? tr("No number") : toQt(lead.phone));
    QStringList others;
    for (const ContactPoint& contact : lead.otherContacts) {
        if (contact.kind == ContactKind::Phone)
            others << (contact.label.empty() ? toQt(contact.value) : tr("%1 %2").arg(toQt(contact.label), toQt(contact.value)));
    }
    m_numberKind->setText(others.isEmpty() ? tr("Enter hands it to your phone program.")
                                           : tr("Also: %1").arg(others.join(QStringLiteral(", "))));
    const bool filled = task.draft && !task.draft->problem;
    const std::string subject = filled ? task.draft->subject : task.step ? task.step->subject : task.task.title;
    const std::string script = filled ? task.draft->body : task.step ? task.step->body : task.task.note;
    m_script->setText(toQt(script), {}, filled ? toQt(subject) : plainTemplate(subject));
    setAccessibleDescription(tr("Call %1, %2").arg(toQt(displayName(lead)), m_numberText->text()));
    setProblem(problemOf(task));
    Q_EMIT primaryChanged();
}

void CallCard::startCall() {
    if (!QDesktopServices::openUrl(QUrl(QStringLiteral("tel:") + QString(m_number).remove(QLatin1Char(' ')))))
        m_numberKind->setText(tr("No program here takes calls: dial it by hand. The time runs."));
    m_watch.restart();
    m_running = true;
    m_timer.start();
    tick();
    Q_EMIT primaryChanged();
}

std::optional<int> CallCard::seconds() const {
    return m_running ? std::optional(int(m_watch.milliseconds() / 1000)) : std::nullopt;
}

void CallCard::tick() {
    const int seconds = this->seconds().value_or(0);
    m_time->setText(QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0')));
}

} // namespace outrider::today
