// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/strategies_page.h"

#include "core/base/deliver.h"
#include "ui/strategies/examples.h"
#include "ui/strategies/strategy_list_model.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTableView>

namespace outrider::strategies {

using widgets::Button;

namespace {

constexpr int mostAttempts = 20; // at a free name
constexpr qint64 largestFile = 4 * 1024 * 1024;

} // namespace

StrategiesPage::StrategiesPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_model(new StrategyListModel(this)),
      m_toolbar(new widgets::Toolbar),
      m_new(new Button(Button::Kind::Primary, tr("New strategy"))),
      m_stack(new QStackedWidget),
      m_table(new QTableView),
      m_empty(new widgets::EmptyState) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    m_toolbar->setTitle(tr("Strategies"));
    m_new->setMenuArrow(true);
    column->addWidget(m_toolbar);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_stack);
    column->addWidget(ground, 1);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    m_table->setHorizontalHeader(new StrategyHeader(m_table));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new StrategyDelegate(m_table));
    m_table->setAccessibleName(tr("Strategies table"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->setMouseTracking(true);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(t.size.row);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(StrategyListModel::Name, QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setFixedHeight(t.size.tableHeader);

    m_empty->setText(tr("No strategy yet"),
                     tr("A strategy is a list of steps and days. Start from one of four, or from nothing."));
    auto* start = m_empty->addButton(tr("Start from an example"), true);
    start->setMenuArrow(true);
    auto* nothing = m_empty->addButton(tr("From nothing"), false);
    auto* file = m_empty->addButton(tr("From a file…"), false);
    connect(start, &QAbstractButton::clicked, this, [this, start] { offerExamples(start); });
    connect(nothing, &QAbstractButton::clicked, this, [this] { m_context.go.newStrategy(); });
    connect(file, &QAbstractButton::clicked, this, &StrategiesPage::importFile);

    addCommands();
    connect(m_table, &QTableView::doubleClicked, this, &StrategiesPage::open);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &StrategiesPage::updateActions);
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        if (!changes.touches(EntityKind::Strategy) && !changes.touches(EntityKind::Enrolment))
            return;
        m_stale = true;
        if (isVisible())
            read();
    });
    connect(&context.preferences, &frame::Preferences::appearanceChanged, this, &StrategiesPage::sizeColumns);
}

void StrategiesPage::addCommands() {
    using theme::Icon;
    const auto add = [&](QWidget* owner, const char* id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                         std::function<void()> run) {
        return m_context.commands.add(owner,
                                      {.id = QLatin1String("strategies.") + QLatin1String(id),
                                       .text = text,
                                       .group = tr("Strategies"),
                                       .icon = icon,
                                       .keys = keys},
                                      std::move(run));
    };
    m_new->bind(add(this, "new", tr("New strategy"), Icon::Plus, {QKeySequence(tr("N")), QKeySequence(tr("Ctrl+Shift+N"))},
                    [this] { offerNew(m_new); }));
    add(this, "import", tr("Strategy from a file…"), Icon::Import, {QKeySequence(tr("I"))}, [this] { importFile(); });
    m_toolbar->addRight(m_new);

    auto* bar = new widgets::Bar(widgets::Bar::Kind::Action);
    const auto row = [&](const char* id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                         std::function<void()> run) {
        QAction* action = add(m_table, id, text, icon, keys, std::move(run));
        auto* button = new Button(Button::Kind::Ghost, text);
        button->bind(action);
        bar->add(button);
        m_rowActions.append(action);
        return action;
    };
    row("open", tr("Open"), Icon::ArrowRight, {QKeySequence(Qt::Key_Return)}, [this] { open(); });
    m_pause = row("pause", tr("Pause"), Icon::Pause, {QKeySequence(tr("P"))}, [this] { togglePaused(); });
    row("rename", tr("Rename"), Icon::Pencil, {QKeySequence(Qt::Key_F2)}, [this] { rename(); });
    row("duplicate", tr("Duplicate"), Icon::Copy, {QKeySequence(tr("D"))}, [this] { duplicate(); });
    row("export", tr("Save as file…"), Icon::Export, {QKeySequence(tr("E"))}, [this] { exportFile(); });
    row("archive", tr("Archive"), Icon::Archive, {QKeySequence(tr("Shift+A"))}, [this] { archive(); });
    bar->addStretch();
    layout()->addWidget(bar);
}

void StrategiesPage::enter() {
    if (m_stale)
        read();
    m_table->setFocus(Qt::OtherFocusReason);
}

