// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/basics.h"

#include "ui/theme/outrider_style.h"
#include "ui/widgets/ink.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::widgets {

// ── ChipLabel, KeyCaps, IconLabel ────────────────────────────────────────────────────────────────

ChipLabel::ChipLabel(const paint::Chip& chip, QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setChip(chip);
}

void ChipLabel::setChip(const paint::Chip& chip) {
    m_chip = chip;
    setAccessibleName(chip.text);
    updateGeometry();
    update();
}

QSize ChipLabel::sizeHint() const { return paint::chipSize(theme::tokens(this), m_chip); }

void ChipLabel::paintEvent(QPaintEvent*) {
    if (m_chip.text.isEmpty())
        return;
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    paint::drawChip(&painter, theme::tokens(this), rect(), m_chip);
}

KeyCaps::KeyCaps(const QString& keys, QWidget* parent) : QWidget(parent), m_keys(keys) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void KeyCaps::setKeys(const QString& keys) {
    m_keys = keys;
    updateGeometry();
    update();
}

QSize KeyCaps::sizeHint() const { return paint::keyCapsSize(theme::tokens(this), m_keys); }

void KeyCaps::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    paint::drawKeyCaps(&painter, theme::tokens(this), rect(), m_keys,
                       isEnabled() ? paint::CapGround::Normal : paint::CapGround::Disabled);
}

IconLabel::IconLabel(theme::Icon icon, Ink ink, int size, QWidget* parent)
    : QWidget(parent),
      m_icon(icon),
      m_ink(ink),
      m_size(size) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIcon(theme::Icon icon, Ink ink) {
    m_icon = icon;
    m_ink = ink;
    update();
}

QSize IconLabel::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    if (m_size > 0)
        return {m_size, m_size};
    // As high as a line, so that it stands beside the first one of a text.
    return {t.size.icon, std::max(t.size.icon, t.lineHeight(theme::TextStyle::Body))};
}

void IconLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const int side = sizeHint().width();
    QRect place(0, 0, side, side);
    place.moveCenter(rect().center());
    theme::paintIcon(&painter, place, m_icon, inkColor(theme::tokens(this), m_ink, isEnabled()));
}

// ── Line, Area, Card ─────────────────────────────────────────────────────────────────────────────

Line::Line(Qt::Orientation orientation, QWidget* parent) : QWidget(parent), m_orientation(orientation) {
    if (orientation == Qt::Horizontal)
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    else
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

QSize Line::sizeHint() const {
    const int thin = theme::tokens(this).size.hairline;
    return {thin, thin};
}

void Line::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const theme::Tokens& t = theme::tokens(this);
    QRect line = rect();
    if (m_orientation == Qt::Horizontal)
        line.setHeight(t.size.hairline);
    else
        line.setWidth(t.size.hairline);
    painter.fillRect(line, t.color.line);
}

Area::Area(Ground ground, Qt::Edges lines, QWidget* parent) : QWidget(parent), m_lines(lines) { setGround(ground); }

void Area::setGround(Ground ground) {
    m_ground = ground;
    setBackgroundRole(ground == Ground::Bg ? QPalette::Window : QPalette::Base); // a scroll bar beside it continues its ground
    update();
}

void Area::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    const auto color = [&] {
        switch (m_ground) {
        case Ground::Bg:
            return t.color.bg;
        case Ground::Surface:
            return t.color.surface;
        case Ground::Raised:
            return t.color.raised;
        case Ground::AccentSoft:
            return t.color.accentSoft;
        case Ground::WarnSoft:
            return t.color.warnSoft;
        case Ground::DangerSoft:
            return t.color.dangerSoft;
        }
        return t.color.surface;
    };
    QPainter painter(this);
    painter.fillRect(rect(), color());
    const int thin = t.size.hairline;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const bool soft = m_ground == Ground::AccentSoft || m_ground == Ground::WarnSoft || m_ground == Ground::DangerSoft;
    if (soft && t.isHighContrast()) // where soft fills are plain, a frame says that it is something of its own
        paint::drawCard(&painter, rect(), 0, {}, t.color.line);
    if (m_lines & Qt::TopEdge)
        painter.fillRect(0, 0, width(), thin, t.color.line);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(0, height() - thin, width(), thin, t.color.line);
    if (m_lines & (mirrored ? Qt::RightEdge : Qt::LeftEdge))
        painter.fillRect(0, 0, thin, height(), t.color.line);
    if (m_lines & (mirrored ? Qt::LeftEdge : Qt::RightEdge))
        painter.fillRect(width() - thin, 0, thin, height(), t.color.line);
}

Card::Card(QWidget* parent) : QFrame(parent) {
    const int frame = theme::tokens(this).size.hairline;
    setContentsMargins(frame, frame, frame, frame); // what is inside leaves the frame alone
}

void Card::setHighlighted(bool on) {
    m_highlighted = on;
    update();
}

void Card::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    const bool strong = m_highlighted || hasFocus();
    paint::drawCard(&painter, rect(), t.size.radiusCard, t.color.surface, strong ? t.color.accent : t.color.line,
                    strong ? t.size.focus : t.size.hairline);
}

// ── Section, Field ───────────────────────────────────────────────────────────────────────────────

