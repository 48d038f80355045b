// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/enrol_sheet.h"

#include "ui/lead_view/enrol_warnings.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QLocale>
#include <QVBoxLayout>

#include <map>

namespace outrider::leads {

using widgets::Label;

namespace {
constexpr int namesShown = 6;

// The reason without what differs from lead to lead, so that it is said once for all of them.
QString reasonText(const Error& error) {
    switch (error.code) {
    case ErrorCode::LeadSuppressed:
        return EnrolSheet::tr("not to be contacted");
    case ErrorCode::LeadTerminal:
        return EnrolSheet::tr("with a final status");
    case ErrorCode::AlreadyEnrolled:
        return error.detail.empty() ? EnrolSheet::tr("already in a strategy")
                                    : EnrolSheet::tr("already in %1").arg(text::isolated(text::toQt(error.detail)));
    case ErrorCode::NoAddressForChannel:
        return error.detail == "email" ? EnrolSheet::tr("without an e-mail address") : EnrolSheet::tr("without a phone number");
    default:
        return text::sentence(error);
    }
}
} // namespace

EnrolSheet::EnrolSheet(QWidget* over, const frame::Context& context, const QString& title)
    : Sheet(over, title),
      m_summary(new Label(theme::TextStyle::Body, widgets::Ink::Muted, tr("Looking who can be enrolled…"))),
      m_warnings(new lead_view::EnrolWarnings(context)) {
    body()->addWidget(m_summary);
    body()->addWidget(m_warnings);
    connect(m_warnings, &lead_view::EnrolWarnings::changed, this, &EnrolSheet::updateButton);
    addCancel(tr("Cancel"));
    m_enrol = addButton(widgets::Button::Kind::Primary, tr("Enrol"));
    m_enrol->setKeyHint(QStringLiteral("Enter"));
    m_enrol->setEnabled(false);
    connect(m_enrol, &QAbstractButton::clicked, this, [this] {
        finish();
        Q_EMIT confirmed();
    });
}

void EnrolSheet::showReport(const EnrolReport& report) {
    const QLocale locale;
    const auto left = qint64(report.skipped.size());
    m_summary->setInk(widgets::Ink::Text);
    m_summary->setText(report.enrolled == 0
                           ? tr("Nobody of them can be enrolled.")
                           : tr("%1 will be enrolled.").arg(text::counted(report.enrolled, tr("lead"), tr("leads"))));
    m_enrol->setText(tr("Enrol %1").arg(locale.toString(report.enrolled)));
    m_some = report.enrolled > 0;
    updateButton();
    if (left == 0)
        return;

    // By reason, the reason first: what is the same is said once.
    std::map<QString, QStringList> byReason;
    for (const EnrolReport::Skipped& skipped : report.skipped) {
        byReason[reasonText(skipped.reason)] << text::toQt(skipped.name);
    }
    body()->addWidget(
        new Label(theme::TextStyle::Section, widgets::Ink::Text, tr("%1 cannot be enrolled").arg(locale.toString(left))));
    for (const auto& [reason, names] : byReason) {
        body()->addWidget(
            new Label(theme::TextStyle::Body, widgets::Ink::Text,
                      tr("%1 %2", "how many, why: 6 already in Cold chain").arg(locale.toString(names.size()), reason)));
        QStringList shown;
        for (const QString& name : names.mid(0, namesShown))
            shown << text::isolated(name);
        QString line = shown.join(tr(", ", "between names"));
        if (names.size() > namesShown)
            line = tr("%1 and %2 more").arg(line, locale.toString(names.size() - namesShown));
        auto* people = new Label(theme::TextStyle::Meta, widgets::Ink::Muted, line);
        people->setEliding(true);
        body()->addWidget(people);
    }
}

void EnrolSheet::updateButton() {
    m_enrol->setEnabled(m_some && m_warnings->mayGoOn());
    if (m_enrol->isEnabled())
        m_enrol->setFocus();
}

void EnrolSheet::showError(const Error& error) {
    m_summary->hide();
    setError(text::sentence(error));
}

} // namespace outrider::leads
