// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/leads_page.h"

#include "core/base/deliver.h"
#include "core/domain/field.h"
#include "ui/lead_view/duplicates_sheet.h"
#include "ui/lead_view/lead_pane.h"
#include "ui/leads/filter_field.h"
#include "ui/leads/lead_table.h"
#include "ui/leads/no_leads.h"
#include "ui/leads/selection_bar.h"
#include "ui/leads/side_pane.h"
#include "ui/models/lead_list_model.h"
#include "ui/models/lead_ticks.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"

#include <QDragEnterEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::leads {

using widgets::Button;
using widgets::Popup;

namespace {

constexpr int recountMs = 1500;  // counting every view is not for every commit,
constexpr int recountShare = 20; // and the less the longer it takes
constexpr int minuteMs = 60 * 1000;
constexpr int neighbours = 256;

// Sorted first the way one looks for it: the best score, the latest touch.
bool startsDescending(const std::string& field) { return field == "score" || field == "last_touch" || field == "created"; }

QString columnsKey(const QString& view) { return QStringLiteral("leads.columns.") + view; }

} // namespace

LeadsPage::LeadsPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_list(new models::LeadListModel(context.workspace, this)),
      m_ticks(new models::LeadTicks(this)),
      m_bulk(new BulkActions(context, this, [this] { return target(); })),
      m_views(new ViewTabs(context, this)),
      m_toolbar(new widgets::Toolbar),
      m_banner(new widgets::Banner),
      m_filterField(new FilterField),
      m_table(new LeadTable(m_list, m_ticks)),
      m_pane(new lead_view::LeadPane(context)),
      m_side(new SidePane),
      m_stack(new QStackedWidget),
      m_empty(new NoLeads(context)),
      m_selection(new SelectionBar) {
    setAcceptDrops(true);
    m_stack->addWidget(m_table);
    auto* nobody = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(nobody, 0)->addWidget(m_empty);
    m_stack->addWidget(nobody);
    m_side->setWidgets(m_stack, m_pane);

    const theme::Tokens& tokens = theme::tokens(this);
    auto* filterBar = new widgets::Area(widgets::Area::Ground::Surface, Qt::BottomEdge);
    widgets::row(filterBar, 0, QMargins(tokens.space.l, tokens.space.s, tokens.space.l, tokens.space.s))
        ->addWidget(m_filterField);
    QVBoxLayout* page = widgets::column(this, 0);
    page->addWidget(m_toolbar);
    page->addWidget(m_banner);
    auto* tabs = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(tabs, 0)->addWidget(m_views->bar());
    page->addWidget(tabs);
    page->addWidget(filterBar);
    page->addWidget(m_side, 1);
    page->addWidget(m_selection);
    m_banner->hide();
    m_selection->hide();

    addCommands();
    buildBars();
    connectParts();

    m_recount.setSingleShot(true);
    connect(&m_recount, &QTimer::timeout, this, [this] {
        readAll();
        m_viewsStale = false;
        m_views->read();
    });
    m_minute.setInterval(minuteMs);
    connect(&m_minute, &QTimer::timeout, m_list, &models::LeadListModel::retell);

    const int width = m_context.preferences.text(QStringLiteral("leads.pane.width")).toInt();
    if (width > 0)
        m_side->setPaneWidth(width);
}

