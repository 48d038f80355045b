// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/import_page.h"

#include "core/base/deliver.h"
#include "ui/imports/import_columns.h"
#include "ui/imports/import_rows.h"
#include "ui/imports/import_side.h"
#include "ui/imports/import_table.h"
#include "ui/imports/past_imports.h"
#include "ui/imports/step_line.h"
#include "ui/paint/text.h"
#include "ui/text/error_text.h"
#include "ui/text/import_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/segmented.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPointer>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTableView>

#include <algorithm>
#include <array>

namespace outrider::imports {

using text::isolated;
using text::toQt;
using widgets::Button;

ImportPage::ImportPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_toolbar(new widgets::Toolbar),
      m_steps(new StepLine({tr("File"), tr("Match columns"), tr("Check"), tr("Import")})),
      m_banner(new widgets::Banner),
      m_stack(new QStackedWidget),
      m_columns(new ImportColumnsModel(this)),
      m_columnTable(new QTableView),
      m_side(new ImportSide),
      m_rows(new ImportRowsModel(this)),
      m_shownRows(new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted)),
      m_bar(new widgets::Bar(widgets::Bar::Kind::Action)),
      m_note(new widgets::Label(theme::TextStyle::Body, widgets::Ink::Muted)),
      m_back(new Button(Button::Kind::Ghost, tr("Back"))),
      m_next(new Button(Button::Kind::Primary, tr("Check the rows"))) {
    auto* column = widgets::column(this, 0);
    m_toolbar->setTitle(tr("Import"));
    m_toolbar->addRight(m_steps);
    column->addWidget(m_toolbar);
    column->addWidget(m_banner);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_stack);
    column->addWidget(ground, 1);
    column->addWidget(m_bar);
    m_banner->hide();

    buildStart();
    buildMatch();
    buildCheck();
    buildDone();

    m_note->setEliding(true);
    m_bar->add(new widgets::IconLabel(theme::Icon::Undo));
    m_bar->add(m_note);
    m_bar->addStretch();
    m_bar->add(m_back);
    m_bar->add(m_next);
    addCommands();
    connect(m_banner, &widgets::Banner::verbClicked, this, &ImportPage::leaveAllOut);
    connect(m_back, &QAbstractButton::clicked, this, [this] { stepBack(); });
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        if (changes.touches(EntityKind::Import) && isVisible() && m_step == Step::File)
            m_past->read();
    });
    goTo(Step::File);
}

void ImportPage::buildStart() {
    m_start = new widgets::EmptyState;
    m_start->setText(
        tr("Import leads"),
        tr("Drop a CSV, Excel, vCard or JSON file anywhere in this window, choose one, or paste cells copied from a spreadsheet. "
           "Nothing changes before the last step."));
    auto* choose = m_start->addButton(tr("Choose a file…"), true);
    choose->setKeyHint(QStringLiteral("Ctrl+O"));
    connect(choose, &QAbstractButton::clicked, this, &ImportPage::browse);
    m_past = new PastImports(m_context);
    m_start->extra()->addWidget(m_past);
    m_stack->addWidget(m_start);
}

QWidget* ImportPage::beside(QWidget* main, QWidget* side) {
    auto* both = new QWidget;
    auto* row = widgets::row(both, 0);
    row->addWidget(main, 1);
    row->addWidget(new widgets::Line(Qt::Vertical));
    row->addWidget(side);
    return both;
}

void ImportPage::buildMatch() {
    m_columnTable->setModel(m_columns);
    m_columnTable->setItemDelegate(new ImportColumnDelegate(m_columnTable));
    dressTable(m_columnTable, tr("Columns table"), theme::tokens(this).size.importRow);
    m_fieldAnchor = new QWidget(m_columnTable->viewport()); // where the current row's popup stands
    m_fieldAnchor->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(m_columnTable, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == ImportColumnsModel::Field)
            chooseField();
    });
    connect(m_columnTable, &QTableView::doubleClicked, this, &ImportPage::chooseField);
    auto* scroll = new QScrollArea; // at 200 % the side is taller than the window
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // what is in it has the focus
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(theme::tokens(this).size.detailPane);
    scroll->viewport()->setBackgroundRole(QPalette::Base);
    m_side->setBackgroundRole(QPalette::Base);
    m_side->setAutoFillBackground(true);
    scroll->setWidget(m_side);
    m_stack->addWidget(beside(m_columnTable, scroll));
    connect(m_side, &ImportSide::policyChosen, this, [this](int policy) {
        m_options.policy = ImportPolicy(policy);
        preview();
    });
    connect(m_side, &ImportSide::keyChosen, this, [this](int key) {
        m_options.key = ImportKey(key);
        preview();
    });
    connect(m_side, &ImportSide::reviewAsked, this, [this] {
        goTo(Step::Check);
        m_kinds->setCurrent(3);
        m_rows->setKind(ImportPreview::Row::Kind::Error);
    });
}

