// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/suppression_panel.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/text_area.h"

#include <QBoxLayout>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTimer>

namespace outrider::settings {

namespace {

using Line = SuppressionService::Line;

constexpr int mostShown = 2000;  // of the list; finding looks through all of it
constexpr int mostInSheet = 200; // of a file
constexpr qint64 mostBytes = 32LL * 1024 * 1024;
constexpr int whileTyping = 150; // ms

QString kindName(SuppressionKind kind) {
    switch (kind) {
    case SuppressionKind::Email:
        return SuppressionPanel::tr("E-mail");
    case SuppressionKind::Domain:
        return SuppressionPanel::tr("Domain");
    case SuppressionKind::Phone:
        return SuppressionPanel::tr("Phone");
    }
    return {};
}

QString stateText(Line::State state) {
    switch (state) {
    case Line::State::New:
        return SuppressionPanel::tr("New");
    case Line::State::Known:
        return SuppressionPanel::tr("There already");
    case Line::State::Twice:
        return SuppressionPanel::tr("Twice");
    case Line::State::Unreadable:
        return SuppressionPanel::tr("Not understood");
    }
    return {};
}

// Of people who were erased only a fingerprint is kept.
QString keyText(const Suppression& one) {
    return one.key.starts_with('#') && one.key.find('@') == std::string::npos ? SuppressionPanel::tr("Erased, fingerprint only")
                                                                              : text::toQt(one.key);
}

void setUp(QTableWidget* table, const QStringList& headings, const QString& name, const theme::Tokens& t) {
    table->setColumnCount(int(headings.size()));
    table->setHorizontalHeaderLabels(headings);
    table->setAccessibleName(name);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(t.size.row);
    table->setFrameShape(QFrame::NoFrame);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
}

void setRow(QTableWidget* table, int row, const QStringList& cells) {
    for (int column = 0; column < cells.size(); ++column) {
        auto* item = new QTableWidgetItem(cells[column]);
        item->setToolTip(cells[column]);
        table->setItem(row, column, item);
    }
}

} // namespace

QString previewText(const SuppressionService::Preview& preview) {
    int counts[3] = {0, 0, 0};
    for (const Line& line : preview.lines) {
        if (line.state == Line::State::New)
            ++counts[int(*line.kind)];
    }
    QStringList parts;
    if (counts[0] > 0)
        parts.append(text::counted(counts[0], SuppressionPanel::tr("new address"), SuppressionPanel::tr("new addresses")));
    if (counts[1] > 0)
        parts.append(text::counted(counts[1], SuppressionPanel::tr("new domain"), SuppressionPanel::tr("new domains")));
    if (counts[2] > 0)
        parts.append(text::counted(counts[2], SuppressionPanel::tr("new number"), SuppressionPanel::tr("new numbers")));
    if (preview.known > 0)
        parts.append(SuppressionPanel::tr("%1 there already").arg(preview.known));
    if (preview.twice > 0)
        parts.append(SuppressionPanel::tr("%1 twice").arg(preview.twice));
    if (preview.unreadable > 0)
        parts.append(SuppressionPanel::tr("%1 not understood").arg(preview.unreadable));
    return parts.join(QLatin1String(", "));
}

SuppressionPanel::SuppressionPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Suppression"), theme::Icon::Ban,
            tr("do not contact opt-out unsubscribe block list bounce complaint domain"), parent),
      m_lines(new widgets::TextArea(tr("name@company.example\n@competitor.example\n+49 40 123456"),
                                    tr("Addresses, domains or numbers"))),
      m_linesField(new widgets::Field(tr("Add, one a line"), m_lines)),
      m_understood(new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted)),
      m_reason(new widgets::Combo(tr("Reason"))),
      m_add(new widgets::Button(widgets::Button::Kind::Secondary, tr("Add"))),
      m_import(new widgets::Button(widgets::Button::Kind::Secondary, tr("From a file…"))),
      m_search(new widgets::SearchField(tr("Find"), tr("Find in the suppression list"))),
      m_count(new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted)),
      m_stack(new QStackedWidget),
      m_table(new QTableWidget),
      m_empty(new widgets::EmptyState),
      m_remove(new widgets::Button(widgets::Button::Kind::Danger, tr("Remove"))),
      m_searching(new QTimer(this)),
      m_previewing(new QTimer(this)) {
    auto* column = page(
        tr("Nothing is sent to what stands here, whatever a strategy says. Hard bounces and opt-outs come here by themselves."));
    buildAdding(column);
    buildTable(column);
    for (QTimer* timer : {m_searching, m_previewing}) {
        timer->setSingleShot(true);
        timer->setInterval(whileTyping);
    }
    connect(m_search, &QLineEdit::textChanged, m_searching, qOverload<>(&QTimer::start));
    connect(m_searching, &QTimer::timeout, this, &SuppressionPanel::read);
    connect(m_lines, &QPlainTextEdit::textChanged, m_previewing, qOverload<>(&QTimer::start));
    connect(m_previewing, &QTimer::timeout, this, &SuppressionPanel::preview);
    connect(m_add, &QAbstractButton::clicked, this, &SuppressionPanel::add);
    connect(m_import, &QAbstractButton::clicked, this, &SuppressionPanel::chooseFile);
}

