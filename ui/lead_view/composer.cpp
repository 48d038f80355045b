// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/composer.h"

#include "ui/lead_view/note_field.h"
#include "ui/text/tr.h"
#include "ui/widgets/segmented.h"

#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace outrider::lead_view {

namespace {

constexpr std::array tabIds{"note", "mail", "call", "todo"};

QString idOf(int tab) { return QString::fromLatin1(tabIds[std::size_t(tab)]); }

} // namespace

Composer::Composer(const frame::Context& context, QWidget* parent)
    : Card(parent),
      m_context(context),
      m_tabs(new widgets::TabBar(tr("Write"), this)),
      m_note(new NoteField(context, this)),
      m_mail(new MailForm(context, this)),
      m_call(new CallForm(context, this)),
      m_todo(new TodoForm(context, this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    setAccessibleName(tr("Write"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    auto* column = widgets::column(
        this, 0, QMargins(tokens.size.hairline, tokens.size.hairline, tokens.size.hairline, tokens.size.hairline));
    column->addWidget(m_tabs);
    m_note->setFramed(false);
    for (QWidget* form : forms())
        column->addWidget(form);
    choose(Note);
    markTabs();
    connect(m_tabs, &widgets::TabBar::chosen, this, [this](const QString& id) {
        const auto found =
            std::find_if(tabIds.begin(), tabIds.end(), [&](const char* known) { return id == QLatin1String(known); });
        switch (Tab(found - tabIds.begin())) {
        case Note:
            writeNote();
            break;
        case Mail:
            writeMail();
            break;
        case Call:
            logCall();
            break;
        case Todo:
            addTodo(m_todo->draft().channel);
            break;
        }
    });
    connect(m_note, &NoteField::edited, this, &Composer::markTabs);
    connect(m_mail, &MailForm::edited, this, &Composer::markTabs);
    connect(m_call, &CallForm::edited, this, &Composer::markTabs);
    connect(m_todo, &TodoForm::edited, this, &Composer::markTabs);
    connect(m_note, &NoteField::closed, this, &Composer::left);
    connect(m_mail, &MailForm::closed, this, &Composer::left);
    connect(m_call, &CallForm::closed, this, &Composer::left);
    connect(m_todo, &TodoForm::closed, this, &Composer::left);

    // Stored: the draft of that lead is done with, also when another one is shown by now.
    connect(m_note, &NoteField::saved, this, [this](LeadId lead) {
        if (lead != m_lead)
            m_drafts[lead].note.clear();
        markTabs();
        Q_EMIT worked(lead);
    });
    connect(m_mail, &MailForm::sent, this, [this](LeadId lead) {
        if (lead != m_lead)
            m_drafts[lead].mail = {};
        else
            choose(Note);
        markTabs();
        Q_EMIT worked(lead);
    });
    connect(m_call, &CallForm::logged, this, [this](LeadId lead) {
        if (lead != m_lead)
            m_drafts[lead].call = {};
        else
            choose(Note);
        markTabs();
        Q_EMIT worked(lead);
    });
    connect(m_todo, &TodoForm::added, this, [this](LeadId lead) {
        if (lead != m_lead)
            m_drafts[lead].todo = {};
        else
            choose(Note);
        markTabs();
        Q_EMIT worked(lead);
    });
}

Composer::Draft Composer::current() const {
    return {.tab = m_tab, .note = m_note->draft(), .mail = m_mail->draft(), .call = m_call->draft(), .todo = m_todo->draft()};
}

void Composer::keep() {
    if (!m_lead)
        return;
    Draft draft = current();
    if (draft.isWorthKeeping())
        m_drafts[m_lead] = std::move(draft);
    else
        m_drafts.erase(m_lead);
}

void Composer::open(const LeadDetail& detail) {
    if (detail.lead.id == m_lead)
        return; // a refresh never touches what is being typed
    keep();
    m_lead = detail.lead.id;
    const auto kept = m_drafts.find(m_lead);
    const Draft draft = kept == m_drafts.end() ? Draft{} : kept->second;
    const QString name = text::toQt(displayName(detail.lead));
    m_note->start(m_lead, draft.note);
    m_mail->start(m_lead, name, draft.mail);
    m_call->start(m_lead, name, draft.call);
    m_todo->start(m_lead, name, draft.todo);
    choose(draft.tab);
    markTabs();
}

void Composer::close() {
    keep();
    m_lead = {};
}

bool Composer::hasUnsaved() const {
    if (m_lead && current().isWorthKeeping())
        return true;
    return std::any_of(m_drafts.begin(), m_drafts.end(),
                       [this](const auto& entry) { return entry.first != m_lead && entry.second.isWorthKeeping(); });
}

void Composer::choose(Tab tab) {
    m_tab = tab;
    const auto all = forms();
    for (std::size_t i = 0; i < all.size(); ++i) // the one in front alone says how high the card is
        all[i]->setVisible(int(i) == tab);
    m_tabs->setCurrent(idOf(tab));
}

std::array<QWidget*, 4> Composer::forms() const { return {m_note, m_mail, m_call, m_todo}; }

// Which tabs hold something unsaved; only when that has changed, not at every letter.
void Composer::markTabs() {
    const Draft draft = current();
    const std::array unsaved{!draft.note.isEmpty(), draft.mail.isWorthKeeping(), draft.call.isWorthKeeping(),
                             draft.todo.isWorthKeeping()};
    if (m_marked == unsaved)
        return;
    m_marked = unsaved;
    using theme::Icon;
    m_tabs->setTabs({{.id = idOf(Note), .label = tr("Note"), .changed = unsaved[Note], .icon = Icon::StickyNote},
                     {.id = idOf(Mail), .label = tr("E-mail"), .changed = unsaved[Mail], .icon = Icon::Mail},
                     {.id = idOf(Call), .label = tr("Call log"), .changed = unsaved[Call], .icon = Icon::Phone},
                     {.id = idOf(Todo), .label = tr("To-do"), .changed = unsaved[Todo], .icon = Icon::SquareCheck}});
    m_tabs->setCurrent(idOf(m_tab));
}

void Composer::writeNote() {
    choose(Note);
    m_note->begin();
}

void Composer::writeMail() {
    choose(Mail);
    if (!m_mail->draft().base)
        m_mail->writeNew();
    m_mail->begin();
}

void Composer::answer(MessageId message) {
    choose(Mail);
    m_mail->writeAnswer(message);
    m_mail->begin();
}

void Composer::sendStep(TaskId task) {
    choose(Mail);
    m_mail->writeStep(task);
    m_mail->begin();
}

void Composer::logCall(TaskId task, bool goingOn) {
    choose(Call);
    if (goingOn)
        m_call->startCall(task);
    else if (task)
        m_call->setTask(task);
    m_call->begin();
}

void Composer::addTodo(Channel channel) {
    choose(Todo);
    m_todo->setChannel(channel);
    m_todo->begin();
}

void Composer::paintEvent(QPaintEvent* event) {
    Card::paintEvent(event);
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this); // an input: its frame must be seen
    paint::drawCard(&painter, rect(), tokens.size.radiusCard, tokens.color.surface, tokens.color.control);
}

} // namespace outrider::lead_view
