// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/mail_drafting.h"

#include "core/outreach/task_flow.h"
#include "core/store/repositories/attachment_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/writing_repository.h"
#include "core/transport/parsed_mail.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::outreach;
using namespace outrider::store;
using namespace outrider::test;

namespace {

const Surroundings utc;

// One lead in one strategy of two e-mails, the second an answer to the first.
struct Desk {
    explicit Desk(std::string subject = "Ramps", std::string body = "Hello {{first_name}},\n\na question.") {
        store.write([&](WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example",
                        .displayName = "Mara Lindqvist",
                        .signature = "Mara",
                        .optOutLine = "Tell me, and I will not write again.",
                        .dailyLimit = 1000,
                        .holdSeconds = 0};
            MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            lead = addLead(w, makeLead("Zoë", "Brandt", "zoe@nordwind.example"));
            Strategy strategy{.name = "Dock delays"};
            StrategyRepository(w.db).insert(w, strategy);
            version.strategy = strategy.id;
            version.steps.push_back({.channel = Channel::Email, .subject = std::move(subject), .body = body});
            version.steps.push_back({.channel = Channel::Email, .dayOffset = 2, .thread = Thread::Reply, .body = "And?"});
            StrategyRepository(w.db).publish(w, version);
        });
    }

    void enrol() {
        store.write([&](WriteContext& w) {
            const Strategy strategy = *StrategyRepository(w.db).find(version.strategy);
            enrolment = *StrategyFlow(w, utc).enrol(lead, strategy, version, {});
        });
    }

    void setWriting(MailFormat format, std::string postalAddress = {}, std::string url = {}) {
        store.write([&](WriteContext& w) {
            WritingRepository(w.db).setMailbox(w, {.mailbox = mailbox,
                                                   .format = format,
                                                   .postalAddress = std::move(postalAddress),
                                                   .unsubscribeUrl = std::move(url)});
        });
    }

    Result<OutboxItem> complete(const TaskCompletion& completion = {}) {
        if (!enrolment)
            enrol();
        std::optional<Error> error;
        OutboxId id;
        store.write([&](WriteContext& w) {
            const auto open = TaskRepository(w.db).openOf(enrolment);
            const auto done = TaskFlow(w, utc, store.random).complete(open->id, completion);
            if (done)
                id = done->outbox;
            else
                error = done.error();
        });
        if (error)
            return fail(*error);
        return store.read([&](ReadContext& r) { return *OutboxRepository(r.db).find(id); });
    }

    MailDraft draft(int step = 0) {
        return store.read(
            [&](ReadContext& r) { return *draftOfStep(r.db, lead, enrolment, version.steps.at(std::size_t(step))); });
    }

    TempStore store;
    MailboxId mailbox;
    LeadId lead;
    EnrolmentId enrolment;
    StrategyVersion version;
};

MailAttachment fileOf(std::string name, std::string bytes, std::string type = "application/pdf") {
    return {.name = std::move(name),
            .mediaType = std::move(type),
            .size = std::int64_t(bytes.size()),
            .data = std::make_shared<const std::string>(std::move(bytes))};
}

} // namespace

class MailDraftingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_previewed_is_what_is_sent() {
        Desk desk("{Ramps|Docks|Gates} {at|by} you", "{Hi|Hello|Hey} {{first_name}}, {a|b|c|d|e|f}");
        const MailDraft shown = desk.store.read([&](ReadContext& r) {
            return *previewOf(r.db, desk.lead, desk.version.steps[0].subject, desk.version.steps[0].body, 0);
        });
        QCOMPARE(desk.store.read([&](ReadContext& r) { return stepTitle(r.db, desk.lead, desk.version.steps[0].subject, 0); }),
                 shown.subject);
        const auto item = desk.complete();
        VERIFY_OK(item);
        QCOMPARE(item->subject, shown.subject);
        QVERIFY(transport::parse(item->raw).text.starts_with(shown.body));
    }

    void a_missing_value_blocks_that_send_with_its_reason() {
        Desk desk("Ramps", "Hello {{city}}, {{first_name}}");
        const auto item = desk.complete();
        VERIFY_ERROR(item, ErrorCode::MissingVariable);
        QCOMPARE(item.error().detail, std::string("city"));
        QVERIFY(desk.store.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(desk.enrolment).has_value(); }));
        // Editing something else does not let the bare field out; writing it does.
        VERIFY_ERROR(desk.complete({.subject = "Other"}), ErrorCode::MissingVariable);
        VERIFY_OK(desk.complete({.body = "Hello Rostock"}));
    }

    void a_message_by_hand_with_a_bare_field_does_not_leave() {
        Desk desk;
        const auto send = [&](const std::string& body) {
            std::optional<Error> error;
            desk.store.write([&](WriteContext& w) {
                MailDraft draft = *draftTo(w.db, desk.lead, std::nullopt);
                draft.subject = "Ramps";
                draft.body = body;
                if (const auto sent = TaskFlow(w, utc, desk.store.random).send(desk.lead, draft); !sent)
                    error = sent.error();
            });
            return error;
        };
        const auto refused = send("Hi {{first_name}},");
        QVERIFY(refused && refused->code == ErrorCode::MissingVariable);
        QVERIFY(!send("A set {{1, 2}, {3}} and {x|y} are text here"));
    }

    void an_unknown_snippet_blocks_that_send_and_one_that_is_there_is_filled() {
        Desk desk("Ramps", "{{> intro}}\n\nMara");
        const auto item = desk.complete();
        VERIFY_ERROR(item, ErrorCode::UnknownVariable);
        QCOMPARE(item.error().detail, std::string("> intro"));
        desk.store.write([](WriteContext& w) {
            Snippet snippet{.name = "intro", .text = "Hello {{first_name}},"};
            WritingRepository(w.db).insert(w, snippet);
        });
        const auto sent = desk.complete();
        VERIFY_OK(sent);
        QVERIFY(transport::parse(sent->raw).text.starts_with("Hello Zoë,\n\nMara"));
    }

    void a_plain_message_is_text_alone() {
        Desk desk;
        const auto mail = transport::parse(desk.complete()->raw);
        QCOMPARE(mail.contentType, std::string("text/plain"));
        QCOMPARE(mail.text, std::string("Hello Zoë,\n\na question.\n\nMara\nTell me, and I will not write again.\n"));
    }

    void a_formatted_message_has_both_forms_of_one_text() {
        Desk desk("Ramps", "Hello **{{first_name}}**");
        desk.setWriting(MailFormat::Formatted, "Harborline, Pier 4");
        const auto item = desk.complete();
        const auto mail = transport::parse(item->raw);
        QCOMPARE(mail.contentType, std::string("multipart/alternative"));
        QVERIFY(mail.text.starts_with("Hello **Zoë**\n\nMara\nTell me, and I will not write again.\nHarborline, Pier 4"));
        QCOMPARE(mail.parts.size(), std::size_t(2));
        QCOMPARE(mail.parts[1].type, std::string("text/html"));
        QVERIFY(item->raw.find("<strong>Zo=C3=AB</strong>") != std::string::npos);
        QVERIFY(item->raw.find("Mara<br>") != std::string::npos);
    }

    void html_in_a_name_stays_a_name() {
        Desk desk("Ramps", "Hello {{first_name}}");
        desk.store.write(
            [&](WriteContext& w) { desk.lead = addLead(w, makeLead("<script>alert(1)</script>", "*B*", "b@nordwind.example")); });
        desk.setWriting(MailFormat::Formatted);
        // Untouched, and with a text the person has edited.
        for (const auto& completion : {TaskCompletion{}, TaskCompletion{.body = "Dear <script>alert(1)</script>"}}) {
            desk.enrolment = {};
            desk.store.write([&](WriteContext& w) {
                desk.lead = addLead(w, makeLead("<script>alert(1)</script>", "*B*",
                                                completion.body ? "c@nordwind.example" : "d@nordwind.example"));
            });
            const auto item = desk.complete(completion);
            VERIFY_OK(item);
            const auto html = item->raw.substr(item->raw.find("text/html"));
            QVERIFY2(html.find("<script") == std::string::npos, html.c_str());
            QVERIFY2(html.find("&lt;script&gt;") != std::string::npos, html.c_str());
        }
    }

    void a_strategys_form_wins_over_the_mailboxs() {
        Desk desk;
        desk.setWriting(MailFormat::Formatted);
        desk.store.write(
            [&](WriteContext& w) { WritingRepository(w.db).setFormat(w, desk.version.strategy, MailFormat::Plain); });
        QCOMPARE(transport::parse(desk.complete()->raw).contentType, std::string("text/plain"));
    }

    void files_go_with_the_message_and_are_kept_once() {
        Desk desk;
        const std::string bytes = [] {
            std::string random(300'000, '\0');
            SeededRandom(7).fill(std::as_writable_bytes(std::span(random)));
            return random;
        }();
        desk.store.write([&](WriteContext& w) {
            std::vector<MailAttachment> files{fileOf("Überblick, Hafen.pdf", bytes),
                                              fileOf("note.txt", "One line\n", "text/plain")};
            AttachmentRepository attachments(w.db);
            attachments.store(w, files);
            attachments.setOfStep(w, desk.version.steps[0].id, files);
        });
        QCOMPARE(desk.draft().attachments.size(), std::size_t(2));
        const auto first = desk.complete();
        VERIFY_OK(first);
        desk.store.write([&](WriteContext& w) { desk.lead = addLead(w, makeLead("Ada", "L", "ada@nordwind.example")); });
        desk.enrolment = {};
        const auto second = desk.complete();
        VERIFY_OK(second);
        for (const OutboxItem& item : {*first, *second}) {
            const auto mail = transport::parse(item.raw);
            QCOMPARE(mail.contentType, std::string("multipart/mixed"));
            QCOMPARE(mail.parts.size(), std::size_t(3));
            QCOMPARE(mail.parts[1].name, std::string("Überblick, Hafen.pdf"));
            QCOMPARE(mail.parts[1].size, bytes.size());
            QVERIFY(mail.parts[1].attachment);
            QVERIFY(mail.text.starts_with("Hello "));
        }
        desk.store.read([&](ReadContext& r) {
            const auto shown = AttachmentRepository(r.db).ofMessage(first->message);
            if (shown.size() != 2 || AttachmentRepository(r.db).content(shown[0].hash) != bytes)
                qFatal("a message's files are not what was attached");
            return 0;
        });
        const auto kept = desk.store.read([&](ReadContext& r) {
            return r.db.integer("SELECT sum(length(raw)) + (SELECT sum(length(data)) FROM attachment_content)"
                                " FROM message");
        });
        QVERIFY2(kept < 320'000, qPrintable(QString::number(kept)));
    }

    void a_new_version_goes_on_with_the_files_of_its_steps() {
        Desk desk;
        desk.store.write([&](WriteContext& w) {
            std::vector<MailAttachment> files{fileOf("deck.pdf", "%PDF")};
            AttachmentRepository attachments(w.db);
            attachments.store(w, files);
            attachments.setOfStep(w, desk.version.steps[0].id, files);
            std::swap(desk.version.steps[0], desk.version.steps[1]);
            StrategyRepository(w.db).publish(w, desk.version);
        });
        QCOMPARE(desk.draft(0).attachments.size(), std::size_t(0));
        QCOMPARE(desk.draft(1).attachments.size(), std::size_t(1));
    }

    void more_than_a_message_can_carry_is_refused() {
        Desk desk;
        const auto item = desk.complete(
            {.attachments = std::vector{fileOf("film.mp4", std::string(std::size_t(mostAttachmentBytes) + 1, 'x'))}});
        VERIFY_ERROR(item, ErrorCode::MessageTooLarge);
        QVERIFY(desk.store.read([&](ReadContext& r) { return TaskRepository(r.db).openOf(desk.enrolment).has_value(); }));
    }

    void a_second_step_answers_the_first() {
        Desk desk;
        const auto first = desk.complete();
        desk.store.write([&](WriteContext& w) {
            OutboxRepository outbox(w.db);
            outbox.claim(w, *first);
            outbox.move(w, first->id, OutboxState::Sending);
            outbox.settle(w, first->id, OutboxState::Sent, false, "250 ok");
            StrategyFlow(w, utc).stepDone(desk.enrolment, w.now);
        });
        const auto second = desk.complete();
        VERIFY_OK(second);
        const auto mail = transport::parse(second->raw);
        QCOMPARE(mail.subject, std::string("Re: Ramps"));
        QCOMPARE(mail.inReplyTo, first->messageIdHeader);
        QCOMPARE(mail.references, std::vector{first->messageIdHeader});
    }

    void an_answer_refers_to_the_whole_conversation() {
        Desk desk;
        std::string raw = "From: zoe@nordwind.example\r\nTo: mara@harborline.example\r\nSubject: AW: Ramps\r\n"
                          "Message-ID: <a3@nordwind.example>\r\nIn-Reply-To: <a2@x.example>\r\nReferences:";
        for (int i = 0; i < 30; ++i)
            raw += " <r" + std::to_string(i) + "@x.example>";
        raw += "\r\n\r\nYes.\r\n";
        const auto draft = [&] {
            Message message{.lead = desk.lead,
                            .mailbox = desk.mailbox,
                            .direction = Direction::Inbound,
                            .messageClass = MessageClass::Reply,
                            .messageIdHeader = "a3@nordwind.example",
                            .inReplyTo = "a2@x.example",
                            .subject = "AW: Ramps",
                            .raw = raw};
            desk.store.write([&](WriteContext& w) { MessageRepository(w.db).insert(w, message); });
            return desk.store.read([&](ReadContext& r) { return *draftTo(r.db, desk.lead, message); });
        }();
        QCOMPARE(draft.subject, std::string("AW: Ramps"));
        QCOMPARE(draft.inReplyTo, std::string("a3@nordwind.example"));
        QCOMPARE(draft.references.front(), std::string("r0@x.example"));
        QCOMPARE(draft.references.back(), std::string("a3@nordwind.example"));
        QCOMPARE(draft.references.size(), std::size_t(20));
    }

    void one_click_unsubscribing_stands_beside_the_address() {
        Desk desk;
        desk.setWriting(MailFormat::Plain, {}, "https://out.harborline.example/u/{token}?m=1");
        const auto item = desk.complete();
        const auto mail = transport::parse(item->raw);
        const std::string token = item->messageIdHeader.substr(0, item->messageIdHeader.find('@'));
        QCOMPARE(std::string(mail.headers.first("List-Unsubscribe")),
                 "<https://out.harborline.example/u/" + token + "?m=1>, <mailto:mara@harborline.example?subject=unsubscribe%20"
                     + token + ">");
        QCOMPARE(std::string(mail.headers.first("List-Unsubscribe-Post")), std::string("List-Unsubscribe=One-Click"));
    }

    void without_an_endpoint_nothing_claims_one_click() {
        Desk desk;
        const auto item = desk.complete();
        const auto mail = transport::parse(item->raw);
        const std::string token = item->messageIdHeader.substr(0, item->messageIdHeader.find('@'));
        QCOMPARE(std::string(mail.headers.first("List-Unsubscribe")),
                 "<mailto:mara@harborline.example?subject=unsubscribe%20" + token + ">");
        QVERIFY(mail.headers.first("List-Unsubscribe-Post").empty());
    }
};

OUTRIDER_TEST(MailDraftingTest)
#include "mail_drafting_test.moc"
