// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/past_imports.h"

#include "core/base/deliver.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace outrider::imports {

using text::toQt;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int most = 8;

} // namespace

PastImports::PastImports(const frame::Context& context, QWidget* parent) : QWidget(parent), m_context(context) {
    const theme::Tokens& t = theme::tokens(this);
    m_rows = widgets::column(this, t.space.s, {0, t.space.xl, 0, 0});
}

void PastImports::read() {
    const int generation = ++m_generation;
    deliver(m_context.workspace.imports().list(most), this, [this, generation](Result<std::vector<ImportBatch>> batches) {
        if (generation != m_generation)
            return;
        if (batches)
            show(*batches);
        else
            m_context.tell.failed(batches.error(), tr("The imports so far cannot be shown."));
    });
}

void PastImports::show(const std::vector<ImportBatch>& batches) {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    if (batches.empty())
        return;
    const theme::Tokens& t = theme::tokens(this);
    m_rows->addWidget(new Label(TextStyle::Section, Ink::Text, tr("Imports so far")));
    const text::Dates dates = m_context.dates();
    for (const ImportBatch& batch : batches) {
        auto* line = new QWidget;
        line->setMinimumWidth(t.size.textColumn);
        auto* row = widgets::row(line, t.space.m);
        row->addWidget(new widgets::IconLabel(theme::Icon::File));
        auto* name = new Label(TextStyle::BodyStrong, Ink::Text, toQt(batch.fileName));
        name->setEliding(true, Qt::ElideMiddle);
        row->addWidget(name, 1);
        row->addWidget(new Label(
            TextStyle::Body, Ink::Muted,
            tr("%1 new, %2 updated")
                .arg(text::counted(batch.added, tr("lead"), tr("leads")), QLocale().toString(qlonglong(batch.updated)))));
        if (batch.errors > 0) {
            auto* save = new widgets::Button(widgets::Button::Kind::Secondary,
                                             tr("Save %1 to review…").arg(text::counted(batch.errors, tr("row"), tr("rows"))));
            save->setSize(widgets::Button::Size::Small);
            connect(save, &QAbstractButton::clicked, this,
                    [this, id = batch.id, file = toQt(batch.fileName)] { saveRefusedRows(m_context, this, id, file); });
            row->addWidget(save);
        }
        row->addWidget(new Label(TextStyle::Meta, Ink::Muted, dates.moment(batch.createdAt)));
        m_rows->addWidget(line);
    }
}

void saveRefusedRows(const frame::Context& context, QWidget* parent, ImportId id, const QString& fileName) {
    const QString suggested =
        QDir::home().filePath(PastImports::tr("%1 to review.csv").arg(QFileInfo(fileName).completeBaseName()));
    auto* dialog =
        new QFileDialog(parent, PastImports::tr("Save the rows to review"), suggested, PastImports::tr("Tables (*.csv)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggested);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [&context, parent, id](const QString& path) {
        deliver(context.workspace.imports().writeErrors(id, path.toStdString()), parent, [&context, path](Result<> written) {
            if (written)
                context.tell.info(
                    PastImports::tr("Saved. Mend the rows in %1 and drop the file on this window.").arg(text::isolated(path)));
            else
                context.tell.failed(written.error(), PastImports::tr("The rows were not saved."));
        });
    });
    dialog->open();
}

} // namespace outrider::imports