void LeadsPage::connectParts() {
    connect(m_list, &models::LeadListModel::shown, this, &LeadsPage::onShown);
    connect(m_list, &models::LeadListModel::counted, this, &LeadsPage::updateCounts);
    connect(m_list, &models::LeadListModel::searching, this, [this] { m_toolbar->setSubtitle(tr("Searching…")); });
    connect(m_list, &models::LeadListModel::failed, this,
            [this](const Error& error) { m_banner->show(widgets::Banner::Tone::Bad, text::sentence(error), tr("Read again")); });
    connect(m_banner, &widgets::Banner::verbClicked, this, [this] {
        m_banner->hide();
        ask();
    });
    connect(m_ticks, &models::LeadTicks::changed, this, &LeadsPage::updateSelection);
    connect(m_filterField, &FilterField::changed, this, [this] { setFilter(m_filterField->filter()); });
    connect(m_filterField, &FilterField::left, m_table, [this] { m_table->setFocus(); });
    connect(m_table, &LeadTable::openRequested, this, &LeadsPage::openLead);
    connect(m_table, &LeadTable::sortRequested, this, [this](models::LeadColumn column) {
        const std::string field(fieldOf(column));
        sortBy({field, m_sorting.field == field ? !m_sorting.descending : startsDescending(field)});
    });
    connect(m_table, &LeadTable::columnsChanged, this, &LeadsPage::keepColumns);
    connect(m_table, &LeadTable::rangeNotRead, this, [this](const Error& error) {
        if (error.code == ErrorCode::Busy)
            m_context.tell.info(tr("The list is still being read."));
        else
            m_context.tell.failed(error);
    });
    connect(m_table, &LeadTable::currentLeadChanged, this, [this](LeadId id) {
        if (m_side->isShown())
            id ? m_pane->showLead(id) : m_pane->clear();
    });
    connect(m_pane, &lead_view::LeadPane::openRequested, this, &LeadsPage::openLead);
    connect(m_pane, &lead_view::LeadPane::closeRequested, this, [this] { setPaneOpen(false); });
    connect(m_side, &SidePane::shown, this, [this] {
        if (const LeadId id = m_table->currentLead())
            m_pane->showLead(id);
    });
    connect(m_side, &SidePane::paneResized, this,
            [this] { m_context.preferences.setText(QStringLiteral("leads.pane.width"), QString::number(m_side->paneWidth())); });
    connect(m_views, &ViewTabs::chosen, this, &LeadsPage::showChosenView);
    connect(m_views, &ViewTabs::saveAsked, this,
            [this] { m_views->saveAs(m_filterField->chips().join(tr(", ", "between conditions"))); });
    connect(m_views, &ViewTabs::saved, this,
            [this](const QString& id) { m_context.preferences.setText(columnsKey(id), m_table->columns().toText()); });
    connect(m_empty, &NoLeads::filterWanted, this, [this](const Filter& filter) {
        m_filterField->setFilter(filter);
        setFilter(filter);
    });
    connect(m_selection, &SelectionBar::allClicked, m_ticks, &models::LeadTicks::setAll);
    connect(m_selection, &SelectionBar::clearClicked, this, [this] {
        m_ticks->clear();
        m_table->setFocus();
    });
    connect(m_bulk, &BulkActions::done, this, [this](bool gone) {
        // What a filter finds is something else afterwards; leads chosen one by one stay chosen.
        if (gone || m_ticks->isAll())
            m_ticks->clear();
        if (isVisible())
            m_table->setFocus();
    });
    connect(&m_context.workspace, &Workspace::changed, this, &LeadsPage::onChanged);
}

void LeadsPage::buildBars() {
    m_toolbar->setTitle(tr("Leads"));
    auto* looks = new Button(theme::Icon::Rows, tr("Change sorting and density"));
    connect(looks, &QAbstractButton::clicked, this, &LeadsPage::openLooks);
    auto* columns = new Button(Button::Kind::Ghost, tr("Columns"));
    columns->setGlyph(theme::Icon::Columns);
    connect(columns, &QAbstractButton::clicked, this, &LeadsPage::openColumns);
    auto* import = new Button(Button::Kind::Secondary, tr("Import"));
    import->setGlyph(theme::Icon::Import);
    import->setAccessibleName(tr("Import leads"));
    connect(import, &QAbstractButton::clicked, this, [this] { m_context.go.openImport(); });
    auto* add = new Button(Button::Kind::Primary, tr("New lead"));
    add->setGlyph(theme::Icon::Plus);
    add->setKeyHint(QStringLiteral("Ctrl+N"));
    connect(add, &QAbstractButton::clicked, this, [this] { m_context.go.newLead(); });
    auto* duplicates = new Button(theme::Icon::Merge, tr("Find duplicates"));
    connect(duplicates, &QAbstractButton::clicked, this, &LeadsPage::findDuplicates);
    for (QWidget* widget : std::initializer_list<QWidget*>{duplicates, looks, columns, import, add})
        m_toolbar->addRight(widget);
    m_looksButton = looks;
    m_columnsButton = columns;

    using theme::Icon;
    const std::pair<QAction*, Icon> actions[] = {{m_enrol, Icon::Route}, {m_stage, Icon::CircleDot}, {m_owner, Icon::User},
                                                 {m_tag, Icon::Tag},     {m_snooze, Icon::Clock},    {m_archive, Icon::Archive}};
    for (const auto& [action, icon] : actions)
        m_selection->addAction(action, icon, action == m_enrol || action == m_stage);
    m_selection->setDelete(m_delete);
}