Section::Section(const QString& title, QWidget* parent)
    : QWidget(parent),
      m_title(new Label(theme::TextStyle::Section, Ink::Text, title)) {
    const theme::Spacing& space = theme::tokens(this).space;
    auto* all = column(this, space.s, {space.l, space.m, space.l, space.m});
    m_head = new QHBoxLayout;
    m_head->setSpacing(space.s);
    m_title->setEliding(true);
    m_head->addWidget(m_title, 1);
    all->addLayout(m_head);
    m_body = new QVBoxLayout;
    m_body->setSpacing(space.xs);
    all->addLayout(m_body);
    m_title->setVisible(!title.isEmpty());
}

void Section::setTitle(const QString& title) {
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
}

void Section::setTrailing(QWidget* widget) { m_head->addWidget(widget, 0, Qt::AlignVCenter); }

Field::Field(const QString& label, QWidget* input, QWidget* parent)
    : QWidget(parent),
      m_input(input),
      m_message(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_mark(new IconLabel(theme::Icon::CircleAlert, Ink::Danger, theme::tokens(nullptr).size.iconSmall)) {
    const theme::Spacing& space = theme::tokens(this).space;
    auto* all = column(this, space.xs);
    auto* title = new Label(theme::TextStyle::Body, Ink::Muted, label);
    all->addWidget(title);
    title->setVisible(!label.isEmpty()); // in its layout by now: alone it would be a window
    all->addWidget(input);
    auto* below = new QHBoxLayout;
    below->setSpacing(space.iconGap);
    m_mark->hide();
    below->addWidget(m_mark);
    m_message->setEliding(true);
    below->addWidget(m_message, 1);
    all->addLayout(below);
    if (input->accessibleName().isEmpty())
        input->setAccessibleName(label);
    setFocusProxy(input);
}

void Field::setError(const QString& sentence) {
    m_mark->setVisible(!sentence.isEmpty());
    m_message->setInk(sentence.isEmpty() ? Ink::Muted : Ink::Danger);
    m_message->setText(sentence.isEmpty() ? m_help : sentence);
    m_input->setProperty(theme::property::invalid, !sentence.isEmpty());
    m_input->setAccessibleDescription(sentence.isEmpty() ? m_help : sentence);
    m_input->update();
}

void Field::setHelp(const QString& text) {
    m_help = text;
    if (m_mark->isHidden()) {
        m_message->setText(text);
        m_input->setAccessibleDescription(text);
    }
}

// ── SearchField, ProgressLine ────────────────────────────────────────────────────────────────────

SearchField::SearchField(const QString& placeholder, const QString& accessibleName, QWidget* parent) : QLineEdit(parent) {
    setPlaceholderText(placeholder);
    setAccessibleName(accessibleName);
    setMargins();
    connect(this, &QLineEdit::textChanged, this, [this] { setMargins(); });
}

void SearchField::setLeadingIcon(theme::Icon icon) {
    m_icon = icon;
    setMargins();
    update();
}

void SearchField::setKeyHint(const QString& keys) {
    m_keys = keys;
    setMargins();
    update();
}

QSize SearchField::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.size.rail + t.space.xl + t.space.s, QLineEdit::sizeHint().height()};
}

void SearchField::setMargins() {
    const theme::Tokens& t = theme::tokens(this);
    const int leading = m_icon == theme::Icon::None ? 0 : t.size.icon + t.space.s - 1;
    const int trailing = m_keys.isEmpty() || !text().isEmpty() ? 0 : paint::keyCapsSize(t, m_keys).width() + t.space.xs;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    setTextMargins(mirrored ? trailing : leading, 0, mirrored ? leading : trailing, 0);
}

void SearchField::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const auto visual = [&](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    if (m_icon != theme::Icon::None) {
        const QRect icon(t.space.s, (height() - t.size.icon) / 2, t.size.icon, t.size.icon);
        theme::paintIcon(&painter, visual(icon), m_icon, isEnabled() ? t.color.muted : t.color.disabled);
    }
    if (!m_keys.isEmpty() && text().isEmpty()) {
        const QSize caps = paint::keyCapsSize(t, m_keys);
        const QRect place(width() - t.space.xs - t.size.hairline - caps.width(), (height() - caps.height()) / 2, caps.width(),
                          caps.height());
        paint::drawKeyCaps(&painter, t, visual(place), m_keys);
    }
}

ProgressLine::ProgressLine(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

void ProgressLine::setFraction(double fraction) {
    m_fraction = fraction;
    update();
}

QSize ProgressLine::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.size.rail, t.size.progress};
}

void ProgressLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    // Not known: the track alone, with its first tenth filled; nothing moves.
    paint::drawProgress(&painter, theme::tokens(this), rect(), m_fraction < 0 ? 0.1 : m_fraction,
                        m_fraction < 0 ? paint::Tone::Neutral : paint::Tone::Accent);
}

QHBoxLayout* row(QWidget* owner, int spacing, QMargins margins) {
    auto* layout = new QHBoxLayout(owner);
    layout->setSpacing(spacing);
    layout->setContentsMargins(margins);
    return layout;
}

QVBoxLayout* column(QWidget* owner, int spacing, QMargins margins) {
    auto* layout = new QVBoxLayout(owner);
    layout->setSpacing(spacing);
    layout->setContentsMargins(margins);
    return layout;
}

} // namespace outrider::widgets
