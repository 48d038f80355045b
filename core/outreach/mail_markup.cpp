// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/mail_markup.h"

#include "core/contact/text.h"

#include <cmark.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace outrider::outreach {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool isLinkTarget(std::string_view target) {
    const std::string lower = contact::asciiLower(target.substr(0, 8));
    return lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with("mailto:")
           || lower.starts_with("tel:");
}

// Where a bare http(s) link ends that begins at `at`: before white space and the punctuation of the sentence around it.
std::size_t endOfBareLink(std::string_view text, std::size_t at) {
    std::size_t end = at;
    int open = 0;
    while (end < text.size() && !isSpace(text[end]) && text[end] != '<' && text[end] != '>' && text[end] != '"') {
        if (text[end] == '(')
            ++open;
        if (text[end] == ')' && --open < 0)
            break;
        ++end;
    }
    constexpr std::string_view sentence = ".,;:!?'*_";
    while (end > at && sentence.find(text[end - 1]) != std::string_view::npos)
        --end;
    return end;
}

// The next bare link from `at` on; npos: none.
std::size_t bareLink(std::string_view text, std::size_t at) {
    for (; at < text.size(); ++at) {
        if (text[at] != 'h' && text[at] != 'H')
            continue;
        if (at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1])) != 0)
            continue;
        const std::string start = contact::asciiLower(text.substr(at, 8));
        const std::size_t scheme = start.starts_with("https://") ? 8 : start.starts_with("http://") ? 7 : 0;
        if (scheme > 0 && endOfBareLink(text, at) > at + scheme)
            return at;
    }
    return std::string_view::npos;
}

void escape(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
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
        default:
            out += c;
        }
    }
}

// Text with its bare links as links, where one may stand.
void writeText(std::string& out, std::string_view text, bool links) {
    std::size_t at = 0;
    while (links) {
        const auto begin = bareLink(text, at);
        if (begin == std::string_view::npos)
            break;
        const auto end = endOfBareLink(text, begin);
        escape(out, text.substr(at, begin - at));
        out += "<a href=\"";
        escape(out, text.substr(begin, end - begin));
        out += "\">";
        escape(out, text.substr(begin, end - begin));
        out += "</a>";
        at = end;
    }
    escape(out, text.substr(at));
}

std::string_view literal(cmark_node* node) {
    const char* text = cmark_node_get_literal(node);
    return text == nullptr ? std::string_view() : std::string_view(text);
}

void writeLines(std::string& out, std::string_view lines, bool links) {
    while (!lines.empty() && lines.back() == '\n')
        lines.remove_suffix(1);
    bool first = true;
    for (const std::string_view line : contact::split(lines, "\n")) {
        out += first ? "" : "<br>\n";
        writeText(out, line, links);
        first = false;
    }
}

class Writer {
public:
    std::string html(cmark_node* document) {
        using Iterator = std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)>;
        const Iterator iterator(cmark_iter_new(document), cmark_iter_free);
        for (cmark_event_type event = CMARK_EVENT_NONE; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;)
            write(cmark_iter_get_node(iterator.get()), event == CMARK_EVENT_ENTER);
        return std::move(m_out);
    }

