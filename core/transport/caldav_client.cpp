// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/caldav_client.h"

#include "core/contact/domain_name.h"
#include "core/domain/meeting_key.h"
#include "core/transport/http_outcome.h"

#include <QString>
#include <QUrl>
#include <QXmlStreamReader>

#include <algorithm>

namespace outrider::transport {

// One response of a multistatus, its properties that were found.
struct DavEntry {
    std::string url;
    int status = 200; // of the whole
    std::string principal;
    std::string home;
    std::string name;
    std::string ctag;
    std::string syncToken;
    std::string etag;
    std::string text;
    bool isCalendar = false;
    bool hasEvents = true; // unless it says which components it has, and events are not among them
};

namespace {

constexpr int mostRedirects = 3;

constexpr const char* dav = "DAV:";
constexpr const char* caldav = "urn:ietf:params:xml:ns:caldav";
constexpr const char* calendarServer = "http://calendarserver.org/ns/";

constexpr const char* whatIsThere =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
    "<D:propfind xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" xmlns:S=\"http://calendarserver.org/ns/\"><D:prop>"
    "<D:resourcetype/><D:displayname/><D:current-user-principal/><D:sync-token/><C:calendar-home-set/>"
    "<C:supported-calendar-component-set/><S:getctag/></D:prop></D:propfind>";

class Multistatus {
public:
    Multistatus(const std::string& body, const QUrl& base) : m_xml(QByteArray::fromStdString(body)), m_base(base) {}

    Result<std::vector<DavEntry>> read() {
        if (!m_xml.readNextStartElement() || !is(dav, "multistatus"))
            return fail(ErrorCode::ProtocolError, "no multistatus");
        std::vector<DavEntry> entries;
        while (m_xml.readNextStartElement()) {
            if (is(dav, "response"))
                entries.push_back(response());
            else
                m_xml.skipCurrentElement();
        }
        if (m_xml.hasError())
            return fail(ErrorCode::ProtocolError, "XML: " + m_xml.errorString().toStdString());
        return entries;
    }

private:
    bool is(const char* space, const char* name) const {
        return m_xml.name() == QLatin1String(name) && m_xml.namespaceUri() == QLatin1String(space);
    }

    std::string text() { return m_xml.readElementText(QXmlStreamReader::SkipChildElements).toStdString(); }
    std::string trimmedText() { return m_xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed().toStdString(); }

    std::string url(const QString& href) const {
        return m_base.resolved(QUrl(href.trimmed())).toString(QUrl::FullyEncoded).toStdString();
    }

    // The first href within the element.
    std::string innerUrl() {
        std::string found;
        while (m_xml.readNextStartElement()) {
            if (is(dav, "href") && found.empty())
                found = url(m_xml.readElementText(QXmlStreamReader::SkipChildElements));
            else
                m_xml.skipCurrentElement();
        }
        return found;
    }

    // "HTTP/1.1 200 OK"
    int statusCode() {
        const QStringList words = QString::fromStdString(trimmedText()).split(QLatin1Char(' '));
        return words.size() > 1 ? words.at(1).toInt() : 0;
    }

    DavEntry response() {
        DavEntry entry;
        while (m_xml.readNextStartElement()) {
            if (is(dav, "href") && entry.url.empty()) {
                entry.url = url(m_xml.readElementText(QXmlStreamReader::SkipChildElements));
            } else if (is(dav, "status")) {
                entry.status = statusCode();
            } else if (is(dav, "propstat")) {
                propstat(entry);
            } else {
                m_xml.skipCurrentElement();
            }
        }
        return entry;
    }

    void propstat(DavEntry& entry) {
        DavEntry found = entry;
        int status = 200; // it may come before or after the properties
        while (m_xml.readNextStartElement()) {
            if (is(dav, "status"))
                status = statusCode();
            else if (is(dav, "prop"))
                properties(found);
            else
                m_xml.skipCurrentElement();
        }
        if (status == 200)
            entry = found;
    }

