// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/filter_field.h"

#include "core/domain/field.h"
#include "ui/leads/completion_popup.h"
#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace outrider::leads {

namespace {

constexpr int pauseMs = 220;       // after the last key, words are looked for
constexpr int narrowestText = 120; // at 100 %

// Whether a word could still become a field's name.
bool mayBecomeField(const QString& word) {
    const auto starts = [&word](const QString& key) { return key.startsWith(word, Qt::CaseInsensitive); };
    if (starts(QStringLiteral("has:")) || starts(text::toQt(customFieldPrefix)))
        return true;
    const auto all = fields();
    return std::any_of(all.begin(), all.end(), [&](const Field& f) { return f.filterable && starts(text::toQt(f.key)); });
}

} // namespace

// The text between the chips: draws what taking the suggestion would add, and marks where an error is.
class FilterField::Edit : public QLineEdit {
public:
    explicit Edit(FilterField* field) : QLineEdit(field) {
        setFrame(false);
        setAccessibleName(FilterField::tr("Filter leads"));
    }
    void setRest(const QString& rest) {
        m_rest = rest;
        update();
    }
    int cursorX() const { return cursorRect().center().x(); }
    void setErrorAt(qsizetype position) {
        m_errorAt = position;
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override {
        QLineEdit::paintEvent(event);
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        const QRect cursor = cursorRect();
        const int origin = cursor.center().x() - fontMetrics().horizontalAdvance(text().left(cursorPosition()));
        if (!m_rest.isEmpty() && cursorPosition() == text().size() && hasFocus()) {
            const int x = origin + fontMetrics().horizontalAdvance(text()) + 1;
            paint::drawText(&painter, tokens, QRect(x, 0, width() - x, height()), {.text = m_rest, .color = tokens.color.muted});
        }
        if (m_errorAt >= 0) {
            const int from = origin + fontMetrics().horizontalAdvance(text().left(m_errorAt));
            const int to = std::max(from + tokens.space.s, origin + fontMetrics().horizontalAdvance(text()));
            const int y = (height() + fontMetrics().height()) / 2 - tokens.size.hairline;
            painter.fillRect(QRect(from, y, to - from, tokens.size.focus), tokens.color.danger);
        }
    }

private:
    QString m_rest;
    qsizetype m_errorAt = -1;
};

FilterField::FilterField(QWidget* parent)
    : QWidget(parent),
      m_edit(new Edit(this)),
      m_clear(new widgets::Button(theme::Icon::Cross, tr("Clear filter"), this)) {
    setFocusProxy(m_edit);
    setAccessibleName(tr("Filter"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_clear->setSize(widgets::Button::Size::Small);
    m_clear->setFocusPolicy(Qt::NoFocus); // Esc and Backspace do it with keys
    connect(m_clear, &QAbstractButton::clicked, this, &FilterField::clearAll);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textEdited, this, &FilterField::onText);
    connect(m_edit, &QLineEdit::cursorPositionChanged, this, [this] {
        if (m_popup && m_popup->isOffering())
            suggest();
    });
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &FilterField::tryPending);
    arrange();
}

QLineEdit* FilterField::edit() const { return m_edit; }

void FilterField::setVocabulary(Vocabulary words) {
    m_words = std::move(words);
    arrange();
}

void FilterField::setFilter(const Filter& filter) {
    m_pause.stop();
    m_parts = partsOf(filter);
    m_pending.reset();
    m_at = int(m_parts.size());
    m_walk = -1;
    m_wrong = false;
    m_edit->clear();
    m_edit->setErrorAt(-1);
    if (m_popup)
        m_popup->hide();
    m_told = toText(this->filter());
    arrange();
}

Filter FilterField::filter() const {
    std::vector<FilterNode> parts = m_parts;
    if (m_pending)
        parts.insert(parts.begin() + std::min(m_at, int(parts.size())), *m_pending);
    return filterOf(std::move(parts));
}

void FilterField::setTook(std::optional<qint64> millis) {
    m_took = millis ? tr("%1 ms").arg(QLocale().toString(*millis)) : QString();
    arrange();
}

void FilterField::focusText() {
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

QStringList FilterField::chips() const {
    QStringList out;
    for (const ChipText& chip : m_chips.texts())
        out << chip.whole();
    return out;
}

void FilterField::tell() {
    const std::string now = toText(filter());
    if (now == m_told)
        return;
    m_told = now;
    Q_EMIT changed();
}

void FilterField::clearAll() {
    setFilter({});
    m_told.clear();
    Q_EMIT changed();
    m_edit->setFocus();
}

bool FilterField::stepBack() {
    if (m_popup && m_popup->isVisible()) {
        m_popup->hide();
        m_edit->setRest({});
        return true;
    }
    if (m_walk >= 0) {
        walkTo(-1);
        return true;
    }
    if (!m_edit->text().isEmpty()) {
        m_edit->clear();
        onText();
        m_popup->hide();
        return true;
    }
    return false;
}

// ── Writing ───────────────────────────────────────────────────────────────────────────────────

void FilterField::onText() {
    m_walk = -1;
    m_wrong = false;
    m_edit->setErrorAt(-1);
    if (!commitFinishedTerm()) {
        m_pause.start();
        if (m_edit->text().trimmed().isEmpty() && m_pending) {
            m_pending.reset();
            tell();
        }
    }
    suggest();
    arrange();
}

void FilterField::suggest() {
    if (!m_popup) {
        m_popup = new CompletionPopup(this);
        connect(m_popup, &CompletionPopup::taken, this, &FilterField::take);
    }
    m_moved = false;
    m_completion = complete(m_edit->text(), m_edit->cursorPosition(), m_words);
    const QString written = m_edit->text().mid(m_completion.from, m_edit->cursorPosition() - m_completion.from);
    const int before = m_edit->fontMetrics().horizontalAdvance(written);
    m_popup->showSuggestions(m_completion.suggestions, m_edit->x() + m_edit->cursorX() - before);
    m_edit->setRest(m_completion.rest(written, 0));
}

void FilterField::take(int index) {
    if (index < 0 || index >= m_completion.suggestions.size())
        return;
    QString text = m_edit->text();
    const auto from = m_completion.from;
    const QString insert = m_completion.suggestions[index].insert; // moving the cursor makes new suggestions
    text.replace(from, m_edit->cursorPosition() - from, insert);
    m_edit->setText(text);
    m_edit->setCursorPosition(int(from + insert.size()));
    m_edit->setFocus();
    onText();
}

// "status:open " is finished, "zoë " is not: words are looked for together.
bool FilterField::commitFinishedTerm() {
    const QString text = m_edit->text();
    if (!text.endsWith(QLatin1Char(' ')))
        return false;
    auto parsed = parseFilter(text.toStdString());
    if (!parsed)
        return false;
    std::vector<FilterNode> parts = partsOf(*parsed);
    if (parts.empty() || std::any_of(parts.begin(), parts.end(), [](const FilterNode& node) {
            return node.kind != FilterNode::Kind::Term || node.term.field.empty();
        }))
        return false;
    insertParts(std::move(parts));
    return true;
}

void FilterField::insertParts(std::vector<FilterNode> parts) {
    m_pause.stop();
    m_pending.reset();
    m_at = std::min(m_at, int(m_parts.size()));
    m_parts.insert(m_parts.begin() + m_at, parts.begin(), parts.end());
    m_at += int(parts.size());
    m_edit->clear();
    arrange();
    tell();
}

// Words act while they are written, as long as they cannot be the beginning of a field.
void FilterField::tryPending() {
    const QString text = m_edit->text().trimmed();
    if (text.isEmpty() || mayBecomeField(text.section(QLatin1Char(' '), -1)))
        return;
    auto parsed = parseFilter(text.toStdString());
    if (!parsed)
        return;
    std::vector<FilterNode> parts = partsOf(*parsed);
    if (parts.size() == 1)
        m_pending = parts.front();
    else
        m_pending = FilterNode{FilterNode::Kind::All, false, {}, std::move(parts)};
    tell();
}

void FilterField::apply() {
    m_pause.stop();
    m_edit->setRest({});
    const QString text = m_edit->text();
    auto parsed = parseFilter(text.toStdString());
    if (!parsed) {
        showError(parsed.error());
        return;
    }
    if (m_popup)
        m_popup->hide();
    insertParts(partsOf(*parsed));
    m_at = int(m_parts.size());
    arrange();
}

void FilterField::showError(const Error& error) {
    const FilterError where = filterError(error, m_edit->text());
    m_wrong = true;
    m_edit->setErrorAt(where.position);
    if (!m_popup)
        suggest();
    m_popup->showError(where.sentence, m_edit->x() + theme::tokens(this).space.s);
    arrange();
}

// ── Chips ─────────────────────────────────────────────────────────────────────────────────────

void FilterField::removePart(int index) {
    m_parts.erase(m_parts.begin() + index);
    if (m_at > index)
        --m_at;
    m_walk = m_walk >= int(m_parts.size()) ? -1 : m_walk;
    arrange();
    tell();
}

// Back to text, in its place; what was written before is kept as it reads.
void FilterField::editPart(int index) {
    if (!m_edit->text().trimmed().isEmpty()) {
        const auto count = m_parts.size();
        const int before = m_at;
        apply();
        if (m_wrong)
            return;
        if (before <= index)
            index += int(m_parts.size() - count);
    }
    const QString text = nodeText(m_parts[std::size_t(index)]);
    m_parts.erase(m_parts.begin() + index);
    m_at = index;
    m_walk = -1;
    m_edit->setText(text);
    m_edit->setFocus();
    m_edit->setCursorPosition(int(text.size()));
    m_edit->setRest({});
    arrange();
}

void FilterField::walkTo(int index) {
    m_walk = index;
    if (index >= 0) {
        if (m_popup)
            m_popup->hide();
        m_edit->setRest({});
        m_edit->setAccessibleDescription(tr("Condition: %1").arg(m_chips.texts()[index].whole()));
    } else {
        m_edit->setAccessibleDescription({});
    }
    update();
}

bool FilterField::onChipKey(QKeyEvent* key) {
    switch (key->key()) {
    case Qt::Key_Left:
        walkTo(m_walk == m_at ? -1 : std::max(0, m_walk - 1));
        return true;
    case Qt::Key_Right:
        // The text stands after the part before it.
        walkTo(m_walk + 1 >= int(m_parts.size()) || m_walk + 1 == m_at ? -1 : m_walk + 1);
        return true;
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        removePart(m_walk);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        editPart(m_walk);
        return true;
    case Qt::Key_Escape:
        walkTo(-1);
        return true;
    default:
        if (!key->text().isEmpty())
            walkTo(-1); // writing goes on in the text
        return false;
    }
}

bool FilterField::onKey(QKeyEvent* key) {
    if (m_walk >= 0)
        return onChipKey(key);
    const bool offering = m_popup && m_popup->isOffering();
    const bool plain = key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier;
    switch (key->key()) {
    case Qt::Key_Tab:
        if (!offering || !plain || m_edit->text().isEmpty())
            return false;
        take(m_popup->current());
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (offering && m_moved)
            take(m_popup->current());
        else
            apply();
        return true;
    case Qt::Key_Down:
        if (offering) {
            m_popup->move(1);
            m_moved = true;
            m_edit->setRest({});
        } else if (m_edit->text().isEmpty()) {
            Q_EMIT left();
        } else {
            suggest();
        }
        return true;
    case Qt::Key_Up:
        if (offering) {
            m_popup->move(-1);
            m_moved = true;
            m_edit->setRest({});
        }
        return true;
    case Qt::Key_Escape:
        if (!stepBack())
            Q_EMIT left();
        return true;
    case Qt::Key_Space:
        if (key->modifiers() == Qt::ControlModifier) {
            suggest();
            return true;
        }
        return false;
    case Qt::Key_Left:
        if (plain && m_edit->cursorPosition() == 0 && m_edit->selectedText().isEmpty() && m_at > 0) {
            walkTo(m_at - 1);
            return true;
        }
        return false;
    case Qt::Key_Right:
        if (plain && m_edit->cursorPosition() == m_edit->text().size() && m_at < int(m_parts.size())) {
            walkTo(m_at);
            return true;
        }
        return false;
    case Qt::Key_Backspace:
        if (m_edit->cursorPosition() == 0 && m_edit->selectedText().isEmpty() && m_at > 0) {
            removePart(m_at - 1);
            return true;
        }
        return false;
    default:
        return false;
    }
}

bool FilterField::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_edit) {
        switch (event->type()) {
        case QEvent::KeyPress:
            return onKey(static_cast<QKeyEvent*>(event));
        case QEvent::ShortcutOverride: {
            // These are the field's own, not the page's.
            const int key = static_cast<QKeyEvent*>(event)->key();
            if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab) {
                event->accept();
                return true;
            }
            break;
        }
        case QEvent::FocusIn:
            update();
            break;
        case QEvent::FocusOut:
            m_walk = -1;
            if (m_popup)
                m_popup->hide();
            m_edit->setRest({});
            update();
            break;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FilterField::mousePressEvent(QMouseEvent* event) {
    const auto hit = m_chips.at(theme::tokens(this), event->pos());
    if (hit.chip >= 0)
        hit.cross ? removePart(hit.chip) : editPart(hit.chip);
    else
        m_edit->setFocus();
}

// ── Looks ─────────────────────────────────────────────────────────────────────────────────────

QSize FilterField::sizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return {tokens.size.paletteWidth, tokens.size.control};
}

void FilterField::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::LayoutDirectionChange)
        arrange();
}

