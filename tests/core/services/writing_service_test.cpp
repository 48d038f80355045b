// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/writing_service.h"

#include "core/services/strategy_service.h"
#include "core/store/repositories/mailbox_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>

using namespace outrider;
using namespace outrider::test;

namespace {

StrategyVersion oneMail(std::string body) {
    StrategyVersion version;
    version.steps.push_back({.channel = Channel::Email, .subject = "Ramps", .body = std::move(body)});
    return version;
}

} // namespace

class WritingServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void snippets_are_kept_by_name_and_every_change_can_be_undone() {
        Desk desk;
        WritingService writing(*desk.context);
        const auto id = wait(writing.addSnippet("intro", "Hi {{first_name}},"));
        VERIFY_OK(id);
        VERIFY_ERROR(wait(writing.addSnippet("intro", "x")), ErrorCode::AlreadyExists);
        VERIFY_ERROR(wait(writing.addSnippet("two words", "x")), ErrorCode::InvalidArgument);
        VERIFY_ERROR(wait(writing.addSnippet("broken", "{{frist_name}}")), ErrorCode::UnknownVariable);
        VERIFY_OK(wait(writing.editSnippet(*id, "hello", "Hello {{first_name}},")));
        QCOMPARE(wait(writing.snippet("hello"))->text, std::string("Hello {{first_name}},"));
        VERIFY_OK(wait(writing.removeSnippet(*id)));
        VERIFY_ERROR(wait(writing.snippet("hello")), ErrorCode::NotFound);
        HistoryService history(*desk.context);
        VERIFY_OK(wait(history.undo()));
        VERIFY_OK(wait(writing.snippet("hello")));
        VERIFY_OK(wait(history.undo()));
        QCOMPARE(wait(writing.snippets())->front().name, std::string("intro"));
        VERIFY_OK(wait(history.undo()));
        QVERIFY(wait(writing.snippets())->empty());
    }

    void an_endpoint_has_to_be_https_and_hard_to_guess() {
        Desk desk;
        WritingService writing(*desk.context);
        Mailbox box{.address = "mara@harborline.example"};
        desk.write([&](WriteContext& w) { MailboxRepository(w.db).insert(w, box); });
        for (const char* url :
             {"http://u.example/{token}", "https://u.example/", "https:///{token}", "https://u.example/{token} x"})
            VERIFY_ERROR(wait(writing.setMailbox({.mailbox = box.id, .unsubscribeUrl = url})), ErrorCode::InvalidArgument);
        VERIFY_OK(wait(writing.setMailbox({.mailbox = box.id,
                                           .format = MailFormat::Formatted,
                                           .postalAddress = " Pier 4\n",
                                           .unsubscribeUrl = "https://u.example/{token}"})));
        const auto its = wait(writing.mailbox(box.id));
        QCOMPARE(its->postalAddress, std::string("Pier 4"));
        QCOMPARE(int(its->format), int(MailFormat::Formatted));
    }

    void a_message_that_can_never_be_sent_keeps_everybody_out() {
        Desk desk;
        WritingService writing(*desk.context);
        StrategyService strategies(*desk.context);
        LeadId lead;
        desk.write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example"};
            MailboxRepository(w.db).insert(w, box);
            lead = addLead(w, makeLead("Zoë", "Brandt", "zoe@nordwind.example"));
        });
        const auto snippet = wait(writing.addSnippet("intro", "Hi {{first_name}},"));
        const auto strategy = wait(strategies.create("Ramps", oneMail("{{> intro}}\n\na question?")));
        VERIFY_OK(strategy);
        VERIFY_OK(wait(strategies.enrol(*strategy, LeadSelection::one(lead), {}, true)));
        VERIFY_OK(wait(writing.removeSnippet(*snippet)));
        const auto refused = wait(strategies.enrol(*strategy, LeadSelection::one(lead), {}));
        VERIFY_ERROR(refused, ErrorCode::MessageChecks);
        QCOMPARE(refused.error().detail, std::string("0 unknown_snippet intro"));
    }

    void a_strategy_is_judged_for_the_leads_it_is_meant_for() {
        Desk desk;
        WritingService writing(*desk.context);
        StrategyService strategies(*desk.context);
        LeadId zoe;
        LeadId nobody;
        desk.write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example", .optOutLine = "Tell me."};
            MailboxRepository(w.db).insert(w, box);
            Lead american = makeLead("Zoë", "Brandt", "zoe@nordwind.example");
            american.country = "United States";
            zoe = addLead(w, american);
            nobody = addLead(w, makeLead("", "Brandt", "info@nordwind.example"));
        });
        const auto strategy = wait(strategies.create("Ramps", oneMail("Hi {{first_name}}, a question?")));
        const auto rulesFor = [&](std::vector<LeadId> leads) {
            QStringList rules;
            const auto found = wait(writing.lint({.strategy = *strategy, .version = {}, .leads = LeadSelection{leads, {}, {}}}));
            for (const LintFinding& one : *found) {
                if (one.severity == LintFinding::Severity::Warning)
                    rules.append(QString::fromStdString(one.rule));
            }
            return rules;
        };
        QCOMPARE(rulesFor({zoe}), QStringList{QStringLiteral("no_postal_address")});
        QCOMPARE(rulesFor({nobody}), QStringList{QStringLiteral("field_missing")});
    }

    void files_are_read_with_their_kind_and_belong_to_emails() {
        Desk desk;
        WritingService writing(*desk.context);
        StrategyService strategies(*desk.context);
        const QString path = desk.dir.filePath(QStringLiteral("deck.pdf"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("%PDF-1.4\n") == 9);
        file.close();
        const auto attachment = WritingService::read(path.toStdString());
        VERIFY_OK(attachment);
        QCOMPARE(attachment->mediaType, std::string("application/pdf"));
        VERIFY_ERROR(WritingService::read(desk.dir.path().toStdString()), ErrorCode::FileNotFound);
        StrategyVersion version = oneMail("Hi");
        version.steps.push_back({.channel = Channel::Call, .dayOffset = 1, .subject = "Call"});
        const auto id = wait(strategies.create("Ramps", version));
        const auto steps = wait(strategies.detail(*id))->version.steps;
        VERIFY_ERROR(wait(writing.setAttachments(steps[1].id, {*attachment})), ErrorCode::InvalidArgument);
        VERIFY_OK(wait(writing.setAttachments(steps[0].id, {*attachment})));
        const auto kept = wait(writing.attachmentsOf(steps[0].id));
        QCOMPARE(kept->size(), std::size_t(1));
        QCOMPARE(*wait(writing.content(kept->front().hash)), std::string("%PDF-1.4\n"));
        VERIFY_OK(wait(HistoryService(*desk.context).undo()));
        QVERIFY(wait(writing.attachmentsOf(steps[0].id))->empty());
    }
};

OUTRIDER_TEST(WritingServiceTest)
#include "writing_service_test.moc"
