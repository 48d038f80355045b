// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/message_bar.h"

#include "core/base/deliver.h"
#include "core/services/writing_service.h"
#include "ui/lead_view/attachment_row.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"

#include <QBoxLayout>

namespace outrider::strategies {

namespace {

constexpr int asMailbox = -1;

} // namespace

MessageBar::MessageBar(const frame::Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_files(new lead_view::AttachmentRow(context, this)),
      m_attach(new widgets::Button(widgets::Button::Kind::Ghost, tr("Attach files"), this)),
      m_format(new widgets::Combo(tr("Form of the strategy's messages"), this)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, t.space.xs);
    column->addWidget(m_files);
    auto* row = new QHBoxLayout;
    row->setSpacing(t.space.s);
    m_attach->setGlyph(theme::Icon::File);
    row->addWidget(m_attach);
    row->addStretch(1);
    m_format->addChoice(tr("As the mailbox writes"), asMailbox);
    m_format->addChoice(tr("Plain text"), int(MailFormat::Plain));
    m_format->addChoice(tr("Formatted"), int(MailFormat::Formatted));
    m_format->setFlat(true);
    row->addWidget(m_format);
    column->addLayout(row);
    connect(m_attach, &QAbstractButton::clicked, m_files, &lead_view::AttachmentRow::choose);
    connect(m_files, &lead_view::AttachmentRow::changed, this, &MessageBar::saveFiles);
    connect(m_format, &widgets::Combo::picked, this, &MessageBar::saveFormat);
}

void MessageBar::takeDrops(QWidget* from) { m_files->takeDrops(from); }

void MessageBar::setStrategy(StrategyId id) {
    m_strategy = id;
    m_format->setVisible(bool(id));
    readFormat();
}

void MessageBar::showStep(const Step* step) {
    const bool mail = step != nullptr && step->channel == Channel::Email;
    setVisible(mail);
    const StepId id = mail ? step->id : StepId{};
    m_attach->setEnabled(bool(id));
    m_attach->setToolTip(id ? QString() : tr("A step has files from its first version on."));
    if (id == m_step)
        return;
    m_step = id;
    m_files->setFiles({});
    readFiles();
}

void MessageBar::refresh() {
    readFiles();
    readFormat();
}

void MessageBar::readFiles() {
    ++m_generation;
    if (!m_step)
        return;
    deliver(m_context.workspace.writing().attachmentsOf(m_step), this,
            [this, generation = m_generation](Result<std::vector<MailAttachment>> files) {
                if (generation == m_generation && files)
                    m_files->setFiles(std::move(*files));
            });
}

void MessageBar::readFormat() {
    if (!m_strategy)
        return;
    deliver(m_context.workspace.writing().formatOf(m_strategy), this,
            [this, strategy = m_strategy](Result<std::optional<MailFormat>> format) {
                if (strategy == m_strategy && format)
                    m_format->setValue(*format ? int(**format) : asMailbox);
            });
}

void MessageBar::saveFiles() {
    if (!m_step) // dropped on a step that has no place for them yet
        return m_files->setFiles({});
    deliver(m_context.workspace.writing().setAttachments(m_step, m_files->files()), this, [this](Result<> saved) {
        if (!saved)
            m_context.tell.failed(saved.error(), tr("The files were not saved"));
        readFiles();
    });
}

void MessageBar::saveFormat() {
    const int value = m_format->value().toInt();
    deliver(
        m_context.workspace.writing().setFormat(m_strategy, value == asMailbox ? std::nullopt : std::optional(MailFormat(value))),
        this, [this](Result<> saved) {
            if (!saved)
                m_context.tell.failed(saved.error(), tr("The form was not saved"));
            readFormat();
        });
}

} // namespace outrider::strategies
