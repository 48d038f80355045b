// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sheet.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextEdit>

#include <algorithm>

namespace outrider::widgets {

Sheet::Sheet(QWidget* over, const QString& title)
    : QWidget(over->window()),
      m_panel(new QWidget(this)),
      m_title(new Label(theme::TextStyle::Title, Ink::Text, title)),
      m_scroll(new QScrollArea),
      m_content(new QWidget),
      m_body(new QVBoxLayout(m_content)),
      m_error(new Label(theme::TextStyle::Meta, Ink::Danger)),
      m_foot(new QWidget),
      m_buttons(new QHBoxLayout(m_foot)),
      m_returnFocus(QApplication::focusWidget()) {
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    const theme::Tokens& t = theme::tokens(this);
    auto* column = new QVBoxLayout(m_panel);
    column->setContentsMargins(t.space.xl, t.space.l, t.space.xl, t.space.l);
    column->setSpacing(t.space.m);
    column->addWidget(m_title);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(t.space.m);
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_content->installEventFilter(this);
    column->addWidget(m_scroll, 1);
    m_error->setWordWrap(true);
    m_error->hide();
    column->addWidget(m_error);
    m_buttons->setContentsMargins(0, 0, 0, 0);
    m_buttons->setSpacing(t.space.s);
    m_buttons->addStretch(1);
    column->addWidget(m_foot);
    window()->installEventFilter(this);
    hide();
}

QString Sheet::title() const { return m_title->text(); }

bool Sheet::holdsUnsaved() const {
    const auto lines = findChildren<QLineEdit*>();
    const auto texts = findChildren<QPlainTextEdit*>();
    return m_shownOnce
           || std::any_of(lines.begin(), lines.end(),
                          [](const QLineEdit* edit) { return edit->isModified() && !edit->text().isEmpty(); })
           || std::any_of(texts.begin(), texts.end(), [](const QPlainTextEdit* edit) {
                  return edit->document()->isModified() && !edit->document()->isEmpty();
              });
}

void Sheet::setWide(bool wide) {
    m_wide = wide;
    place();
}

Button* Sheet::addButton(Button::Kind kind, const QString& text) {
    auto* button = new Button(kind, text);
    m_buttons->addWidget(button);
    if (kind == Button::Kind::Primary)
        m_default = button;
    return button;
}

Button* Sheet::addCancel(const QString& text) {
    auto* button = addButton(Button::Kind::Secondary, text);
    button->setKeyHint(QStringLiteral("Esc"));
    connect(button, &QAbstractButton::clicked, this, &Sheet::finish);
    return button;
}

void Sheet::setError(const QString& sentence) {
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) {
        QAccessibleEvent alert(m_error, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
    place();
}

void Sheet::open(QWidget* focus) {
    place();
    show();
    raise();
    if (focus != nullptr)
        focus->setFocus(Qt::OtherFocusReason);
    else
        setFocus(Qt::OtherFocusReason);
    QAccessibleEvent shown(this, QAccessible::DialogStart);
    QAccessible::updateAccessibility(&shown);
}

void Sheet::finish() {
    if (isHidden())
        return;
    hide();
    if (m_returnFocus)
        m_returnFocus->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
    deleteLater();
}

void Sheet::place() {
    const theme::Tokens& t = theme::tokens(this);
    setGeometry(parentWidget()->rect());
    const QMargins margins = m_panel->layout()->contentsMargins();
    const int wanted = m_wide ? t.size.textColumn : t.size.detailPaneMax;
    const int width = std::min(wanted, this->width() - 2 * t.space.xl);
    const int inner = width - margins.left() - margins.right();
    const int content = m_body->hasHeightForWidth() ? m_body->totalHeightForWidth(inner) : m_body->totalSizeHint().height();
    int height =
        margins.top() + margins.bottom() + content + m_title->sizeHint().height() + m_foot->sizeHint().height() + 2 * t.space.m;
    if (!m_error->isHidden())
        height += m_error->heightForWidth(inner) + t.space.m;
    height = std::min(height, this->height() - 2 * t.space.xl);
    m_panel->setGeometry((this->width() - width) / 2, std::max(t.space.xl, (this->height() - height) / 3), width, height);
    update();
}

bool Sheet::event(QEvent* event) {
    // Keys typed in a sheet are the sheet's: no shortcut of what lies below it acts.
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        place();
    return QWidget::event(event);
}

bool Sheet::eventFilter(QObject* watched, QEvent* event) {
    if ((watched == parentWidget() && event->type() == QEvent::Resize)
        || (watched == m_content && event->type() == QEvent::LayoutRequest))
        place();
    return QWidget::eventFilter(watched, event);
}

void Sheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        finish();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        const QWidget* focus = QApplication::focusWidget();
        auto* pressed = const_cast<QWidget*>(focus); // the focus widget is ours to press
        if (auto* button = qobject_cast<QPushButton*>(pressed))
            button->click();
        else if (m_default && m_default->isEnabled())
            m_default->click();
        return;
    }
    event->accept(); // nothing falls through to the page below
}

void Sheet::mousePressEvent(QMouseEvent* event) { event->accept(); }

void Sheet::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.color.scrim);
    paint::drawShadow(&painter, t, m_panel->geometry(), t.size.radiusCard);
    paint::drawCard(&painter, m_panel->geometry(), t.size.radiusCard, t.color.surface, t.color.line);
}

bool Sheet::focusNextPrevChild(bool next) {
    QWidget* const from = QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : this;
    QWidget* candidate = from;
    do {
        candidate = next ? candidate->nextInFocusChain() : candidate->previousInFocusChain();
        if (candidate != this && isAncestorOf(candidate) && candidate->isVisible() && candidate->isEnabled()
            && (candidate->focusPolicy() & Qt::TabFocus) != 0 && candidate->focusProxy() == nullptr) {
            candidate->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    } while (candidate != from);
    return true;
}

} // namespace outrider::widgets
