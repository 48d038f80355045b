// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/mailboxes_panel.h"

#include "core/base/deliver.h"
#include "core/services/mail_history_service.h"
#include "ui/settings/account_sign_in.h"
#include "ui/settings/check_card.h"
#include "ui/settings/dns_card.h"
#include "ui/settings/health_card.h"
#include "ui/settings/mailbox_form.h"
#include "ui/settings/mailbox_list.h"
#include "ui/text/account_text.h"
#include "ui/text/error_text.h"
#include "ui/text/mailbox_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QListView>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>

namespace outrider::settings {

using widgets::Button;
using widgets::Ink;
using widgets::Label;

MailboxesPanel::MailboxesPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Mailboxes"), theme::Icon::Mail, tr("e-mail address server SMTP IMAP password signature limit opt-out"),
            parent),
      m_model(new MailboxListModel(this)),
      m_list(new QListView),
      m_count(new Label(theme::TextStyle::Section)),
      m_add(new Button(Button::Kind::Ghost, tr("Add"))),
      m_stack(new QStackedWidget),
      m_empty(new widgets::EmptyState),
      m_title(new Label(theme::TextStyle::Title)),
      m_state(new widgets::ChipLabel),
      m_signs(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_banner(new widgets::Banner),
      m_pause(new Button(Button::Kind::Secondary, tr("Pause"))),
      m_remove(new Button(Button::Kind::Danger, tr("Remove"))),
      m_test(new Button(Button::Kind::Secondary, tr("Test"))),
      m_account(new AccountSignIn(context)),
      m_check(new CheckCard),
      m_dns(new DnsCard(context)),
      m_health(new HealthCard),
      m_cards(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_form(new MailboxForm),
      m_foot(nullptr),
      m_save(new Button(Button::Kind::Primary, tr("Save"))),
      m_discard(new Button(Button::Kind::Secondary, tr("Discard"))) {
    m_sides = widgets::row(this, 0);
    m_side = buildList();
    m_sides->addWidget(m_side);
    m_sides->addWidget(m_stack, 1);
    m_stack->addWidget(buildDetail());
    m_stack->addWidget(m_empty);
    m_empty->setText(tr("No mailbox yet"), tr("Strategies send from a mailbox of yours, and answers come back to it."));
    connect(m_empty->addButton(tr("Add a mailbox"), true), &QAbstractButton::clicked, this, &MailboxesPanel::addNew);
    addCommands();
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (!m_selecting)
            showRow(index.row());
    });
    connect(m_form, &MailboxForm::edited, this, &MailboxesPanel::updateButtons);
    connect(m_check, &CheckCard::cancelAsked, this, [this] {
        if (m_testProgress)
            m_testProgress->cancel();
    });
    connect(m_discard, &QAbstractButton::clicked, this, &MailboxesPanel::discard);
    connect(m_form, &MailboxForm::edited, this, &MailboxesPanel::followKind);
    connect(m_dns, &DnsCard::changed, this, &MailboxesPanel::followKind);
    connect(m_dns, &DnsCard::healthChanged, m_health, &HealthCard::setHealth);
    connect(m_account, &AccountSignIn::saveFirst, this, &MailboxesPanel::save);
    connect(m_banner, &widgets::Banner::verbClicked, this, [this] {
        if (m_mailbox.state == MailboxState::Paused)
            togglePaused();
        else if (text::reconnectReason(m_mailbox).isEmpty())
            m_form->secret()->setFocus(Qt::OtherFocusReason);
        else
            m_account->start();
    });
}

QWidget* MailboxesPanel::buildList() {
    const theme::Tokens& t = theme::tokens(this);
    auto* pane = new widgets::Area(widgets::Area::Ground::Surface, Qt::RightEdge);
    auto* column = widgets::column(pane, 0, {0, 0, t.size.hairline, 0});
    auto* head = new QWidget;
    head->setMinimumHeight(t.size.filterBar);
    auto* row = widgets::row(head, t.space.s, {t.space.l, 0, t.space.s, 0});
    row->addWidget(m_count, 1);
    m_add->setGlyph(theme::Icon::Plus);
    row->addWidget(m_add);
    column->addWidget(head);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new MailboxDelegate(m_list));
    m_list->setAccessibleName(tr("Mailboxes"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_list, 1);
    return pane;
}

