// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/html_clean.h"

#include "core/contact/domain_name.h"
#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/html_scan.h"
#include "core/transport/html_text.h"
#include "core/transport/html_tree.h"
#include "core/transport/text_writer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace outrider::transport {

namespace {

constexpr std::size_t deepestElement = 64;
constexpr int deepestTable = 2; // tables inside that are there for layout: their cells become lines
constexpr int mostElements = 20000;
constexpr std::size_t mostLinks = 500;
constexpr std::size_t longestUrl = 4096;
constexpr std::size_t longestLinkText = 300;

// The element as it is written out; empty: only what is inside of it.
std::string_view nameOf(GumboTag tag) {
    constexpr std::array<std::pair<GumboTag, std::string_view>, 46> kept{{
        {GUMBO_TAG_P, "p"},
        {GUMBO_TAG_DIV, "div"},
        {GUMBO_TAG_SPAN, "span"},
        {GUMBO_TAG_B, "b"},
        {GUMBO_TAG_STRONG, "b"},
        {GUMBO_TAG_I, "i"},
        {GUMBO_TAG_EM, "i"},
        {GUMBO_TAG_U, "u"},
        {GUMBO_TAG_INS, "u"},
        {GUMBO_TAG_S, "s"},
        {GUMBO_TAG_STRIKE, "s"},
        {GUMBO_TAG_DEL, "s"},
        {GUMBO_TAG_H1, "h3"},
        {GUMBO_TAG_H2, "h3"},
        {GUMBO_TAG_H3, "h4"},
        {GUMBO_TAG_H4, "h4"},
        {GUMBO_TAG_H5, "h5"},
        {GUMBO_TAG_H6, "h5"},
        {GUMBO_TAG_UL, "ul"},
        {GUMBO_TAG_OL, "ol"},
        {GUMBO_TAG_LI, "li"},
        {GUMBO_TAG_DL, "dl"},
        {GUMBO_TAG_DT, "dt"},
        {GUMBO_TAG_DD, "dd"},
        {GUMBO_TAG_PRE, "pre"},
        {GUMBO_TAG_CODE, "code"},
        {GUMBO_TAG_TT, "code"},
        {GUMBO_TAG_SUB, "sub"},
        {GUMBO_TAG_SUP, "sup"},
        {GUMBO_TAG_SMALL, "small"},
        {GUMBO_TAG_BIG, "big"},
        {GUMBO_TAG_ADDRESS, "div"},
        {GUMBO_TAG_ARTICLE, "div"},
        {GUMBO_TAG_SECTION, "div"},
        {GUMBO_TAG_HEADER, "div"},
        {GUMBO_TAG_FOOTER, "div"},
        {GUMBO_TAG_CENTER, "div"},
        {GUMBO_TAG_FORM, "div"},
        {GUMBO_TAG_FIELDSET, "div"},
        {GUMBO_TAG_MAIN, "div"},
        {GUMBO_TAG_BLOCKQUOTE, "blockquote"},
        {GUMBO_TAG_TABLE, "table"},
        {GUMBO_TAG_TR, "tr"},
        {GUMBO_TAG_TD, "td"},
        {GUMBO_TAG_TH, "th"},
        {GUMBO_TAG_FIGURE, "div"},
    }};
    const auto found = std::find_if(kept.begin(), kept.end(), [tag](const auto& pair) { return pair.first == tag; });
    return found == kept.end() ? std::string_view() : found->second;
}

bool isTablePart(std::string_view name) { return name == "table" || name == "tr" || name == "td" || name == "th"; }

// Signs that turn the order of what follows around: U+202A…U+202E, U+2066…U+2069.
std::size_t directionSign(std::string_view text) {
    if (text.size() < 3 || static_cast<unsigned char>(text[0]) != 0xE2)
        return 0;
    const auto second = static_cast<unsigned char>(text[1]);
    const auto third = static_cast<unsigned char>(text[2]);
    return (second == 0x80 && third >= 0xAA && third <= 0xAE) || (second == 0x81 && third >= 0xA6 && third <= 0xA9) ? 3 : 0;
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (const std::size_t length = directionSign(text.substr(at)); length > 0) {
            at += length - 1;
            continue;
        }
        switch (text[at]) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += text[at];
        }
    }
    return out;
}

