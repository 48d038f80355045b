// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/duplicates_sheet.h"

#include "core/base/deliver.h"
#include "core/services/duplicate_service.h"
#include "core/services/merge_service.h"
#include "ui/lead_view/choice_cell.h"
#include "ui/text/duplicate_text.h"
#include "ui/text/error_text.h"
#include "ui/text/history_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QGridLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int mostOfOne = 20;
constexpr int lookMs = 200;

// A value as a person reads it.
QString shown(const MergeField& field, const std::string& value) {
    if (field.field == "status") {
        static constexpr std::pair<std::string_view, StatusId> builtIn[]{{"new", statuses::newLead},
                                                                         {"in_progress", statuses::inProgress},
                                                                         {"replied", statuses::replied},
                                                                         {"qualified", statuses::qualified},
                                                                         {"disqualified", statuses::disqualified}};
        const auto* known = std::ranges::find(builtIn, std::string_view(value), &std::pair<std::string_view, StatusId>::first);
        return known == std::end(builtIn) ? toQt(value) : text::statusName({.id = known->second, .key = value, .name = value});
    }
    if (const auto reach = field.field == "reach" ? reachNames.value(value) : std::nullopt)
        return text::reachName(*reach);
    return toQt(value);
}

} // namespace

DuplicatesSheet::DuplicatesSheet(const frame::Context& context, QWidget* over)
    : Sheet(over, tr("Possible duplicates")),
      m_context(context),
      m_position(new Label(theme::TextStyle::MetaStrong, Ink::Muted, {}, this)),
      m_why(new Label(theme::TextStyle::Body, Ink::Text, {}, this)),
      m_line(new widgets::ProgressLine(this)),
      m_table(new QWidget(this)),
      m_moves(new Label(theme::TextStyle::Body, Ink::Muted, {}, this)) {
    setWide(true);
    build();
}

DuplicatesSheet::~DuplicatesSheet() {
    if (m_progress)
        m_progress->cancel();
}

void DuplicatesSheet::build() {
    const theme::Tokens& tokens = theme::tokens(this);
    m_why->setWordWrap(true);
    m_moves->setWordWrap(true);
    m_line->hide();
    m_table->setAccessibleName(tr("Two leads side by side"));
    widgets::column(m_table, 0);
    auto* head = new QHBoxLayout;
    head->setSpacing(tokens.space.s);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_position);
    words->addWidget(m_why);
    head->addLayout(words, 1);
    using theme::Icon;
    const auto add = [this](const char* id, const QString& text, Icon icon, const char* key, void (DuplicatesSheet::*run)()) {
        return m_context.commands.add(this,
                                      {.id = QStringLiteral("duplicates.") + QString::fromLatin1(id),
                                       .text = text,
                                       .group = tr("Duplicates"),
                                       .icon = icon,
                                       .keys = {QKeySequence(QString::fromLatin1(key))}},
                                      [this, run] { (this->*run)(); });
    };
    m_swapAct = add("swap", tr("The other one stays"), Icon::Redo, "S", &DuplicatesSheet::swap);
    m_dismissAct = add("dismiss", tr("Not duplicates"), Icon::Ban, "D", &DuplicatesSheet::dismiss);
    m_nextAct = add("next", tr("Later"), Icon::Skip, "N", &DuplicatesSheet::next);
    m_mergeAct = add("merge", tr("Merge"), Icon::Merge, "M", &DuplicatesSheet::merge);
    auto* swapButton = new Button(Button::Kind::Ghost, {}, this);
    swapButton->bind(m_swapAct);
    head->addWidget(swapButton, 0, Qt::AlignTop);
    body()->addLayout(head);
    body()->addWidget(m_line);
    body()->addWidget(m_table);
    body()->addWidget(m_moves);
    addCancel(tr("Close"));
    addButton(Button::Kind::Secondary, {})->bind(m_nextAct);
    addButton(Button::Kind::Secondary, {})->bind(m_dismissAct);
    addButton(Button::Kind::Primary, {})->bind(m_mergeAct);
    setBusy(true);
}

void DuplicatesSheet::setBusy(bool busy) {
    for (QAction* action : {m_mergeAct, m_dismissAct, m_nextAct, m_swapAct})
        action->setEnabled(!busy);
}

void DuplicatesSheet::openAll() {
    open();
    m_progress = std::make_shared<Progress>();
    m_line->setFraction(0);
    m_line->show();
    m_why->setText(tr("Comparing all leads…"));
    m_look = new QTimer(this);
    m_look->setInterval(lookMs);
    connect(m_look, &QTimer::timeout, this, [this] {
        const auto total = m_progress->total();
        m_line->setFraction(total > 0 ? double(m_progress->done()) / double(total) : -1);
    });
    m_look->start();
    deliver(m_context.workspace.duplicates().find(leastDuplicateScore, m_progress), this, [this](Result<DuplicateReport> report) {
        m_look->stop();
        m_line->hide();
        if (!report) {
            showNothing({});
            setError(text::sentence(report.error()));
            return;
        }
        std::vector<DuplicatePair> pairs;
        for (const DuplicateGroup& group : report->groups)
            pairs.insert(pairs.end(), group.pairs.begin(), group.pairs.end());
        std::ranges::stable_sort(pairs, std::ranges::greater(), &DuplicatePair::score);
        take(std::move(pairs), {});
    });
}