QWidget* MailboxesPanel::buildDetail() {
    const theme::Tokens& t = theme::tokens(this);
    auto* detail = new QWidget;
    auto* column = widgets::column(detail, 0);
    column->addWidget(m_banner);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(scroll, 1);
    auto* content = new QWidget;
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto* inner = widgets::column(content, t.space.m, {t.space.xl, t.space.l, t.space.xl, t.space.l});

    m_head = new QBoxLayout(QBoxLayout::LeftToRight);
    m_head->setSpacing(t.space.s);
    auto* name = new QHBoxLayout;
    name->setSpacing(t.space.s);
    m_title->setEliding(true, Qt::ElideMiddle);
    name->addWidget(m_title);
    name->addWidget(m_state);
    name->addStretch(1);
    m_head->addLayout(name, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(t.space.s);
    buttons->addWidget(m_remove);
    buttons->addWidget(m_pause);
    buttons->addWidget(m_test);
    buttons->addStretch(0);
    m_head->addLayout(buttons);
    m_test->setGlyph(theme::Icon::Refresh);
    m_pause->setGlyph(theme::Icon::Pause);
    inner->addLayout(m_head);
    m_signs->setWordWrap(true);
    inner->addWidget(m_signs);
    inner->addWidget(m_account);
    m_cards->setSpacing(t.space.m);
    m_cards->addWidget(m_check, 1);
    m_cards->addWidget(m_dns, 1);
    inner->addLayout(m_cards);
    inner->addWidget(m_health);
    inner->addWidget(m_form);
    inner->addStretch(1);

    auto* foot = new widgets::Bar(widgets::Bar::Kind::Action);
    m_foot = foot;
    foot->addStretch();
    foot->add(m_discard);
    foot->add(m_save);
    column->addWidget(foot);
    foot->hide();
    return detail;
}

void MailboxesPanel::addCommands() {
    const auto add = [&](const char* id, const QString& text, theme::Icon icon, const QList<QKeySequence>& keys,
                         std::function<void()> run) {
        return context().commands.add(this,
                                      {.id = QLatin1String("mailboxes.") + QLatin1String(id),
                                       .text = text,
                                       .group = tr("Mailboxes"),
                                       .icon = icon,
                                       .keys = keys},
                                      std::move(run));
    };
    m_add->bind(add("add", tr("Add"), theme::Icon::Plus, {QKeySequence(tr("N"))}, [this] { addNew(); }));
    m_add->setAccessibleName(tr("Add a mailbox"));
    m_testAction = add("test", tr("Test"), theme::Icon::Refresh, {QKeySequence(Qt::Key_F5)}, [this] { test(); });
    m_test->bind(m_testAction);
    m_pauseAction = add("pause", tr("Pause"), theme::Icon::Pause, {QKeySequence(tr("P"))}, [this] { togglePaused(); });
    m_pause->bind(m_pauseAction);
    m_probeAction =
        add("probe", tr("Send a probe"), theme::Icon::Send, {QKeySequence(tr("Ctrl+F5"))}, [this] { m_dns->probe(); });
    m_dns->probeButton()->bind(m_probeAction);
    m_remove->bind(add("remove", tr("Remove"), theme::Icon::Trash, {}, [this] { remove(); }));
    m_saveAction = add("save", tr("Save"), theme::Icon::Check, {QKeySequence(tr("Ctrl+S"))}, [this] { save(); });
    m_save->bind(m_saveAction);
}

void MailboxesPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    const theme::Tokens& t = theme::tokens(this);
    const int side = t.size.rail + t.space.xl;
    const bool narrow = width() - side < t.size.rail * 2;
    m_sides->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_side->setMinimumWidth(narrow ? 0 : side);
    m_side->setMaximumWidth(narrow ? QWIDGETSIZE_MAX : side);
    m_side->setMaximumHeight(narrow ? t.size.filterBar + 2 * t.size.twoLineRow : QWIDGETSIZE_MAX);
    m_head->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const bool tight = width() - (narrow ? 0 : side) < 3 * t.size.rail + t.space.xxl;
    m_form->setNarrow(tight);
    m_health->setNarrow(tight);
    m_cards->setDirection(tight ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void MailboxesPanel::openMailbox(std::optional<MailboxId> id) {
    if (!id) {
        addNew();
        return;
    }
    const int row = m_model->rowOf(*id);
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row, 0));
    else
        m_wanted = id;
}