void ImportPage::buildCheck() {
    auto* page = new QWidget;
    auto* column = widgets::column(page, 0);
    auto* bar = new widgets::Bar(widgets::Bar::Kind::Filter);
    m_kinds = new widgets::Segmented(tr("Rows"), {tr("All"), tr("New"), tr("Updates"), tr("To review")});
    bar->add(m_kinds);
    bar->addStretch();
    bar->add(m_shownRows);
    column->addWidget(bar);
    m_rowTable = new QTableView;
    m_rowTable->setModel(m_rows);
    m_rowTable->setItemDelegate(new ImportRowDelegate(m_rowTable));
    dressTable(m_rowTable, tr("Rows table"), theme::tokens(this).size.row);
    column->addWidget(m_rowTable, 1);
    m_stack->addWidget(page);
    connect(m_kinds, &widgets::Segmented::chosen, this, [this](int index) {
        using Kind = ImportPreview::Row::Kind;
        const std::array<std::optional<Kind>, 4> kinds{std::nullopt, Kind::New, Kind::Update, Kind::Error};
        m_rows->setKind(kinds.at(std::size_t(index)));
    });
}

void ImportPage::buildDone() {
    m_done = new widgets::EmptyState;
    m_stack->addWidget(m_done);
}

void ImportPage::addCommands() {
    using theme::Icon;
    const auto add = [this](QWidget* owner, const char* id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                            std::function<void()> run) {
        return m_context.commands.add(
            owner,
            {.id = QLatin1String("import.") + QLatin1String(id), .text = text, .group = tr("Import"), .icon = icon, .keys = keys},
            std::move(run));
    };
    add(this, "choose", tr("Choose a file…"), Icon::File, {QKeySequence(tr("Ctrl+O"))}, [this] { browse(); });
    add(this, "paste", tr("Paste cells from a spreadsheet"), Icon::Plus, {QKeySequence(QKeySequence::Paste)},
        [this] { paste(); });
    add(m_columnTable, "field", tr("Choose the column's field"), Icon::Pencil,
        {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_F2)}, [this] { chooseField(); });
    add(m_columnTable, "leave_out", tr("Leave the column out"), Icon::Eraser,
        {QKeySequence(Qt::Key_Backspace), QKeySequence(Qt::Key_Delete)},
        [this] { setField(m_columnTable->currentIndex().row(), {}); });
    m_nextAction =
        add(this, "next", tr("Check the rows"), Icon::ArrowRight, {QKeySequence(tr("Ctrl+Return"))}, [this] { next(); });
    m_next->bind(m_nextAction);
}

void ImportPage::enter() {
    if (m_step == Step::File)
        m_past->read();
    goTo(m_step);
}

void ImportPage::goTo(Step step) {
    m_step = step;
    m_stack->setCurrentIndex(int(step));
    m_steps->setCurrent(int(step));
    const bool working = step == Step::Match || step == Step::Check;
    m_bar->setVisible(working);
    m_banner->setVisible(step == Step::Match && m_preview && m_preview->signatureOf > 0);
    m_note->setText(m_running ? tr("Importing. The window stays yours; the status bar shows how far it is.")
                              : tr("One step in the journal. Ctrl+Z takes all of it back, also next week."));
    const std::int64_t taken = m_preview ? m_preview->added + m_preview->updated : 0;
    m_nextAction->setText(step == Step::Check ? tr("Import %1").arg(text::counted(taken, tr("lead"), tr("leads")))
                                              : tr("Check the rows"));
    m_nextAction->setEnabled(working && m_preview && !m_reading && !m_running
                             && (step == Step::Match || taken > 0 || m_preview->suppressed > 0));
    if (step == Step::File)
        m_toolbar->setSubtitle({});
    switch (step) {
    case Step::File:
        m_start->setFocus(Qt::OtherFocusReason);
        if (auto* button = m_start->findChild<Button*>())
            button->setFocus(Qt::OtherFocusReason);
        break;
    case Step::Match:
        m_columnTable->setFocus(Qt::OtherFocusReason);
        break;
    case Step::Check:
        m_rowTable->setFocus(Qt::OtherFocusReason);
        break;
    case Step::Done:
        if (auto* button = m_done->findChild<Button*>())
            button->setFocus(Qt::OtherFocusReason);
        break;
    }
}

