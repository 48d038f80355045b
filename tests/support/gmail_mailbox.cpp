// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/gmail_mailbox.h"

#include <QByteArray>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace outrider::test {

using Json = nlohmann::json;
using Reply = HttpServer::Reply;

namespace {

std::string valueOf(const HttpServer::Request& request, const char* key) {
    const auto found = request.query.find(key);
    return found == request.query.end() ? std::string() : found->second;
}

std::int64_t secondsAfter(const std::string& query, const std::string& word, std::int64_t otherwise) {
    const auto at = query.find(word);
    return at == std::string::npos ? otherwise : std::stoll(query.substr(at + word.size()));
}

} // namespace

GmailMailbox::~GmailMailbox() { stop(); }

std::string GmailMailbox::deliver(const std::string& raw, std::int64_t internalDate, const std::vector<std::string>& labels) {
    const std::lock_guard lock(m_mutex);
    const std::string id = "18c" + std::to_string(m_mails.size() + 1);
    m_mails.push_back({id, raw, internalDate, ++m_history, labels});
    return id;
}

void GmailMailbox::remove(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_mails, [&](const Mail& mail) { return mail.id == id; });
    ++m_history;
}

void GmailMailbox::forgetHistory() {
    const std::lock_guard lock(m_mutex);
    m_oldestHistory = ++m_history;
}

void GmailMailbox::fault(const std::string& part, HttpServer::Reply reply, int times) {
    const std::lock_guard lock(m_mutex);
    m_planned.push_back({part, std::move(reply), times});
}

std::vector<std::string> GmailMailbox::fetched() const {
    const std::lock_guard lock(m_mutex);
    return m_fetched;
}

Reply GmailMailbox::api(const HttpServer::Request& request) {
    constexpr std::string_view root = "/gmail/v1/users/me/";
    const std::lock_guard lock(m_mutex);
    const std::string what = request.path.starts_with(root) ? request.path.substr(root.size()) : std::string();
    for (PlannedFault& planned : m_planned) {
        if (planned.times != 0 && what.find(planned.part) != std::string::npos) {
            planned.times -= planned.times > 0 ? 1 : 0;
            return planned.reply;
        }
    }
    if (request.method == "GET" && what == "profile")
        return json(200, Json{{"emailAddress", account}, {"historyId", std::to_string(m_history)}}.dump());
    if (request.method == "GET" && what == "messages")
        return list(request);
    if (request.method == "GET" && what == "history")
        return history(request);
    if (request.method == "GET" && what.starts_with("messages/"))
        return message(what.substr(9), valueOf(request, "format"));
    return json(404, R"({"error":{"code":404,"message":"Not Found","errors":[{"reason":"notFound"}]}})");
}

Reply GmailMailbox::list(const HttpServer::Request& request) {
    const std::string query = valueOf(request, "q");
    const std::int64_t after = secondsAfter(query, "after:", 0);
    const std::int64_t before = secondsAfter(query, "before:", INT64_MAX / 1000);
    std::vector<const Mail*> found;
    for (auto mail = m_mails.rbegin(); mail != m_mails.rend(); ++mail) {
        const bool leftOut = std::any_of(mail->labels.begin(), mail->labels.end(), [&](const std::string& label) {
            return label == "TRASH" || label == "SPAM" || (label == "DRAFT" && query.find("-in:drafts") != std::string::npos)
                   || (label == "CHAT" && query.find("-in:chats") != std::string::npos);
        });
        if (!leftOut && mail->date / 1000 >= after && mail->date / 1000 < before)
            found.push_back(&*mail);
    }
    const std::string token = valueOf(request, "pageToken");
    if (!token.empty() && !token.starts_with("page"))
        return json(400, R"({"error":{"code":400,"message":"Invalid pageToken","errors":[{"reason":"invalidArgument"}]}})");
    const std::size_t from = token.empty() ? 0 : std::stoul(token.substr(4));
    const std::size_t most = std::min(std::size_t(pageSize), std::size_t(std::stoul(valueOf(request, "maxResults"))));
    const std::size_t to = std::min(found.size(), from + most);
    Json body{{"resultSizeEstimate", found.size() - std::min(from, found.size())}};
    for (std::size_t i = from; i < to; ++i)
        body["messages"].push_back({{"id", found[i]->id}, {"threadId", found[i]->id}});
    if (to < found.size())
        body["nextPageToken"] = "page" + std::to_string(to);
    return json(200, body.dump());
}

Reply GmailMailbox::history(const HttpServer::Request& request) {
    const std::uint64_t start = std::stoull(valueOf(request, "startHistoryId"));
    if (start < m_oldestHistory)
        return json(404,
                    R"({"error":{"code":404,"message":"Requested entity was not found.","errors":[{"reason":"notFound"}]}})");
    Json body{{"historyId", std::to_string(m_history)}};
    const std::size_t most = std::min(std::size_t(pageSize), std::size_t(std::stoul(valueOf(request, "maxResults"))));
    std::size_t listed = 0;
    for (const Mail& mail : m_mails) {
        if (mail.history <= start)
            continue;
        if (listed++ == most) {
            body["nextPageToken"] = "more";
            break;
        }
        const Json message{{"id", mail.id}, {"threadId", mail.id}, {"labelIds", mail.labels}};
        body["history"].push_back({{"id", std::to_string(mail.history)},
                                   {"messages", {{{"id", mail.id}}}},
                                   {"messagesAdded", {{{"message", message}}}}});
    }
    return json(200, body.dump());
}

Reply GmailMailbox::message(const std::string& id, const std::string& format) {
    const auto mail = std::find_if(m_mails.begin(), m_mails.end(), [&](const Mail& one) { return one.id == id; });
    if (mail == m_mails.end())
        return json(404,
                    R"({"error":{"code":404,"message":"Requested entity was not found.","errors":[{"reason":"notFound"}]}})");
    Json body{{"id", mail->id},
              {"labelIds", mail->labels},
              {"internalDate", std::to_string(mail->date)},
              {"sizeEstimate", mail->raw.size()},
              {"historyId", std::to_string(mail->history)}};
    if (format == "raw") {
        m_fetched.push_back(id);
        body["raw"] = QByteArray::fromStdString(mail->raw)
                          .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
                          .toStdString();
    }
    return json(200, body.dump());
}

} // namespace outrider::test
