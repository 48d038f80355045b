// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette.h"

#include "core/base/deliver.h"
#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"

#include <QAction>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QTimer>

#include <algorithm>

namespace outrider::shell {

using namespace widgets;
using Row = PaletteModel::Row;

namespace {

constexpr int rememberedCommands = 6;
constexpr int rememberedLeads = 6;

// Text with its matched letters strong: runs of one weight, one after another.
int drawMatched(QPainter* painter, const theme::Tokens& tokens, QRect rect, const Row& row, const QColor& color,
                bool rightToLeft) {
    const int left = rect.left();
    const bool simple = row.strong.isEmpty() || rightToLeft || row.text.isRightToLeft()
                        || paint::textWidth(tokens, theme::TextStyle::BodyStrong, row.text) > rect.width();
    if (simple)
        return paint::drawText(painter, tokens, rect, {.text = row.text, .color = color});
    int at = 0;
    while (at < row.text.size()) {
        const bool strong = row.strong.contains(at);
        int end = at + 1;
        while (end < row.text.size() && row.strong.contains(end) == strong)
            ++end;
        const QString run = row.text.mid(at, end - at);
        QFont font = tokens.font(strong ? theme::TextStyle::BodyStrong : theme::TextStyle::Body);
        if (strong)
            font.setWeight(QFont::DemiBold);
        const QFontMetrics metrics(font);
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(rect.left(), rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent(), run);
        rect.setLeft(rect.left() + metrics.horizontalAdvance(run));
        at = end;
    }
    return rect.left() - left;
}

class PaletteDelegate : public QStyledItemDelegate {
public:
    PaletteDelegate(const PaletteModel& model, QListView* view) : QStyledItemDelegate(view), m_model(model), m_view(view) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const theme::Tokens& tokens = theme::tokens(m_view);
        const Row* row = m_model.row(index.row());
        if (row && row->kind == Row::Kind::Heading)
            return {0, tokens.space.s + tokens.lineHeight(theme::TextStyle::Meta) + tokens.space.xs};
        return {0, tokens.size.paletteRow};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Row* row = m_model.row(index.row());
        if (!row)
            return;
        const theme::Tokens& tokens = theme::tokens(m_view);
        const theme::Colors& color = tokens.color;
        const bool rtl = option.direction == Qt::RightToLeft;
        const QRect whole = option.rect;
        QRect inner = whole.adjusted(tokens.space.s, 0, -tokens.space.s, 0);
        if (row->kind == Row::Kind::Heading) {
            paint::drawText(painter, tokens, inner.adjusted(0, tokens.space.s, 0, -tokens.space.xs),
                            {.text = row->text, .style = theme::TextStyle::Meta, .color = color.muted});
            return;
        }
        const bool current = m_view->currentIndex() == index;
        if (current || option.state.testFlag(QStyle::State_MouseOver)) {
            const QColor fill = current ? color.selected : color.hover;
            paint::drawCard(painter, whole, tokens.size.radius, fill, fill);
        }
        const auto visual = [&](const QRect& logical) { return QStyle::visualRect(option.direction, inner, logical); };
        const QSize side(tokens.size.icon, tokens.size.icon);
        theme::paintIcon(painter, QStyle::alignedRect(option.direction, Qt::AlignLeft | Qt::AlignVCenter, side, inner), row->icon,
                         tokens.onRow(current ? color.accent : color.muted, current));
        int left = inner.left() + tokens.size.icon + tokens.space.s;
        int right = inner.right() + 1;
        if (!row->keys.isEmpty()) {
            const QSize size = paint::keyCapsSize(tokens, row->keys);
            right -= size.width();
            paint::drawKeyCaps(painter, tokens,
                               visual({right, whole.top() + (whole.height() - size.height()) / 2, size.width(), size.height()}),
                               row->keys);
            right -= tokens.space.m;
        } else if (!row->chip.text.isEmpty()) {
            const QSize size = paint::chipSize(tokens, row->chip);
            right -= size.width();
            paint::drawChip(painter, tokens,
                            visual({right, whole.top() + (whole.height() - size.height()) / 2, size.width(), size.height()}),
                            row->chip, current);
            right -= tokens.space.m;
        }
        const QColor ink = tokens.onRow(color.text, current);
        const int used = drawMatched(painter, tokens, visual({left, whole.top(), right - left, whole.height()}), *row, ink, rtl);
        left += used + tokens.space.s;
        if (!row->detail.isEmpty() && right - left > tokens.size.icon)
            paint::drawText(painter, tokens, visual({left, whole.top(), right - left, whole.height()}),
                            {.text = row->detail, .color = tokens.onRow(color.muted, current)});
    }

private:
    const PaletteModel& m_model;
    QListView* m_view;
};

QWidget* capsAndWord(const QString& keys, const QString& word) {
    auto* pair = new QWidget;
    const theme::Tokens& tokens = theme::tokens(pair);
    QHBoxLayout* line = row(pair, tokens.space.s);
    line->addWidget(new KeyCaps(keys));
    line->addWidget(new Label(theme::TextStyle::Meta, Ink::Muted, word));
    return pair;
}

} // namespace