// Browsers leave out tabs, line ends and what surrounds it: "java\tscript:" is what it seems not to be.
std::string bareUrl(std::string_view written) {
    std::string url;
    for (std::size_t at = 0; at < written.size() && url.size() <= longestUrl; ++at) {
        if (const std::size_t length = directionSign(written.substr(at)); length > 0) {
            at += length - 1;
            continue;
        }
        const auto byte = static_cast<unsigned char>(written[at]);
        if (byte > 0x20 && byte != 0x7F)
            url += written[at];
        else if (byte == ' ' && !url.empty())
            url += "%20";
    }
    while (url.ends_with("%20"))
        url.resize(url.size() - 3);
    return url;
}

// Empty when it is no link one may follow.
std::string allowedUrl(std::string_view written) {
    std::string url = bareUrl(written);
    if (url.size() > longestUrl)
        return {};
    const std::string lower = contact::asciiLower(std::string_view(url).substr(0, 8));
    if (lower.starts_with("mailto:"))
        return url;
    const bool web = lower.starts_with("http://") || lower.starts_with("https://");
    return web && !linkHost(url).empty() ? url : std::string();
}

std::string_view authorityOf(std::string_view url) {
    const auto start = url.find("://");
    if (start == std::string_view::npos)
        return {};
    url.remove_prefix(start + 3);
    while (!url.empty() && (url.front() == '/' || url.front() == '\\')) // "https:///evil.example"
        url.remove_prefix(1);
    return url.substr(0, url.find_first_of("/\\?#"));
}

// Whether what is shown as a link's text says it leads somewhere else.
bool namesAnotherHost(std::string_view text, std::string_view host) {
    const std::string real = contact::registrableDomain(host);
    for (const std::string_view part : {" ", "\n"}) {
        for (std::string_view word : contact::split(text, part)) {
            while (!word.empty() && std::string_view("<>()[]\"',;:!?.").find(word.back()) != std::string_view::npos)
                word.remove_suffix(1);
            while (!word.empty() && std::string_view("<([\"'").find(word.front()) != std::string_view::npos)
                word.remove_prefix(1);
            const bool url = word.find("://") != std::string_view::npos || contact::asciiLower(word.substr(0, 4)) == "www.";
            const std::string named =
                contact::hostOf(url && word.find("://") != std::string_view::npos ? linkHost(word) : std::string(word));
            const std::string domain = contact::registrableDomain(named);
            if (domain.empty() || named.find('.') == std::string::npos)
                continue;
            // "report.docx" and "3.5" look like hosts to nobody, "nordwind.example" does.
            const auto dot = named.rfind('.');
            const bool letters = std::all_of(named.begin() + std::ptrdiff_t(dot) + 1, named.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
            });
            if (letters && domain != real && named != host)
                return true;
        }
    }
    return false;
}

// "data:image/png;base64,…" of a kind that draws and does nothing else.
bool isHarmlessImage(std::string_view url) {
    if (url.size() > largestInlineImage)
        return false;
    constexpr std::array<std::string_view, 4> kinds{"data:image/png;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64,",
                                                    "data:image/gif;base64,"};
    const std::string lower = contact::asciiLower(url.substr(0, 32));
    for (const std::string_view kind : kinds) {
        if (lower.starts_with(kind))
            return std::all_of(url.begin() + std::ptrdiff_t(kind.size()), url.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
                       || c == '=';
            });
    }
    return false;
}

