// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/preview_pane.h"

#include "core/domain/variant.h"

#include "core/base/deliver.h"
#include "core/domain/field.h"
#include "ui/strategies/check_list.h"
#include "ui/strategies/check_words.h"
#include "ui/strategies/lint_list.h"
#include "ui/strategies/step_words.h"
#include "ui/strategies/template_edit.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>
#include <QLocale>
#include <QScrollArea>

#include <algorithm>

namespace outrider::strategies {

using widgets::Ink;
using widgets::Label;

namespace {

constexpr int idleMs = 150;
constexpr int pageSize = 64;

FilterNode termNode(const std::string& field, FilterOp op, const std::string& value) {
    FilterNode node{.kind = FilterNode::Kind::Term};
    node.term.field = field;
    node.term.op = op;
    node.term.values = {value};
    return node;
}

// Fields of a text that stop a message when they are empty.
QStringList neededFields(const QString& text) {
    QStringList fields;
    for (const TagSpan& span : tagSpans(text)) {
        if (!span.section && !span.hasFallback && !fields.contains(span.field))
            fields.append(span.field);
    }
    return fields;
}

} // namespace

PreviewPane::PreviewPane(const frame::Context& context, StrategyDraft& draft, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_draft(draft),
      m_back(new widgets::Button(theme::Icon::ChevronLeft, tr("Preview the lead before"))),
      m_who(new widgets::Button(widgets::Button::Kind::Ghost, tr("Choose a lead"))),
      m_which(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_forth(new widgets::Button(theme::Icon::ChevronRight, tr("Preview the next lead"))),
      m_subject(new Label(theme::TextStyle::BodyStrong)),
      m_body(new TemplateEdit(TemplateEdit::Kind::Preview)),
      m_footer(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_problemMark(new widgets::IconLabel(theme::Icon::TriangleAlert, Ink::Warn)),
      m_problem(new Label(theme::TextStyle::Body, Ink::Warn)),
      m_list(new CheckList),
      m_lint(new LintList(context, draft)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);

    auto* head = new QWidget;
    head->setMinimumHeight(t.size.toolbar);
    auto* row = widgets::row(head, t.space.xs, {t.space.l, 0, t.space.s, 0});
    row->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Preview")));
    row->addStretch(1);
    row->addWidget(m_back);
    m_who->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    row->addWidget(m_who);
    row->addWidget(m_which);
    row->addWidget(m_forth);
    column->addWidget(head);

    auto* top = new QWidget;
    auto* padded = widgets::column(top, t.space.s, {t.space.l, 0, t.space.l, t.space.m});
    auto* card = new widgets::Card;
    card->setAccessibleName(tr("Preview"));
    auto* mail = widgets::column(card, t.space.m, {t.space.m, t.space.m, t.space.m, t.space.m});
    m_subject->setWordWrap(true);
    m_footer->setWordWrap(true);
    mail->addWidget(m_subject);
    mail->addWidget(new widgets::Line);
    mail->addWidget(m_body, 1);
    mail->addWidget(m_footer);
    m_body->setAccessibleName(tr("Text as the lead gets it"));
    padded->addWidget(card, 1);
    auto* problem = new QHBoxLayout;
    problem->setSpacing(t.space.s);
    m_problem->setWordWrap(true);
    m_problemMark->hide();
    problem->addWidget(m_problemMark, 0, Qt::AlignTop);
    problem->addWidget(m_problem, 1);
    padded->addLayout(problem);
    column->addWidget(top, 5);

    column->addWidget(new widgets::Line);
    auto* checks = new widgets::Section(tr("Checks"));
    checks->body()->addWidget(m_list);
    checks->body()->addWidget(m_lint);
    checks->body()->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(checks);
    checks->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    column->addWidget(scroll, 2);

    m_delay.setSingleShot(true);
    m_delay.setInterval(idleMs);
    connect(&m_delay, &QTimer::timeout, this, &PreviewPane::read);
    connect(&draft, &StrategyDraft::changed, this, &PreviewPane::refresh);
    connect(m_back, &QAbstractButton::clicked, this, [this] { stepLead(-1); });
    connect(m_forth, &QAbstractButton::clicked, this, [this] { stepLead(1); });
    connect(m_who, &QAbstractButton::clicked, this, &PreviewPane::chooseAsked);
    updateLead();
}

void PreviewPane::setStrategy(const QString& name, bool hasLeads) {
    m_scope = {};
    m_scopeText.clear();
    if (hasLeads) {
        m_scope.root.children.push_back(termNode("strategy", FilterOp::Equals, name.toStdString()));
        m_scopeText = text::toQt(toText(m_scope));
    }
    m_leads.clear();
    m_lead = -1;
    m_leadId = {};
    m_total = 0;
    const int generation = ++m_leadGeneration;
    readLeads({});
    deliver(m_context.workspace.leads().count(m_scope), this, [this, generation](Result<std::int64_t> count) {
        if (generation == m_leadGeneration && count) {
            m_total = *count;
            updateLead();
        }
    });
}

void PreviewPane::readLeads(const std::string& after) {
    const int generation = m_leadGeneration;
    deliver(m_context.workspace.leads().page({.filter = m_scope, .limit = pageSize, .after = after}), this,
            [this, generation](Result<LeadPage> page) {
                if (generation != m_leadGeneration || !page)
                    return;
                const bool first = m_leads.empty();
                m_leads.insert(m_leads.end(), page->rows.begin(), page->rows.end());
                m_next = page->next;
                if (first && !m_leads.empty() && !m_leadId) {
                    m_lead = 0;
                    m_leadId = m_leads.front().id;
                    m_leadName = text::toQt(m_leads.front().name);
                }
                updateLead();
                refresh();
            });
}

void PreviewPane::showStep(int position) {
    m_variant = 0;
    m_position = position;
    m_lint->showStep(position);
    read();
}

void PreviewPane::stepLead(int by) {
    const int to = m_lead + by;
    if (to < 0 || to >= int(m_leads.size()))
        return;
    m_lead = to;
    m_leadId = m_leads[std::size_t(to)].id;
    m_leadName = text::toQt(m_leads[std::size_t(to)].name);
    updateLead();
    read();
    if (to + 1 == int(m_leads.size()) && !m_next.empty())
        readLeads(m_next);
}

void PreviewPane::setLead(LeadId id, const QString& name) {
    const auto found = std::find_if(m_leads.begin(), m_leads.end(), [&](const LeadListRow& row) { return row.id == id; });
    m_lead = found == m_leads.end() ? -1 : int(found - m_leads.begin());
    m_leadId = id;
    m_leadName = name;
    updateLead();
    read();
}

void PreviewPane::refresh() { m_delay.start(); }

QString PreviewPane::problemText() const { return m_problem->text(); }

QStringList PreviewPane::checkTexts() const { return m_list->texts(); }

void PreviewPane::updateLead() {
    m_who->setText(m_leadId ? m_leadName : tr("No lead"));
    m_who->setAccessibleName(m_leadId ? tr("Preview for %1, choose another lead").arg(m_leadName) : tr("Choose a lead"));
    m_who->setEnabled(true);
    m_which->setText(m_lead >= 0 && m_total > 0
                         ? tr("%1 of %2").arg(QLocale().toString(m_lead + 1), QLocale().toString(qlonglong(m_total)))
                         : QString());
    m_back->setEnabled(m_lead > 0);
    m_forth->setEnabled(m_lead + 1 < int(m_leads.size()));
}

void PreviewPane::showText(int variant) {
    m_variant = variant;
    read();
}

void PreviewPane::read() {
    m_delay.stop();
    if (!isVisible())
        return;
    const int generation = ++m_generation;
    deliver(m_context.workspace.strategies().check(m_draft.version()), this,
            [this, generation](Result<std::vector<StrategyCheck>> checks) {
                if (generation != m_generation || !checks)
                    return;
                m_checks = std::move(*checks);
                showChecks();
                Q_EMIT checked(m_checks);
            });
    const bool some = m_position >= 0 && m_position < m_draft.stepCount();
    if (!some || !m_leadId) {
        m_subject->setText(some ? stepTitle(m_draft.version(), m_position) : QString());
        m_body->setTemplate(some ? text::toQt(bodyOf(m_draft.step(m_position), m_variant)) : QString());
        m_footer->setText({});
        m_problem->setText(some && m_leadGeneration > 0 ? tr("There is no lead yet to show this with.") : QString());
        m_problemMark->setVisible(!m_problem->text().isEmpty());
        return;
    }
    const Step& step = m_draft.step(m_position);
    const QString own = text::toQt(subjectOf(step, m_variant)).simplified();
    ask({.generation = generation,
         .lead = m_leadId,
         .subject = m_variant > 0 && step.thread == Thread::New ? own : stepSubject(m_draft.version(), m_position),
         .body = text::toQt(bodyOf(step, m_variant))});
    countMissing(generation);
}

// A field that is missing is named by the service one at a time: it is given a mark as its fallback and the
// text asked for again, until everything else is filled in.
void PreviewPane::ask(const Ask& asked) {
    deliver(m_context.workspace.strategies().preview(asked.lead, withMarkers(asked.subject, asked.missing).toStdString(),
                                                     withMarkers(asked.body, asked.missing).toStdString(), m_position),
            this, [this, asked](Result<MailDraft> answer) {
                if (asked.generation != m_generation)
                    return;
                if (answer && answer->problem && answer->problem->code == ErrorCode::MissingVariable) {
                    const QString field = text::toQt(answer->problem->detail);
                    if (!asked.missing.contains(field)) {
                        Ask again = asked;
                        again.missing.insert(field);
                        ask(again);
                        return;
                    }
                }
                show(asked, answer);
            });
}

void PreviewPane::show(const Ask& asked, const Result<MailDraft>& answer) {
    const Step& step = m_draft.step(m_position);
    QString problem;
    if (!answer) {
        m_subject->setText(asked.subject);
        m_body->setTemplate(asked.body);
        m_footer->setText({});
        problem = text::sentence(answer.error()) + QLatin1Char(' ') + text::hint(answer.error());
    } else {
        m_subject->setText(text::toQt(answer->subject));
        m_body->setTemplate(text::toQt(answer->body));
        m_footer->setText(step.channel == Channel::Email ? text::toQt(answer->footer) : QString());
        const bool noAddress = answer->problem && answer->problem->code == ErrorCode::NoAddressForChannel;
        if (!asked.missing.isEmpty()) {
            QStringList names;
            for (const QString& field : asked.missing)
                names.append(text::fieldName(field.toStdString()).toLower());
            names.sort();
            problem = tr("%1 has no %2. Fill it in, or give the field a fallback: {{%3|words}}.")
                          .arg(text::isolated(m_leadName), names.join(tr(", no ")), *asked.missing.cbegin());
        } else if (answer->problem && (!noAddress || step.channel == Channel::Email)) {
            problem =
                noAddress ? tr("%1 has no e-mail address.").arg(text::isolated(m_leadName)) : text::sentence(*answer->problem);
        }
    }
    m_footer->setVisible(!m_footer->text().isEmpty());
    m_problem->setText(problem);
    m_problemMark->setVisible(!problem.isEmpty());
    if (asked.missing != m_missing) {
        m_missing = asked.missing;
        Q_EMIT missingChanged(m_missing);
    }
}

// "2 of 412 leads have no first name"
void PreviewPane::countMissing(int generation) {
    const Step& step = m_draft.step(m_position);
    const QStringList fields = neededFields(text::toQt(step.subject) + QLatin1Char('\n') + text::toQt(step.body));
    m_counts.erase(std::remove_if(m_counts.begin(), m_counts.end(),
                                  [&](const MissingCount& count) { return !fields.contains(count.field); }),
                   m_counts.end());
    for (const QString& field : fields) {
        const std::string key = field.toStdString();
        const Field* known = findField(key);
        if (!(known != nullptr && known->filterable) && !customFieldKey(key))
            continue;
        Filter filter = m_scope;
        FilterNode none = termNode(key, FilterOp::Contains, {});
        none.term.values.clear();
        none.term.none = true;
        filter.root.children.push_back(std::move(none));
        deliver(m_context.workspace.leads().count(filter), this, [this, generation, field](Result<std::int64_t> count) {
            if (generation != m_generation || !count)
                return;
            const auto found =
                std::find_if(m_counts.begin(), m_counts.end(), [&](const MissingCount& c) { return c.field == field; });
            if (found == m_counts.end())
                m_counts.append({field, *count});
            else
                found->leads = *count;
            showChecks();
        });
    }
}

void PreviewPane::showChecks() {
    QList<CheckList::Line> lines;
    for (const StrategyCheck& check : m_checks) {
        const bool here = check.step < 0 || check.step == m_position;
        const bool fine = check.severity == StrategyCheck::Severity::Fine;
        if (fine && !here)
            continue;
        CheckList::Line line{.text = checkText(check)};
        if (check.severity == StrategyCheck::Severity::Error) {
            line.icon = theme::Icon::CircleAlert;
            line.ink = Ink::Danger;
        } else if (!fine) {
            line.icon = theme::Icon::TriangleAlert;
            line.ink = Ink::Warn;
        }
        if (!here) {
            line.text = tr("Step %1: %2").arg(check.step + 1).arg(line.text);
            line.link = tr("Show");
            line.run = [this, step = check.step] { Q_EMIT stepAsked(step); };
        }
        lines.append(line);
    }
    for (const MissingCount& count : m_counts) {
        if (count.leads == 0)
            continue;
        const QString filter = (m_scopeText + QLatin1Char(' ') + count.field + QStringLiteral(":none")).trimmed();
        lines.append(
            {.icon = theme::Icon::TriangleAlert,
             .ink = Ink::Warn,
             .text = tr("%1 of %2 have no %3")
                         .arg(QLocale().toString(qlonglong(count.leads)), text::counted(m_total, tr("lead"), tr("leads")),
                              text::fieldName(count.field.toStdString()).toLower()),
             .link = tr("Show"),
             .run = [this, filter] { m_context.go.openLeads(filter); }});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const CheckList::Line& a, const CheckList::Line& b) {
        const auto rank = [](Ink ink) { return ink == Ink::Danger ? 0 : ink == Ink::Warn ? 1 : 2; };
        return rank(a.ink) < rank(b.ink);
    });
    m_list->setLines(lines);
}

} // namespace outrider::strategies