void MailboxesPanel::read() {
    const int generation = ++m_generation;
    deliver(context().workspace.mailHistory().readings(), this, [this](Result<std::vector<ReadingState>> readings) {
        if (readings)
            m_model->setReadings(std::move(*readings), context().dates());
    });
    deliver(context().workspace.deliverability().overview(), this,
            [this, generation](Result<std::vector<DeliverabilityService::Overview>> all) {
                if (generation != m_generation)
                    return;
                if (!all) {
                    context().tell.failed(all.error(), tr("The mailboxes cannot be shown."));
                    return;
                }
                m_count->setText(text::counted(qint64(all->size()), tr("mailbox"), tr("mailboxes")));
                {
                    const QScopedValueRollback selecting(m_selecting, true);
                    m_model->set(std::move(*all));
                }
                if (m_new)
                    return; // the one being added stays on screen
                const int wanted = m_model->rowOf(m_wanted.value_or(m_mailbox.id));
                m_wanted.reset();
                const int row = m_model->rowCount() == 0 ? -1 : std::max(0, wanted);
                {
                    const QScopedValueRollback selecting(m_selecting, true);
                    m_list->setCurrentIndex(m_model->index(row, 0));
                }
                const Mailbox* now = m_model->at(row);
                m_stack->setCurrentIndex(now != nullptr ? 0 : 1);
                if (now == nullptr) {
                    m_mailbox = {};
                    return;
                }
                if (now->id == m_mailbox.id && m_form->isChanged()) {
                    m_mailbox.state = now->state; // the edits stay; what others did to it shows
                    m_mailbox.stateReason = now->stateReason;
                    m_mailbox.stateDetail = now->stateDetail;
                    updateHead();
                } else if (now->id != m_mailbox.id || *now != m_mailbox) {
                    const bool same = now->id == m_mailbox.id;
                    if (same) {
                        m_mailbox = *now;
                        m_form->setMailbox(*now, false);
                        updateHead();
                    } else {
                        showMailbox(*now, false);
                    }
                }
                showUsage();
            });
}

bool MailboxesPanel::concerns(const ChangeSet& changes) const {
    return changes.touches(EntityKind::Mailbox) || changes.touches(EntityKind::Outbox);
}

bool MailboxesPanel::hasUnsaved() const { return m_form->isChanged() && m_stack->currentIndex() == 0; }

bool MailboxesPanel::mayLeave() {
    if (!hasUnsaved())
        return true;
    askAboutEdits([] {});
    return false;
}

void MailboxesPanel::takeFocus() {
    if (m_new)
        m_form->focusStart();
    else if (m_model->rowCount() > 0)
        m_list->setFocus(Qt::OtherFocusReason);
    else
        Panel::takeFocus();
}

void MailboxesPanel::showRow(int row) {
    const Mailbox* mailbox = m_model->at(row);
    if (mailbox == nullptr || (!m_new && mailbox->id == m_mailbox.id))
        return;
    if (m_stack->currentIndex() == 0 && m_form->isChanged()) {
        const MailboxId wanted = mailbox->id;
        {
            const QScopedValueRollback selecting(m_selecting, true);
            m_list->setCurrentIndex(m_model->index(m_new ? -1 : m_model->rowOf(m_mailbox.id), 0));
        }
        askAboutEdits([this, wanted] { openMailbox(wanted); });
        return;
    }
    showMailbox(*mailbox, false);
    showUsage();
}

void MailboxesPanel::addNew() {
    if (m_stack->currentIndex() == 0 && m_form->isChanged()) {
        askAboutEdits([this] { addNew(); });
        return;
    }
    Mailbox fresh;
    fresh.kind = context().workspace.isPractice() ? MailboxKind::Practice : MailboxKind::Mail;
    {
        const QScopedValueRollback selecting(m_selecting, true);
        m_list->setCurrentIndex({});
    }
    showMailbox(fresh, true);
    m_stack->setCurrentIndex(0);
    m_form->focusStart();
}

void MailboxesPanel::showMailbox(const Mailbox& mailbox, bool isNew) {
    ++m_testGeneration; // a running test was for another one
    if (m_testProgress)
        m_testProgress->cancel();
    m_testProgress.reset();
    m_mailbox = mailbox;
    m_new = isNew;
    m_form->setMailbox(mailbox, isNew);
    m_stack->setCurrentIndex(0);
    m_form->setNow(context().workspace.clock().now());
    m_dns->setMailbox(mailbox);
    m_dns->read();
    m_check->showIdle(mailbox.checkedAt ? tr("last passed %1").arg(context().dates().brief(*mailbox.checkedAt)) : QString());
    updateHead();
    updateButtons();
}

