// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/check_card.h"

#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>
#include <QLocale>

namespace outrider::settings {

using widgets::Ink;
using widgets::Label;

QString checkResultText(const MailboxCheckStep& step, const text::Dates& dates) {
    if (step.error)
        return text::sentence(*step.error);
    if (step.state == MailboxCheckStep::State::Missing)
        return step.name == "idle" ? CheckCard::tr("Not offered: mail is looked for every 2 minutes")
                                   : CheckCard::tr("Not there: no copies are kept on the server");
    if (step.state == MailboxCheckStep::State::Skipped)
        return CheckCard::tr("Not tried");
    QString text = text::toQt(step.detail);
    if (step.name == "inbox" && !text.isEmpty()) {
        bool isNumber = false;
        const int mails = text.toInt(&isNumber);
        if (isNumber)
            text = text::counted(mails, CheckCard::tr("mail"), CheckCard::tr("mails"));
    }
    if (step.certificateUntil) {
        const QString until = CheckCard::tr("valid to %1").arg(dates.shortDay(*step.certificateUntil));
        text = text.isEmpty() ? until : QStringLiteral("%1, %2").arg(text, until);
    }
    return text.isEmpty() ? CheckCard::tr("Works") : text;
}

CheckCard::CheckCard(QWidget* parent)
    : Card(parent),
      m_when(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_cancel(new widgets::Button(widgets::Button::Kind::Secondary, tr("Cancel"))),
      m_lines(new QVBoxLayout) {
    const theme::Tokens& t = theme::tokens(this);
    setAccessibleName(tr("Connection"));
    auto* column = widgets::column(this, t.space.xs, {t.space.l, t.space.m, t.space.l, t.space.m});
    auto* head = new QHBoxLayout;
    head->setSpacing(t.space.s);
    head->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Connection")));
    head->addStretch(1);
    head->addWidget(m_when);
    m_cancel->setSize(widgets::Button::Size::Small);
    m_cancel->setAccessibleName(tr("Cancel the test"));
    head->addWidget(m_cancel);
    column->addLayout(head);
    m_lines->setSpacing(0);
    column->addLayout(m_lines);
    column->addStretch(1);
    connect(m_cancel, &QAbstractButton::clicked, this, &CheckCard::cancelAsked);
    showIdle({});
}

void CheckCard::showIdle(const QString& when) {
    clear();
    m_when->setText(when);
    addLine(theme::Icon::CircleInfo, Ink::Muted, tr("Not tried yet"), {}, {});
}

void CheckCard::showRunning() {
    clear();
    m_when->setText(tr("Trying…"));
    m_cancel->show();
    for (const char* step :
         {"smtp_connect", "smtp_tls", "smtp_sign_in", "imap_connect", "imap_tls", "imap_sign_in", "inbox", "sent", "idle"})
        addLine(theme::Icon::Clock, Ink::Muted, text::checkStepTitle(step), QStringLiteral("…"), {});
}

void CheckCard::showSteps(const std::vector<MailboxCheckStep>& steps, const text::Dates& dates) {
    clear();
    int all = 0;
    for (const MailboxCheckStep& step : steps) {
        using State = MailboxCheckStep::State;
        all += step.milliseconds;
        const auto icon = step.state == State::Passed    ? theme::Icon::CircleCheck
                          : step.state == State::Failed  ? theme::Icon::CircleAlert
                          : step.state == State::Missing ? theme::Icon::TriangleAlert
                                                         : theme::Icon::Minus;
        const auto ink = step.state == State::Passed    ? Ink::Ok
                         : step.state == State::Failed  ? Ink::Danger
                         : step.state == State::Missing ? Ink::Warn
                                                        : Ink::Muted;
        const QString time = step.milliseconds >= 1000 ? tr("%1 s").arg(QLocale().toString(step.milliseconds / 1000.0, 'f', 1))
                             : step.milliseconds > 0   ? tr("%1 ms").arg(step.milliseconds)
                                                       : QString();
        addLine(icon, ink, text::checkStepTitle(step.name), checkResultText(step, dates), time);
        if (step.error) {
            // Nothing tries a test again by itself.
            const bool unreachable = step.error->code == ErrorCode::ConnectionRefused
                                     || step.error->code == ErrorCode::ConnectionLost || step.error->code == ErrorCode::TimedOut;
            const QString hint =
                unreachable ? tr("Check the server's name, its port and the encryption.") : text::hint(*step.error);
            if (!hint.isEmpty())
                addLine(theme::Icon::None, Ink::Muted, {}, hint, {});
        }
    }
    m_when->setText(tr("tested now, %1 s").arg(QLocale().toString(all / 1000.0, 'f', 1)));
}

void CheckCard::showError(const Error& error) {
    clear();
    m_when->setText({});
    addLine(theme::Icon::CircleAlert, Ink::Danger, error.code == ErrorCode::Cancelled ? tr("Cancelled") : tr("Not tried"),
            text::sentence(error), {});
}

QStringList CheckCard::lines() const { return m_texts; }

void CheckCard::clear() {
    m_cancel->hide();
    m_texts.clear();
    while (QLayoutItem* item = m_lines->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void CheckCard::addLine(theme::Icon icon, Ink ink, const QString& title, const QString& result, const QString& time) {
    const theme::Tokens& t = theme::tokens(this);
    auto* row = new QWidget;
    row->setMinimumHeight(t.size.row);
    auto* line = widgets::row(row, t.space.s);
    line->addWidget(new widgets::IconLabel(icon, ink));
    auto* name = new Label(theme::TextStyle::BodyStrong, Ink::Text, title);
    name->setMinimumWidth(int(t.size.rail * 0.85));
    line->addWidget(name);
    auto* what = new Label(theme::TextStyle::Body, ink == Ink::Danger ? Ink::Danger : Ink::Muted, result);
    what->setWordWrap(true);
    line->addWidget(what, 1);
    line->addWidget(new Label(theme::TextStyle::Meta, Ink::Muted, time));
    m_lines->addWidget(row);
    m_texts.append(QStringLiteral("%1: %2").arg(title, result));
}

} // namespace outrider::settings