QAction* LeadsPage::command(const char* id, const QString& text, theme::Icon icon, const QList<QKeySequence>& keys,
                            std::function<void()> run, QWidget* owner) {
    return m_context.commands.add(owner == nullptr ? this : owner,
                                  {.id = QStringLiteral("leads.") + QString::fromLatin1(id),
                                   .text = text,
                                   .group = tr("Leads"),
                                   .icon = icon,
                                   .keys = keys},
                                  std::move(run));
}

void LeadsPage::addCommands() {
    using theme::Icon;
    const auto key = [](int k) { return QList<QKeySequence>{QKeySequence(k)}; };
    command("filter", tr("Filter the list"), Icon::Filter, key(Qt::Key_Slash), [this] { m_filterField->focusText(); });
    m_open = command(
        "open", tr("Open the lead"), Icon::User, {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)},
        [this] {
            if (const LeadId id = m_table->currentLead())
                openLead(id);
        },
        m_table);
    m_enrol = command("enrol", tr("Enrol"), Icon::Route, key(Qt::Key_R), [this] { m_bulk->enrol(anchorOf(m_enrol), source()); });
    m_stage = command("stage", tr("Stage"), Icon::CircleDot, key(Qt::Key_G), [this] { m_bulk->stage(anchorOf(m_stage)); });
    m_owner = command("owner", tr("Owner"), Icon::User, key(Qt::Key_A), [this] { m_bulk->owner(anchorOf(m_owner)); });
    m_tag = command("tag", tr("Tag"), Icon::Tag, key(Qt::Key_T), [this] { m_bulk->tag(anchorOf(m_tag)); });
    m_untag = command("untag", tr("Take off a tag"), Icon::Tag, {QKeySequence(Qt::SHIFT | Qt::Key_T)},
                      [this] { m_bulk->untag(anchorOf(m_tag)); });
    m_snooze = command("snooze", tr("Snooze"), Icon::Clock, key(Qt::Key_S), [this] { m_bulk->snooze(anchorOf(m_snooze)); });
    m_archive = command("archive", tr("Archive"), Icon::Archive, key(Qt::Key_E), [this] { m_bulk->archive(true); });
    m_delete = command("delete", tr("Delete"), Icon::Trash, key(Qt::Key_Delete), [this] { m_bulk->trash(true); });
    command("unarchive", tr("Put back from the archive"), Icon::Undo, {}, [this] { m_bulk->archive(false); });
    command("restore", tr("Put back from the trash"), Icon::Undo, {}, [this] { m_bulk->trash(false); });
    command("all", tr("Select all leads of the list"), Icon::ListChecks, {}, [this] { m_ticks->setAll(); });
    command("pane", tr("Show or hide the detail pane"), Icon::Panel, key(Qt::Key_F4), [this] { togglePane(); });
    command("note", tr("Write a note"), Icon::StickyNote, key(Qt::Key_N), [this] {
        setPaneOpen(true);
        m_pane->writeNote();
    });
    command("duplicates", tr("Find duplicates…"), Icon::Merge, {}, [this] { findDuplicates(); });
    m_merge = command("merge", tr("Merge the two chosen leads…"), Icon::Merge, key(Qt::Key_M), [this] { mergeChosen(); });
    m_merge->setEnabled(false);
    command("columns", tr("Choose columns"), Icon::Columns, {}, [this] { openColumns(); });
    command("sort", tr("Sort the list"), Icon::Rows, {}, [this] { openLooks(); });
    command("view.update", tr("Update this view"), Icon::Bookmark, {}, [this] { m_views->update(); });
    command("view.save", tr("Save as a view…"), Icon::Bookmark, {}, [this] { Q_EMIT m_views->saveAsked(); });
    command("view.remove", tr("Remove this view"), Icon::Bookmark, {}, [this] { m_views->remove(); });
    command("import", tr("Import leads…"), Icon::Import, {}, [this] { m_context.go.openImport(); });
}

void LeadsPage::findDuplicates() { (new lead_view::DuplicatesSheet(m_context, this))->openAll(); }