    void properties(DavEntry& entry) {
        while (m_xml.readNextStartElement()) {
            if (is(dav, "current-user-principal"))
                entry.principal = innerUrl();
            else if (is(caldav, "calendar-home-set"))
                entry.home = innerUrl();
            else if (is(dav, "displayname"))
                entry.name = trimmedText();
            else if (is(dav, "sync-token"))
                entry.syncToken = trimmedText();
            else if (is(calendarServer, "getctag"))
                entry.ctag = trimmedText();
            else if (is(dav, "getetag"))
                entry.etag = trimmedText();
            else if (is(caldav, "calendar-data"))
                entry.text = text();
            else if (is(dav, "resourcetype"))
                resourceType(entry);
            else if (is(caldav, "supported-calendar-component-set"))
                components(entry);
            else
                m_xml.skipCurrentElement();
        }
    }

    void resourceType(DavEntry& entry) {
        while (m_xml.readNextStartElement()) {
            entry.isCalendar = entry.isCalendar || is(caldav, "calendar");
            m_xml.skipCurrentElement();
        }
    }

    void components(DavEntry& entry) {
        bool any = false;
        bool events = false;
        while (m_xml.readNextStartElement()) {
            any = true;
            events = events || m_xml.attributes().value(QLatin1String("name")) == QLatin1String("VEVENT");
            m_xml.skipCurrentElement();
        }
        entry.hasEvents = events || !any;
    }

