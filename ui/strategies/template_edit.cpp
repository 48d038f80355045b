// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/template_edit.h"

#include "ui/paint/pieces.h"
#include "ui/strategies/variable_popup.h"
#include "ui/theme/tokens.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QSyntaxHighlighter>
#include <QTextBlock>

#include <algorithm>

namespace outrider::strategies {

namespace {

class PillHighlighter final : public QSyntaxHighlighter {
public:
    explicit PillHighlighter(TemplateEdit* edit) : QSyntaxHighlighter(edit->document()), m_edit(edit) {}

protected:
    void highlightBlock(const QString&) override {
        const theme::Tokens& t = theme::tokens(m_edit);
        for (const TemplateEdit::Pill& pill : m_edit->pillsOf(currentBlock())) {
            const QColor ink = pill.warns ? t.color.warn : t.color.accent;
            QColor unseen = ink;
            unseen.setAlpha(0);
            const int braces = pill.span.length > 0 && currentBlock().text()[pill.span.start] == QLatin1Char('{') ? 2 : 1;
            setFormat(pill.span.start, pill.span.length, ink);
            if (!pill.open) {
                setFormat(pill.span.start, braces, unseen); // there, but not in the way of reading
                setFormat(pill.span.start + pill.span.length - braces, braces, unseen);
            }
        }
    }

private:
    TemplateEdit* m_edit;
};

QList<TagSpan> markerSpans(const QString& text) {
    QList<TagSpan> spans;
    qsizetype at = 0;
    while ((at = text.indexOf(QChar(0x27E6), at)) >= 0) {
        const qsizetype end = text.indexOf(QChar(0x27E7), at);
        if (end < 0)
            break;
        spans.append({.start = int(at), .length = int(end + 1 - at), .field = text.mid(at + 1, end - at - 1)});
        at = end + 1;
    }
    return spans;
}

} // namespace

TemplateEdit::TemplateEdit(Kind kind, QWidget* parent) : QTextEdit(parent), m_kind(kind), m_highlighter(nullptr) {
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setUndoRedoEnabled(kind != Kind::Preview);
    if (kind == Kind::OneLine) {
        setLineWrapMode(NoWrap);
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    } else {
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    if (kind == Kind::Preview) {
        setReadOnly(true);
        setFrameShape(QFrame::NoFrame);
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    m_highlighter = new PillHighlighter(this);
    applyTheme();
    connect(this, &QTextEdit::textChanged, this, [this] {
        if (m_setting)
            return;
        complete();
        Q_EMIT edited();
    });
    connect(this, &QTextEdit::cursorPositionChanged, this, &TemplateEdit::cursorMoved);
}

TemplateEdit::~TemplateEdit() { delete m_popup; }

void TemplateEdit::setTemplate(const QString& text) {
    const QScopedValueRollback setting(m_setting, true);
    setPlainText(text);
    applyTheme();
}

void TemplateEdit::setMissing(const QSet<QString>& fields) {
    if (fields == m_missing)
        return;
    m_missing = fields;
    const QScopedValueRollback setting(m_setting, true);
    m_highlighter->rehighlight();
    viewport()->update();
}

void TemplateEdit::insertVariable() {
    setFocus(Qt::OtherFocusReason);
    if (completionAt(toPlainText(), textCursor().position()))
        complete();
    else
        insertPlainText(QStringLiteral("{{"));
}

void TemplateEdit::select(int start, int length) {
    const int size = int(toPlainText().size());
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::clamp(start, 0, size));
    cursor.setPosition(std::clamp(start + length, 0, size), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    ensureCursorVisible();
}

bool TemplateEdit::isCompleting() const { return m_popup && m_popup->isVisible(); }

QList<TemplateEdit::Pill> TemplateEdit::pillsOf(const QTextBlock& block) const {
    QList<Pill> pills;
    const bool preview = m_kind == Kind::Preview;
    const int cursor = hasFocus() && textCursor().block() == block ? textCursor().positionInBlock() : -1;
    for (const TagSpan& span : preview ? markerSpans(block.text()) : tagSpans(block.text()))
        pills.append({.span = span,
                      .warns = preview || (!span.section && !span.hasFallback && m_missing.contains(span.field)),
                      .open = !preview && cursor > span.start && cursor < span.start + span.length});
    return pills;
}

QSize TemplateEdit::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    if (m_kind == Kind::OneLine)
        return {t.size.paletteWidth, std::max(t.size.control, t.lineHeight(theme::TextStyle::Body) + t.space.s)};
    return {t.size.paletteWidth, t.lineHeight(theme::TextStyle::Body) * 12};
}

QSize TemplateEdit::minimumSizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.size.rail / 2, m_kind == Kind::OneLine ? sizeHint().height() : t.lineHeight(theme::TextStyle::Body) * 5};
}

bool TemplateEdit::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isCompleting()) {
        event->accept(); // Esc closes the list, not the page
        return true;
    }
    return QTextEdit::event(event);
}

void TemplateEdit::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        applyTheme();
}

void TemplateEdit::focusOutEvent(QFocusEvent* event) {
    QTextEdit::focusOutEvent(event);
    if (m_popup)
        m_popup->hide();
    cursorMoved();
}

void TemplateEdit::insertFromMimeData(const QMimeData* source) {
    QString text = source->text();
    if (m_kind == Kind::OneLine)
        text = text.simplified();
    insertPlainText(text);
}