void LeadsPage::mergeChosen() {
    const LeadSelection chosen = m_ticks->selection({});
    if (chosen.filter || chosen.ids.size() != 2)
        return;
    auto* sheet = new lead_view::DuplicatesSheet(m_context, this);
    connect(sheet, &lead_view::DuplicatesSheet::merged, m_ticks, &models::LeadTicks::clear);
    sheet->openPair(std::min(chosen.ids[0], chosen.ids[1]), std::max(chosen.ids[0], chosen.ids[1]));
}

// ── Coming and going ──────────────────────────────────────────────────────────────────────────

void LeadsPage::enter() {
    if (!m_started) {
        m_started = true;
        m_views->choose(m_context.preferences.text(QStringLiteral("leads.view"), ViewTabs::all()));
    }
    if (!std::exchange(m_paneRestored, true)) {
        if (m_context.preferences.text(QStringLiteral("leads.pane")) == QLatin1String("open"))
            m_side->setOpen(true);
    }
    if (m_stack->currentWidget() == m_table)
        m_table->setFocus();
    else
        m_filterField->setFocus();
}

void LeadsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_list->setActive(true);
    m_list->retell();
    m_minute.start();
    if (m_wordsStale)
        readWords();
    if (std::exchange(m_viewsStale, false)) {
        readAll();
        m_views->read();
    }
}

void LeadsPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_list->setActive(false);
    m_minute.stop();
    m_recount.stop();
}

bool LeadsPage::stepBack() {
    if (m_filterField->edit()->hasFocus()) {
        if (!m_filterField->stepBack())
            m_table->setFocus();
        return true;
    }
    if (!m_ticks->isEmpty()) {
        m_ticks->clear();
        return true;
    }
    if (m_side->isShown() && m_side->isOver()) {
        setPaneOpen(false);
        return true;
    }
    if (m_views->isChanged() || (m_views->current().id == ViewTabs::all() && !m_filter.matchesEverything())) {
        showChosenView();
        return true;
    }
    return false;
}

QString LeadsPage::subject() const {
    const auto whom = target();
    if (!whom)
        return {};
    return whom->count == 1 && !whom->name.isEmpty() ? whom->name : text::counted(whom->count, tr("lead"), tr("leads"));
}

void LeadsPage::onChanged(const ChangeSet& changes) {
    if (changes.touches(EntityKind::Status) || changes.touches(EntityKind::Strategy) || changes.touches(EntityKind::Tag)
        || changes.touches(EntityKind::Setting))
        m_wordsStale = true;
    if (changes.touches(EntityKind::SavedView) || changes.touches(EntityKind::Lead))
        m_viewsStale = true;
    if (!isVisible())
        return;
    if (m_wordsStale)
        readWords();
    if (changes.touches(EntityKind::SavedView))
        m_views->read();
    else if (m_viewsStale && !m_recount.isActive())
        m_recount.start(int(std::max<qint64>(recountMs, m_views->readingTook() * recountShare)));
}

void LeadsPage::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> files = event->mimeData()->urls();
    if (files.size() == 1 && files.front().isLocalFile())
        event->acceptProposedAction();
}

void LeadsPage::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    m_context.go.openImport(event->mimeData()->urls().front().toLocalFile());
}

// ── What is read ──────────────────────────────────────────────────────────────────────────────

void LeadsPage::readWords() {
    m_wordsStale = false;
    LeadService& leads = m_context.workspace.leads();
    deliver(leads.statuses(), this, [this](Result<std::vector<Status>> statuses) {
        if (statuses)
            m_words.statuses = std::move(*statuses);
        applyWords();
    });
    deliver(m_context.workspace.strategies().list(), this, [this](Result<std::vector<StrategySummary>> strategies) {
        m_words.strategies.clear();
        for (const StrategySummary& summary : strategies ? *strategies : std::vector<StrategySummary>())
            m_words.strategies.append({text::toQt(summary.strategy.name), qint64(summary.running)});
        applyWords();
    });
    deliver(leads.tags(), this, [this](Result<std::vector<std::string>> tags) {
        m_words.tags.clear();
        for (const std::string& tag : tags ? *tags : std::vector<std::string>())
            m_words.tags << text::toQt(tag);
        applyWords();
    });
    deliver(leads.owners(), this, [this](Result<std::vector<Member>> owners) {
        m_words.owners.clear();
        for (const Member& owner : owners ? *owners : std::vector<Member>())
            m_words.owners << text::toQt(owner.name);
        applyWords();
    });
    deliver(leads.customFields(), this, [this](Result<std::vector<LeadService::CustomField>> fields) {
        m_words.customFields.clear();
        for (const LeadService::CustomField& field : fields ? *fields : std::vector<LeadService::CustomField>())
            m_words.customFields << text::toQt(field.key);
        applyWords();
    });
}

