// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/enrol_sheet.h"

#include "core/base/deliver.h"
#include "ui/lead_view/enrol_warnings.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/combo.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMap>

namespace outrider::strategies {

using widgets::Ink;
using widgets::Label;

namespace {

constexpr int idleMs = 250;
// Trying costs as much as doing; beyond this only the count is shown.
constexpr std::int64_t mostTried = 2000;
constexpr int namedPerReason = 3;

} // namespace

EnrolSheet::EnrolSheet(QWidget* over, const frame::Context& context, StrategyId strategy, const QString& name)
    : Sheet(over, tr("Enrol leads in %1").arg(text::isolated(name))),
      m_context(context),
      m_strategy(strategy),
      m_name(name),
      m_views(new widgets::Combo(tr("Leads"))),
      m_filter(new QLineEdit),
      m_filterField(new widgets::Field(tr("Filter"), m_filter)),
      m_result(new Label(theme::TextStyle::BodyStrong)),
      m_skipped(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_warnings(new lead_view::EnrolWarnings(context)),
      m_enrol(nullptr) {
    setWide(true);
    m_views->addItem(tr("New leads, in no strategy"), QStringLiteral("status:new strategy:none"));
    m_views->addItem(tr("All leads in no strategy"), QStringLiteral("strategy:none"));
    body()->addWidget(new widgets::Field(tr("Who"), m_views));
    m_filter->setText(m_views->currentData().toString());
    body()->addWidget(m_filterField);
    m_result->setWordWrap(true);
    m_skipped->setWordWrap(true);
    body()->addWidget(m_result);
    body()->addWidget(m_skipped);
    body()->addWidget(m_warnings);
    connect(m_warnings, &lead_view::EnrolWarnings::changed, this, &EnrolSheet::updateButton);
    addCancel(tr("Cancel"));
    m_enrol = addButton(widgets::Button::Kind::Primary, tr("Enrol"));
    m_enrol->setEnabled(false);
    m_enrol->setKeyHint(tr("Enter"));
    connect(m_enrol, &QAbstractButton::clicked, this, &EnrolSheet::enrol);
    connect(m_views, &QComboBox::activated, this, [this] { m_filter->setText(m_views->currentData().toString()); });
    m_delay.setSingleShot(true);
    m_delay.setInterval(idleMs);
    connect(&m_delay, &QTimer::timeout, this, &EnrolSheet::read);
    connect(m_filter, &QLineEdit::textChanged, this, [this] {
        m_some = false;
        updateButton();
        m_delay.start();
    });
    setFocusProxy(m_filter);
    deliver(context.workspace.leads().savedViews(), this, [this](Result<std::vector<LeadService::ViewWithCount>> views) {
        if (!views)
            return;
        for (const auto& one : *views)
            m_views->addItem(QStringLiteral("%1 (%2)").arg(text::toQt(one.view.name), QLocale().toString(qlonglong(one.count))),
                             text::toQt(one.view.filter));
    });
    read();
}

void EnrolSheet::read() {
    const int generation = ++m_generation;
    const auto filter = parseFilter(m_filter->text().toStdString());
    m_filterField->setError(filter ? QString() : text::sentence(filter.error()));
    if (!filter)
        return;
    m_warnings->ask(m_strategy, {.ids = {}, .filter = *filter, .except = {}});
    deliver(m_context.workspace.leads().count(*filter), this, [this, generation, filter = *filter](Result<std::int64_t> count) {
        if (generation != m_generation)
            return;
        if (!count) {
            m_filterField->setError(text::sentence(count.error()));
            return;
        }
        if (*count == 0 || *count > mostTried) {
            EnrolReport all;
            all.enrolled = *count;
            showReport(all, *count);
            return;
        }
        deliver(m_context.workspace.strategies().enrol(m_strategy, {.ids = {}, .filter = filter}, {}, true), this,
                [this, generation, found = *count](Result<EnrolReport> report) {
                    if (generation != m_generation)
                        return;
                    if (report)
                        showReport(*report, found);
                    else
                        m_filterField->setError(text::sentence(report.error()));
                });
    });
}

void EnrolSheet::showReport(const EnrolReport& report, std::int64_t found) {
    m_result->setText(
        found == 0 ? tr("No lead matches.")
                   : tr("%1 found, %2 can be enrolled.")
                         .arg(text::counted(found, tr("lead"), tr("leads")), QLocale().toString(qlonglong(report.enrolled))));
    // By reason: how many, and the first few by name.
    QMap<QString, QStringList> reasons;
    for (const EnrolReport::Skipped& skipped : report.skipped) {
        Error reason = skipped.reason;
        reason.detail.clear();
        const bool whole = skipped.reason.code == ErrorCode::NoAddressForChannel
                           || skipped.reason.code == ErrorCode::AlreadyEnrolled
                           || skipped.reason.code == ErrorCode::StrategyNotActive;
        reasons[text::sentence(whole ? skipped.reason : reason)].append(text::isolated(text::toQt(skipped.name)));
    }
    QStringList lines;
    for (auto reason = reasons.cbegin(); reason != reasons.cend(); ++reason) {
        const qsizetype more = reason->size() - namedPerReason;
        const QString names = reason->mid(0, namedPerReason).join(QStringLiteral(", "));
        lines.append(more > 0 ? tr("%1 %2 and %3 more.").arg(reason.key(), names).arg(more)
                              : tr("%1 %2.").arg(reason.key(), names));
    }
    m_skipped->setText(lines.join(QLatin1Char('\n')));
    m_skipped->setVisible(!lines.isEmpty());
    m_enrol->setText(tr("Enrol %1").arg(QLocale().toString(qlonglong(report.enrolled))));
    m_enrol->setAccessibleName(m_enrol->text());
    m_some = report.enrolled > 0;
    updateButton();
}

void EnrolSheet::updateButton() { m_enrol->setEnabled(m_some && m_warnings->mayGoOn()); }

void EnrolSheet::enrol() {
    const auto filter = parseFilter(m_filter->text().toStdString());
    if (!filter)
        return;
    m_enrol->setEnabled(false);
    auto progress = std::make_shared<Progress>();
    frame::Notifier& tell = m_context.tell;
    const int job = tell.startJob(tr("Enrolling in %1").arg(text::isolated(m_name)), progress);
    // The page outlives the sheet, which closes now: long work is shown in the status bar.
    deliver(m_context.workspace.strategies().enrol(m_strategy, {.ids = {}, .filter = *filter}, m_filter->text().toStdString(),
                                                   false, progress),
            parentWidget(), [&tell, job, name = m_name](Result<EnrolReport> report) {
                tell.endJob(job);
                if (!report) {
                    tell.failed(report.error(), tr("Nobody was enrolled."));
                    return;
                }
                const QString done =
                    tr("%1 enrolled in %2.").arg(text::counted(report->enrolled, tr("lead"), tr("leads")), text::isolated(name));
                tell.done(report->skipped.empty()
                              ? done
                              : tr("%1 %2 could not be.").arg(done, QLocale().toString(qlonglong(report->skipped.size()))));
            });
    finish();
}

} // namespace outrider::strategies