void StrategiesPage::read() {
    m_stale = false;
    const int generation = ++m_generation;
    deliver(m_context.workspace.strategies().list(), this, [this, generation](Result<std::vector<StrategySummary>> all) {
        if (generation != m_generation)
            return;
        if (!all) {
            m_context.tell.failed(all.error(), tr("The strategies cannot be shown."));
            return;
        }
        const auto before = current();
        std::int64_t running = 0;
        for (const StrategySummary& one : *all)
            running += one.running;
        m_toolbar->setSubtitle(all->empty() ? QString()
                                            : tr("%1 in %2")
                                                  .arg(text::counted(running, tr("lead"), tr("leads")),
                                                       text::counted(qint64(all->size()), tr("strategy"), tr("strategies"))));
        m_model->setStrategies(std::move(*all));
        const int wanted = m_model->rowOf(m_select ? m_select : before ? before->strategy.id : StrategyId{});
        m_select = {};
        if (m_model->rowCount() > 0)
            m_table->selectRow(std::max(0, wanted));
        m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget*>(m_table) : m_empty);
        updateActions();
    });
}

std::optional<StrategySummary> StrategiesPage::current() const {
    const StrategySummary* summary = m_model->at(m_table->currentIndex().row());
    return summary != nullptr ? std::optional(*summary) : std::nullopt;
}

void StrategiesPage::updateActions() {
    const auto summary = current();
    for (QAction* action : std::as_const(m_rowActions))
        action->setEnabled(summary.has_value());
    if (!summary)
        return;
    m_pause->setText(summary->strategy.state == StrategyState::Active ? tr("Pause") : tr("Resume"));
    m_rowActions.last()->setEnabled(summary->strategy.state != StrategyState::Archived);
}

void StrategiesPage::offerNew(QWidget* anchor) {
    QList<widgets::Popup::Entry> entries;
    entries.append({.text = tr("From nothing"), .icon = theme::Icon::Plus, .key = QStringLiteral("0"), .run = [this] {
                        m_context.go.newStrategy();
                    }});
    entries.append({.text = tr("From an example"), .heading = true});
    int number = 1;
    for (const Example& example : examples())
        entries.append({.text = example.name,
                        .hint = text::counted(qint64(example.version.steps.size()), tr("step"), tr("steps")),
                        .icon = theme::Icon::Route,
                        .key = QString::number(number++),
                        .run = [this, example] { create(example.name, example.version); }});
    entries.append(
        {.text = tr("From a file…"), .icon = theme::Icon::File, .key = QStringLiteral("F"), .run = [this] { importFile(); }});
    widgets::Popup::open(anchor, tr("New strategy"), entries);
}

void StrategiesPage::offerExamples(QWidget* anchor) {
    QList<widgets::Popup::Entry> entries;
    int number = 1;
    for (const Example& example : examples())
        entries.append({.text = example.name,
                        .hint = example.what,
                        .icon = theme::Icon::Route,
                        .key = QString::number(number++),
                        .run = [this, example] { create(example.name, example.version); }});
    widgets::Popup::open(anchor, tr("Examples"), entries, theme::tokens(this).size.textColumn);
}

// A name that is taken gets a number behind it.
void StrategiesPage::create(const QString& name, const StrategyVersion& version, int attempt) {
    const QString free = attempt == 1 ? name : QStringLiteral("%1 %2").arg(name).arg(attempt);
    deliver(m_context.workspace.strategies().create(free.toStdString(), version), this,
            [this, name, free, version, attempt](Result<StrategyId> id) {
                if (!id && id.error().code == ErrorCode::AlreadyExists && attempt < mostAttempts) {
                    create(name, version, attempt + 1);
                    return;
                }
                if (!id) {
                    m_context.tell.failed(id.error(), tr("The strategy was not made."));
                    return;
                }
                m_select = *id;
                m_context.tell.done(tr("New strategy: %1.").arg(text::isolated(free)));
                m_context.go.openStrategy(*id);
            });
}

void StrategiesPage::open() {
    if (const auto summary = current())
        m_context.go.openStrategy(summary->strategy.id);
}

void StrategiesPage::rename() {
    const auto summary = current();
    if (!summary || m_sheet)
        return;
    auto* sheet = new widgets::Sheet(this, tr("Rename"));
    m_sheet = sheet;
    auto* name = new QLineEdit(text::toQt(summary->strategy.name));
    auto* field = new widgets::Field(tr("Name"), name);
    sheet->body()->addWidget(field);
    sheet->addCancel(tr("Cancel"));
    auto* save = sheet->addButton(Button::Kind::Primary, tr("Rename"));
    connect(save, &QAbstractButton::clicked, sheet, [this, sheet, name, field, id = summary->strategy.id] {
        const QString wanted = name->text().simplified();
        field->setError(wanted.isEmpty() ? tr("A strategy needs a name.") : QString());
        if (wanted.isEmpty())
            return;
        deliver(m_context.workspace.strategies().rename(id, wanted.toStdString()), sheet,
                [this, sheet, field, wanted](Result<> renamed) {
                    if (!renamed) {
                        field->setError(renamed.error().code == ErrorCode::AlreadyExists ? tr("There is a strategy of that name.")
                                                                                         : text::sentence(renamed.error()));
                        return;
                    }
                    m_context.tell.done(tr("The strategy is now called %1.").arg(text::isolated(wanted)));
                    sheet->finish();
                });
    });
    name->selectAll();
    sheet->open(name);
}