private:
    static bool isTight(cmark_node* paragraph) {
        cmark_node* item = cmark_node_parent(paragraph);
        return item != nullptr && cmark_node_get_type(item) == CMARK_NODE_ITEM
               && cmark_node_get_list_tight(cmark_node_parent(item)) != 0;
    }

    void write(cmark_node* node, bool enter) {
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_PARAGRAPH:
            if (!isTight(node))
                m_out += enter ? "<p>" : "</p>\n";
            break;
        case CMARK_NODE_HEADING:
            m_out += enter ? "<p><strong>" : "</strong></p>\n";
            break;
        case CMARK_NODE_BLOCK_QUOTE:
            m_out += enter ? "<blockquote>\n" : "</blockquote>\n";
            break;
        case CMARK_NODE_LIST: {
            const bool numbers = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
            const int start = cmark_node_get_list_start(node);
            if (enter && numbers && start != 1)
                m_out += "<ol start=\"" + std::to_string(start) + "\">\n";
            else
                m_out += numbers ? (enter ? "<ol>\n" : "</ol>\n") : (enter ? "<ul>\n" : "</ul>\n");
            break;
        }
        case CMARK_NODE_ITEM:
            m_out += enter ? "<li>" : "</li>\n";
            break;
        case CMARK_NODE_EMPH:
            m_out += enter ? "<em>" : "</em>";
            break;
        case CMARK_NODE_STRONG:
            m_out += enter ? "<strong>" : "</strong>";
            break;
        case CMARK_NODE_LINK:
            link(node, enter);
            break;
        case CMARK_NODE_THEMATIC_BREAK:
            m_out += "<hr>\n";
            break;
        case CMARK_NODE_SOFTBREAK:
        case CMARK_NODE_LINEBREAK:
            m_out += "<br>\n";
            break;
        case CMARK_NODE_TEXT:
        case CMARK_NODE_CODE:
        case CMARK_NODE_HTML_INLINE:
            writeText(m_out, literal(node), m_links == 0);
            break;
        case CMARK_NODE_CODE_BLOCK:
        case CMARK_NODE_HTML_BLOCK:
            m_out += "<p>";
            writeLines(m_out, literal(node), true);
            m_out += "</p>\n";
            break;
        default: // a picture is its text
            break;
        }
    }

    void link(cmark_node* node, bool enter) {
        const std::string_view target = cmark_node_get_url(node);
        if (!isLinkTarget(target))
            return;
        m_links += enter ? 1 : -1;
        if (!enter) {
            m_out += "</a>";
            return;
        }
        m_out += "<a href=\"";
        escape(m_out, target);
        m_out += "\">";
    }

    std::string m_out;
    int m_links = 0;
};

} // namespace

std::string htmlOf(std::string_view markup, std::string_view footer) {
    using Document = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
    const Document document(cmark_parse_document(markup.data(), markup.size(), CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8),
                            cmark_node_free);
    cmark_consolidate_text_nodes(document.get()); // an escape cuts a link in two
    std::string html = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n";
    html += Writer().html(document.get());
    if (!footer.empty()) {
        html += "<p>";
        writeLines(html, footer, true);
        html += "</p>\n";
    }
    return html + "</body></html>\n";
}

std::vector<MarkupLink> linksOf(std::string_view markup) {
    std::vector<MarkupLink> links;
    for (std::size_t at = 0; at < markup.size();) {
        if (markup[at] == '\\') {
            at += 2;
            continue;
        }
        if (markup[at] == '[') {
            const auto middle = markup.find("](", at);
            const auto end = middle == std::string_view::npos ? middle : markup.find(')', middle);
            const auto line = markup.find('\n', at);
            if (end != std::string_view::npos && (line == std::string_view::npos || end < line)) {
                const bool picture = at > 0 && markup[at - 1] == '!';
                const std::size_t begin = picture ? at - 1 : at;
                auto target = contact::trimmed(markup.substr(middle + 2, end - middle - 2));
                target = target.substr(0, target.find(' ')); // a title may follow
                links.push_back({.text = markup.substr(at + 1, middle - at - 1),
                                 .target = target,
                                 .position = begin,
                                 .length = end + 1 - begin,
                                 .picture = picture});
                at = end + 1;
                continue;
            }
        }
        if ((markup[at] == 'h' || markup[at] == 'H') && bareLink(markup.substr(0, std::min(markup.size(), at + 9)), at) == at) {
            const auto end = endOfBareLink(markup, at);
            links.push_back({.text = {}, .target = markup.substr(at, end - at), .position = at, .length = end - at});
            at = end;
            continue;
        }
        ++at;
    }
    return links;
}

} // namespace outrider::outreach