void DuplicatesSheet::openOf(LeadId lead) {
    open();
    deliver(m_context.workspace.duplicates().ofLead(lead, mostOfOne), this,
            [this, lead](Result<std::vector<DuplicatePair>> pairs) {
                if (pairs)
                    take(*std::move(pairs), lead);
                else
                    setError(text::sentence(pairs.error()));
            });
}

void DuplicatesSheet::openPair(LeadId kept, LeadId gone) {
    open();
    take({{.first = std::min(kept, gone), .second = std::max(kept, gone), .score = 0, .reasons = {}}}, kept);
}

void DuplicatesSheet::take(std::vector<DuplicatePair> pairs, LeadId stays) {
    m_stays = stays;
    m_pairs.assign(pairs.begin(), pairs.end());
    m_count = int(m_pairs.size());
    m_done = 0;
    showPair();
}

void DuplicatesSheet::showPair() {
    ++m_generation;
    setError({});
    if (m_pairs.empty()) {
        showNothing(m_count == 0 ? tr("Nobody is in this workspace twice, as far as one can tell.")
                                 : tr("That was all of them."));
        return;
    }
    const DuplicatePair& pair = m_pairs.front();
    m_position->setText(tr("Pair %1 of %2").arg(m_done + 1).arg(m_count));
    m_position->setVisible(m_count > 1);
    m_why->setText(
        pair.score == 0
            ? tr("You chose these two.")
            : tr("%1 (%2 of 100). %3.").arg(text::sureness(pair.score)).arg(pair.score).arg(text::reasonsText(pair.reasons)));
    m_kept = pair.second == m_stays ? pair.second : pair.first;
    m_gone = m_kept == pair.first ? pair.second : pair.first;
    m_choice = {};
    compare();
}

