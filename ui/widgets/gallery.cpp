// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/gallery.h"

#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"
#include "ui/theme/outrider_style.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/form.h"
#include "ui/widgets/secret_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/text_area.h"
#include "ui/widgets/timeline_view.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QStyleOption>
#include <QVBoxLayout>

#include <functional>

// The words here are examples in a picture nobody is shown, so they are not translated.
namespace outrider::widgets {

using theme::Icon;
using theme::TextStyle;
using theme::Tokens;

namespace {

QString words(const char* text) { return QString::fromUtf8(text); }

// A control drawn in a state it is not in.
template <typename Control>
class Staged : public Control {
public:
    template <typename... Args>
    explicit Staged(QStyle::State add, Args&&... args) : Control(std::forward<Args>(args)...),
                                                         m_add(add) {}

protected:
    void initStyleOption(QStyleOptionButton* option) const override {
        Control::initStyleOption(option);
        option->state |= m_add;
    }

private:
    QStyle::State m_add;
};

class StagedInput : public QLineEdit {
public:
    StagedInput(const QString& text, bool focus) : QLineEdit(text), m_focus(focus) {
        setFixedWidth(theme::tokens(this).size.rail / 2);
    }

protected:
    void paintEvent(QPaintEvent* event) override {
        QLineEdit::paintEvent(event);
        if (!m_focus)
            return;
        const Tokens& t = theme::tokens(this);
        QPainter painter(this);
        paint::drawCard(&painter, rect(), t.size.radius, {}, t.color.accent, t.size.focus);
    }

private:
    bool m_focus;
};

// Paints by a function; the shape of most of the page.
class Painted : public QWidget {
public:
    using Paint = std::function<void(QPainter&, const Tokens&, const QRect&)>;
    Painted(int width, int height, Paint paint) : m_paint(std::move(paint)) { setFixedSize(width, height); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setLayoutDirection(layoutDirection());
        m_paint(painter, theme::tokens(this), rect());
    }

private:
    Paint m_paint;
};

// With the ring the focus overlay would draw.
QWidget* ringed(QWidget* inner, int radius) {
    class Ring : public QWidget {
    public:
        Ring(QWidget* inside, int corner) : m_radius(corner) {
            auto* layout = new QHBoxLayout(this);
            layout->setContentsMargins(3, 3, 3, 3);
            layout->addWidget(inside);
            setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        }

    protected:
        void paintEvent(QPaintEvent*) override {
            const Tokens& t = theme::tokens(this);
            QPainter painter(this);
            paint::drawCard(&painter, rect(), m_radius, {}, t.color.accent, t.size.focus);
        }

    private:
        int m_radius;
    };
    return new Ring(inner, radius);
}

QHBoxLayout* line(std::initializer_list<QWidget*> widgets, int spacing = 12) {
    auto* layout = new QHBoxLayout;
    layout->setSpacing(spacing);
    for (QWidget* widget : widgets)
        layout->addWidget(widget, 0, Qt::AlignVCenter);
    layout->addStretch(1);
    return layout;
}

QLayout* named(const char* name, QLayout* content) {
    auto* layout = new QHBoxLayout;
    layout->setSpacing(0);
    auto* label = new Label(TextStyle::Body, Ink::Muted, words(name));
    label->setFixedWidth(88);
    layout->addWidget(label, 0, Qt::AlignVCenter);
    layout->addLayout(content, 1);
    return layout;
}

Label* heading(const char* text) { return new Label(TextStyle::Section, Ink::Text, words(text)); }

QLayout* buttonsOf(const char* name, Button::Kind kind) {
    const auto make = [kind](QStyle::State add) {
        auto* button = new Staged<Button>(add, kind, words("Send"));
        button->setKeyHint(words("S"));
        return button;
    };
    auto* off = make({});
    off->setEnabled(false);
    auto* layout = line({make({}), make(QStyle::State_MouseOver), make(QStyle::State_MouseOver | QStyle::State_Sunken),
                         ringed(make({}), 6), off});
    return named(name, layout);
}

QVBoxLayout* firstColumn() {
    auto* all = new QVBoxLayout;
    all->setSpacing(8);
    all->addWidget(heading("Buttons: rest, hover, pressed, focus, disabled"));
    all->addLayout(buttonsOf("Primary", Button::Kind::Primary));
    all->addLayout(buttonsOf("Secondary", Button::Kind::Secondary));
    all->addLayout(buttonsOf("Ghost", Button::Kind::Ghost));
    all->addLayout(buttonsOf("Danger", Button::Kind::Danger));
    all->addSpacing(16);

    all->addWidget(heading("Inputs: rest, focus, invalid, disabled"));
    auto* rest = new StagedInput({}, false);
    rest->setPlaceholderText(words("Company"));
    auto* invalid = new StagedInput(words("nordwind@"), false);
    invalid->setProperty(theme::property::invalid, true);
    auto* locked = new SearchField(words("Locked"), words("Locked"));
    locked->setLeadingIcon(Icon::Lock);
    locked->setEnabled(false);
    locked->setFixedWidth(104);
    all->addLayout(named("Text", line({rest, new StagedInput(words("Nordwind"), true), invalid, locked})));
    all->addLayout(named("", line({new IconLabel(Icon::CircleAlert, Ink::Danger, 14),
                                   new Label(TextStyle::Meta, Ink::Danger, words("No domain after the @"))},
                                  6)));
    auto* secret = new SecretField(words("Passphrase"));
    secret->setText(words("four words for a boat"));
    auto* shown = new SecretField(words("Recovery code"));
    shown->setText(words("7F3K-9QRT"));
    shown->setShown(true);
    all->addLayout(named("Secret", line({secret, shown})));
    const auto check = [](bool on, bool enabled) {
        auto* box = new QCheckBox;
        box->setChecked(on);
        box->setEnabled(enabled);
        return box;
    };
    const auto radio = [](bool on, bool enabled) {
        auto* button = new QRadioButton;
        button->setAutoExclusive(false);
        button->setChecked(on);
        button->setEnabled(enabled);
        return button;
    };
    all->addLayout(named("Check, radio", line({check(false, true), check(true, true), ringed(check(false, true), 5),
                                               check(false, false), check(true, false), radio(false, true), radio(true, true),
                                               ringed(radio(false, true), 11), radio(false, false)})));
    all->addLayout(named("Switch", line({new Segmented(words("View"), {words("List"), words("Calendar"), words("Process")})})));
    auto* search = new SearchField(words("Filter tasks"), words("Filter tasks"));
    search->setKeyHint(words("/"));
    search->setFixedWidth(240);
    all->addLayout(named("Search", line({search})));
    auto* combo = new Combo(words("Zone"));
    combo->addChoice(words("Europe/Berlin"), 1);
    combo->addChoice(words("Asia/Tokyo"), 2);
    auto* flat = new Combo(words("Column"));
    flat->addChoice(words("First name"), 1);
    flat->setFlat(true);
    auto* number = new NumberField(words("Cap"), 0, 500);
    number->setValue(50);
    all->addLayout(named("Combo, spin", line({combo, flat, number})));
    all->addSpacing(16);

    all->addWidget(heading("Chips"));
    using paint::Tone;
    all->addLayout(
        named("Stage", line({new ChipLabel({words("New"), Tone::Neutral}), new ChipLabel({words("Contacted"), Tone::Neutral}),
                             new ChipLabel({words("Replied"), Tone::Accent}), new ChipLabel({words("Qualified"), Tone::Ok}),
                             new ChipLabel({words("Not now"), Tone::Warn}), new ChipLabel({words("Bounced"), Tone::Bad})})));
    all->addLayout(named("Tag, key", line({new ChipLabel({words("cold-chain"), Tone::Tag}), new KeyCaps(words("S")),
                                           new KeyCaps(words("Ctrl+Enter")), new KeyCaps(words("1 … 6")),
                                           new ChipLabel({words("inside hours"), Tone::Ok, Icon::Clock})})));
    all->addStretch(1);
    return all;
}

QWidget* listRows() {
    return new Painted(416, 28 * 6 + 2, [](QPainter& p, const Tokens& t, const QRect& rect) {
        struct Row {
            const char* name;
            const char* what;
            paint::RowState state;
        };
        const Row rows[]{
            {"Zoë Brandt", "rest", {}},
            {"山田 涼子", "hover", {.hover = true}},
            {"Søren Kjærgaard", "current", {.selected = true, .current = true}},
            {"Aoife Ní Bhriain", "selected", {.selected = true}},
            {"Łukasz Wójcik", "selected, focus elsewhere", {.selected = true, .current = true, .listHasFocus = false}},
            {"…", "…", {}}};
        int y = 1;
        for (const Row& row : rows) {
            const QRect line(1, y, rect.width() - 2, t.size.row);
            const bool strong = row.state.selected && row.state.listHasFocus;
            paint::drawRow(&p, t, line, row.state);
            theme::paintIcon(&p, QRect(13, y + 6, t.size.icon, t.size.icon), Icon::Mail, t.onRow(t.color.muted, strong));
            paint::drawText(&p, t, QRect(41, y, 112, t.size.row),
                            {words(row.name), TextStyle::BodyStrong, t.onRow(t.color.text, strong)});
            paint::drawText(&p, t, QRect(165, y, 170, t.size.row),
                            {words(row.what), TextStyle::Body, t.onRow(t.color.muted, strong)});
            if (row.name[0] != '\xe2') {
                const paint::Chip chip{words("Replied"), paint::Tone::Accent};
                const QSize size = paint::chipSize(t, chip);
                paint::drawChip(&p, t, QRect(rect.width() - 18 - size.width(), y + 4, size.width(), t.size.chip), chip,
                                row.state.selected);
            }
            y += t.size.row;
        }
        paint::drawCard(&p, rect, 0, {}, t.color.line);
    });
}

QWidget* toast() {
    return new Painted(344, 36, [](QPainter& p, const Tokens& t, const QRect& rect) {
        paint::drawCard(&p, rect, t.size.radiusCard, t.color.inverse, {});
        theme::paintIcon(&p, QRect(12, 10, t.size.icon, t.size.icon), Icon::Send, t.color.inverseAccent);
        const int used =
            paint::drawText(&p, t, QRect(38, 0, 200, 36), {words("Zoë Brandt: sends in "), TextStyle::Body, t.color.onInverse});
        paint::drawText(&p, t, QRect(38 + used, 0, 40, 36), {words("8 s"), TextStyle::BodyStrong, t.color.onInverse});
        paint::drawKeyCaps(&p, t, QRect(270, 0, 18, 36), words("U"), paint::CapGround::Inverse);
        paint::drawText(&p, t, QRect(298, 0, 40, 36), {words("Undo"), TextStyle::Body, t.color.onInverse});
        p.fillRect(4, 34, 270, 2, t.color.inverseAccent);
    });
}

QVBoxLayout* secondColumn() {
    auto* all = new QVBoxLayout;
    all->setSpacing(8);
    all->addWidget(heading("List row"));
    all->addWidget(listRows());
    all->addSpacing(16);
    all->addWidget(heading("Rail item: rest, hover, selected"));
    all->addWidget(new Painted(208, 3 * 32 + 16, [](QPainter& p, const Tokens& t, const QRect& rect) {
        paint::drawCard(&p, rect, 0, t.color.bg, t.color.line);
        const Icon icons[]{Icon::Inbox, Icon::Users, Icon::Sun};
        const char* names[]{"Inbox", "Leads", "Today"};
        for (int i = 0; i < 3; ++i) {
            const QRect item(8, 8 + i * 32, rect.width() - 16, 32);
            if (i > 0)
                paint::drawCard(&p, item, t.size.radius, i == 1 ? t.color.raised : t.color.selected, {});
            const bool on = i == 2;
            theme::paintIcon(&p, QRect(16, item.y() + 8, 16, 16), icons[i], t.onRow(on ? t.color.accent : t.color.muted, on));
            paint::drawText(&p, t, QRect(40, item.y(), 100, 32),
                            {words(names[i]), on ? TextStyle::BodyStrong : TextStyle::Body, t.onRow(t.color.text, on)});
            paint::drawText(&p, t, QRect(item.right() - 40, item.y(), 32, 32),
                            {words(i == 0 ? "7"
                                   : on   ? "86"
                                          : ""),
                             TextStyle::Meta, t.onRow(on ? t.color.text : t.color.muted, on), Qt::AlignTrailing});
        }
    }));
    all->addSpacing(16);
    all->addWidget(heading("Toast and banners"));
    all->addWidget(toast());
    const auto banner = [all](Banner::Tone tone, const char* sentence, const char* verb) {
        auto* one = new Banner;
        one->setFixedWidth(416);
        all->addWidget(one);
        one->show(tone, words(sentence), words(verb));
    };
    banner(Banner::Tone::Warn, "Set p=quarantine for harborline.example", "Copy record");
    banner(Banner::Tone::Bad, "Google asks you to sign in again.", "Sign in again");
    banner(Banner::Tone::Info, "Looks like a HubSpot contacts export", "Start empty");
    all->addSpacing(16);
    all->addWidget(heading("Progress, scroll bar, tabs"));
    all->addWidget(
        new Painted(240, 4, [](QPainter& p, const Tokens& t, const QRect& rect) { paint::drawProgress(&p, t, rect, 0.62); }));
    all->addWidget(new Painted(
        240, 6, [](QPainter& p, const Tokens& t, const QRect& rect) { paint::drawProgress(&p, t, rect, 1, paint::Tone::Bad); }));
    auto* bar = new QScrollBar(Qt::Horizontal);
    bar->setRange(0, 100);
    bar->setPageStep(40);
    bar->setFixedWidth(240);
    all->addWidget(bar);
    auto* tabs = new TabBar(words("Parts"));
    tabs->setTabs(
        {{words("a"), words("Steps"), {}, true}, {words("b"), words("Leads"), words("312")}, {words("c"), words("Results"), {}}});
    all->addWidget(tabs);
    all->addStretch(1);
    return all;
}

QWidget* popupPicture() {
    return new Painted(348, 210, [](QPainter& p, const Tokens& t, const QRect& rect) {
        const QRect box(0, 0, rect.width() - 48, 146);
        const QRect at = box.translated(24, 16);
        paint::drawShadow(&p, t, at, t.size.radiusCard);
        paint::drawCard(&p, at, t.size.radiusCard, t.color.surface, t.isHighContrast() ? t.color.text : t.color.line,
                        t.isHighContrast() ? 2 : 1);
        const Icon icons[]{Icon::None, Icon::Clock, Icon::Clock, Icon::Calendar, Icon::Reply};
        const char* names[]{"Snooze until", "This afternoon", "Tomorrow", "Monday", "When they reply"};
        const char* hints[]{"", "14:00", "Fri 09:00", "23 Nov 09:00", "no mail yet"};
        for (int i = 0; i < 5; ++i) {
            const QRect row(at.x() + 5, at.y() + 4 + i * 28, at.width() - 10, 28);
            if (i == 2)
                paint::drawCard(&p, row, t.size.radius, t.color.selected, {});
            const QColor ink = i == 4 ? t.color.disabled : t.onRow(t.color.text, i == 2);
            const QColor quiet = i == 4 ? t.color.disabled : t.onRow(t.color.muted, i == 2);
            if (i == 0) {
                paint::drawText(&p, t, row.adjusted(8, 0, -8, 0), {words(names[i]), TextStyle::Meta, t.color.muted});
                continue;
            }
            theme::paintIcon(&p, QRect(row.x() + 8, row.y() + 6, 16, 16), icons[i], quiet);
            paint::drawText(&p, t, row.adjusted(32, 0, -8, 0), {words(names[i]), TextStyle::Body, ink});
            paint::drawText(&p, t, row.adjusted(8, 0, -8, 0), {words(hints[i]), TextStyle::Meta, quiet, Qt::AlignTrailing});
        }
    });
}

QWidget* timeline() {
    auto* view = new TimelineView(TimelineView::Size::Full);
    view->setFixedSize(348, 420);
    const Instant now = *parseIso8601("2026-11-19T08:00Z");
    const text::Dates dates(now, QTimeZone::utc());
    std::vector<TimelineEntry> entries(5);
    entries[0].activity = {.at = *parseIso8601("2026-11-19T07:12Z"), .kind = ActivityKind::EmailReceived};
    entries[0].message = Message{.id = MessageId{7},
                                 .direction = Direction::Inbound,
                                 .messageClass = MessageClass::Reply,
                                 .from = "Tobias Rühl <t.ruehl@ostsee-kuehlhaus.example>",
                                 .subject = "Re: Kühlketten-Slots am Tor 2",
                                 .text = "Hallo Frau Lindqvist, das Thema passt. Wir bauen Tor 2 bis März um.",
                                 .quotedLines = 18};
    entries[1].activity = {.at = *parseIso8601("2026-11-16T09:00Z"),
                           .kind = ActivityKind::Call,
                           .disposition = Disposition::Talked,
                           .durationSeconds = 380,
                           .text = "Knows Annelie Großkreutz. Budget is with the plant, not with Rostock HQ."};
    entries[2].activity = {.at = *parseIso8601("2026-11-16T08:00Z"),
                           .kind = ActivityKind::Note,
                           .text = "Send the Westküste numbers in German, he forwards them to the board."};
    entries[3].activity = {
        .at = *parseIso8601("2026-11-03T08:00Z"), .kind = ActivityKind::Bounce, .text = "550 5.1.1, suppressed"};
    entries[4].activity = {
        .at = *parseIso8601("2026-11-03T08:00Z"), .kind = ActivityKind::StatusChanged, .subject = "new → in_progress"};
    view->setEntries(std::move(entries), dates);
    view->setExpanded(0, true);
    return view;
}

QVBoxLayout* thirdColumn() {
    auto* all = new QVBoxLayout;
    all->setSpacing(8);
    all->addWidget(heading("Popup"));
    all->addWidget(popupPicture());
    all->addWidget(heading("Timeline"));
    all->addWidget(timeline());
    auto* note = new TextArea(words("Write a note"), words("Note"));
    note->setVisibleLines(2);
    all->addWidget(note);
    all->addWidget(new CheckRow(words("Pause on public holidays"), words("In the lead's country, as far as it is known.")));
    all->addStretch(1);
    return all;
}

} // namespace

Gallery::Gallery(QWidget* parent) : QWidget(parent) {
    auto* all = column(this, 24, {32, 20, 32, 20});
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(new Painted(24, 24, [](QPainter& p, const Tokens& t, const QRect& rect) {
        theme::paintMark(&p, rect, t.color.text, t.color.accent, t.color.chart2);
    }));
    head->addWidget(new Label(TextStyle::Display, Ink::Text, words("Outrider")));
    head->addWidget(new Label(TextStyle::Body, Ink::Muted, words("components and their states")));
    head->addStretch(1);
    all->addLayout(head);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(40);
    columns->addLayout(firstColumn());
    columns->addLayout(secondColumn());
    columns->addLayout(thirdColumn());
    columns->addStretch(1);
    all->addLayout(columns, 1);
}

void Gallery::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme::tokens(this).color.surface);
}

} // namespace outrider::widgets
