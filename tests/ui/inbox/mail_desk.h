// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fault_smtp_server.h"
#include "support/screen_fixture.h"
#include "support/scripted_imap_server.h"

#include <QApplication>
#include <QLabel>

#include <algorithm>
#include <mutex>

namespace outrider::test {

// What a page told, with what it says was tried.
class TellingNotifier final : public frame::Notifier {
public:
    void done(const QString& sentence, bool undoable, theme::Icon) override {
        said.append(sentence);
        canUndo = undoable;
    }
    void sending(const QString&, Instant) override {}
    void failed(const Error& error, const QString& what) override {
        errors.push_back(error);
        failures.append(what);
    }
    void info(const QString& sentence) override { said.append(sentence); }
    int startJob(const QString&, ProgressPtr) override { return 1; }
    void endJob(int) override { ++jobsEnded; }

    QStringList said;
    bool canUndo = false;
    std::vector<Error> errors;
    QStringList failures;
    int jobsEnded = 0;
};

// A page of the inbox's folder on a real workspace, with a mailbox whose servers a test directs.
template <typename Page>
class MailDesk {
public:
    MailDesk() : imap([this](const std::string& command) { return answer(command); }), m_good(fixture.open()) {
        smtp.offer("AUTH PLAIN");
    }

    bool addMailbox() {
        Mailbox made{.address = "mara@harborline.example", .displayName = "Mara"};
        made.smtp = {"127.0.0.1", smtp.port(), TlsMode::None};
        made.imap = {"127.0.0.1", imap.port(), TlsMode::None};
        made.userName = "mara";
        made.holdSeconds = 0;
        auto id = ScreenFixture::await(
            workspace().mailboxes().add(made, std::make_shared<SecureBytes>(std::string_view("a good password"))));
        if (id)
            mailbox = *id;
        return m_good && id;
    }

    Workspace& workspace() { return fixture.workspace(); }

    LeadId addLead(const char* name, const char* email) {
        const auto id = ScreenFixture::await(workspace().leads().add({{"full_name", name}, {"email", email}}));
        return id ? *id : LeadId{};
    }

    // A message to that lead, in the outbox.
    bool write(LeadId lead) {
        auto draft = ScreenFixture::await(workspace().queue().newMail(lead));
        if (!draft)
            return false;
        draft->subject = "Prices";
        draft->body = "Hello.";
        return bool(ScreenFixture::await(workspace().queue().send(lead, *draft)));
    }
    // And handed to the server.
    bool send(LeadId lead) { return write(lead) && ScreenFixture::await(workspace().outbox().runOnce(1)); }

    // One whose server took it and went away without an answer.
    OutboxId sendUnknown(LeadId lead) {
        smtp.add({.at = FaultSmtpServer::At::Answer, .action = FaultSmtpServer::Action::TakeAndDrop});
        if (!send(lead))
            return {};
        const auto rows = ScreenFixture::await(workspace().outbox().list({OutboxState::Unknown}, 1));
        return rows && !rows->empty() ? rows->front().item.id : OutboxId{};
    }

    // The state of that message; none: it is nowhere.
    std::optional<OutboxState> stateOf(OutboxId id) {
        using enum OutboxState;
        const auto rows = ScreenFixture::await(
            workspace().outbox().list({Queued, Held, Claimed, Sending, Sent, Refused, Unknown, Dropped}, 100));
        for (const OutboxRow& row : rows ? *rows : std::vector<OutboxRow>()) {
            if (row.item.id == id)
                return row.item.state;
        }
        return std::nullopt;
    }

    // A mail that is in the mailbox from now on; an answer to the n-th that was sent, unless n is negative.
    void receive(const std::string& from, const std::string& text, int answerTo = -1, const std::string& headers = {}) {
        std::string mail = "From: " + from
                           + "\r\nTo: mara@harborline.example\r\nSubject: Re: Prices\r\n"
                             "Date: Thu, 19 Nov 2026 08:00:00 +0000\r\nMessage-ID: <"
                           + std::to_string(m_mails.size()) + "@in.example>\r\n";
        if (answerTo >= 0) {
            const std::string sent = smtp.mails().at(std::size_t(answerTo)).data;
            const auto start = sent.find("Message-ID: ") + 12;
            mail += "In-Reply-To: " + sent.substr(start, sent.find("\r\n", start) - start) + "\r\n";
        }
        const std::lock_guard lock(m_mutex);
        m_mails.push_back(mail + headers + "\r\n" + text + "\r\n");
    }
    void refuseSignIn(bool refuses = true) {
        const std::lock_guard lock(m_mutex);
        m_refuses = refuses;
    }

    void show() {
        m_context = std::make_unique<frame::Context>(
            frame::Context{workspace(), fixture.go, tell, *fixture.commands, *fixture.preferences});
        window = std::make_unique<QWidget>();
        window->resize(1240, 820);
        page = new Page(*m_context, window.get());
        page->resize(window->size());
        window->show();
        window->activateWindow();
        page->enter();
    }

    // Whether a label in sight holds these words.
    bool says(const QString& words) const {
        const auto labels = window->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&words](const QLabel* label) {
            return label->isVisible() && label->accessibleName().contains(words);
        });
    }

    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QWidget* focus = QApplication::focusWidget() ? QApplication::focusWidget() : page;
        QTest::keyClick(focus, Qt::Key(key), modifiers);
    }

    FaultSmtpServer smtp;
    ScriptedImapServer imap;
    ScreenFixture fixture;
    TellingNotifier tell;
    MailboxId mailbox;
    std::unique_ptr<QWidget> window;
    Page* page = nullptr;

private:
    ScriptedImapServer::Reply answer(const std::string& command) {
        const std::lock_guard lock(m_mutex);
        if (m_refuses && command.starts_with("AUTHENTICATE"))
            return {"$ NO [AUTHENTICATIONFAILED] Bad credentials\r\n"};
        if (command.starts_with("EXAMINE"))
            return {"* OK [UIDVALIDITY 7] x\r\n$ OK done\r\n"};
        std::string out;
        if (command.starts_with("UID SEARCH")) {
            for (std::size_t uid = 1; uid <= m_mails.size(); ++uid)
                out += " " + std::to_string(uid);
            return {"* SEARCH" + out + "\r\n$ OK done\r\n"};
        }
        if (command.starts_with("UID FETCH")) {
            const bool sizes = command.ends_with("(UID RFC822.SIZE)");
            for (std::size_t i = 0; i < m_mails.size(); ++i) {
                const std::string& mail = m_mails[i];
                out += "* " + std::to_string(i + 1) + " FETCH (UID " + std::to_string(i + 1);
                out += sizes ? " RFC822.SIZE " + std::to_string(mail.size()) + ")\r\n"
                             : " INTERNALDATE \"19-Nov-2026 08:00:00 +0000\" BODY[]<0> {" + std::to_string(mail.size()) + "}\r\n"
                                   + mail + ")\r\n";
            }
            return {out + "$ OK done\r\n"};
        }
        return {};
    }

    std::vector<std::string> m_mails;
    bool m_refuses = false;
    std::mutex m_mutex; // both: the server asks on its own thread
    std::unique_ptr<frame::Context> m_context;
    bool m_good;
};

} // namespace outrider::test