    QXmlStreamReader m_xml; // neither external entities nor more than a few expansions
    const QUrl m_base;
};

std::string hostOf(const std::string& url) { return QUrl(QString::fromStdString(url)).host().toStdString(); }

std::string escaped(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped().toStdString(); }

DavCalendar calendarOf(const DavEntry& entry) {
    return {.url = entry.url, .name = entry.name, .tag = entry.syncToken.empty() ? entry.ctag : entry.syncToken};
}

} // namespace

CaldavClient::CaldavClient(Login login, SecretSource password, NetworkTimeouts timeouts)
    : m_login(std::move(login)),
      m_password(std::move(password)),
      m_http(m_login.caFile, timeouts) {}

bool CaldavClient::mayAsk(const std::string& url) const {
    const std::string own = hostOf(m_login.url);
    const std::string host = hostOf(url);
    const QUrl parsed(QString::fromStdString(url));
    const QUrl asked(QString::fromStdString(m_login.url));
    if (asked.scheme() == QLatin1String("https") && parsed.scheme() != QLatin1String("https"))
        return false;
    const std::string domain = contact::registrableDomain(own);
    return host == own || (!domain.empty() && contact::registrableDomain(host) == domain);
}

Result<std::vector<DavEntry>> CaldavClient::ask(const std::string& method, std::string url, int depth, const std::string& body,
                                                const Progress& progress) {
    OUTRIDER_ASSIGN(const SecureBytes password, m_password());
    for (int i = 0; i <= mostRedirects; ++i) {
        if (!mayAsk(url))
            return fail(ErrorCode::ProtocolError, "led to another server: " + hostOf(url));
        HttpExchange exchange =
            m_http.perform({.method = method,
                            .url = url,
                            .headers = {"Content-Type: application/xml; charset=utf-8", "Depth: " + std::to_string(depth)},
                            .body = body,
                            .bearer = nullptr,
                            .user = m_login.userName,
                            .password = &password},
                           progress);
        if (exchange.reply && exchange.reply->status >= 301 && exchange.reply->status <= 308
            && !exchange.reply->location.empty()) {
            url = exchange.reply->location;
            continue;
        }
        OUTRIDER_ASSIGN(const HttpReply reply, succeeded(std::move(exchange)));
        if (reply.status != 207)
            return fail(ErrorCode::ProtocolError, "no CalDAV server: " + std::to_string(reply.status));
        return Multistatus(reply.body, QUrl(QString::fromStdString(url))).read();
    }
    return fail(ErrorCode::ProtocolError, "redirected too often");
}

Result<std::vector<DavCalendar>> CaldavClient::calendars(const Progress& progress) {
    if (m_login.url.size() > 2000 || !checkUrl(m_login.url))
        return fail(ErrorCode::InvalidArgument, "not a URL: " + m_login.url);
    std::string principal;
    std::string home;
    auto here = ask("PROPFIND", m_login.url, 0, whatIsThere, progress);
    const bool isElsewhere = !here
                             && (here.error().code == ErrorCode::NotFound || here.error().code == ErrorCode::ProtocolError
                                 || here.error().code == ErrorCode::RefusedHard);
    if (!here && !isElsewhere)
        return fail(here.error());
    const auto look = [&](const std::vector<DavEntry>& entries) {
        for (const DavEntry& entry : entries) {
            principal = principal.empty() ? entry.principal : principal;
            home = home.empty() ? entry.home : home;
        }
    };
    if (here) {
        if (!here->empty() && here->front().isCalendar)
            return std::vector<DavCalendar>{calendarOf(here->front())};
        look(*here);
    }
    if (principal.empty() && home.empty()) { // RFC 6764 §5
        const QUrl wellKnown = QUrl(QString::fromStdString(m_login.url)).resolved(QUrl(QStringLiteral("/.well-known/caldav")));
        auto there = ask("PROPFIND", wellKnown.toString(QUrl::FullyEncoded).toStdString(), 0, whatIsThere, progress);
        if (!there)
            return fail(here ? there.error() : here.error());
        look(*there);
    }
    if (home.empty() && !principal.empty()) {
        OUTRIDER_ASSIGN(const std::vector<DavEntry> person, ask("PROPFIND", principal, 0, whatIsThere, progress));
        look(person);
    }
    if (home.empty())
        return fail(ErrorCode::NotFound, "calendars at " + m_login.url);
    OUTRIDER_ASSIGN(const std::vector<DavEntry> all, ask("PROPFIND", home, 1, whatIsThere, progress));
    std::vector<DavCalendar> found;
    for (const DavEntry& entry : all) {
        if (entry.isCalendar && entry.hasEvents && found.size() < mostCalendars)
            found.push_back(calendarOf(entry));
    }
    if (found.empty())
        return fail(ErrorCode::NotFound, "calendars at " + m_login.url);
    return found;
}

Result<std::vector<DavObject>> CaldavClient::list(const DavCalendar& calendar, Instant from, Instant to,
                                                  const Progress& progress) {
    const std::string body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                             "<C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:prop><D:getetag/>"
                             "</D:prop><C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\">"
                             "<C:time-range start=\""
                             + occurrenceKey(from) + "\" end=\"" + occurrenceKey(to)
                             + "\"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>";
    OUTRIDER_ASSIGN(const std::vector<DavEntry> entries, ask("REPORT", calendar.url, 1, body, progress));
    std::vector<DavObject> objects;
    for (const DavEntry& entry : entries) {
        if (entry.status == 200 && !entry.etag.empty())
            objects.push_back({.url = entry.url, .etag = entry.etag, .text = {}});
    }
    return objects;
}

Result<std::vector<DavObject>> CaldavClient::fetch(const DavCalendar& calendar, const std::vector<std::string>& urls,
                                                   const Progress& progress) {
    std::vector<DavObject> objects;
    for (std::size_t from = 0; from < urls.size(); from += mostFetched) {
        std::string body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                           "<C:calendar-multiget xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:prop>"
                           "<D:getetag/><C:calendar-data/></D:prop>";
        for (std::size_t i = from; i < std::min(urls.size(), from + mostFetched); ++i)
            body +=
                "<D:href>" + escaped(QUrl(QString::fromStdString(urls[i])).path(QUrl::FullyEncoded).toStdString()) + "</D:href>";
        body += "</C:calendar-multiget>";
        OUTRIDER_ASSIGN(const std::vector<DavEntry> entries, ask("REPORT", calendar.url, 1, body, progress));
        for (const DavEntry& entry : entries) {
            if (entry.status == 200 && !entry.text.empty())
                objects.push_back({.url = entry.url, .etag = entry.etag, .text = entry.text});
        }
    }
    return objects;
}

} // namespace outrider::transport
