// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/workspace.h"

#include "core/services/account_service.h"
#include "core/services/backup_service.h"
#include "core/services/board_service.h"
#include "core/services/calendar_service.h"
#include "core/services/company_service.h"
#include "core/services/conversation_service.h"
#include "core/services/deliverability_service.h"
#include "core/services/duplicate_service.h"
#include "core/services/export_service.h"
#include "core/services/field_service.h"
#include "core/services/history_service.h"
#include "core/services/import_service.h"
#include "core/services/inbox_service.h"
#include "core/services/insight_service.h"
#include "core/services/lead_service.h"
#include "core/services/list_service.h"
#include "core/services/mail_history_service.h"
#include "core/services/mailbox_service.h"
#include "core/services/meeting_service.h"
#include "core/services/merge_service.h"
#include "core/services/outbox_service.h"
#include "core/services/phone_service.h"
#include "core/services/privacy_service.h"
#include "core/services/queue_service.h"
#include "core/services/search_service.h"
#include "core/services/service_context.h"
#include "core/services/settings_service.h"
#include "core/services/strategy_service.h"
#include "core/services/suppression_service.h"
#include "core/services/verification_service.h"
#include "core/services/writing_service.h"

namespace outrider {

struct Workspace::Services {
    explicit Services(ServiceContext& context)
        : backups(context),
          board(context),
          calendar(context),
          companies(context),
          conversations(context),
          deliverability(context),
          exports(context),
          fields(context),
          leads(context),
          queue(context),
          strategies(context),
          mailboxes(context),
          imports(context, &backups),
          history(context),
          insights(context),
          search(context),
          privacy(context),
          settings(context),
          suppressions(context),
          verification(context),
          writing(context),
          duplicates(context),
          merges(context),
          lists(context),
          outbox(std::make_unique<OutboxService>(context)),
          inbox(std::make_unique<InboxService>(context)),
          mailHistory(std::make_unique<MailHistoryService>(context)),
          accounts(std::make_unique<AccountService>(context)),
          phone(std::make_unique<PhoneService>(context)),
          meetings(std::make_unique<MeetingService>(context)) {}

    BackupService backups;
    BoardService board;
    CalendarService calendar;
    CompanyService companies;
    ConversationService conversations;
    DeliverabilityService deliverability;
    ExportService exports;
    FieldService fields;
    LeadService leads;
    QueueService queue;
    StrategyService strategies;
    MailboxService mailboxes;
    ImportService imports;
    HistoryService history;
    InsightService insights;
    SearchService search;
    PrivacyService privacy;
    SettingsService settings;
    SuppressionService suppressions;
    VerificationService verification;
    WritingService writing;
    DuplicateService duplicates;
    MergeService merges;
    ListService lists;
    std::unique_ptr<OutboxService> outbox; // these have threads of their own
    std::unique_ptr<InboxService> inbox;
    std::unique_ptr<MailHistoryService> mailHistory;
    std::unique_ptr<AccountService> accounts;
    std::unique_ptr<PhoneService> phone;
    std::unique_ptr<MeetingService> meetings;
};

Workspace::Workspace(std::unique_ptr<ServiceContext> context)
    : m_context(std::move(context)),
      m_services(std::make_unique<Services>(*m_context)),
      m_path(m_context->store().path()),
      m_zone(m_context->zone().name()) {
    qRegisterMetaType<ChangeSet>();
    m_subscription = m_context->store().subscribe([this](const ChangeSet& changes) { // on the writer's thread
        QMetaObject::invokeMethod(
            this, [this, changes] { Q_EMIT changed(changes); }, Qt::QueuedConnection);
    });
}

// Blocks until what is under way is finished.
void Workspace::end(std::unique_ptr<ServiceContext>& context, std::unique_ptr<Services>& services) {
    services->imports.stop();
    services->accounts.reset();
    services->phone.reset();
    services->meetings.reset();
    context->stopLongWork();
    services->backups.finish();
    services->deliverability.finish();
    services->verification.finish();
    services->mailHistory.reset();
    services->inbox.reset();
    services->outbox.reset();
    // What is still queued is finished now; some of it is the services' own work, so they go last. (That of
    // the two above holds on to the context alone.)
    context.reset();
    services.reset();
}

Workspace::~Workspace() {
    if (!m_context) // closed
        return;
    m_context->store().unsubscribe(m_subscription);
    end(m_context, m_services);
}

QFuture<Result<>> Workspace::close(Worker& worker) {
    m_context->store().unsubscribe(m_subscription);
    m_services->imports.stop(); // also one that is queued behind what `worker` closes first
    m_context->stopLongWork();
    struct Rest {
        std::unique_ptr<ServiceContext> context;
        std::unique_ptr<Services> services;
    };
    auto rest = std::make_shared<Rest>(Rest{std::move(m_context), std::move(m_services)});
    return worker.run([rest]() -> Result<> {
        end(rest->context, rest->services);
        return {};
    });
}

LeadService& Workspace::leads() { return m_services->leads; }
QueueService& Workspace::queue() { return m_services->queue; }
StrategyService& Workspace::strategies() { return m_services->strategies; }
MailboxService& Workspace::mailboxes() { return m_services->mailboxes; }
PhoneService& Workspace::phone() { return *m_services->phone; }
OutboxService& Workspace::outbox() { return *m_services->outbox; }
InboxService& Workspace::inbox() { return *m_services->inbox; }
MailHistoryService& Workspace::mailHistory() { return *m_services->mailHistory; }
ImportService& Workspace::imports() { return m_services->imports; }
HistoryService& Workspace::history() { return m_services->history; }
SearchService& Workspace::search() { return m_services->search; }
SettingsService& Workspace::settings() { return m_services->settings; }
BackupService& Workspace::backups() { return m_services->backups; }
InsightService& Workspace::insights() { return m_services->insights; }
BoardService& Workspace::board() { return m_services->board; }
CalendarService& Workspace::calendar() { return m_services->calendar; }
MeetingService& Workspace::meetings() { return *m_services->meetings; }
ConversationService& Workspace::conversations() { return m_services->conversations; }
CompanyService& Workspace::companies() { return m_services->companies; }
AccountService& Workspace::accounts() { return *m_services->accounts; }
DeliverabilityService& Workspace::deliverability() { return m_services->deliverability; }
FieldService& Workspace::fields() { return m_services->fields; }
ExportService& Workspace::exports() { return m_services->exports; }
PrivacyService& Workspace::privacy() { return m_services->privacy; }
SuppressionService& Workspace::suppressions() { return m_services->suppressions; }
VerificationService& Workspace::verification() { return m_services->verification; }
WritingService& Workspace::writing() { return m_services->writing; }
DuplicateService& Workspace::duplicates() { return m_services->duplicates; }
MergeService& Workspace::merges() { return m_services->merges; }
ListService& Workspace::lists() { return m_services->lists; }

const std::string& Workspace::path() const { return m_path; }
bool Workspace::isPractice() const { return m_context->isPractice(); }
bool Workspace::isReadOnly() const { return m_context->store().isReadOnly(); }
const Clock& Workspace::clock() const { return m_context->clock(); }
const std::string& Workspace::zone() const { return m_zone; }

} // namespace outrider