std::string numberAttribute(const GumboElement& element, const char* name, int most) {
    const std::string_view value = attributeOf(element, name);
    int number = 0;
    for (const char c : value.substr(0, 4)) {
        if (c < '0' || c > '9')
            break;
        number = number * 10 + (c - '0');
    }
    return number > 1 && number <= most ? " " + std::string(name) + "=\"" + std::to_string(number) + "\"" : std::string();
}

class Cleaner {
public:
    explicit Cleaner(const InlineImage& inlineImage) : m_inlineImage(inlineImage) {}

    CleanHtml clean(const GumboNode* root) {
        std::vector<Step> path;
        path.push_back({root, 0, {}});
        while (!path.empty()) {
            Step& step = path.back();
            const GumboElement& element = step.node->v.element;
            if (step.child == element.children.length || m_result.truncated) {
                leave(step);
                path.pop_back();
                continue;
            }
            const auto* next = static_cast<const GumboNode*>(element.children.data[step.child++]);
            if (next->type == GUMBO_NODE_TEXT || next->type == GUMBO_NODE_CDATA || next->type == GUMBO_NODE_WHITESPACE) {
                text(next->v.text.text);
            } else if (next->type == GUMBO_NODE_ELEMENT && !isSkippedElement(next->v.element.tag)
                       && !isHiddenElement(next->v.element)) {
                std::string close = enter(next->v.element, path.size());
                path.push_back({next, 0, std::move(close)});
            }
        }
        return std::move(m_result);
    }

private:
    struct Step {
        const GumboNode* node;
        unsigned int child;
        std::string close; // the element that was opened for it
    };

    void put(std::string_view markup) {
        if (m_result.html.size() + markup.size() > mostCleanHtml - roomToClose) {
            m_result.truncated = true;
            return;
        }
        m_result.html += markup;
    }

    void text(std::string_view words) {
        put(escaped(words));
        if (m_link && m_link->text.size() < longestLinkText)
            m_link->text += utf8Prefix(words, longestLinkText - m_link->text.size());
    }

    // Opens what is kept of an element; returns its name when it has to be closed.
    std::string enter(const GumboElement& element, std::size_t depth) {
        if (++m_elements > mostElements) {
            m_result.truncated = true;
            return {};
        }
        switch (element.tag) {
        case GUMBO_TAG_BR:
            put("<br>");
            return {};
        case GUMBO_TAG_HR:
            put("<hr>");
            return {};
        case GUMBO_TAG_IMG:
            image(element);
            return {};
        case GUMBO_TAG_A:
            return openLink(element);
        default:
            break;
        }
        std::string name(nameOf(element.tag));
        if (name.empty() || depth > deepestElement)
            return {};
        if (name == "table" && ++m_tables > deepestTable)
            return "/table"; // counted, not written
        if (isTablePart(name) && name != "table" && (m_tables > deepestTable || m_tables == 0))
            name = "div"; // its cells one below the other
        std::string attributes;
        if (name == "td" || name == "th")
            attributes = numberAttribute(element, "colspan", 20) + numberAttribute(element, "rowspan", 100);
        put("<" + name + attributes + ">");
        return m_result.truncated ? std::string() : name;
    }

    void leave(const Step& step) {
        if (step.close.empty())
            return;
        if (step.close == "a") {
            closeLink();
            return;
        }
        if (step.close == "/table" || step.close == "table")
            --m_tables;
        if (step.close != "/table")
            m_result.html += "</" + step.close + ">"; // there is room: see put()
    }

    std::string openLink(const GumboElement& element) {
        std::string url = allowedUrl(attributeOf(element, "href"));
        if (url.empty() || m_link || m_result.links.size() >= mostLinks)
            return {};
        put("<a href=\"" + escaped(url) + "\">");
        if (m_result.truncated)
            return {};
        m_link = MailLink{.url = std::move(url)};
        return "a";
    }