void SuppressionPanel::buildAdding(QVBoxLayout* column) {
    const theme::Tokens& t = theme::tokens(this);
    m_lines->setVisibleLines(3);
    column->addWidget(m_linesField);
    auto* adding = new QHBoxLayout;
    adding->setSpacing(t.space.s);
    for (const auto reason :
         {SuppressionReason::Manual, SuppressionReason::OptOut, SuppressionReason::DoNotContact, SuppressionReason::Complaint})
        m_reason->addChoice(text::suppressionReasonText(reason), int(reason));
    m_add->setAccessibleName(tr("Add to the suppression list"));
    m_import->setAccessibleName(tr("Add a file to the suppression list"));
    adding->addWidget(m_reason);
    adding->addWidget(m_add);
    adding->addWidget(m_import);
    m_understood->setEliding(true);
    adding->addWidget(m_understood, 1);
    column->addLayout(adding);
}

void SuppressionPanel::buildTable(QVBoxLayout* column) {
    const theme::Tokens& t = theme::tokens(this);
    auto* finding = new QHBoxLayout;
    finding->setSpacing(t.space.s);
    finding->addWidget(m_search, 1);
    finding->addWidget(m_count);
    finding->addWidget(m_remove);
    column->addLayout(finding);
    setUp(m_table, {tr("What"), tr("Kind"), tr("Reason"), tr("From"), tr("Since")}, tr("Suppression table"), t);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setMinimumHeight(t.size.row * 8);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    m_remove->bind(context().commands.add(m_table,
                                          {.id = QStringLiteral("suppression.remove"),
                                           .text = tr("Remove"),
                                           .group = tr("Suppression"),
                                           .icon = theme::Icon::Trash,
                                           .keys = {QKeySequence(Qt::Key_Delete)}},
                                          [this] { remove(); }));
    m_remove->setAccessibleName(tr("Remove from the suppression list"));
}

bool SuppressionPanel::hasUnsaved() const { return !m_lines->toPlainText().trimmed().isEmpty(); }

void SuppressionPanel::read() {
    const int generation = ++m_generation;
    deliver(context().workspace.suppressions().list(m_search->text().trimmed().toStdString(), mostShown), this,
            [this, generation](Result<SuppressionService::Page> page) {
                if (generation != m_generation)
                    return;
                if (page)
                    showEntries(std::move(page->entries), page->total);
                else
                    context().tell.failed(page.error(), tr("The suppression list cannot be shown."));
            });
}

void SuppressionPanel::showEntries(std::vector<Suppression> entries, qint64 total) {
    const auto dates = context().dates();
    const int before = m_table->currentRow();
    m_shown = std::move(entries);
    m_table->setRowCount(int(m_shown.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const Suppression& one = m_shown[std::size_t(row)];
        setRow(m_table, row,
               {keyText(one), kindName(one.kind), text::suppressionReasonText(one.reason), text::toQt(one.source),
                dates.shortDay(one.createdAt)});
    }
    if (m_table->rowCount() > 0)
        m_table->selectRow(std::clamp(before, 0, m_table->rowCount() - 1));
    m_remove->setEnabled(m_table->rowCount() > 0);
    m_count->setText(total > mostShown ? tr("the latest %1 of %2").arg(mostShown).arg(QLocale().toString(total))
                                       : text::counted(total, tr("entry"), tr("entries")));
    if (m_search->text().trimmed().isEmpty())
        m_empty->setText(tr("Nobody is suppressed"), tr("Who opts out, whose address does not exist and whom you add is here."));
    else
        m_empty->setText(tr("Nothing found"), tr("Neither an entry nor where it comes from has that in it."));
    m_stack->setCurrentIndex(m_table->rowCount() > 0 ? 0 : 1);
}

void SuppressionPanel::preview() {
    m_linesField->setError({});
    const QString lines = m_lines->toPlainText();
    const int generation = ++m_previewGeneration;
    if (lines.trimmed().isEmpty()) {
        m_understood->setText({});
        return;
    }
    deliver(context().workspace.suppressions().preview(lines.toStdString(), SuppressionReason(m_reason->value().toInt())), this,
            [this, generation](Result<Preview> preview) {
                if (generation == m_previewGeneration && preview)
                    m_understood->setText(previewText(*preview));
            });
}

void SuppressionPanel::add() {
    m_linesField->setError({});
    const QString lines = m_lines->toPlainText();
    if (lines.trimmed().isEmpty())
        return;
    ++m_previewGeneration;
    m_previewing->stop();
    deliver(context().workspace.suppressions().add(lines.toStdString(), SuppressionReason(m_reason->value().toInt()), {}, false),
            this, [this](Result<Preview> added) {
                if (!added) {
                    m_linesField->setError(added.error().code == ErrorCode::InvalidArgument
                                               ? tr("Neither an address nor a domain nor a number: %1. Nothing was added.")
                                                     .arg(text::isolated(text::toQt(added.error().detail)))
                                               : text::sentence(added.error()));
                    return;
                }
                m_lines->clear();
                m_understood->setText({});
                context().tell.done(tr("%1 suppressed.").arg(text::counted(added->added, tr("new entry"), tr("new entries"))));
                read();
            });
}

void SuppressionPanel::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Add a list"), {}, tr("Lists (*.csv *.txt *.tsv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SuppressionPanel::importFile);
    dialog->open();
}

