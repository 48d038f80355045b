// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLineEdit;
class QStackedLayout;

namespace outrider::widgets {
class IconLabel;
class Label;
} // namespace outrider::widgets

namespace outrider::lead_view {

// One fact of a lead, changed in place: click, E, F2 or Enter turns the value into an input; Enter or
// leaving it saves, Esc keeps what was. What the store refuses stays in the input with the reason below.
// A refresh never touches an input that is open.
class FactRow : public QWidget {
    Q_OBJECT

public:
    // `key`: the field's name (core/domain/field.h).
    FactRow(const QString& key, const QString& label, QWidget* parent = nullptr);

    const QString& key() const { return m_key; }
    QString value() const { return m_value; }
    // `shown`: how it reads, when that is not what one would type ("German" for "de").
    void setValue(const QString& value, const QString& origin = {}, const QString& shown = {});
    // Where it comes from: in few words beside it, in many in the tooltip and for a screen reader.
    void setSource(const QString& brief, const QString& whole);
    void setElideMode(Qt::TextElideMode mode);
    void setLabelWidth(int width);
    int labelWidth() const;
    // Chosen elsewhere (a popup), not typed: pressing it only says chosen().
    void setChosenElsewhere(bool elsewhere) { m_elsewhere = elsewhere; }

    void edit();
    void cancel();
    bool isEditing() const;
    QLineEdit* input() const { return m_input; }
    // The answer to committed(): an empty sentence when it was stored.
    void finish(const QString& error);

Q_SIGNALS:
    void committed(const QString& key, const QString& value);
    void chosen();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Value;
    void commit();
    void stopEditing(bool keepFocus);

    const QString m_key;
    QString m_value;
    bool m_elsewhere = false;
    bool m_editing = false;
    bool m_saving = false;
    widgets::Label* m_label;
    QStackedLayout* m_stack;
    Value* m_shown;
    QLineEdit* m_input;
    widgets::Label* m_origin;
    QWidget* m_errorRow;
    widgets::Label* m_error;
};

} // namespace outrider::lead_view