    void closeLink() {
        m_result.html += "</a>";
        MailLink link = std::move(*m_link);
        m_link.reset();
        link.text = contact::collapsed(link.text);
        const bool mail = contact::asciiLower(std::string_view(link.url).substr(0, 7)) == "mailto:";
        if (mail) {
            const std::string_view rest = std::string_view(link.url).substr(7);
            link.host = rest.substr(0, rest.find('?'));
            const bool named = link.text.find('@') != std::string::npos && link.text.find(' ') == std::string::npos;
            link.misleading = named && contact::asciiLower(link.text) != contact::asciiLower(link.host);
        } else {
            link.host = linkHost(link.url);
            const std::string_view authority = authorityOf(link.url);
            link.misleading = authority.find('@') != std::string_view::npos || namesAnotherHost(link.text, link.host);
        }
        if (link.misleading)
            put(" <b>[" + escaped(link.host) + "]</b>");
        m_result.links.push_back(std::move(link));
    }

    void image(const GumboElement& element) {
        const std::string whole(attributeOf(element, "src"));
        std::string data;
        const std::string lower = contact::asciiLower(std::string_view(whole).substr(0, 8));
        if (lower.starts_with("cid:") && m_inlineImage)
            data = m_inlineImage(std::string_view(whole).substr(4));
        else if (lower.starts_with("data:"))
            data = whole;
        std::erase_if(data, isHtmlSpace);
        const std::string alt(utf8Prefix(contact::trimmed(attributeOf(element, "alt")), longestLinkText));
        if (!data.empty() && isHarmlessImage(data)) {
            put("<img src=\"" + data + "\" alt=\"" + escaped(alt) + "\">");
            return;
        }
        if (isPixel(element))
            ++m_result.imagesLeftOut; // nobody misses it
        else if (!whole.empty() || !alt.empty()) {
            ++m_result.imagesLeftOut;
            text(alt.empty() ? std::string("\xE2\x96\xA2") : "\xE2\x96\xA2 " + alt); // ▢
        }
    }

    static bool isPixel(const GumboElement& element) {
        const auto tiny = [](std::string_view value) { return value == "0" || value == "1" || value == "1px" || value == "0px"; };
        return tiny(attributeOf(element, "width")) || tiny(attributeOf(element, "height"));
    }

    static constexpr std::size_t roomToClose = 4096; // deepestElement end tags, and a host
    const InlineImage& m_inlineImage;
    CleanHtml m_result;
    std::optional<MailLink> m_link; // open
    int m_tables = 0;
    int m_elements = 0;
};

// Text alone, lines kept.
CleanHtml asText(std::string_view text) {
    CleanHtml result;
    result.html = "<p>";
    for (const std::string_view line : contact::split(text, "\n")) {
        if (result.html.size() + 6 * line.size() > mostCleanHtml - 64) {
            result.truncated = true;
            break;
        }
        result.html += escaped(line) + "<br>";
    }
    result.html += "</p>";
    return result;
}

} // namespace

std::string linkHost(std::string_view url) {
    std::string_view authority = authorityOf(url);
    if (const auto at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    if (authority.starts_with('[')) // an IPv6 address
        return contact::asciiLower(authority.substr(0, authority.find(']') + 1));
    std::string host = contact::asciiLower(authority.substr(0, authority.find(':')));
    while (host.ends_with('.'))
        host.pop_back();
    return host;
}

CleanHtml cleanHtml(std::string_view html, const InlineImage& inlineImage) {
    const bool cut = html.size() > mostHtml;
    html = utf8Prefix(html, mostHtml);
    const std::string lower = contact::asciiLower(html);
    CleanHtml result;
    bool done = false;
    if (isReasonableHtml(lower)) {
        HtmlArena arena;
        if (const GumboNode* root = parseHtml(arena, html); root != nullptr) {
            result = Cleaner(inlineImage).clean(root);
            result.html = cleanUtf8(result.html);
            done = true;
        }
    }
    if (!done)
        result = asText(cleanUtf8(scannedHtmlText(html, lower)));
    result.truncated = result.truncated || cut;
    return result;
}

} // namespace outrider::transport
