// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/fact_row.h"

#include "ui/paint/text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/basics.h"

#include <QAbstractButton>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStackedLayout>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace outrider::lead_view {

using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

// The value as it is read: text, with a pencil under the pointer. A button, so that it is reached and pressed.
class FactRow::Value : public QAbstractButton {
public:
    explicit Value(QWidget* parent) : QAbstractButton(parent) {
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }

    Qt::TextElideMode elide = Qt::ElideRight;

    QSize sizeHint() const override {
        const theme::Tokens& tokens = theme::tokens(this);
        return {paint::textWidth(tokens, TextStyle::Body, text()), tokens.lineHeight(TextStyle::Body) + tokens.space.xs};
    }
    QSize minimumSizeHint() const override { return {theme::tokens(this).space.xxl, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        const bool hot = underMouse() || hasFocus();
        const int pencil = hot ? tokens.size.iconSmall + tokens.space.xs : 0;
        const QRect line(0, 0, width() - pencil, height());
        const bool known = !text().isEmpty();
        paint::drawText(&painter, tokens, QStyle::visualRect(layoutDirection(), rect(), line),
                        {.text = known ? text() : FactRow::tr("Add"),
                         .color = known ? tokens.color.text : tokens.color.disabled,
                         .elide = elide});
        if (hot) {
            const QRect icon(width() - tokens.size.iconSmall, (height() - tokens.size.iconSmall) / 2, tokens.size.iconSmall,
                             tokens.size.iconSmall);
            theme::paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), icon), theme::Icon::Pencil,
                             tokens.color.muted);
        }
        setToolTip(paint::textWidth(tokens, TextStyle::Body, text()) > line.width() ? text() : QString());
    }

    void keyPressEvent(QKeyEvent* event) override {
        const bool plain = event->modifiers() == Qt::NoModifier;
        if (plain
            && (event->key() == Qt::Key_E || event->key() == Qt::Key_F2 || event->key() == Qt::Key_Return
                || event->key() == Qt::Key_Enter))
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }
};

FactRow::FactRow(const QString& key, const QString& label, QWidget* parent)
    : QWidget(parent),
      m_key(key),
      m_label(new Label(TextStyle::Body, Ink::Muted, label, this)),
      m_stack(new QStackedLayout),
      m_shown(new Value(this)),
      m_input(new QLineEdit(this)),
      m_origin(new Label(TextStyle::Meta, Ink::Muted, {}, this)),
      m_errorRow(new QWidget(this)),
      m_error(new Label(TextStyle::Meta, Ink::Danger, {}, m_errorRow)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    auto* line = new QHBoxLayout;
    line->setSpacing(tokens.space.s);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_shown);
    m_stack->addWidget(m_input);
    line->addWidget(m_label);
    line->addLayout(m_stack, 1);
    line->addWidget(m_origin);
    column->addLayout(line);

    auto* below = widgets::row(m_errorRow, tokens.space.xs);
    below->addWidget(new widgets::IconLabel(theme::Icon::CircleAlert, Ink::Danger, tokens.size.iconCheck, m_errorRow));
    m_error->setWordWrap(true);
    below->addWidget(m_error, 1);
    column->addWidget(m_errorRow);
    m_errorRow->hide();

    m_input->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // the value says how high the row is
    m_input->setFixedHeight(m_shown->sizeHint().height());
    m_input->setAccessibleName(label);
    m_input->installEventFilter(this);
    connect(m_shown, &QAbstractButton::clicked, this, [this] {
        if (m_elsewhere)
            Q_EMIT chosen();
        else
            edit();
    });
    connect(m_input, &QLineEdit::returnPressed, this, &FactRow::commit);
    setValue({});
}

void FactRow::setValue(const QString& value, const QString& origin, const QString& shown) {
    const bool same = std::exchange(m_value, value) == value;
    const QString text = shown.isEmpty() ? value : shown;
    m_shown->setText(text);
    m_shown->setAccessibleName(text.isEmpty() ? tr("Add %1").arg(m_label->text())
                                              : tr("Change %1: %2").arg(m_label->text(), text));
    m_shown->update();
    if (!same || !origin.isEmpty()) // where it came from is said again only when it changed
        m_origin->setText(origin);
    m_origin->setVisible(!m_origin->text().isEmpty() && !isEditing());
}

void FactRow::setSource(const QString& brief, const QString& whole) {
    m_origin->setText(brief);
    m_origin->setVisible(!brief.isEmpty() && !isEditing());
    setToolTip(whole);
    m_shown->setAccessibleDescription(whole);
}

void FactRow::setElideMode(Qt::TextElideMode mode) { m_shown->elide = mode; }

void FactRow::setLabelWidth(int width) { m_label->setFixedWidth(width); }

int FactRow::labelWidth() const { return paint::textWidth(theme::tokens(this), TextStyle::Body, m_label->text()); }

bool FactRow::isEditing() const { return m_editing; }

void FactRow::edit() {
    if (isEditing() || m_elsewhere)
        return;
    m_editing = true;
    m_input->setText(m_value);
    m_input->setFixedHeight(m_shown->sizeHint().height()); // the rows below stay where they are
    m_stack->setCurrentWidget(m_input);
    m_origin->hide();
    m_input->selectAll();
    m_input->setFocus(Qt::OtherFocusReason);
}

void FactRow::commit() {
    if (m_saving)
        return;
    const QString value = m_input->text().trimmed();
    if (value == m_value) {
        stopEditing(m_input->hasFocus());
        return;
    }
    m_saving = true;
    Q_EMIT committed(m_key, value);
}

void FactRow::finish(const QString& error) {
    m_saving = false;
    if (error.isEmpty()) {
        m_value = m_input->text().trimmed(); // as stored it comes with the refresh
        m_shown->setText(m_value);
        stopEditing(m_input->hasFocus());
        return;
    }
    m_error->setText(error);
    m_errorRow->show();
    if (!isEditing())
        edit();
}

void FactRow::cancel() { stopEditing(true); }

void FactRow::stopEditing(bool keepFocus) {
    m_editing = false; // before the input is hidden: its losing the focus is no wish to save
    m_errorRow->hide();
    m_error->setText({});
    m_stack->setCurrentWidget(m_shown);
    m_origin->setVisible(!m_origin->text().isEmpty());
    if (keepFocus)
        m_shown->setFocus(Qt::OtherFocusReason);
}

bool FactRow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_input && event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // Esc ends the editing, it does not leave the page
        return true;
    }
    if (watched == m_input && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        cancel();
        return true;
    }
    if (watched == m_input && event->type() == QEvent::FocusOut && isEditing()) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            commit();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace outrider::lead_view
