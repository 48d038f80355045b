// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/strategies/strategy_draft.h"
#include "ui/strategies/template_edit.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/hours_edit.h"
#include "ui/widgets/segmented.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace outrider::widgets {
class Button;
}

namespace outrider::strategies {

class VariantBar;

// One step of a draft: channel, days, hours of its own, thread, subject and text. Every change goes to the
// draft at once; what the draft says otherwise (undo) comes back.
class StepForm : public QWidget {
    Q_OBJECT

public:
    explicit StepForm(StrategyDraft& draft, QWidget* parent = nullptr);

    void showStep(int position); // -1: none
    int position() const { return m_position; }
    void setVariables(const QList<Variable>& variables);
    void setMissing(const QSet<QString>& fields);
    void focusText();
    void focusSubject();
    // Opens the list of fields in the text field used last.
    void insertVariable();
    widgets::Button* insertButton() const { return m_insert; }
    TemplateEdit* subject() const { return m_subject; }
    TemplateEdit* body() const { return m_body; }
    VariantBar* variants() const { return m_variants; }

private:
    void refresh();
    void putText(const QString& what, std::string Step::*own, std::string Variant::*other, const std::string& text);
    void put(const QString& what, const std::function<void(Step&)>& change);

    StrategyDraft& m_draft;
    int m_position = -1;
    bool m_loading = false;
    QComboBox* m_channel;
    QSpinBox* m_days;
    widgets::Label* m_daysText;
    VariantBar* m_variants;
    widgets::Button* m_insert;
    widgets::Segmented* m_thread;
    QCheckBox* m_ownHours;
    widgets::HoursEdit* m_hours;
    widgets::Label* m_subjectLabel;
    TemplateEdit* m_subject;
    TemplateEdit* m_body;
    TemplateEdit* m_lastText;
};

} // namespace outrider::strategies
