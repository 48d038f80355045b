// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/attachment_row.h"

#include "core/base/deliver.h"
#include "core/services/writing_service.h"
#include "ui/lead_view/flow_layout.h"
#include "ui/text/dates.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>
#include <QDropEvent>
#include <QFileDialog>
#include <QMimeData>

namespace outrider::lead_view {

using text::toQt;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

QStringList filesOf(const QMimeData* data) {
    QStringList paths;
    if (data == nullptr || !data->hasUrls())
        return paths;
    for (const QUrl& url : data->urls()) {
        if (!url.isLocalFile())
            return {};
        paths.append(url.toLocalFile());
    }
    return paths;
}

} // namespace

AttachmentRow::AttachmentRow(const frame::Context& context, QWidget* parent) : QWidget(parent), m_context(context) {
    setLayout(new FlowLayout(this, theme::tokens(this).space.s));
    hide();
}

void AttachmentRow::setFiles(std::vector<MailAttachment> files) {
    ++m_generation;
    m_files = std::move(files);
    showFiles();
}

void AttachmentRow::choose() {
    auto* dialog = new QFileDialog(this, tr("Attach files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &AttachmentRow::add);
    dialog->open();
}

void AttachmentRow::add(const QStringList& paths) {
    std::vector<std::string> files;
    for (const QString& path : paths)
        files.push_back(path.toStdString());
    if (files.empty())
        return;
    deliver(m_context.workspace.writing().readFiles(std::move(files)), this,
            [this, generation = m_generation](Result<std::vector<MailAttachment>> read) {
                if (generation != m_generation)
                    return;
                if (!read) {
                    m_context.tell.failed(read.error(), tr("The file was not attached"));
                    return;
                }
                std::int64_t size = 0;
                for (const auto* some : {&m_files, &*read}) {
                    for (const MailAttachment& one : *some)
                        size += one.size;
                }
                if (size > mostAttachmentBytes || m_files.size() + read->size() > mostAttachments) {
                    m_context.tell.failed(Error(ErrorCode::MessageTooLarge, text::fileSize(mostAttachmentBytes).toStdString()),
                                          tr("The file was not attached"));
                    return;
                }
                for (MailAttachment& one : *read) {
                    std::erase_if(m_files, [&](const MailAttachment& other) { return other.name == one.name; });
                    m_files.push_back(std::move(one));
                }
                showFiles();
                Q_EMIT changed();
            });
}

void AttachmentRow::takeDrops(QWidget* from) {
    from->setAcceptDrops(true);
    from->installEventFilter(this);
}

bool AttachmentRow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove && event->type() != QEvent::Drop)
        return QWidget::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    const QStringList paths = filesOf(drop->mimeData());
    if (paths.isEmpty())
        return QWidget::eventFilter(watched, event);
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop)
        add(paths);
    return true;
}

void AttachmentRow::showFiles() {
    while (QLayoutItem* item = layout()->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const theme::Tokens& t = theme::tokens(this);
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const QString name = toQt(m_files[i].name);
        auto* file = new QWidget(this);
        auto* row = widgets::row(file, t.space.xs);
        row->addWidget(new widgets::IconLabel(theme::Icon::File, Ink::Muted, t.size.iconSmall));
        row->addWidget(new Label(theme::TextStyle::Meta, Ink::Text, tr("%1, %2").arg(name, text::fileSize(m_files[i].size))));
        auto* remove = new Button(theme::Icon::Cross, tr("Take off %1").arg(name));
        remove->setSize(Button::Size::Small);
        connect(remove, &QAbstractButton::clicked, this, [this, i] {
            m_files.erase(m_files.begin() + std::ptrdiff_t(i));
            showFiles();
            Q_EMIT changed();
        });
        row->addWidget(remove);
        layout()->addWidget(file);
    }
    setVisible(!m_files.empty());
}

} // namespace outrider::lead_view