void MailboxesPanel::updateHead() {
    followKind();
    m_title->setText(m_new ? tr("New mailbox") : text::toQt(m_mailbox.address));
    m_state->setVisible(!m_new);
    m_state->setChip(mailboxChip(m_mailbox));
    m_state->setMinimumWidth(m_state->sizeHint().width());
    m_pause->setVisible(!m_new);
    m_remove->setVisible(!m_new);
    m_pauseAction->setText(m_mailbox.state == MailboxState::Paused ? tr("Resume") : tr("Pause"));
    const QString attention = attentionText(m_mailbox);
    if (attention.isEmpty())
        m_banner->hide();
    else
        m_banner->show(widgets::Banner::Tone::Bad, attention,
                       m_mailbox.state == MailboxState::Paused       ? tr("Resume")
                       : m_mailbox.kind == MailboxKind::Practice     ? QString()
                       : !text::reconnectReason(m_mailbox).isEmpty() ? reconnectVerb(m_mailbox)
                       : m_mailbox.account == AccountKind::Resend    ? tr("Enter the API key")
                                                                     : tr("Enter the password"));
    if (m_new) {
        m_signs->setText(m_mailbox.kind == MailboxKind::Practice
                             ? QString()
                             : tr("Type the address; the servers are filled in as far as they can be guessed."));
    } else {
        const QString who = m_mailbox.displayName.empty() ? text::toQt(m_mailbox.address) : text::toQt(m_mailbox.displayName);
        m_signs->setText(tr("Signs as %1.").arg(text::isolated(who)));
    }
}

// What the kind asks for beside the fields: a sign-in in the browser; a test only of what can be signed in to.
void MailboxesPanel::followKind() {
    Mailbox shown = m_mailbox;
    if (m_new)
        shown.account = m_form->mailbox().account;
    m_account->setMailbox(shown, m_new);
    const bool testable =
        shown.kind != MailboxKind::Mail || !signsInByBrowser(shown.account) || (!m_new && text::reconnectReason(shown).isEmpty());
    m_check->setVisible(testable);
    m_testAction->setEnabled(testable);
    m_dns->setVisible(!m_new);
    m_health->setVisible(!m_new);
    m_probeAction->setEnabled(!m_new && shown.kind == MailboxKind::Mail && !shown.imap.host.empty() && !m_dns->isProbing());
}

void MailboxesPanel::showUsage() {
    const auto* one = m_model->overview(m_model->rowOf(m_mailbox.id));
    if (m_new || one == nullptr)
        return;
    const QString who = m_mailbox.displayName.empty() ? text::toQt(m_mailbox.address) : text::toQt(m_mailbox.displayName);
    const QString reads = m_mailbox.kind == MailboxKind::Mail && m_mailbox.imap.host.empty()
                              ? tr("Replies are not read.")
                              : tr("Replies are read from %1.").arg(text::isolated(text::toQt(m_mailbox.inboxFolder)));
    m_signs->setText(tr("Signs as %1. %2 %3 of %4 sent in the last 24 hours, %5 waiting.")
                         .arg(text::isolated(who), reads)
                         .arg(one->sentInADay)
                         .arg(one->limitToday)
                         .arg(one->waiting));
    m_health->setHealth(one->health);
}

void MailboxesPanel::updateButtons() {
    const bool changed = m_form->isChanged();
    m_foot->setVisible(changed || m_new);
    m_saveAction->setEnabled(changed);
    m_saveAction->setText(m_new ? tr("Add the mailbox") : tr("Save"));
    // One filled button at a time: saving comes first.
    m_test->setKind(m_foot->isHidden() ? Button::Kind::Primary : Button::Kind::Secondary);
}