void LeadsPage::applyWords() { m_filterField->setVocabulary(m_words); }

void LeadsPage::readAll() {
    deliver(m_context.workspace.leads().count({}), this, [this](Result<std::int64_t> all) {
        if (!all)
            return;
        m_all = *all;
        updateCounts();
    });
}

// ── Views ─────────────────────────────────────────────────────────────────────────────────────

void LeadsPage::showChosenView() {
    const View& view = m_views->current();
    const auto filter = parseFilter(view.saved.filter);
    if (!filter)
        m_context.tell.failed(filter.error(), tr("The view %1 cannot be shown").arg(text::isolated(view.name)));
    if (!view.saved.sort.empty())
        m_sorting = Sorting::fromText(view.saved.sort);
    m_table->setColumns(ColumnLayout::fromText(m_context.preferences.text(columnsKey(view.id))));
    m_filterField->setFilter(filter ? *filter : Filter{});
    setFilter(filter ? *filter : Filter{});
}

void LeadsPage::showView(SavedViewId id) {
    m_started = true;
    m_views->choose(QString::number(id.value));
}

void LeadsPage::showFilter(const QString& filter) {
    auto parsed = parseFilter(filter.toStdString());
    if (!parsed) {
        m_context.tell.failed(parsed.error());
        return;
    }
    m_started = true;
    m_views->choose(ViewTabs::all());
    m_filterField->setFilter(*parsed);
    setFilter(*parsed);
}

void LeadsPage::keepColumns() { m_context.preferences.setText(columnsKey(m_views->current().id), m_table->columns().toText()); }

// ── The list ──────────────────────────────────────────────────────────────────────────────────

void LeadsPage::setFilter(const Filter& filter) {
    const bool other = toText(filter) != toText(m_filter);
    m_filter = filter;
    if (other)
        m_ticks->clear(); // what is chosen must be seen
    ask();
}

void LeadsPage::sortBy(Sorting sorting) {
    m_sorting = std::move(sorting);
    ask();
}

void LeadsPage::ask() {
    m_views->setShown(m_filter, m_sorting);
    m_table->setSorted(m_sorting.field, m_sorting.descending);
    m_filterField->setTook(std::nullopt);
    m_list->show({.filter = m_filter, .sort = m_sorting.field, .descending = m_sorting.descending});
}

void LeadsPage::onShown(qint64 millis) {
    m_banner->hide();
    m_filterField->setTook(m_filter.matchesEverything() ? std::nullopt : std::optional(millis));
    updateCounts();
}

void LeadsPage::updateCounts() {
    const QLocale locale;
    const qint64 total = m_list->total();
    QString subtitle;
    if (total >= 0 && m_all >= 0)
        subtitle = m_filter.matchesEverything() ? locale.toString(total)
                                                : tr("%1 of %2").arg(locale.toString(total), locale.toString(m_all));
    else if (total >= 0)
        subtitle = locale.toString(total);
    m_toolbar->setSubtitle(subtitle);
    updateEmpty();
    updateSelection();
}

void LeadsPage::updateEmpty() {
    const bool empty = m_list->total() == 0;
    const bool hadFocus = m_table->hasFocus();
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty) {
        if (m_empty->isAncestorOf(focusWidget()))
            m_table->setFocus();
        return;
    }
    if (hadFocus)
        m_filterField->setFocus();
    m_empty->explain(m_filter, m_words);
}

// ── What is chosen ────────────────────────────────────────────────────────────────────────────

