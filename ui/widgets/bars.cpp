// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bars.h"

#include "ui/paint/pieces.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace outrider::widgets {

using theme::TextStyle;

// ── Toolbar ──────────────────────────────────────────────────────────────────────────────────────

Toolbar::Toolbar(QWidget* parent) : Area(Ground::Surface, Qt::BottomEdge, parent) {
    const theme::Tokens& t = theme::tokens(this);
    setFixedHeight(t.size.toolbar);
    auto* all = row(this, t.space.m, {t.space.l, 0, t.space.l, 0});
    m_left = new QHBoxLayout;
    m_left->setSpacing(t.space.s);
    m_right = new QHBoxLayout;
    m_right->setSpacing(t.space.m);

    auto* back = new Button(theme::Icon::ArrowLeft, tr("Go back"));
    auto* from = new Button(Button::Kind::Ghost, QString());
    from->setQuiet(true);
    m_back = back;
    m_from = from;
    m_slash = new Label(TextStyle::Body, Ink::Muted, QStringLiteral("/"));
    m_title = new Label(TextStyle::Title, Ink::Text);
    m_title->setEliding(true);
    m_subtitle = new Label(TextStyle::Body, Ink::Muted);
    m_subtitle->setEliding(true);
    for (QWidget* part : {m_back, m_from, static_cast<QWidget*>(m_slash)}) {
        part->hide();
        m_left->addWidget(part);
    }
    m_left->addWidget(m_title);
    m_left->addWidget(m_subtitle);
    all->addLayout(m_left);
    all->addStretch(1);
    all->addLayout(m_right);
    connect(back, &QPushButton::clicked, this, &Toolbar::backClicked);
    connect(from, &QPushButton::clicked, this, &Toolbar::backClicked);
}

void Toolbar::setTitle(const QString& title) { m_title->setText(title); }

void Toolbar::setSubtitle(const QString& subtitle) {
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void Toolbar::setBack(const QString& fromTitle) {
    const bool on = !fromTitle.isEmpty();
    auto* from = static_cast<Button*>(m_from);
    from->setText(fromTitle);
    from->setAccessibleName(tr("Back to %1").arg(fromTitle));
    m_back->setVisible(on);
    m_from->setVisible(on);
    m_slash->setVisible(on);
}

void Toolbar::addRight(QWidget* widget) { m_right->addWidget(widget, 0, Qt::AlignVCenter); }

void Toolbar::addLeft(QWidget* widget) { m_left->addWidget(widget, 0, Qt::AlignVCenter); }

// ── Bar, Banner ──────────────────────────────────────────────────────────────────────────────────

Bar::Bar(Kind kind, QWidget* parent) : Area(Ground::Surface, kind == Kind::Filter ? Qt::BottomEdge : Qt::TopEdge, parent) {
    const theme::Tokens& t = theme::tokens(this);
    setFixedHeight(kind == Kind::Filter ? t.size.filterBar : kind == Kind::Action ? t.size.actionBar : t.size.selectionBar);
    m_row = row(this, t.space.m, {t.space.l, 0, t.space.l, 0});
}

void Bar::add(QWidget* widget) { m_row->addWidget(widget, 0, Qt::AlignVCenter); }

void Bar::addStretch() { m_row->addStretch(1); }

void Bar::addSpacing(int pixels) { m_row->addSpacing(pixels); }

Banner::Banner(QWidget* parent) : Area(Ground::AccentSoft, {}, parent) {
    const theme::Tokens& t = theme::tokens(this);
    setFixedHeight(t.size.banner);
    setAccessibleName(tr("Banner"));
    auto* all = row(this, t.space.s, {t.space.l, 0, t.space.m, 0});
    m_icon = new IconLabel(theme::Icon::CircleInfo, Ink::Accent);
    m_text = new Label(TextStyle::Body, Ink::Text);
    m_text->setEliding(true);
    m_verb = new Button(Button::Kind::Secondary, QString());
    m_verb->setSize(Button::Size::Small);
    all->addWidget(m_icon);
    all->addWidget(m_text, 1);
    all->addWidget(m_verb);
    hide();
    connect(m_verb, &QPushButton::clicked, this, &Banner::verbClicked);
}

void Banner::show(Tone tone, const QString& sentence, const QString& verb) {
    switch (tone) {
    case Tone::Info:
        setGround(Ground::AccentSoft);
        m_icon->setIcon(theme::Icon::CircleInfo, Ink::Accent);
        break;
    case Tone::Warn:
        setGround(Ground::WarnSoft);
        m_icon->setIcon(theme::Icon::TriangleAlert, Ink::Warn);
        break;
    case Tone::Bad:
        setGround(Ground::DangerSoft);
        m_icon->setIcon(theme::Icon::CircleAlert, Ink::Danger);
        break;
    }
    m_text->setText(sentence);
    m_verb->setText(verb);
    m_verb->setAccessibleName(verb);
    m_verb->setVisible(!verb.isEmpty());
    setVisible(true);
}

// ── EmptyState ───────────────────────────────────────────────────────────────────────────────────

EmptyState::EmptyState(QWidget* parent) : QWidget(parent) {
    const theme::Tokens& t = theme::tokens(this);
    auto* all = column(this, t.space.s, {t.space.xl, t.space.xl, t.space.xl, t.space.xl});
    all->addStretch(2);
    m_markSpace = new QWidget;
    m_markSpace->setFixedSize(2 * t.space.xxl, 2 * t.space.xxl);
    m_markSpace->hide();
    all->addWidget(m_markSpace, 0, Qt::AlignHCenter);
    m_title = new Label(TextStyle::Display, Ink::Text);
    m_title->setAlignment(Qt::AlignHCenter | Qt::AlignVCenter);
    m_title->setWordWrap(true);
    all->addWidget(m_title);
    m_sentence = new Label(TextStyle::Body, Ink::Muted);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignVCenter);
    m_sentence->setWordWrap(true);
    all->addWidget(m_sentence);
    all->addSpacing(t.space.s);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(t.space.s);
    buttons->addLayout(m_buttons);
    buttons->addStretch(1);
    all->addLayout(buttons);
    m_extra = new QVBoxLayout;
    m_extra->setSpacing(t.space.s);
    all->addLayout(m_extra);
    all->addStretch(3);
}

void EmptyState::setText(const QString& title, const QString& sentence) {
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void EmptyState::setMark(bool on) {
    m_mark = on;
    m_markSpace->setVisible(on);
    update();
}

Button* EmptyState::addButton(const QString& text, bool primary) {
    auto* button = new Button(primary ? Button::Kind::Primary : Button::Kind::Secondary, text);
    m_buttons->addWidget(button);
    return button;
}

void EmptyState::clearButtons() {
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (QWidget* button = item->widget()) {
            button->hide();
            button->deleteLater();
        }
        delete item;
    }
}

void EmptyState::paintEvent(QPaintEvent*) {
    if (!m_mark)
        return;
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    theme::paintMark(&painter, m_markSpace->geometry(), t.color.text, t.color.accent, t.color.chart2);
}

} // namespace outrider::widgets
