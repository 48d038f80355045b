// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/auth_results.h"

#include "core/contact/text.h"

#include <algorithm>
#include <utility>

namespace outrider::transport {

namespace {

constexpr std::size_t mostResults = 50;

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// One statement of a header: its words, without comments, with nothing around "=".
using Words = std::vector<std::string>;

std::vector<Words> statements(std::string_view value) {
    std::vector<Words> all(1);
    std::string word;
    bool joins = false; // a "=" came: what follows belongs to it
    const auto end = [&] {
        if (!word.empty() && !joins)
            all.back().push_back(std::exchange(word, {}));
    };
    int depth = 0; // of comments
    bool quoted = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == '\\' && (quoted || depth > 0)) {
            if (++i < value.size() && depth == 0)
                word += value[i];
        } else if (quoted) {
            quoted = c != '"';
            if (quoted)
                word += c;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')') {
            depth = std::max(0, depth - 1);
        } else if (depth > 0) {
            continue;
        } else if (c == '"') {
            quoted = true;
            joins = false;
        } else if (c == ';') {
            joins = false;
            end();
            all.emplace_back();
        } else if (c == '=') {
            if (word.empty() && !all.back().empty()) { // "spf = pass"
                word = std::move(all.back().back());
                all.back().pop_back();
            }
            word += c;
            joins = true;
        } else if (isSpace(c)) {
            end();
        } else {
            joins = false;
            word += c;
        }
    }
    joins = false;
    end();
    return all;
}

} // namespace

std::optional<AuthResults> parseAuthResults(std::string_view value) {
    const std::vector<Words> all = statements(value);
    if (all.front().empty() || all.front().front().find('=') != std::string::npos)
        return std::nullopt;
    AuthResults found{.server = contact::asciiLower(all.front().front()), .results = {}};
    for (std::size_t i = 1; i < all.size() && found.results.size() < mostResults; ++i) {
        const Words& words = all[i];
        if (words.empty() || words.front() == "none")
            continue;
        const auto equals = words.front().find('=');
        if (equals == std::string::npos || equals == 0)
            continue;
        AuthResult one;
        one.method = contact::asciiLower(words.front().substr(0, equals));
        one.method = one.method.substr(0, one.method.find('/')); // its version
        one.result = contact::asciiLower(words.front().substr(equals + 1));
        for (std::size_t w = 1; w < words.size(); ++w)
            one.properties += (one.properties.empty() ? "" : " ") + words[w];
        found.results.push_back(std::move(one));
    }
    return found;
}

std::optional<AuthResults> receiversVerdict(const MailHeaders& headers) {
    std::optional<AuthResults> verdict;
    for (const std::string_view value : headers.all("Authentication-Results")) {
        auto one = parseAuthResults(value);
        if (!one)
            break;
        if (!verdict) {
            verdict = std::move(one);
            continue;
        }
        if (one->server != verdict->server)
            break;
        verdict->results.insert(verdict->results.end(), one->results.begin(), one->results.end());
        if (verdict->results.size() > mostResults)
            break;
    }
    return verdict;
}

bool DkimSignature::covers(std::string_view header) const {
    return std::find(headers.begin(), headers.end(), contact::asciiLower(header)) != headers.end();
}

std::optional<DkimSignature> parseDkimSignature(std::string_view value) {
    DkimSignature signature;
    for (const std::string_view part : contact::split(value, ";")) {
        const std::string_view tag = contact::trimmed(part);
        const auto equals = tag.find('=');
        if (equals == std::string_view::npos)
            continue;
        const std::string_view name = contact::trimmed(tag.substr(0, equals));
        const std::string_view text = contact::trimmed(tag.substr(equals + 1));
        if (name == "d") {
            signature.domain = contact::asciiLower(text);
        } else if (name == "s") {
            signature.selector = text;
        } else if (name == "h") {
            for (const std::string_view header : contact::split(text, ":"))
                signature.headers.push_back(contact::asciiLower(contact::trimmed(header)));
        }
    }
    return signature.domain.empty() ? std::nullopt : std::optional(signature);
}

} // namespace outrider::transport