std::optional<BulkActions::Target> LeadsPage::target() const {
    if (!m_ticks->isEmpty()) {
        BulkActions::Target chosen{
            m_ticks->selection(m_list->query().filter), m_ticks->count(std::max<qint64>(m_list->total(), 0)), {}};
        if (chosen.count > 0)
            return chosen;
    }
    const LeadId current = m_table->currentLead();
    if (!current || m_stack->currentWidget() != m_table)
        return std::nullopt;
    const models::LeadCells* cells = m_list->cells(m_table->currentIndex().row());
    return BulkActions::Target{LeadSelection::one(current), 1, cells == nullptr ? QString() : text::toQt(cells->row.name)};
}

QString LeadsPage::source() const {
    if (m_views->current().saved.id && !m_views->isChanged())
        return m_views->current().name;
    return m_filter.matchesEverything() ? tr("All leads") : text::toQt(toText(m_filter));
}

QWidget* LeadsPage::anchorOf(QAction* action) const {
    return m_selection->isVisible() ? m_selection->buttonOf(action) : m_table->currentRowAnchor();
}

void LeadsPage::updateSelection() {
    const qint64 total = std::max<qint64>(m_list->total(), 0);
    const qint64 count = m_ticks->count(total);
    const bool any = !m_ticks->isEmpty() && count > 0;
    m_merge->setEnabled(count == 2 && !m_ticks->isAll());
    m_selection->setVisible(any);
    if (any)
        m_selection->setCount(count, total, count >= total);
}

void LeadsPage::openLead(LeadId id) {
    const int row = m_list->rowOf(id).value_or(m_table->currentIndex().row());
    m_context.go.openLead(id, m_list->idsAround(row, neighbours));
}

// ── Looks ─────────────────────────────────────────────────────────────────────────────────────

void LeadsPage::openLooks() {
    QList<Popup::Entry> entries{{.text = tr("Rows"), .heading = true}};
    const std::pair<theme::Density, QString> densities[] = {
        {theme::Density::Compact, tr("Compact")}, {theme::Density::Cosy, tr("Cosy")}, {theme::Density::Roomy, tr("Roomy")}};
    for (const auto& [density, name] : densities)
        entries.append({.text = name, .checked = m_context.preferences.density() == density, .run = [this, d = density] {
                            m_context.preferences.setDensity(d);
                        }});
    entries.append({.text = tr("Sort by"), .heading = true});
    for (const Field& field : fields()) {
        if (!field.sortable || field.key == "first_name") // sorted as the whole name is
            continue;
        const std::string key(field.key);
        const bool now = key == m_sorting.field;
        const bool descending = now ? m_sorting.descending : startsDescending(key);
        entries.append({.text = text::fieldName(key),
                        .hint = !now         ? QString()
                                : descending ? tr("falling")
                                             : tr("rising"),
                        .icon = !now         ? theme::Icon::None
                                : descending ? theme::Icon::ChevronDown
                                             : theme::Icon::ChevronUp,
                        .checked = now,
                        .run = [this, key, now, descending] {
                            sortBy({key, now ? !descending : descending});
                        }});
    }
    Popup::open(m_looksButton, tr("Sorting and density"), entries);
}

void LeadsPage::openColumns() {
    QList<Popup::Entry> entries{{.text = tr("Columns"), .heading = true}};
    for (const ColumnLayout::Entry& column : m_table->columns().columns) {
        if (column.column == models::LeadColumn::Name)
            continue;
        entries.append(
            {.text = text::fieldName(fieldOf(column.column)), .checked = column.visible, .run = [this, which = column.column] {
                 ColumnLayout layout = m_table->columns();
                 layout.entry(which).visible = !layout.entry(which).visible;
                 m_table->setColumns(layout);
                 keepColumns();
                 QTimer::singleShot(0, this, [this] { openColumns(); }); // several are chosen in a row
             }});
    }
    entries.append({.text = tr("As at first"), .icon = theme::Icon::Undo, .run = [this] {
                        m_table->setColumns(ColumnLayout::usual());
                        keepColumns();
                    }});
    Popup::open(m_columnsButton, tr("Columns"), entries);
}

void LeadsPage::togglePane() { setPaneOpen(!m_side->isShown()); }

void LeadsPage::setPaneOpen(bool open) {
    m_side->setOpen(open, true);
    m_context.preferences.setText(QStringLiteral("leads.pane"), open ? QStringLiteral("open") : QStringLiteral("closed"));
    if (!open && !m_filterField->edit()->hasFocus())
        m_table->setFocus();
}

} // namespace outrider::leads