void TemplateEdit::keyPressEvent(QKeyEvent* event) {
    if (isCompleting()) {
        switch (event->key()) {
        case Qt::Key_Down:
            m_popup->move(1);
            return;
        case Qt::Key_Up:
            m_popup->move(-1);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            choose(m_popup->current());
            return;
        case Qt::Key_Escape:
            m_popup->hide();
            return;
        default:
            break;
        }
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_kind == Kind::OneLine && enter) {
        focusNextChild();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        event->ignore();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

void TemplateEdit::paintEvent(QPaintEvent* event) {
    // The shapes lie under the text, so they are painted before it.
    {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const QFontMetricsF metrics(document()->defaultFont());
        const QPointF scrolled(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
        for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
            const QRectF blockRect = document()->documentLayout()->blockBoundingRect(block).translated(scrolled);
            if (blockRect.bottom() < event->rect().top())
                continue;
            if (blockRect.top() > event->rect().bottom())
                break;
            for (const Pill& pill : pillsOf(block)) {
                painter.setBrush(pill.warns ? t.color.warnSoft : t.color.accentSoft);
                const QTextLayout* layout = block.layout();
                const int end = pill.span.start + pill.span.length;
                for (int i = 0; i < layout->lineCount(); ++i) {
                    const QTextLine line = layout->lineAt(i);
                    const int first = std::max(pill.span.start, line.textStart());
                    const int last = std::min(end, line.textStart() + line.textLength());
                    if (first >= last)
                        continue;
                    const qreal left = line.cursorToX(first);
                    const qreal right = line.cursorToX(last);
                    const qreal top = line.y() + line.ascent() - metrics.ascent();
                    QRectF shape(std::min(left, right), top, std::abs(right - left), metrics.height());
                    if (!pill.open) // half of what the unseen braces take
                        shape.adjust(first == pill.span.start ? t.space.xs : 0, 0, last == end ? -t.space.xs : 0, 0);
                    painter.drawRoundedRect(shape.translated(blockRect.topLeft()).adjusted(0, -1, 0, 1), t.size.radiusCheck,
                                            t.size.radiusCheck);
                }
            }
        }
    }
    QTextEdit::paintEvent(event);
}

void TemplateEdit::applyTheme() {
    const QScopedValueRollback setting(m_setting, true);
    const theme::Tokens& t = theme::tokens(this);
    document()->setDefaultFont(t.font(theme::TextStyle::Body));
    const bool undo = isUndoRedoEnabled();
    setUndoRedoEnabled(false); // the look of a line is nothing to take back
    if (m_kind == Kind::OneLine) {
        const int line = QFontMetrics(document()->defaultFont()).height();
        const int padding = std::max(0, (sizeHint().height() - line) / 2 - frameWidth());
        document()->setDocumentMargin(0);
        setViewportMargins(t.space.s, padding, t.space.s, 0);
    } else {
        document()->setDocumentMargin(m_kind == Kind::Preview ? 0 : t.space.m);
        QTextBlockFormat format;
        format.setLineHeight(t.lineHeight(theme::TextStyle::Body) + 2 * t.size.hairline, QTextBlockFormat::FixedHeight);
        QTextCursor all(document());
        all.select(QTextCursor::Document);
        all.mergeBlockFormat(format);
    }
    setUndoRedoEnabled(undo);
    m_highlighter->rehighlight();
    updateGeometry();
}

void TemplateEdit::complete() {
    if (m_kind == Kind::Preview || !hasFocus())
        return;
    const auto completion = completionAt(toPlainText(), textCursor().position());
    if (!completion) {
        if (m_popup)
            m_popup->hide();
        return;
    }
    const QRect caret = cursorRect();
    popup().show(matchingVariables(m_variables, completion->typed),
                 QRect(viewport()->mapTo(window(), caret.topLeft()), caret.size()));
}

void TemplateEdit::choose(const QString& key) {
    const QString text = toPlainText();
    const int cursor = textCursor().position();
    const auto completion = completionAt(text, cursor);
    if (!completion)
        return;
    // What stands behind the cursor up to the closing braces belongs to the tag that is replaced.
    int end = cursor;
    while (end < text.size() && (text[end].isLetterOrNumber() || QStringLiteral("_.:").contains(text[end])))
        ++end;
    const bool closed = text.mid(end, 2) == QLatin1String("}}");
    QTextCursor edit = textCursor();
    edit.setPosition(completion->start);
    edit.setPosition(closed ? end + 2 : cursor, QTextCursor::KeepAnchor);
    edit.insertText(key + QStringLiteral("}}"));
    setTextCursor(edit);
    if (m_popup)
        m_popup->hide();
}

void TemplateEdit::cursorMoved() {
    const int now = textCursor().blockNumber();
    const QScopedValueRollback setting(m_setting, true);
    for (const int number : {m_lastBlock, now}) {
        const QTextBlock block = document()->findBlockByNumber(number);
        if (block.isValid() && block.text().contains(QLatin1String("{{")))
            m_highlighter->rehighlightBlock(block);
    }
    m_lastBlock = now;
    if (isCompleting() && !completionAt(toPlainText(), textCursor().position()))
        m_popup->hide();
}

VariablePopup& TemplateEdit::popup() {
    if (!m_popup) {
        m_popup = new VariablePopup(this);
        connect(m_popup, &VariablePopup::chosen, this, &TemplateEdit::choose);
    }
    return *m_popup;
}

} // namespace outrider::strategies
