// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/messages_panel.h"

#include "core/base/deliver.h"
#include "core/services/mailbox_service.h"
#include "core/services/writing_service.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/text_area.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace outrider::settings {

using text::toQt;
using widgets::Button;
using widgets::Field;
using widgets::Ink;
using widgets::Label;

MessagesPanel::MessagesPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Messages"), theme::Icon::Pencil,
            tr("snippets templates html plain text formatted markdown postal address unsubscribe one-click"), parent),
      m_mailbox(new widgets::Combo(tr("Mailbox"))),
      m_format(new widgets::Combo(tr("Form of its messages"))),
      m_postal(new widgets::TextArea({}, tr("Postal address"))),
      m_url(new QLineEdit),
      m_urlField(new Field(tr("One-click unsubscribing"), m_url)),
      m_save(new Button(Button::Kind::Primary, tr("Save"))),
      m_writing(new QWidget),
      m_noMailbox(explanation(tr("There is no mailbox yet."))),
      m_list(new QWidget),
      m_add(new Button(Button::Kind::Secondary, tr("New snippet"))) {
    auto* column = page(tr("Signature and opt-out line are with each mailbox."));
    column->addWidget(m_noMailbox);
    column->addWidget(buildWriting());
    column->addWidget(new widgets::Line);
    column->addWidget(buildSnippets());
    column->addStretch(1);
    m_noMailbox->hide();
    m_writing->setEnabled(false); // until it is read, or what is typed would be written over
}

QWidget* MessagesPanel::buildWriting() {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(m_writing, t.space.s);
    auto* two = new QHBoxLayout;
    two->setSpacing(t.space.m);
    m_format->addChoice(tr("Plain text"), int(MailFormat::Plain));
    m_format->addChoice(tr("Formatted"), int(MailFormat::Formatted));
    auto* format = new Field(tr("Form of its messages"), m_format);
    format->setHelp(tr("Formatted shows **bold**, *italic*, links and lists."));
    two->addWidget(new Field(tr("Mailbox"), m_mailbox), 1);
    two->addWidget(format, 2);
    column->addLayout(two);
    m_postal->setVisibleLines(2);
    auto* postal = new Field(tr("Postal address"), m_postal);
    postal->setHelp(tr("Stands under a strategy's messages. The United States and Canada ask for one."));
    column->addWidget(postal);
    m_url->setAccessibleName(tr("Address for one-click unsubscribing"));
    m_url->setPlaceholderText(QStringLiteral("https://…/{token}"));
    m_urlField->setHelp(tr("Only with a server of your own that takes the request (RFC 8058). {token} stands for the message."));
    column->addWidget(m_urlField);
    auto* foot = new QHBoxLayout;
    m_save->setAccessibleName(tr("Save how the mailbox writes"));
    foot->addWidget(m_save);
    foot->addStretch(1);
    column->addLayout(foot);
    connect(m_mailbox, &widgets::Combo::picked, this, &MessagesPanel::readWriting);
    connect(m_save, &QAbstractButton::clicked, this, &MessagesPanel::saveWriting);
    connect(m_url, &QLineEdit::returnPressed, this, &MessagesPanel::saveWriting);
    return m_writing;
}

QWidget* MessagesPanel::buildSnippets() {
    const theme::Tokens& t = theme::tokens(this);
    auto* part = new QWidget;
    auto* column = widgets::column(part, t.space.s);
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Snippets")));
    head->addStretch(1);
    m_add->setGlyph(theme::Icon::Plus);
    head->addWidget(m_add);
    column->addLayout(head);
    column->addWidget(explanation(
        tr("Texts with a name, for strategies and for what you write by hand. In a template {{> name}} stands for one.")));
    widgets::column(m_list, 0);
    column->addWidget(m_list);
    connect(m_add, &QAbstractButton::clicked, this, [this] { editSnippet({}); });
    return part;
}

bool MessagesPanel::concerns(const ChangeSet& changes) const {
    return (changes.touches(EntityKind::Mailbox) && !hasUnsaved()) || changes.touches(EntityKind::Setting);
}

bool MessagesPanel::hasUnsaved() const { return m_stored.mailbox && written() != m_stored; }

void MessagesPanel::read() {
    deliver(context().workspace.mailboxes().list(), this, [this](Result<std::vector<Mailbox>> mailboxes) {
        if (!mailboxes)
            return;
        std::erase_if(*mailboxes, [](const Mailbox& one) { return isPhoneLine(one.account); });
        const QVariant before = m_mailbox->value();
        m_mailbox->clear();
        for (const Mailbox& one : *mailboxes)
            m_mailbox->addChoice(toQt(one.address), qlonglong(one.id.value));
        if (before.isValid())
            m_mailbox->setValue(before);
        m_writing->setVisible(!mailboxes->empty());
        m_noMailbox->setVisible(mailboxes->empty());
        if (!hasUnsaved())
            readWriting();
    });
    readSnippets();
}

void MessagesPanel::readWriting() {
    const MailboxId id{m_mailbox->value().toLongLong()};
    if (!id)
        return;
    deliver(context().workspace.writing().mailbox(id), this, [this, generation = ++m_generation](Result<MailboxWriting> writing) {
        if (generation == m_generation && writing)
            showWriting(*writing);
    });
}