void DuplicatesSheet::showNothing(const QString& sentence) {
    setBusy(true);
    m_position->hide();
    m_why->setText(sentence);
    m_moves->hide();
    delete m_grid;
    m_grid = nullptr;
    qDeleteAll(m_table->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    m_rows.clear();
}

void DuplicatesSheet::compare() {
    const int generation = ++m_generation;
    deliver(m_context.workspace.merges().compare(m_kept, m_gone, m_choice), this,
            [this, generation](Result<MergeComparison> comparison) {
                if (generation != m_generation)
                    return;
                if (comparison) {
                    show(*comparison);
                    return;
                }
                // Somebody put one away meanwhile: no pair any longer.
                m_pairs.pop_front();
                ++m_done;
                showPair();
            });
}

void DuplicatesSheet::show(const MergeComparison& comparison) {
    const theme::Tokens& tokens = theme::tokens(this);
    // The focus stays on the field it was on.
    std::string focused;
    bool onGone = false;
    for (const Row& row : m_rows) {
        if (row.kept->hasFocus() || row.gone->hasFocus()) {
            focused = row.field;
            onGone = row.gone->hasFocus();
        }
    }
    showNothing(m_why->text());
    m_position->setVisible(m_count > 1);
    m_grid = new QGridLayout;
    static_cast<QVBoxLayout*>(m_table->layout())->addLayout(m_grid);
    m_grid->setHorizontalSpacing(tokens.space.s);
    m_grid->setVerticalSpacing(tokens.space.xs);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    const auto heading = [&](int column, const QString& what, const std::string& name) {
        auto* label = new Label(theme::TextStyle::BodyStrong, Ink::Text, tr("%1: %2").arg(what, isolated(toQt(name))), m_table);
        label->setEliding(true);
        m_grid->addWidget(label, 0, column);
    };
    heading(1, tr("Stays"), comparison.keptName);
    heading(2, tr("Goes"), comparison.goneName);
    int line = 1;
    const text::Dates dates = m_context.dates();
    for (const MergeField& field : comparison.fields) {
        const QString name = text::columnText(field.field);
        m_grid->addWidget(new Label(theme::TextStyle::Body, Ink::Muted, name, m_table), line, 0);
        Row row{.field = field.field,
                .kept = new ChoiceCell(shown(field, field.kept), m_table),
                .gone = new ChoiceCell(shown(field, field.gone), m_table)};
        const auto place = [&](ChoiceCell* cell, bool gone, const std::optional<Instant>& said) {
            cell->setEnabled(field.choosable);
            cell->setChecked(gone ? field.takesGone || field.why == MergeWhy::Same : !field.takesGone);
            cell->setAccessibleName(tr("%1: %2").arg(name, cell->text().isEmpty() ? tr("nothing") : cell->text()));
            if (said)
                cell->setAccessibleDescription(tr("said %1").arg(dates.moment(*said)));
            connect(cell, &QAbstractButton::clicked, this, [this, which = field.field, gone] { choose(which, gone); });
            connect(cell, &ChoiceCell::moved, this, [this, cell](int right, int down) { moveFocus(cell, right, down); });
            m_grid->addWidget(cell, line, gone ? 2 : 1);
        };
        place(row.kept, false, field.keptSaid);
        place(row.gone, true, field.goneSaid);
        QString why = text::whyText(field);
        if (const auto said = field.takesGone ? field.goneSaid : field.keptSaid; said && field.why == MergeWhy::Stays)
            why = tr("%1, said %2").arg(why, dates.day(*said));
        auto* reason = new Label(theme::TextStyle::Meta, Ink::Muted, why, m_table);
        m_grid->addWidget(reason, line, 3);
        m_rows.push_back(row);
        ++line;
    }
    QStringList lines{tr("%1 brings along: %2.").arg(isolated(toQt(comparison.goneName)), text::movesText(comparison.moves))};
    for (const std::string& strategy : comparison.strategiesTwice)
        lines << tr("Both are in %1: the one that has come further goes on.").arg(isolated(toQt(strategy)));
    for (const MergeInFlight& message : comparison.inFlight)
        lines << text::inFlightText(message) + QLatin1Char('.');
    m_moves->setText(lines.join(QLatin1Char(' ')));
    m_moves->show();
    setBusy(false);
    ChoiceCell* focus = nullptr;
    for (const Row& row : m_rows) {
        if (row.field == focused)
            focus = onGone ? row.gone : row.kept;
        else if (focus == nullptr && focused.empty() && row.kept->isEnabled())
            focus = row.kept->isChecked() ? row.kept : row.gone;
    }
    if (focus != nullptr)
        focus->setFocus();
}

void DuplicatesSheet::choose(const std::string& field, bool gone) {
    for (const Row& row : m_rows) { // at once, whatever follows from it
        if (row.field == field) {
            row.kept->setChecked(!gone);
            row.gone->setChecked(gone);
        }
    }
    (gone ? m_choice.takeKept : m_choice.takeGone).erase(field);
    (gone ? m_choice.takeGone : m_choice.takeKept).insert(field);
    compare();
}

void DuplicatesSheet::moveFocus(ChoiceCell* from, int right, int down) {
    const auto here = std::ranges::find_if(m_rows, [from](const Row& row) { return row.kept == from || row.gone == from; });
    if (here == m_rows.end())
        return;
    const bool onGone = right == 0 ? here->gone == from : right > 0;
    for (auto row = here - m_rows.begin() + down; row >= 0 && row < std::ptrdiff_t(m_rows.size()); row += down) {
        const Row& target = m_rows[std::size_t(row)];
        ChoiceCell* cell = onGone ? target.gone : target.kept;
        if (cell->isEnabled()) {
            cell->setFocus();
            return;
        }
        if (down == 0)
            return;
    }
}

void DuplicatesSheet::swap() {
    std::swap(m_kept, m_gone);
    std::swap(m_choice.takeGone, m_choice.takeKept);
    compare();
}

void DuplicatesSheet::next() {
    if (m_pairs.empty())
        return;
    m_pairs.pop_front();
    ++m_done;
    showPair();
}

void DuplicatesSheet::drop(LeadId lead) {
    const auto before = m_pairs.size();
    std::erase_if(m_pairs, [lead](const DuplicatePair& pair) { return pair.first == lead || pair.second == lead; });
    m_done += int(before - m_pairs.size());
}

void DuplicatesSheet::merge() {
    setBusy(true);
    deliver(m_context.workspace.merges().merge(m_kept, m_gone, m_choice), this, [this](Result<MergeReport> report) {
        if (!report) {
            setBusy(false);
            setError(text::sentence(report.error()));
            return;
        }
        const MergeComparison& done = report->done;
        m_context.tell.done(tr("%1 and %2 are one lead").arg(isolated(toQt(done.keptName)), isolated(toQt(done.goneName))), true,
                            theme::Icon::Merge);
        Q_EMIT merged(done.kept, done.gone);
        drop(done.gone);
        if (m_pairs.empty())
            finish();
        else
            showPair();
    });
}

void DuplicatesSheet::dismiss() {
    if (m_pairs.empty())
        return;
    setBusy(true);
    deliver(m_context.workspace.duplicates().dismiss(m_kept, m_gone), this, [this](Result<> done) {
        if (!done) {
            setBusy(false);
            setError(text::sentence(done.error()));
            return;
        }
        m_context.tell.done(tr("Not duplicates"), true, theme::Icon::Check);
        next();
    });
}

} // namespace outrider::lead_view
