// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/task_note.h"

#include "ui/paint/pieces.h"
#include "ui/theme/tokens.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>

#include <algorithm>

namespace outrider::today {

using theme::TextStyle;

namespace {

constexpr int pauseMs = 600; // a crash loses less than a second of it
constexpr int mostLines = 5;

} // namespace

TaskNote::TaskNote(QWidget* parent) : QWidget(parent), m_edit(new QPlainTextEdit), m_row(new QHBoxLayout(this)) {
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setPlaceholderText(tr("Note. Saved while you type"));
    m_edit->setAccessibleName(tr("Note"));
    m_edit->setTabChangesFocus(true);
    m_edit->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_edit->document()->setDocumentMargin(0);
    m_edit->viewport()->setAutoFillBackground(false);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_row->addWidget(m_edit);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, [this] { Q_EMIT paused(text()); });
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        m_pause.start();
    });
    fit();
}

void TaskNote::setKeyHint(const QString& keys) {
    m_keys = keys;
    update();
}

void TaskNote::setText(const QString& text) {
    const QSignalBlocker quiet(m_edit);
    m_pause.stop();
    m_edit->setPlainText(text);
    m_edit->moveCursor(QTextCursor::End);
    fit();
}

QString TaskNote::text() const { return m_edit->toPlainText().trimmed(); }
bool TaskNote::isWriting() const { return m_edit->hasFocus(); }
void TaskNote::write() { m_edit->setFocus(Qt::ShortcutFocusReason); }

QSize TaskNote::sizeHint() const { return {0, minimumHeight()}; }

void TaskNote::fit() {
    const theme::Tokens& t = theme::tokens(this);
    const int lines = std::clamp(qRound(m_edit->document()->size().height()), 1, mostLines); // QPlainTextEdit counts in lines
    const int line = QFontMetrics(m_edit->font()).lineSpacing();
    const int rest = std::max(t.size.controlLarge - line, 2 * t.space.s);
    setFixedHeight(lines * line + rest);
    const int side = t.space.m;
    const int caps = m_keys.isEmpty() ? 0 : paint::keyCapsSize(t, m_keys).width() + t.space.s;
    m_row->setContentsMargins(side + t.size.icon + t.space.iconGap, rest / 2, side + caps, rest - rest / 2);
}

void TaskNote::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    const bool focus = m_edit->hasFocus();
    paint::drawCard(&painter, rect(), t.size.radius, t.color.surface, focus ? t.color.accent : t.color.control,
                    focus ? t.size.focus : t.size.hairline);
    const int top = (std::min(height(), t.size.controlLarge) - t.size.icon) / 2;
    theme::paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), QRect(t.space.m, top, t.size.icon, t.size.icon)),
                     theme::Icon::StickyNote, t.color.muted);
    if (!m_keys.isEmpty() && !focus) {
        const QSize caps = paint::keyCapsSize(t, m_keys);
        const QRect place(width() - t.space.m - caps.width(), (std::min(height(), t.size.controlLarge) - caps.height()) / 2,
                          caps.width(), caps.height());
        paint::drawKeyCaps(&painter, t, QStyle::visualRect(layoutDirection(), rect(), place), m_keys);
    }
}

bool TaskNote::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        update();
        if (event->type() == QEvent::FocusOut && m_pause.isActive()) {
            m_pause.stop();
            Q_EMIT paused(text());
        }
    }
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (key->key() == Qt::Key_Escape) {
            Q_EMIT left();
            return true;
        }
        if (enter && (key->modifiers() & Qt::ControlModifier)) {
            Q_EMIT submitted();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void TaskNote::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        fit();
}

} // namespace outrider::today