void MessagesPanel::showWriting(const MailboxWriting& writing) {
    m_stored = writing;
    m_writing->setEnabled(true);
    m_format->setValue(int(writing.format));
    m_postal->setPlainText(toQt(writing.postalAddress));
    m_url->setText(toQt(writing.unsubscribeUrl));
    m_urlField->setError({});
}

MailboxWriting MessagesPanel::written() const {
    return {.mailbox = m_stored.mailbox,
            .format = MailFormat(m_format->value().toInt()),
            .postalAddress = m_postal->toPlainText().trimmed().toStdString(),
            .unsubscribeUrl = m_url->text().trimmed().toStdString()};
}

void MessagesPanel::saveWriting() {
    deliver(context().workspace.writing().setMailbox(written()), this, [this, saved = written()](Result<> done) {
        m_urlField->setError(!done && done.error().code == ErrorCode::InvalidArgument
                                 ? tr("An address that begins with https:// and has {token} in it.")
                                 : QString());
        if (!done && done.error().code == ErrorCode::InvalidArgument) {
            m_url->setFocus(Qt::OtherFocusReason);
            return;
        }
        if (done)
            m_stored = saved;
        told(done, tr("Saved how %1 writes.").arg(text::isolated(m_mailbox->currentText())));
    });
}

void MessagesPanel::readSnippets() {
    deliver(context().workspace.writing().snippets(), this, [this](Result<std::vector<Snippet>> snippets) {
        if (!snippets || *snippets == m_snippets)
            return;
        m_snippets = std::move(*snippets);
        showSnippets();
    });
}

void MessagesPanel::showSnippets() {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = static_cast<QVBoxLayout*>(m_list->layout());
    while (QLayoutItem* item = column->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const Snippet& snippet : m_snippets) {
        auto* row = new QWidget;
        row->setMinimumHeight(t.size.row);
        auto* line = widgets::row(row, t.space.m);
        auto* name = new Label(theme::TextStyle::BodyStrong, Ink::Text, toQt(snippet.name));
        line->addWidget(name);
        auto* words = new Label(theme::TextStyle::Body, Ink::Muted, toQt(snippet.text).simplified());
        words->setEliding(true);
        line->addWidget(words, 1);
        auto* edit = new Button(Button::Kind::Ghost, tr("Edit"));
        edit->setSize(Button::Size::Small);
        edit->setAccessibleName(tr("Edit snippet %1").arg(toQt(snippet.name)));
        connect(edit, &QAbstractButton::clicked, this, [this, snippet] { editSnippet(snippet); });
        line->addWidget(edit);
        column->addWidget(row);
    }
}

void MessagesPanel::editSnippet(Snippet snippet) {
    auto* sheet = new widgets::Sheet(this, snippet.id ? tr("Snippet %1").arg(toQt(snippet.name)) : tr("New snippet"));
    m_sheet = sheet;
    auto* name = new QLineEdit(toQt(snippet.name));
    name->setAccessibleName(tr("Name of the snippet"));
    auto* words = new widgets::TextArea({}, tr("Text of the snippet"));
    words->setVisibleLines(8);
    words->setPlainText(toQt(snippet.text));
    auto* nameField = new Field(tr("Name"), name);
    nameField->setHelp(tr("Letters, digits, - and _"));
    auto* textField = new Field(tr("Text"), words);
    textField->setHelp(tr("Fields and choices work as in a template: Hi {{first_name|there}}, {Hello|Hey}"));
    sheet->body()->addWidget(nameField);
    sheet->body()->addWidget(textField);
    if (snippet.id) {
        auto* remove = sheet->addButton(Button::Kind::Danger, tr("Remove"));
        remove->setAccessibleName(tr("Remove the snippet"));
        connect(remove, &QAbstractButton::clicked, this, [this, id = snippet.id, sheet = m_sheet] {
            deliver(context().workspace.writing().removeSnippet(id), this, [this, sheet](Result<> done) {
                if (sheet && done)
                    sheet->finish();
                told(done, tr("Snippet removed. Templates with it wait until it is back."));
                readSnippets();
            });
        });
    }
    sheet->addCancel(tr("Cancel"));
    auto* save = sheet->addButton(Button::Kind::Primary, tr("Save"));
    save->setAccessibleName(tr("Save the snippet"));
    connect(save, &QAbstractButton::clicked, this, [this, id = snippet.id, name, words, nameField, sheet = m_sheet] {
        const std::string called = name->text().trimmed().toStdString();
        const std::string content = words->toPlainText().toStdString();
        const auto answered = [this, sheet, nameField](const Result<>& done) {
            if (!sheet)
                return;
            if (!done) {
                nameField->setError(done.error().code == ErrorCode::AlreadyExists ? tr("There is a snippet of that name.")
                                                                                  : QString());
                if (done.error().code != ErrorCode::AlreadyExists)
                    sheet->setError(text::sentence(done.error()));
                return;
            }
            sheet->finish();
            readSnippets();
        };
        if (id) {
            deliver(context().workspace.writing().editSnippet(id, called, content), this, answered);
        } else {
            deliver(context().workspace.writing().addSnippet(called, content), this,
                    [answered](const Result<SnippetId>& added) { answered(added ? Result<>() : Result<>(fail(added.error()))); });
        }
    });
    sheet->open(name);
}

} // namespace outrider::settings