void FilterField::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

// Chips and text in one line; when they do not fit, the line slides so that the text can be seen.
void FilterField::arrange() {
    const theme::Tokens& tokens = theme::tokens(this);
    m_chips.setParts(m_parts, m_words);
    m_clear->setVisible(!m_parts.empty() || !m_edit->text().isEmpty());
    m_edit->setPlaceholderText(m_parts.empty() ? tr("Filter by words, or by a field: status:open score>=60") : QString());

    const int pad = tokens.space.s;
    const int start = pad + tokens.size.icon + pad;
    int end = width() - tokens.space.xs;
    if (m_clear->isVisibleTo(this))
        end -= tokens.size.controlSmall;
    if (!m_took.isEmpty())
        end -= paint::textWidth(tokens, theme::TextStyle::Meta, m_took) + pad;

    const int textWidth =
        std::max(int(narrowestText * tokens.scale), m_edit->fontMetrics().horizontalAdvance(m_edit->text()) + tokens.space.xl);
    QRect text = m_chips.arrange(tokens, {start, 0, end - start, height()}, m_at, textWidth);
    text.adjust(0, tokens.size.focus, 0, -tokens.size.focus);
    QRect clear(width() - tokens.space.xs - tokens.size.controlSmall, (height() - tokens.size.controlSmall) / 2,
                tokens.size.controlSmall, tokens.size.controlSmall);
    if (isRightToLeft()) {
        m_chips.mirror(width());
        text.moveLeft(width() - text.right() - 1);
        clear.moveLeft(width() - clear.right() - 1);
    }
    m_edit->setGeometry(text);
    m_clear->setGeometry(clear);
    update();
}

