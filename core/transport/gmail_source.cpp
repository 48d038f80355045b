// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/gmail_source.h"

#include "core/transport/gmail_quota.h"
#include "core/transport/http_outcome.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr std::string_view listing = "list ";
constexpr std::string_view following = "history ";
constexpr int idsAtOnce = 100; // at most as many are read twice after a stop
constexpr std::size_t mostIdBytes = 64;

// Google writes its numbers as strings, most of the time.
std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    return found->is_number_integer() ? found->dump() : std::string();
}

bool isId(std::string_view text) {
    return !text.empty() && text.size() <= mostIdBytes && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

std::string seconds(std::chrono::sys_days day) {
    return std::to_string(std::chrono::sys_seconds(day).time_since_epoch().count());
}

// Of a message that is no mail, or that the person has thrown away.
bool isLeftOut(const json& message) {
    const auto labels = message.find("labelIds");
    if (labels == message.end() || !labels->is_array())
        return false;
    return std::any_of(labels->begin(), labels->end(), [](const json& label) {
        return label == "DRAFT" || label == "SPAM" || label == "TRASH" || label == "CHAT";
    });
}

// What stands under "raw" in an answer that may be cut off anywhere.
std::string_view rawOf(std::string_view body) {
    const auto key = body.find("\"raw\"");
    const auto open = key == std::string_view::npos ? key : body.find('"', body.find(':', key));
    if (open == std::string_view::npos)
        return {};
    const auto close = body.find('"', open + 1);
    std::string_view text = body.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
    if (close == std::string_view::npos)
        text = text.substr(0, text.size() / 4 * 4);
    return text;
}

} // namespace

struct GmailSource::Page {
    struct Entry {
        std::string id;
        std::string after; // the position once it is read; empty: only the page's end is one
    };
    std::vector<Entry> entries; // oldest first
    std::string next;           // the position behind it
    bool more = false;
    std::size_t ahead = 0;
};

GmailSource::GmailSource(std::string apiUrl, TokenSource token, std::string caFile, NetworkTimeouts timeouts)
    : m_apiUrl(std::move(apiUrl)),
      m_token(std::move(token)),
      m_http(std::move(caFile), timeouts) {}

Result<HttpReply> GmailSource::get(const std::string& path, const Progress& progress) {
    HttpRequest request{.method = "GET", .url = m_apiUrl + "/gmail/v1/users/me/" + path};
    HttpExchange exchange = performWithToken(m_http, m_token, std::move(request), progress);
    m_retryAfter = exchange.reply && !exchange.reply->isSuccess() ? exchange.reply->retryAfter : std::nullopt;
    if (const auto wait = exchange.reply ? googleWait(*exchange.reply) : std::nullopt) {
        m_retryAfter = wait;
        return fail(usedUp(exchange, *wait).error);
    }
    if (exchange.reply && exchange.reply->isSuccess()) // also a part of one: see mail()
        return std::move(*exchange.reply);
    return succeeded(std::move(exchange));
}

Result<json> GmailSource::ask(const std::string& path, const Progress& progress) {
    OUTRIDER_ASSIGN(const HttpReply reply, get(path, progress));
    if (!reply.whole)
        return fail(ErrorCode::ConnectionLost, "half an answer");
    json body = json::parse(reply.body, nullptr, false);
    if (!body.is_object())
        return fail(ErrorCode::ProtocolError, "an answer that is no object");
    return body;
}

Result<GmailSource::Page> GmailSource::listPage(std::string_view historyId, std::string_view token, const FetchLimits& limits,
                                                const Progress& progress) {
    std::string query = "-in:chats -in:drafts";
    if (limits.since)
        query += " after:" + seconds(*limits.since);
    if (limits.before)
        query += " before:" + seconds(*limits.before);
    std::string path = "messages?maxResults=" + std::to_string(idsAtOnce) + "&q=" + percentEncoded(query);
    if (!token.empty())
        path += "&pageToken=" + percentEncoded(token);
    OUTRIDER_ASSIGN(const json body, ask(path, progress));
    Page page;
    if (const auto messages = body.find("messages"); messages != body.end() && messages->is_array()) {
        for (auto message = messages->rbegin(); message != messages->rend(); ++message) {
            if (message->is_object() && isId(textOf(*message, "id")))
                page.entries.push_back({textOf(*message, "id"), {}});
        }
    }
    const std::string next = textOf(body, "nextPageToken");
    page.more = !next.empty() && next != token;
    page.next =
        page.more ? std::string(listing) + std::string(historyId) + " " + next : std::string(following) + std::string(historyId);
    if (page.more) {
        const auto estimate = body.find("resultSizeEstimate");
        const auto all = estimate != body.end() && estimate->is_number_unsigned() ? estimate->get<std::size_t>() : 0;
        page.ahead = all > page.entries.size() ? all - page.entries.size() : std::size_t(idsAtOnce);
    }
    return page;
}