Palette::Palette(const frame::Context& context, PaletteMemory& memory, const QString& subject, QWidget* window)
    : Overlay(window),
      m_context(context),
      m_memory(memory),
      m_dates(context.dates()),
      m_input(new QLineEdit),
      m_list(new QListView),
      m_model(new PaletteModel(this)),
      m_time(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_nothing(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_unindexed(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_subject(subject),
      m_commands(context.commands.available()) {
    setAccessibleName(tr("Command palette"));
    const theme::Tokens& tokens = theme::tokens(this);
    QVBoxLayout* rows = column(panel(), 0, QMargins(tokens.size.hairline, tokens.size.hairline, tokens.size.hairline, 0));

    auto* head = new QWidget;
    head->setFixedHeight(tokens.size.paletteInput);
    QHBoxLayout* line = row(head, tokens.space.m, QMargins(tokens.space.l, 0, tokens.space.l, 0));
    line->addWidget(new IconLabel(theme::Icon::Search));
    m_input->setFrame(false);
    m_input->setAccessibleName(tr("Find a command, a lead, a company"));
    m_input->setPlaceholderText(tr("Find a command, a lead, a company"));
    QFont font = tokens.font(theme::TextStyle::Reading);
    m_input->setFont(font);
    line->addWidget(m_input, 1);
    if (!subject.isEmpty())
        line->addWidget(new ChipLabel({.text = tr("On: %1").arg(subject)}));
    line->addWidget(m_time);
    rows->addWidget(head);
    rows->addWidget(new Line);

    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(*m_model, m_list));
    m_list->setAccessibleName(tr("Found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys stay in the input
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAttribute(Qt::WA_Hover);
    auto* around = new QWidget;
    QVBoxLayout* listColumn = column(around, 0, QMargins(tokens.space.s, tokens.space.s, tokens.space.s, tokens.space.s));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setMinimumHeight(tokens.size.paletteInput);
    listColumn->addWidget(m_nothing);
    listColumn->addWidget(m_list, 1);
    m_unindexed->setAlignment(Qt::AlignCenter);
    m_unindexed->hide();
    listColumn->addWidget(m_unindexed);
    rows->addWidget(around, 1);

    m_foot = makeFoot();
    rows->addWidget(new Line);
    rows->addWidget(m_foot);

    panel()->setFocusProxy(m_input);
    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &Palette::typed);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { choose(index.row()); });

    deliver(m_context.workspace.leads().statuses(), this, [this](Result<std::vector<Status>> statuses) {
        if (statuses)
            m_statuses = std::move(*statuses);
    });
    deliver(m_context.workspace.leads().tags(), this, [this](Result<std::vector<std::string>> tags) {
        if (!tags)
            return;
        for (const std::string& tag : *tags)
            m_tags.append(text::toQt(tag));
        refresh();
    });
    refresh();
}

QWidget* Palette::makeFoot() {
    auto* foot = new QWidget;
    const theme::Tokens& tokens = theme::tokens(this);
    foot->setFixedHeight(tokens.size.paletteFooter);
    QHBoxLayout* line = row(foot, tokens.space.l, QMargins(tokens.space.l, 0, tokens.space.l, 0));
    auto* arrows = new QWidget;
    QHBoxLayout* arrowLine = row(arrows, tokens.space.xs);
    arrowLine->addWidget(new KeyCaps(QStringLiteral("↑")));
    arrowLine->addWidget(capsAndWord(QStringLiteral("↓"), tr("move")));
    line->addWidget(arrows);
    line->addWidget(capsAndWord(tr("Enter"), tr("run")));
    line->addWidget(capsAndWord(tr("Esc"), tr("close")));
    line->addStretch(1);
    line->addWidget(capsAndWord(QStringLiteral(">"), tr("commands")));
    line->addWidget(capsAndWord(QStringLiteral("@"), tr("people")));
    line->addWidget(capsAndWord(QStringLiteral("#"), tr("tags")));
    return foot;
}

void Palette::setText(const QString& text) { m_input->setText(text); }

void Palette::typed() {
    const int question = ++m_question;
    const auto query = PaletteModel::parse(m_input->text());
    if (query.words.isEmpty() || query.scope == PaletteModel::Scope::Commands || query.scope == PaletteModel::Scope::Tags) {
        m_hits.clear();
        m_time->setText({});
        showUnseen({});
        refresh();
        return;
    }
    refresh(); // commands at once; what the file holds follows
    SearchService::Limits limits;
    if (query.scope == PaletteModel::Scope::People)
        limits = {.leads = 20, .companies = 0, .strategies = 0, .texts = 0};
    deliver(m_context.workspace.search().search(query.words.toStdString(), limits), this,
            [this, question, watch = Stopwatch()](Result<SearchResult> found) {
                if (question != m_question)
                    return;
                showUnseen(found ? *found : SearchResult());
                m_hits = found ? std::move(found->hits) : std::vector<SearchHit>();
                m_time->setText(tr("%1 ms").arg(qRound(watch.milliseconds())));
                refresh();
            });
}

// New notes and mails are indexed when nothing is being written; until then they cannot be found. And of words that too
// many have each, not every row is looked at for all of them.
void Palette::showUnseen(const SearchResult& result) {
    QString line = text::counted(result.unindexed, tr("note or e-mail"), tr("notes and e-mails"));
    if (result.unindexed == SearchResult::mostUnindexed)
        line = tr("%1 or more").arg(line);
    m_unindexed->setText(result.mayHaveMore ? tr("There may be more. Another word narrows it down.")
                                            : tr("Not yet searched: %1").arg(line));
    m_unindexed->setVisible(result.mayHaveMore || result.unindexed > 0);
}

paint::Chip Palette::statusChip(StatusId id) const {
    const auto status = std::ranges::find(m_statuses, id, &Status::id);
    return status == m_statuses.end() ? paint::Chip() : paint::standingChip(*status, Reach::Ok);
}

void Palette::refresh() {
    const auto query = PaletteModel::parse(m_input->text());
    const Row* before = m_model->row(m_list->currentIndex().row());
    const QString beforeText = before && m_list->currentIndex().row() > m_model->nextChoice(0, 1) ? before->text : QString();
    m_model->setRows(PaletteModel::rowsFor(query, {.commands = m_commands,
                                                   .recent = m_memory.commands,
                                                   .subject = m_subject,
                                                   .hits = m_hits,
                                                   .recentLeads = m_memory.leads,
                                                   .tags = m_tags,
                                                   .statusChip = [this](StatusId id) { return statusChip(id); },
                                                   .dates = &m_dates}));
    int current = m_model->nextChoice(0, 1);
    for (int row = 0; !beforeText.isEmpty() && row < m_model->rowCount(); ++row) {
        if (m_model->row(row)->text == beforeText && m_model->row(row)->kind != Row::Kind::Heading)
            current = row;
    }
    m_list->setCurrentIndex(m_model->index(current));
    const bool none = m_model->rowCount() == 0;
    m_nothing->setText(none && !query.words.isEmpty() ? tr("Nothing found for “%1”").arg(text::isolated(query.words))
                                                      : tr("Nothing to show here yet"));
    m_nothing->setVisible(none);
    m_list->setVisible(!none);
    if (isVisible())
        place();
}

void Palette::move(int step) {
    const int now = m_list->currentIndex().row();
    int to = m_model->nextChoice(now + step, step);
    if (to < 0)
        to = step > 0 ? m_model->nextChoice(0, 1) : m_model->nextChoice(m_model->rowCount() - 1, -1);
    m_list->setCurrentIndex(m_model->index(to));
    m_list->scrollTo(m_model->index(step < 0 && m_model->nextChoice(to - 1, -1) < 0 ? 0 : to));
}

void Palette::choose(int index) {
    const Row* chosen = m_model->row(index);
    if (!chosen || chosen->kind == Row::Kind::Heading)
        return;
    const Row row = *chosen;
    if (row.kind == Row::Kind::Command) {
        m_memory.commands.removeAll(row.id);
        m_memory.commands.prepend(row.id);
        m_memory.commands = m_memory.commands.mid(0, rememberedCommands);
    } else if (row.kind == Row::Kind::Lead) {
        std::erase_if(m_memory.leads, [&row](const SearchHit& hit) { return hit.lead == row.hit.lead; });
        m_memory.leads.insert(m_memory.leads.begin(), row.hit);
        if (m_memory.leads.size() > std::size_t(rememberedLeads))
            m_memory.leads.pop_back();
    }
    frame::Navigator& go = m_context.go;
    dismiss(); // first: a command finds the focus where it was
    switch (row.kind) {
    case Row::Kind::Heading:
        break;
    case Row::Kind::Command:
        if (row.action)
            row.action->trigger();
        break;
    case Row::Kind::Lead:
    case Row::Kind::Text:
        if (row.hit.lead)
            go.openLead(row.hit.lead);
        break;
    case Row::Kind::Company:
        go.openCompany(row.hit.company);
        break;
    case Row::Kind::Strategy:
        go.openStrategy(row.hit.strategy);
        break;
    case Row::Kind::Tag:
        go.openLeads(QStringLiteral("tag:\"%1\"").arg(row.id));
        break;
    }
}

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_input && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            move(1);
            return true;
        case Qt::Key_Up:
            move(-1);
            return true;
        case Qt::Key_PageDown:
            for (int i = 0; i < 8; ++i)
                move(1);
            return true;
        case Qt::Key_PageUp:
            for (int i = 0; i < 8; ++i)
                move(-1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(m_list->currentIndex().row());
            return true;
        default:
            break;
        }
    }
    return Overlay::eventFilter(watched, event);
}

void Palette::place() {
    const theme::Tokens& tokens = theme::tokens(this);
    int rowsHeight = 0;
    for (int i = 0; i < m_model->rowCount(); ++i)
        rowsHeight += m_list->sizeHintForRow(i);
    if (m_model->rowCount() == 0)
        rowsHeight = tokens.size.paletteInput;
    if (!m_unindexed->isHidden())
        rowsHeight += m_unindexed->sizeHint().height();
    const int fixed = tokens.size.paletteInput + tokens.size.paletteFooter + 3 * tokens.size.hairline + 2 * tokens.space.s;
    const int top = std::min(tokens.size.paletteTop, height() / 8);
    const int width =
        std::min(int(tokens.size.paletteWidth * std::max<qreal>(1, tokens.scale)), this->width() - 2 * tokens.space.l);
    const int room = height() - 2 * top;
    panel()->setGeometry((this->width() - width) / 2, top, width, std::min(fixed + rowsHeight, room));
}

void Palette::paintEvent(QPaintEvent* event) { Overlay::paintEvent(event); }

} // namespace outrider::shell