bool ImportPage::stepBack() {
    if (m_running) // goes on by itself
        return false;
    switch (m_step) {
    case Step::File:
        return false;
    case Step::Match:
        startOver();
        return true;
    case Step::Check:
        goTo(Step::Match);
        return true;
    case Step::Done:
        startOver();
        return true;
    }
    return false;
}

void ImportPage::startOver() {
    if (m_reading)
        m_reading->cancel();
    ++m_generation;
    m_reading.reset();
    m_preview.reset();
    m_result.reset();
    m_options = {};
    m_past->read();
    goTo(Step::File);
}

void ImportPage::browse() {
    auto* dialog =
        new QFileDialog(this, tr("A file of leads"), QStandardPaths::writableLocation(QStandardPaths::DownloadLocation),
                        tr("Tables and contacts (*.csv *.tsv *.txt *.xlsx *.xlsm *.vcf *.json *.jsonl);;All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &ImportPage::openFile);
    dialog->open();
}

void ImportPage::openFile(const QString& path) {
    if (m_running) {
        m_context.tell.info(tr("One import at a time: the one before is still running."));
        return;
    }
    startOver();
    m_options.path = path.toStdString();
    m_columns->setColumns({});
    preview();
}

// Cells copied from a spreadsheet are a table like any other.
void ImportPage::paste() {
    const QString copied = QGuiApplication::clipboard()->text();
    if (m_running || copied.trimmed().isEmpty()) {
        m_context.tell.info(m_running ? tr("One import at a time: the one before is still running.")
                                      : tr("There is no text in the clipboard. Copy the cells with their headings first."));
        return;
    }
    startOver();
    m_options.text = copied.toStdString();
    m_columns->setColumns({});
    preview();
}

QString ImportPage::sourceName() const {
    return m_options.text.empty() ? QFileInfo(toQt(m_options.path)).fileName() : tr("the clipboard");
}

void ImportPage::preview() {
    if (m_reading)
        m_reading->cancel();
    const int generation = ++m_generation;
    m_reading = std::make_shared<Progress>();
    m_side->setCounting(true);
    m_nextAction->setEnabled(false);
    const QString name = sourceName();
    const int job = m_context.tell.startJob(tr("Reading %1").arg(isolated(name)), m_reading);
    deliver(m_context.workspace.imports().preview(m_options, m_reading), this,
            [this, generation, job, name](Result<ImportPreview> preview) {
                m_context.tell.endJob(job);
                if (generation != m_generation)
                    return;
                m_reading.reset();
                if (preview) {
                    showPreview(std::move(*preview));
                    return;
                }
                if (preview.error().code != ErrorCode::Cancelled)
                    m_context.tell.failed(preview.error(), tr("%1 was not read.").arg(isolated(name)));
                if (!m_preview) {
                    m_options = {};
                    goTo(Step::File);
                }
            });
}

void ImportPage::showPreview(ImportPreview preview) {
    const bool first = !m_preview;
    m_preview = std::move(preview);
    const ImportPreview& shown = *m_preview;
    const QString name = sourceName();
    m_toolbar->setSubtitle(tr("%1, %2, %3, %4, %5")
                               .arg(isolated(name), text::counted(shown.rows, tr("row"), tr("rows")), text::fileSize(shown.bytes),
                                    toQt(shown.encoding),
                                    shown.delimiter.empty() ? text::containerName(shown.container, shown.sheet)
                                                            : text::delimiterName(shown.delimiter)));
    m_columns->setColumns(shown.columns);
    m_rows->setRows(shown.examples);
    const bool all = qint64(shown.examples.size()) >= shown.rows;
    m_shownRows->setText(
        all ? QString() : tr("Some of each kind; all %1 were counted").arg(text::counted(shown.rows, tr("row"), tr("rows"))));
    m_side->setOptions(m_options);
    m_side->show(shown);
    if (first && shown.signatureOf > 0)
        m_banner->show(
            widgets::Banner::Tone::Info,
            tr("Looks like %1 (%2 of %3 headings). Its usual matches are filled in.")
                .arg(toQt(shown.formatTitle), QString::number(shown.signatureMatched), QString::number(shown.signatureOf)),
            tr("Start empty"));
    if (first) {
        goTo(Step::Match);
        m_columnTable->selectRow(0);
        sizeColumns();
    } else {
        goTo(m_step);
    }
}

void ImportPage::chooseField() {
    const QModelIndex current = m_columnTable->currentIndex();
    const ImportColumn* column = m_columns->at(current.row());
    if (column == nullptr)
        return;
    const int row = current.row();
    QList<widgets::Popup::Entry> entries;
    entries.append(
        {.text = tr("Do not import"), .icon = theme::Icon::Cross, .checked = column->field.empty(), .run = [this, row] {
             setField(row, {});
         }});
    const std::string custom = "custom:" + column->header;
    entries.append({.text = tr("New field “%1”").arg(toQt(column->header)),
                    .icon = theme::Icon::Plus,
                    .run = [this, row, custom] { setField(row, custom); }});
    for (const std::string& field : ImportService::targetFields())
        entries.append({.text = text::fieldName(field), .checked = field == column->field, .run = [this, row, field] {
                            setField(row, field);
                        }});
    m_fieldAnchor->setGeometry(m_columnTable->visualRect(current.siblingAtColumn(ImportColumnsModel::Field)));
    widgets::Popup::open(m_fieldAnchor, tr("Field of %1").arg(toQt(column->header)), entries);
}

void ImportPage::setField(int row, const std::string& field) {
    const ImportColumn* column = m_columns->at(row);
    if (column == nullptr || column->field == field)
        return;
    m_options.mapping[column->header] = field;
    preview();
}

void ImportPage::leaveAllOut() {
    if (!m_preview)
        return;
    for (const ImportColumn& column : m_preview->columns)
        m_options.mapping[column.header] = {};
    m_banner->hide();
    preview();
}

void ImportPage::next() {
    if (!m_preview || m_reading || m_running)
        return;
    if (m_step == Step::Match)
        goTo(Step::Check);
    else if (m_step == Step::Check)
        run();
}

void ImportPage::run() {
    m_running = std::make_shared<Progress>();
    const QString name = sourceName();
    const int job = m_context.tell.startJob(tr("Importing %1").arg(isolated(name)), m_running);
    goTo(Step::Check);
    deliver(m_context.workspace.imports().run(m_options, m_running), this, [this, job, name](Result<ImportResult> result) {
        m_context.tell.endJob(job);
        const bool cancelled = m_running && m_running->cancelled();
        m_running.reset();
        if (!result) {
            if (result.error().code == ErrorCode::Cancelled)
                m_context.tell.info(tr("Cancelled before anything was imported."));
            else
                m_context.tell.failed(
                    result.error(),
                    tr("%1 was not imported to its end. What came in can be taken back with Ctrl+Z.").arg(isolated(name)));
            goTo(Step::Check);
            return;
        }
        showResult(*result, cancelled);
    });
}

void ImportPage::showResult(const ImportResult& result, bool cancelled) {
    m_result = result;
    const ImportBatch& batch = result.batch;
    const qint64 taken = batch.added + batch.updated;
    const QString seconds = result.seconds < 1 ? tr("less than a second") : text::duration(int(result.seconds + 0.5));
    QString sentence = tr("%1 new, %2 updated, %3 without change, in %4.")
                           .arg(QLocale().toString(qlonglong(batch.added)), QLocale().toString(qlonglong(batch.updated)),
                                QLocale().toString(qlonglong(batch.unchanged)), seconds);
    if (batch.errors > 0)
        sentence +=
            QLatin1Char(' ') + tr("%1 kept for you to review.").arg(text::counted(batch.errors, tr("row is"), tr("rows are")));
    if (cancelled)
        sentence += QLatin1Char(' ') + tr("You cancelled; the rest of the file was not taken.");
    m_done->setText(tr("%1 imported").arg(text::counted(taken, tr("lead"), tr("leads"))),
                    sentence + QLatin1Char(' ') + tr("Ctrl+Z takes all of it back."));
    m_done->clearButtons();
    auto* leads = m_done->addButton(tr("Show the leads"), true);
    connect(leads, &QAbstractButton::clicked, this, [this] { m_context.go.openLeads(QStringLiteral("created:today")); });
    auto* strategy = m_done->addButton(tr("Put them on a strategy…"), false);
    connect(strategy, &QAbstractButton::clicked, this, &ImportPage::enrol);
    if (batch.errors > 0) {
        auto* save = m_done->addButton(tr("Save rows to review…"), false);
        connect(save, &QAbstractButton::clicked, this,
                [this, id = batch.id, file = toQt(batch.fileName)] { saveRefusedRows(m_context, this, id, file); });
    } else {
        auto* another = m_done->addButton(tr("Import another file"), false);
        connect(another, &QAbstractButton::clicked, this, &ImportPage::startOver);
    }
    goTo(Step::Done);
    m_context.tell.done(tr("%1 imported.").arg(text::counted(taken, tr("lead"), tr("leads"))), true, theme::Icon::Import);
}

// Which strategy is asked in a popup; who cannot be in it is told afterwards.
void ImportPage::enrol() {
    const QPointer<QWidget> anchor = qobject_cast<QWidget*>(sender()); // another import may be shown before the answer
    deliver(m_context.workspace.strategies().list(), this, [this, anchor](Result<std::vector<StrategySummary>> all) {
        if (!all || !anchor) {
            if (!all)
                m_context.tell.failed(all.error());
            return;
        }
        QList<widgets::Popup::Entry> entries;
        for (const StrategySummary& one : *all) {
            if (one.strategy.state == StrategyState::Archived)
                continue;
            entries.append(
                {.text = toQt(one.strategy.name),
                 .icon = theme::Icon::Route,
                 .run = [this, id = one.strategy.id, name = toQt(one.strategy.name)] {
                     if (!m_result)
                         return;
                     const auto progress = std::make_shared<Progress>();
                     const int job = m_context.tell.startJob(tr("Enrolling"), progress);
                     deliver(
                         m_context.workspace.strategies().enrol(id, LeadSelection{m_result->leads, std::nullopt},
                                                                m_result->batch.fileName, false, progress),
                         this, [this, job, name](Result<EnrolReport> report) {
                             m_context.tell.endJob(job);
                             if (!report) {
                                 m_context.tell.failed(report.error(), tr("They were not enrolled."));
                                 return;
                             }
                             m_context.tell.done(
                                 tr("%1 in %2.").arg(text::counted(report->enrolled, tr("lead"), tr("leads")), isolated(name)));
                         });
                 }});
        }
        if (entries.isEmpty())
            entries.append({.text = tr("No strategy yet: make one"), .icon = theme::Icon::Plus, .run = [this] {
                                m_context.go.newStrategy();
                            }});
        widgets::Popup::open(anchor, tr("Strategies"), entries);
    });
}

void ImportPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    sizeColumns();
}

void ImportPage::sizeColumns() {
    const theme::Tokens& t = theme::tokens(this);
    const auto textWidth = [&t](const QString& text) { return paint::textWidth(t, theme::TextStyle::Body, text); };
    const int unit = std::max(t.space.s * 2, textWidth(QStringLiteral("00"))); // grows with the letters
    // What is written in the file is worth as much room as the names: in a narrow window these give some up.
    const int beside = width() - t.size.detailPane;
    const int wide = unit * 13;
    m_columnTable->setColumnWidth(ImportColumnsModel::Header, std::clamp(beside * 3 / 10, unit * 9, wide));
    m_columnTable->setColumnWidth(ImportColumnsModel::Field, std::clamp(beside / 4, unit * 9, wide));
    m_columnTable->setColumnWidth(ImportColumnsModel::Certainty,
                                  t.space.xl + t.space.l + t.space.s * 4 + textWidth(QStringLiteral("100 %")));
    m_rowTable->setColumnWidth(ImportRowsModel::Number, unit * 5);
    m_rowTable->setColumnWidth(ImportRowsModel::Kind, unit * 7);
    m_rowTable->setColumnWidth(ImportRowsModel::Name, std::clamp(width() / 5, unit * 9, unit * 12));
    m_rowTable->setColumnWidth(ImportRowsModel::Company, std::clamp(width() / 5, unit * 9, wide));
    m_steps->setCompact(width() < m_steps->fullWidth() * 5 / 2);
}

} // namespace outrider::imports
