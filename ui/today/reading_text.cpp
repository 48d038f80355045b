// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/reading_text.h"

#include "ui/theme/tokens.h"

#include <QKeyEvent>
#include <QTextBlockFormat>

namespace outrider::today {

using theme::TextStyle;

ReadingText::ReadingText(QWidget* parent) : QTextEdit(parent) {
    setFrameShape(QFrame::NoFrame);
    setAcceptRichText(false);
    setReadOnly(true);
    setFocusPolicy(Qt::NoFocus);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setTabChangesFocus(true);
    setLineWrapMode(FixedPixelWidth);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Message"));
    document()->setDocumentMargin(0);
}

QSize ReadingText::minimumSizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.size.rail / 2, t.lineHeight(TextStyle::Reading)};
}

void ReadingText::setText(const QString& body, const QString& footer, const QString& heading) {
    m_body = body;
    m_heading = heading;
    m_footer = footer;
    fill();
}

void ReadingText::setEditing(bool editing) {
    if (editing == m_editing)
        return;
    if (m_editing)
        m_body = toPlainText();
    m_editing = editing;
    setReadOnly(!editing);
    setFocusPolicy(editing ? Qt::StrongFocus : Qt::NoFocus);
    setTextInteractionFlags(editing ? Qt::TextEditorInteraction : Qt::TextSelectableByMouse);
    fill();
}

QString ReadingText::body() const { return m_editing ? toPlainText() : m_body; }

void ReadingText::fill() {
    const theme::Tokens& t = theme::tokens(this);
    setFont(t.font(TextStyle::Reading));
    setPlainText(m_body);
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    QTextBlockFormat lines;
    lines.setLineHeight(t.lineHeight(TextStyle::Reading), QTextBlockFormat::FixedHeight);
    cursor.mergeBlockFormat(lines);
    if (!m_editing && !m_footer.isEmpty()) {
        cursor.movePosition(QTextCursor::End);
        QTextCharFormat muted;
        muted.setForeground(t.color.muted);
        cursor.insertBlock(lines, muted);
        cursor.insertBlock(lines, muted);
        cursor.insertText(m_footer, muted);
    }
    if (!m_editing && !m_heading.isEmpty()) {
        cursor.movePosition(QTextCursor::Start);
        QTextCharFormat strong;
        strong.setFont(t.font(TextStyle::BodyStrong));
        cursor.insertText(m_heading, strong);
        if (!m_body.isEmpty())
            cursor.insertBlock(lines, QTextCharFormat());
    }
    document()->clearUndoRedoStacks();
    moveCursor(QTextCursor::Start);
    fit();
}

void ReadingText::fit() {
    const int width = std::min(viewport()->width(), theme::tokens(this).size.textColumn);
    if (width > 0 && width != lineWrapColumnOrWidth())
        setLineWrapColumnOrWidth(width);
}

void ReadingText::resizeEvent(QResizeEvent* event) {
    QTextEdit::resizeEvent(event);
    fit();
}

void ReadingText::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        if (m_editing)
            m_body = toPlainText();
        fill();
    }
}

void ReadingText::keyPressEvent(QKeyEvent* event) {
    if (m_editing && event->key() == Qt::Key_Escape)
        Q_EMIT escaped();
    else
        QTextEdit::keyPressEvent(event);
}

} // namespace outrider::today