void FilterField::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    const bool focused = m_edit->hasFocus();
    const QColor frame = focused ? tokens.color.accent : m_wrong ? tokens.color.danger : tokens.color.control;
    paint::drawCard(&painter, rect(), tokens.size.radius, tokens.color.surface, frame,
                    focused ? tokens.size.focus : tokens.size.hairline);
    const bool mirrored = isRightToLeft();
    const auto mirror = [&](const QRect& r) {
        return mirrored ? QRect(width() - r.right() - 1, r.top(), r.width(), r.height()) : r;
    };
    const int pad = tokens.space.s;
    const QRect icon(pad, (height() - tokens.size.icon) / 2, tokens.size.icon, tokens.size.icon);
    theme::paintIcon(&painter, mirror(icon), theme::Icon::Filter, tokens.color.muted);
    int end = width() - tokens.space.xs - (m_clear->isVisibleTo(this) ? tokens.size.controlSmall : 0);
    if (!m_took.isEmpty()) {
        const int width = paint::textWidth(tokens, theme::TextStyle::Meta, m_took) + 1;
        paint::drawText(&painter, tokens, mirror(QRect(end - pad - width, 0, width, height())),
                        {.text = m_took, .style = theme::TextStyle::Meta, .color = tokens.color.muted});
        end -= pad + width;
    }
    const int start = pad + tokens.size.icon + tokens.space.xs;
    painter.setClipRect(mirror(QRect(start, 0, std::max(0, end - start), height())));
    m_chips.paint(&painter, tokens, m_walk);
}

} // namespace outrider::leads
