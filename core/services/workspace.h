// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/worker.h"
#include "core/domain/change_set.h"
#include "core/services/environment.h"

#include <QObject>

#include <memory>
#include <string>

namespace outrider {

class AccountService;
class BackupService;
class BoardService;
class CalendarService;
class CompanyService;
class ConversationService;
class DeliverabilityService;
class DuplicateService;
class ExportService;
class FieldService;
class HistoryService;
class ImportService;
class InboxService;
class InsightService;
class LeadService;
class ListService;
class MailboxService;
class MailHistoryService;
class MergeService;
class MeetingService;
class OutboxService;
class PhoneService;
class PrivacyService;
class QueueService;
class SearchService;
class ServiceContext;
class SettingsService;
class StrategyService;
class SuppressionService;
class VerificationService;
class WritingService;

// An open workspace: the façade the window and the command line work through.
//
// Lives on the thread that opened it; its services may be called from there and return at once.
// Destroying it closes the file and wipes the key, and waits for what is under way; who must not wait calls
// close() first. The environment must outlive it.
class Workspace : public QObject {
    Q_OBJECT

public:
    ~Workspace() override;

    LeadService& leads();
    QueueService& queue();
    StrategyService& strategies();
    MailboxService& mailboxes();
    OutboxService& outbox();
    PhoneService& phone();
    InboxService& inbox();
    MailHistoryService& mailHistory();
    ConversationService& conversations();
    ImportService& imports();
    HistoryService& history();
    SearchService& search();
    SettingsService& settings();
    BackupService& backups();
    InsightService& insights();
    BoardService& board();
    CalendarService& calendar();
    MeetingService& meetings();
    CompanyService& companies();
    AccountService& accounts();
    DeliverabilityService& deliverability();
    SuppressionService& suppressions();
    VerificationService& verification();
    FieldService& fields();
    ExportService& exports();
    PrivacyService& privacy();
    WritingService& writing();
    DuplicateService& duplicates();
    MergeService& merges();
    ListService& lists();

    const std::string& path() const;
    bool isPractice() const;
    bool isReadOnly() const;
    const Clock& clock() const;
    // The person's IANA zone, for showing moments.
    const std::string& zone() const;

    // What the services share, for `bench` and `seed`; its header cannot be included from `ui`.
    ServiceContext& context() { return *m_context; }

    // Ends everything and closes the file on the worker: a message being sent is finished first, for as long as
    // the network takes. The file may be opened again when the future is done. From now on no service may be
    // called, and changed() is silent; answers under way still arrive.
    QFuture<Result<>> close(Worker& worker);

Q_SIGNALS:
    // After every commit, with what it touched. On the workspace's thread.
    void changed(const outrider::ChangeSet& changes);

private:
    friend class WorkspaceOpening;
    explicit Workspace(std::unique_ptr<ServiceContext> context);

    struct Services;
    static void end(std::unique_ptr<ServiceContext>& context, std::unique_ptr<Services>& services);
    std::unique_ptr<ServiceContext> m_context;
    std::unique_ptr<Services> m_services;
    const std::string m_path;
    const std::string m_zone;
    int m_subscription = 0;
};

} // namespace outrider

Q_DECLARE_METATYPE(outrider::ChangeSet)