void StrategiesPage::duplicate() {
    const auto summary = current();
    if (!summary)
        return;
    deliver(m_context.workspace.strategies().detail(summary->strategy.id), this, [this](Result<StrategyDetail> detail) {
        if (detail)
            create(tr("%1, copy").arg(text::toQt(detail->summary.strategy.name)), detail->version);
        else
            m_context.tell.failed(detail.error());
    });
}

void StrategiesPage::togglePaused() {
    const auto summary = current();
    if (!summary)
        return;
    StrategyService& strategies = m_context.workspace.strategies();
    const bool active = summary->strategy.state == StrategyState::Active;
    const QString name = text::isolated(text::toQt(summary->strategy.name));
    deliver(active ? strategies.pause(summary->strategy.id) : strategies.resume(summary->strategy.id), this,
            [this, active, name](Result<> done) {
                told(done,
                     active ? tr("%1 is paused. Nothing of it is due until it goes on.").arg(name) : tr("%1 goes on.").arg(name),
                     tr("%1 is as it was.").arg(name));
            });
}

void StrategiesPage::archive() {
    const auto summary = current();
    if (!summary || summary->strategy.state == StrategyState::Archived)
        return;
    const QString name = text::isolated(text::toQt(summary->strategy.name));
    deliver(m_context.workspace.strategies().archive(summary->strategy.id), this,
            [this, name](Result<> done) { told(done, tr("%1 is archived.").arg(name), tr("%1 is as it was.").arg(name)); });
}

void StrategiesPage::told(const Result<>& result, const QString& done, const QString& what) {
    if (result)
        m_context.tell.done(done);
    else
        m_context.tell.failed(result.error(), what);
}

void StrategiesPage::importText(const QByteArray& json) {
    const auto parsed = StrategyService::fromJson(std::string_view(json.constData(), std::size_t(json.size())));
    if (!parsed) {
        m_context.tell.failed(parsed.error(), tr("No strategy was made."));
        return;
    }
    create(text::toQt(parsed->name), parsed->version);
}

void StrategiesPage::importFile() {
    auto* dialog = new QFileDialog(this, tr("Strategy from a file"), {}, tr("Strategies (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            m_context.tell.failed(Error(ErrorCode::FileUnreadable, path.toStdString()));
            return;
        }
        importText(file.read(largestFile));
    });
    dialog->open();
}

void StrategiesPage::exportFile() {
    const auto summary = current();
    if (!summary)
        return;
    deliver(m_context.workspace.strategies().detail(summary->strategy.id), this, [this](Result<StrategyDetail> detail) {
        if (!detail) {
            m_context.tell.failed(detail.error());
            return;
        }
        const QByteArray json = QByteArray::fromStdString(StrategyService::toJson(detail->summary.strategy, detail->version));
        auto* dialog = new QFileDialog(this, tr("Save the strategy as a file"), {}, tr("Strategies (*.json)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("json"));
        QString name = text::toQt(detail->summary.strategy.name);
        name.replace(QLatin1Char('/'), QLatin1Char('-'));
        dialog->selectFile(name + QStringLiteral(".json"));
        connect(dialog, &QFileDialog::fileSelected, this, [this, json](const QString& path) {
            QSaveFile file(path);
            if (file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit())
                m_context.tell.done(tr("Saved to %1.").arg(text::isolated(path)), false, theme::Icon::Export);
            else
                m_context.tell.failed(Error(ErrorCode::FileUnwritable, path.toStdString()));
        });
        dialog->open();
    });
}

void StrategiesPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    sizeColumns();
}

void StrategiesPage::sizeColumns() {
    const theme::Tokens& t = theme::tokens(this);
    m_table->verticalHeader()->setDefaultSectionSize(t.size.row);
    m_table->horizontalHeader()->setFixedHeight(t.size.tableHeader);
    const QFontMetrics metrics(t.font(theme::TextStyle::Body));
    const auto wide = [&](int column, const QString& sample) {
        m_table->setColumnWidth(column, metrics.horizontalAdvance(sample) + 2 * t.space.l);
    };
    wide(StrategyListModel::State, tr("Archived, version 99"));
    wide(StrategyListModel::Steps, tr("Steps"));
    wide(StrategyListModel::Running, tr("In it now"));
    wide(StrategyListModel::Enrolled, tr("Enrolled"));
    wide(StrategyListModel::Replied, tr("9,999, 99.9 %"));
    wide(StrategyListModel::Finished, tr("Finished"));
}

} // namespace outrider::strategies
