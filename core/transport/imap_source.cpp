// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_source.h"

#include "core/transport/imap_name.h"

#include <algorithm>
#include <array>

namespace outrider::transport {

namespace {

// Providers that give a message an id of their own keep ours here.
constexpr std::array<std::string_view, 3> idHeaders{"Message-ID", "X-Google-Original-Message-ID",
                                                    "X-Microsoft-Original-Message-ID"};

constexpr std::size_t unmistakable = 12; // letters: a server finds parts of words, too

bool leavesConnectionUsable(ErrorCode code) {
    switch (code) {
    case ErrorCode::NotFound:
    case ErrorCode::RefusedSoft:
    case ErrorCode::RefusedHard:
    case ErrorCode::InvalidArgument:
    case ErrorCode::MessageMalformed:
    case ErrorCode::Unsupported:
        return true;
    default:
        return false;
    }
}

} // namespace

ImapSource::ImapSource(ServerLogin login, SecretSource secret, std::string folder, NetworkTimeouts timeouts)
    : ImapSource(std::make_shared<Line>(Line{std::move(login), std::move(secret), timeouts, nullptr}), std::move(folder)) {}

ImapSource::ImapSource(std::shared_ptr<Line> line, std::string folder) : m_line(std::move(line)), m_folder(std::move(folder)) {}

std::unique_ptr<ImapSource> ImapSource::beside(std::string folder) const {
    return std::unique_ptr<ImapSource>(new ImapSource(m_line, std::move(folder)));
}

// After an error that leaves the connection in doubt, the next call opens another.
template <typename T>
Result<T> ImapSource::kept(Result<T> result) {
    if (!result && !leavesConnectionUsable(result.error().code))
        m_line->session.reset();
    return result;
}

Result<> ImapSource::ensureConnected(const Progress& progress) {
    if (m_line->session)
        return {};
    OUTRIDER_ASSIGN(m_line->session, ImapSession::connect(m_line->login, m_line->secret, m_line->timeouts, progress));
    return {};
}

Result<SelectedFolder> ImapSource::openFolder(const Progress& progress) {
    OUTRIDER_TRY(ensureConnected(progress));
    if (m_wireName.empty()) {
        OUTRIDER_ASSIGN(m_wireName,
                        m_folder == sentMail ? sentFolderName({}, progress) : Result<std::string>(wireFolderName(m_folder)));
    }
    return m_line->session->examine(m_wireName, progress);
}

Result<FetchReport> ImapSource::fetchNew(const MailCursor& cursor, const FetchLimits& limits, const MailSink& sink,
                                         const Progress& progress, MailCursor* reached) {
    auto report = kept(fetchOnce(cursor, limits, sink, progress, reached));
    if (!report)
        m_ahead = {}; // what the next call goes on from is the caller's to say
    return report;
}

Result<FetchReport> ImapSource::fetchOnce(const MailCursor& cursor, const FetchLimits& limits, const MailSink& sink,
                                          const Progress& progress, MailCursor* reached) {
    OUTRIDER_ASSIGN(const SelectedFolder folder, openFolder(progress));
    FetchReport report;
    report.cursor = {folder.uidValidity, cursor.lastUid};
    report.startedOver = cursor.uidValidity != 0 && cursor.uidValidity != folder.uidValidity;
    const bool fromStart = cursor.uidValidity != folder.uidValidity;
    if (!fromStart && !limits.before && folder.modSeq != 0 && folder.modSeq == cursor.modSeq) {
        report.cursor = cursor;
        if (reached != nullptr)
            *reached = cursor;
        return report; // nothing was added, nor changed
    }
    if (fromStart)
        report.cursor.lastUid = 0;
    const bool known =
        !m_ahead.uids.empty() && m_ahead.at == report.cursor && m_ahead.since == limits.since && m_ahead.before == limits.before;
    std::vector<std::uint32_t> uids = known ? std::move(m_ahead.uids) : std::vector<std::uint32_t>();
    m_ahead = {};
    if (!known) {
        const bool bounded = fromStart || limits.before;
        OUTRIDER_ASSIGN(uids, m_line->session->searchStretch(report.cursor.lastUid, bounded ? limits.since : std::nullopt,
                                                             limits.before, progress));
        if (fromStart && uids.empty() && limits.since && !limits.before) {
            // What is there is too old, now and at the next look.
            OUTRIDER_ASSIGN(const auto old, m_line->session->searchAfter(0, progress));
            report.cursor.lastUid = old.empty() ? 0 : old.back();
        }
    }
    if (reached != nullptr)
        *reached = report.cursor;
    const std::size_t taken = std::min(uids.size(), limits.mails);
    const std::vector<std::uint32_t> now(uids.begin(), uids.begin() + std::ptrdiff_t(taken));
    report.more = uids.size() > taken;
    bool refused = false;
    OUTRIDER_TRY(m_line->session->fetch(
        now, limits.mailBytes,
        [&](const FetchedMail& mail) {
            if (!sink(mail.uid, mail.internalDate, mail.raw)) {
                refused = true;
                return false;
            }
            ++report.fetched;
            report.cursor.lastUid = mail.uid;
            if (reached != nullptr)
                *reached = report.cursor;
            return true;
        },
        progress));
    if (refused) {
        report.more = true;
        return report;
    }
    // The last ones may have been deleted between the search and the fetch.
    if (!now.empty())
        report.cursor.lastUid = std::max(report.cursor.lastUid, now.back());
    report.ahead = uids.size() - taken;
    if (report.more)
        m_ahead = {report.cursor, limits.since, limits.before, {uids.begin() + std::ptrdiff_t(taken), uids.end()}};
    else if (!known)
        report.cursor.modSeq = folder.modSeq; // what is listed now was listed then
    return report;
}

Result<WaitEnd> ImapSource::waitForMail(const MailCursor& cursor, Millis most, const Progress& progress) {
    const auto wait = [&]() -> Result<WaitEnd> {
        OUTRIDER_ASSIGN(const SelectedFolder folder, openFolder(progress));
        // What came before the folder was opened is no news to the server, but may be to the caller.
        if (folder.uidValidity != cursor.uidValidity)
            return WaitEnd::NewMail;
        OUTRIDER_ASSIGN(const auto uids, m_line->session->searchAfter(cursor.lastUid, progress));
        if (!uids.empty())
            return WaitEnd::NewMail;
        OUTRIDER_ASSIGN(const IdleEnd end, m_line->session->idle(most, progress));
        switch (end) {
        case IdleEnd::NewMail:
            return WaitEnd::NewMail;
        case IdleEnd::TimedOut:
            return WaitEnd::TimedOut;
        case IdleEnd::Stopped:
            return WaitEnd::Stopped;
        }
        return WaitEnd::TimedOut;
    };
    return kept(wait());
}

Result<std::string> ImapSource::sentFolderName(const std::string& folder, const Progress& progress) {
    if (!folder.empty())
        return wireFolderName(folder);
    OUTRIDER_ASSIGN(const auto folders, m_line->session->list(progress));
    const ImapFolder* sent = sentFolder(folders);
    if (sent == nullptr)
        return fail(ErrorCode::NotFound, "a folder for sent mail");
    return sent->wireName;
}

Result<bool> ImapSource::isInSent(const std::string& folder, const std::string& messageId, const Progress& progress) {
    const auto look = [&]() -> Result<bool> {
        OUTRIDER_TRY(ensureConnected(progress));
        OUTRIDER_ASSIGN(const std::string name, sentFolderName(folder, progress));
        OUTRIDER_TRY(m_line->session->examine(name, progress));
        for (const auto header : idHeaders) {
            OUTRIDER_ASSIGN(const auto found, m_line->session->searchHeader(header, messageId, progress));
            if (!found.empty())
                return true;
        }
        // Others keep nothing of ours but what they do not know: it is the id without its domain (outreach/mail_drafting).
        const auto tracking = std::string_view(messageId).substr(0, messageId.find('@'));
        if (tracking.size() < unmistakable)
            return false;
        OUTRIDER_ASSIGN(const auto tracked, m_line->session->searchHeader("X-Outrider-Id", tracking, progress));
        return !tracked.empty();
    };
    return kept(look());
}

Result<> ImapSource::fileSent(const std::string& folder, std::string_view raw, const std::string& messageId, Instant date,
                              const Progress& progress, bool* alreadyThere) {
    OUTRIDER_ASSIGN(const bool there, isInSent(folder, messageId, progress));
    if (alreadyThere != nullptr)
        *alreadyThere = there;
    if (there)
        return {};
    const auto file = [&]() -> Result<> {
        OUTRIDER_TRY(ensureConnected(progress));
        OUTRIDER_ASSIGN(const std::string name, sentFolderName(folder, progress));
        return m_line->session->append(name, raw, date, progress);
    };
    return kept(file());
}

void ImapSource::disconnect(const Progress& progress) {
    if (m_line->session)
        m_line->session->logout(progress);
    m_line->session.reset();
}

} // namespace outrider::transport
