// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/strategies/strategy_draft.h"
#include "ui/widgets/basics.h"

#include <QSet>
#include <QTimer>

namespace outrider::widgets {
class Button;
}

namespace outrider::strategies {

class CheckList;
class LintList;
class TemplateEdit;

// The step as one real lead would get it, and what speaks against publishing. Reads a moment after the
// draft has changed; answers to an older text are dropped.
class PreviewPane : public QWidget {
    Q_OBJECT

public:
    PreviewPane(const frame::Context& context, StrategyDraft& draft, QWidget* parent = nullptr);

    // Previews go through the leads of this strategy, or through all when it has none.
    void setStrategy(const QString& name, bool hasLeads);
    void showStep(int position);
    void showText(int variant); // of the step's e-mail, 0 is A
    void stepLead(int by);
    void setLead(LeadId id, const QString& name);
    void refresh(); // with the next idle moment
    QString problemText() const;
    QStringList checkTexts() const;
    LintList* lint() const { return m_lint; }

Q_SIGNALS:
    void missingChanged(const QSet<QString>& fields);
    void checked(const std::vector<outrider::StrategyCheck>& checks);
    void stepAsked(int position);
    void chooseAsked();

private:
    struct Ask {
        int generation = 0;
        LeadId lead;
        QString subject;
        QString body;
        QSet<QString> missing;
    };
    void readLeads(const std::string& after);
    void read();
    void ask(const Ask& ask);
    void show(const Ask& ask, const Result<MailDraft>& answer);
    void countMissing(int generation);
    void showChecks();
    void updateLead();

    const frame::Context& m_context;
    StrategyDraft& m_draft;
    QTimer m_delay;
    int m_position = -1;
    int m_variant = 0;
    int m_generation = 0;
    int m_leadGeneration = 0;

    Filter m_scope;
    QString m_scopeText;              // of m_scope, for links
    std::vector<LeadListRow> m_leads; // the pages read so far
    std::string m_next;               // cursor of the page after
    std::int64_t m_total = 0;
    int m_lead = -1;
    LeadId m_leadId;
    QString m_leadName;
    QSet<QString> m_missing;

    std::vector<StrategyCheck> m_checks;
    struct MissingCount {
        QString field;
        std::int64_t leads = 0;
    };
    QList<MissingCount> m_counts; // of the step shown

    widgets::Button* m_back;
    widgets::Button* m_who;
    widgets::Label* m_which;
    widgets::Button* m_forth;
    widgets::Label* m_subject;
    TemplateEdit* m_body;
    widgets::Label* m_footer;
    widgets::IconLabel* m_problemMark;
    widgets::Label* m_problem;
    CheckList* m_list;
    LintList* m_lint;
};

} // namespace outrider::strategies
