// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/strategies/template_text.h"

#include <QPointer>
#include <QSet>
#include <QTextEdit>

class QSyntaxHighlighter;

namespace outrider::strategies {

class VariablePopup;

// Writing a template: plain text in which each {{field}} is shown as a small filled shape, its braces
// faint until the cursor is inside. "{{" opens the list of fields. Also shows a filled template, in
// which ⟦field⟧ marks what is missing (withMarkers).
class TemplateEdit : public QTextEdit {
    Q_OBJECT

public:
    enum class Kind { OneLine, Text, Preview };
    explicit TemplateEdit(Kind kind, QWidget* parent = nullptr);
    ~TemplateEdit() override;

    // Replaces everything, forgets its undo; without edited().
    void setTemplate(const QString& text);
    QString templateText() const { return toPlainText(); }
    void setVariables(const QList<Variable>& variables) { m_variables = variables; }
    // Fields the lead in the preview has no value for.
    void setMissing(const QSet<QString>& fields);
    // Types "{{" when the cursor is not behind one, which opens the list.
    void insertVariable();
    // Marks a part of the text, in characters.
    void select(int start, int length);
    // The list of fields is open.
    bool isCompleting() const;
    // The shapes to be painted in a line of text, and whether they warn.
    struct Pill {
        TagSpan span;
        bool warns = false;
        bool open = false; // the cursor is inside: the braces show
    };
    QList<Pill> pillsOf(const QTextBlock& block) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited();

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyTheme();
    void complete();
    void choose(const QString& key);
    void cursorMoved();
    VariablePopup& popup();

    const Kind m_kind;
    QSyntaxHighlighter* m_highlighter;
    QPointer<VariablePopup> m_popup;
    QList<Variable> m_variables;
    QSet<QString> m_missing;
    int m_lastBlock = -1; // where the cursor was, to paint its braces again
    bool m_setting = false;
};

} // namespace outrider::strategies