Result<GmailSource::Page> GmailSource::historyPage(std::string_view historyId, const Progress& progress) {
    OUTRIDER_ASSIGN(const json body, ask("history?historyTypes=messageAdded&maxResults=" + std::to_string(idsAtOnce)
                                             + "&startHistoryId=" + percentEncoded(historyId),
                                         progress));
    Page page;
    std::set<std::string> seen;
    std::string last(historyId);
    if (const auto records = body.find("history"); records != body.end() && records->is_array()) {
        for (const json& record : *records) {
            if (!record.is_object() || !isId(textOf(record, "id")))
                continue;
            last = textOf(record, "id");
            const auto added = record.find("messagesAdded");
            if (added == record.end() || !added->is_array())
                continue;
            for (const json& one : *added) {
                const auto message = one.is_object() ? one.find("message") : one.end();
                if (message == one.end() || !message->is_object() || isLeftOut(*message))
                    continue;
                const std::string id = textOf(*message, "id");
                if (isId(id) && seen.insert(id).second)
                    page.entries.push_back({id, std::string(following) + last});
            }
        }
    }
    // A record's place is kept only when all of it was read.
    for (std::size_t i = 0; i + 1 < page.entries.size(); ++i) {
        if (page.entries[i].after == page.entries[i + 1].after)
            page.entries[i].after.clear();
    }
    // More pages follow from the last record; at the end, from where the mailbox is now.
    page.more = !textOf(body, "nextPageToken").empty() && last != historyId;
    const std::string now = textOf(body, "historyId");
    page.next = std::string(following) + (!page.more && isId(now) ? now : last);
    page.ahead = page.more ? idsAtOnce : 0;
    return page;
}

Result<std::optional<GmailSource::Mail>> GmailSource::mail(const std::string& id, std::size_t mostBytes,
                                                           const Progress& progress) {
    auto reply = get("messages/" + id + "?format=raw", progress);
    if (!reply && reply.error().code == ErrorCode::NotFound)
        return std::optional<Mail>();
    if (!reply)
        return fail(reply.error());
    json body = reply->whole ? json::parse(reply->body, nullptr, false) : json();
    if (reply->whole && (!body.is_object() || textOf(body, "raw").empty()))
        return fail(ErrorCode::ProtocolError, "a message without its bytes");
    if (!reply->whole) { // larger than an answer may be: its beginning is enough
        OUTRIDER_ASSIGN(body, ask("messages/" + id + "?format=minimal", progress));
    }
    if (isLeftOut(body))
        return std::optional<Mail>();
    auto raw = fromBase64(reply->whole ? textOf(body, "raw") : std::string(rawOf(reply->body)));
    if (!raw)
        return fail(ErrorCode::ProtocolError, "a message that is no base64");
    if (raw->size() > mostBytes)
        raw->resize(mostBytes);
    const std::string date = textOf(body, "internalDate");
    std::int64_t millis = 0;
    std::from_chars(date.data(), date.data() + date.size(), millis);
    return Mail{.raw = std::move(*raw), .at = fromEpochMillis(millis)};
}

Result<FetchReport> GmailSource::fetchNew(const MailCursor& cursor, const FetchLimits& limits, const MailSink& sink,
                                          const Progress& progress, MailCursor* reached) {
    FetchReport report;
    report.cursor = cursor;
    report.cursor.uidValidity = 1; // read before
    std::string_view position = cursor.position;
    Result<Page> page = fail(ErrorCode::NotFound);
    if (position.starts_with(following) && limits.before) // a closed stretch that was read to its end
        return report;
    if (position.starts_with(following)) {
        page = historyPage(position.substr(following.size()), progress);
        report.startedOver = !page && page.error().code == ErrorCode::NotFound;
    } else if (position.starts_with(listing)) {
        const std::string_view rest = position.substr(listing.size());
        const auto space = rest.find(' ');
        page = listPage(rest.substr(0, space), space == std::string_view::npos ? std::string_view() : rest.substr(space + 1),
                        limits, progress);
        if (!page && page.error().code == ErrorCode::RefusedHard) // a page's token does not live for ever
            page = fail(ErrorCode::NotFound);
    }
    if (!page && page.error().code == ErrorCode::NotFound) {
        // What is added while the list is read is in the history from here.
        OUTRIDER_ASSIGN(const json profile, ask("profile", progress));
        const std::string historyId = textOf(profile, "historyId");
        if (!isId(historyId))
            return fail(ErrorCode::ProtocolError, "a profile without history");
        report.cursor.position = std::string(listing) + historyId;
        page = listPage(historyId, {}, limits, progress);
    }
    if (!page)
        return fail(page.error());
    if (reached != nullptr)
        *reached = report.cursor;
    for (const Page::Entry& entry : page->entries) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        OUTRIDER_ASSIGN(const std::optional<Mail> one, mail(entry.id, limits.mailBytes, progress));
        if (one && !sink(0, one->at, one->raw)) {
            report.more = true;
            return report;
        }
        report.fetched += one ? 1 : 0;
        if (!entry.after.empty())
            report.cursor.position = entry.after;
        if (reached != nullptr)
            *reached = report.cursor;
    }
    report.cursor.position = page->next;
    report.more = page->more;
    report.ahead = page->ahead;
    if (reached != nullptr)
        *reached = report.cursor;
    return report;
}

Result<WaitEnd> GmailSource::waitForMail(const MailCursor& cursor, Millis, const Progress& progress) {
    if (!cursor.position.starts_with(following))
        return WaitEnd::NewMail;
    const auto page = historyPage(std::string_view(cursor.position).substr(following.size()), progress);
    if ((page && !page->entries.empty()) || (!page && page.error().code == ErrorCode::NotFound))
        return WaitEnd::NewMail;
    if (!page)
        return fail(page.error());
    return fail(ErrorCode::Unsupported);
}

} // namespace outrider::transport