void SuppressionPanel::importFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        context().tell.failed(Error(ErrorCode::FileUnreadable, path.toStdString()), tr("The list was not read."));
        return;
    }
    if (file.size() > mostBytes) {
        context().tell.failed(Error(ErrorCode::FileTooLarge, path.toStdString()), tr("The list was not read."));
        return;
    }
    const QByteArray bytes = file.readAll();
    const std::string text(bytes.constData(), std::size_t(bytes.size()));
    deliver(context().workspace.suppressions().preview(text, SuppressionReason(m_reason->value().toInt())), this,
            [this, name = QFileInfo(path).fileName(), text](Result<Preview> preview) {
                if (preview)
                    confirmFile(name, text, *preview);
                else
                    context().tell.failed(preview.error(), tr("The list was not read."));
            });
}

void SuppressionPanel::confirmFile(const QString& name, const std::string& text, const Preview& preview) {
    if (m_sheet)
        return;
    const theme::Tokens& t = theme::tokens(this);
    auto* sheet = new widgets::Sheet(this, tr("Suppress what is in %1").arg(text::isolated(name)));
    m_sheet = sheet;
    const QString found = previewText(preview);
    auto* what = new widgets::Label(theme::TextStyle::Body, widgets::Ink::Text,
                                    found.isEmpty() ? tr("There is nothing in it.") : QStringLiteral("%1.").arg(found));
    what->setWordWrap(true);
    sheet->body()->addWidget(what);
    auto* table = new QTableWidget;
    setUp(table, {tr("Understood as"), tr("Kind"), tr("Reason"), tr("State")}, tr("What is understood"), t);
    table->setMinimumHeight(t.size.row * 7);
    // What is not understood first: it is what has to be looked at.
    std::vector<const Line*> lines;
    for (const bool unreadable : {true, false}) {
        for (const Line& line : preview.lines) {
            if ((line.state == Line::State::Unreadable) == unreadable && lines.size() < mostInSheet)
                lines.push_back(&line);
        }
    }
    table->setRowCount(int(lines.size()));
    for (int row = 0; row < table->rowCount(); ++row) {
        const Line& line = *lines[std::size_t(row)];
        setRow(table, row,
               {text::toQt(line.kind ? line.key : line.text), line.kind ? kindName(*line.kind) : QString(),
                text::suppressionReasonText(line.reason), stateText(line.state)});
    }
    sheet->body()->addWidget(table);
    sheet->addCancel(tr("Cancel"));
    auto* go = sheet->addButton(widgets::Button::Kind::Primary, tr("Suppress %1").arg(QLocale().toString(qint64(preview.added))));
    go->setEnabled(preview.added > 0);
    connect(go, &QAbstractButton::clicked, this, [this, sheet, text, name] {
        sheet->finish();
        deliver(
            context().workspace.suppressions().add(text, SuppressionReason(m_reason->value().toInt()), name.toStdString(), true),
            this, [this](Result<Preview> added) {
                if (!added) {
                    context().tell.failed(added.error(), tr("The list was not added."));
                    return;
                }
                context().tell.done(tr("%1 suppressed.").arg(text::counted(added->added, tr("new entry"), tr("new entries"))));
                read();
            });
    });
    sheet->open(go->isEnabled() ? static_cast<QWidget*>(go) : table);
}

void SuppressionPanel::remove() {
    std::vector<SuppressionService::Entry> entries;
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows) {
        const Suppression& one = m_shown[std::size_t(row.row())];
        entries.push_back({one.kind, one.key});
    }
    if (entries.empty())
        return;
    const QString what = entries.size() == 1 ? text::isolated(keyText(m_shown[std::size_t(rows.front().row())]))
                                             : text::counted(qint64(entries.size()), tr("entry"), tr("entries"));
    deliver(context().workspace.suppressions().remove(std::move(entries)), this, [this, what](Result<int> done) {
        told(done ? Result<>() : Result<>(fail(done.error())), tr("No longer suppressed: %1.").arg(what));
        read();
    });
}

} // namespace outrider::settings