void MailboxesPanel::save() {
    if (!m_form->isChanged() || !m_form->validate())
        return;
    const Mailbox mailbox = m_form->mailbox();
    const auto secret = m_form->secret()->copy(); // forgotten once it is in the vault
    const auto imapSecret = m_form->imapSecret()->copy();
    const bool isNew = m_new;
    MailboxService& service = context().workspace.mailboxes();
    const auto ended = [this, mailbox, isNew, imapSecret](const Result<MailboxId>& saved) {
        if (saved) {
            if (imapSecret)
                deliver(context().workspace.mailboxes().setImapSecret(*saved, imapSecret), this, [this](Result<> kept) {
                    if (!kept)
                        context().tell.failed(kept.error(), tr("The password to read with was not saved."));
                });
            context().tell.done(isNew ? tr("New mailbox: %1.").arg(text::isolated(text::toQt(mailbox.address)))
                                      : tr("%1 saved.").arg(text::isolated(text::toQt(mailbox.address))));
            m_new = false;
            m_mailbox = mailbox;
            m_mailbox.id = *saved;
            m_wanted = *saved;
            m_form->setMailbox(m_mailbox, false);
            updateHead();
            updateButtons();
            read();
            if (isNew && signsInByBrowser(m_mailbox.account))
                m_account->start();
            else if (isNew)
                test();
            return;
        }
        if (saved.error().code == ErrorCode::InvalidEmail || saved.error().code == ErrorCode::AlreadyExists)
            m_form->showFaults({{MailboxField::Address, text::sentence(saved.error())}});
        else
            context().tell.failed(saved.error(), tr("The mailbox was not saved."));
    };
    if (isNew) {
        deliver(service.add(mailbox, secret), this, [ended](Result<MailboxId> id) { ended(id); });
    } else {
        deliver(service.update(mailbox, secret), this, [ended, id = mailbox.id](Result<> saved) {
            ended(saved ? Result<MailboxId>(id) : Result<MailboxId>(fail(saved.error())));
        });
    }
}

void MailboxesPanel::test() {
    if (!m_new && m_mailbox.id)
        m_dns->lookAgain();
    const bool draft = m_new || m_form->isChanged();
    if (draft && !m_form->validate())
        return;
    if (m_testProgress)
        m_testProgress->cancel();
    m_testProgress = std::make_shared<Progress>();
    const int generation = ++m_testGeneration;
    m_check->showRunning();
    MailboxService& service = context().workspace.mailboxes();
    deliver(draft ? service.checkDraft(m_form->mailbox(), m_form->secret()->copy(), m_testProgress)
                  : service.check(m_mailbox.id, m_testProgress),
            this, [this, generation, progress = m_testProgress](Result<std::vector<MailboxCheckStep>> steps) {
                if (generation != m_testGeneration)
                    return;
                m_testProgress.reset();
                if (progress->cancelled())
                    m_check->showError(Error(ErrorCode::Cancelled));
                else if (steps)
                    m_check->showSteps(*steps, context().dates());
                else
                    m_check->showError(steps.error());
            });
}

void MailboxesPanel::togglePaused() {
    if (m_new)
        return;
    const bool pause = m_mailbox.state != MailboxState::Paused;
    const QString address = text::isolated(text::toQt(m_mailbox.address));
    deliver(context().workspace.mailboxes().setPaused(m_mailbox.id, pause), this, [this, pause, address](Result<> done) {
        told(done, pause ? tr("%1 is paused: nothing leaves from it.").arg(address) : tr("%1 sends again.").arg(address));
    });
}

void MailboxesPanel::remove() {
    if (m_new)
        return;
    const QString address = text::isolated(text::toQt(m_mailbox.address));
    deliver(context().workspace.mailboxes().remove(m_mailbox.id), this, [this, address](Result<> done) {
        if (!done && done.error().code == ErrorCode::Conflict)
            context().tell.info(tr("%1 has messages, so it stays. Pause it instead.").arg(address));
        else
            told(done, tr("Mailbox removed: %1.").arg(address), tr("%1 was not removed.").arg(address));
    });
}

void MailboxesPanel::discard() {
    if (m_new) {
        m_new = false;
        m_form->setMailbox({}, true);
        m_mailbox = {};
        read();
    } else {
        showMailbox(m_mailbox, false);
    }
    updateButtons();
}

void MailboxesPanel::askAboutEdits(const std::function<void()>& then) {
    if (m_sheet)
        return;
    auto* sheet = new widgets::Sheet(this, tr("Not saved"));
    m_sheet = sheet;
    auto* what = new Label(theme::TextStyle::Body, Ink::Text, tr("What you changed in this mailbox is not saved yet."));
    what->setWordWrap(true);
    sheet->body()->addWidget(what);
    auto* drop = sheet->addButton(Button::Kind::Danger, tr("Drop the changes"));
    sheet->addCancel(tr("Stay"));
    auto* saveNow = sheet->addButton(Button::Kind::Primary, tr("Save"));
    connect(drop, &QAbstractButton::clicked, this, [this, sheet, then] {
        sheet->finish();
        m_sheet = nullptr;
        discard();
        then();
    });
    connect(saveNow, &QAbstractButton::clicked, this, [this, sheet] {
        sheet->finish();
        m_sheet = nullptr;
        save();
    });
    sheet->open(saveNow);
}

} // namespace outrider::settings
