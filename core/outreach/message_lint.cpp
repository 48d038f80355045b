// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/message_lint.h"

#include "core/contact/domain_name.h"
#include "core/contact/text.h"
#include "core/domain/field.h"
#include "core/outreach/choices.h"
#include "core/outreach/lint_words.h"
#include "core/outreach/mail_markup.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace outrider::outreach {

namespace {

using namespace std::string_view_literals;
using Severity = LintFinding::Severity;
using Place = LintFinding::Place;

// Members of the EU and the EEA: opt-out by Art. 13 of Directive 2002/58/EC.
constexpr std::array europe{"AT"sv, "BE"sv, "BG"sv, "CY"sv, "CZ"sv, "DE"sv, "DK"sv, "EE"sv, "ES"sv, "FI"sv,
                            "FR"sv, "GR"sv, "HR"sv, "HU"sv, "IE"sv, "IS"sv, "IT"sv, "LI"sv, "LT"sv, "LU"sv,
                            "LV"sv, "MT"sv, "NL"sv, "NO"sv, "PL"sv, "PT"sv, "RO"sv, "SE"sv, "SI"sv, "SK"sv};
constexpr std::array elsewhere{"AU"sv, "CA"sv, "CH"sv, "GB"sv, "NZ"sv, "US"sv};

constexpr int longSubject = 70;  // characters; phones show about half
constexpr int longBody = 200;    // words
constexpr int longishBody = 125; // words
constexpr int manyLinks = 2;
constexpr std::int64_t largeAttachments = std::int64_t(2) << 20;

bool isWordByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80; }

// The text with everything that is not the author's words blanked: tags, and the signs of choices. Positions stay.
std::string wordsOnly(std::string_view text) {
    std::string out(text);
    if (const auto tags = templateTags(text)) {
        for (const TemplateTag& tag : *tags)
            std::fill_n(out.begin() + std::ptrdiff_t(tag.position), tag.length, ' ');
    }
    for (const MarkupLink& link : linksOf(text)) {
        const std::size_t shown = link.text.empty() ? 0 : link.text.size() + 1; // "[text"
        std::fill(out.begin() + std::ptrdiff_t(link.position + shown), out.begin() + std::ptrdiff_t(link.position + link.length),
                  ' ');
    }
    return out;
}

// One message as somebody would get it, fields as one word each: for counting.
std::string sample(std::string_view text, const TemplateSnippets& snippets) {
    std::string whole(text);
    if (auto expanded = withSnippets(text, snippets))
        whole = *std::move(expanded);
    if (auto chosen = withChoices(whole, 0))
        whole = *std::move(chosen);
    const auto tags = templateTags(whole);
    if (!tags)
        return whole;
    std::string out;
    std::size_t at = 0;
    for (const TemplateTag& tag : *tags) {
        out += whole.substr(at, tag.position - at);
        out += tag.kind == TemplateTag::Kind::Variable ? "field" : "";
        at = tag.position + tag.length;
    }
    return out += whole.substr(at);
}

int countWords(std::string_view text) {
    int words = 0;
    const std::string one = contact::collapsed(text); // the words look into it
    for (const auto word : contact::split(one, " "))
        words += std::any_of(word.begin(), word.end(), isWordByte) ? 1 : 0;
    return words;
}

int countCharacters(std::string_view text) {
    return int(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t positionIn(const std::string& detail) { // "12: what was expected"
    std::size_t position = 0;
    std::from_chars(detail.data(), detail.data() + detail.size(), position);
    return position;
}

// One text of one step.
class Reader {
public:
    Reader(const LintInput& input, std::vector<LintFinding>& found, int step, int variant)
        : m_input(input),
          m_found(found),
          m_step(step),
          m_variant(variant) {}

    LintFinding& say(Severity severity, std::string rule, Place place, std::size_t position = 0, std::size_t length = 0,
                     std::vector<std::string> words = {}) {
        m_found.push_back({.severity = severity,
                           .rule = std::move(rule),
                           .step = m_step,
                           .variant = m_variant,
                           .place = place,
                           .position = position,
                           .length = length,
                           .words = std::move(words)});
        return m_found.back();
    }

    // Whether it can be rendered at all.
    bool merges(Place place, std::string_view text) {
        const auto tags = templateTags(text);
        if (!tags) {
            say(Severity::Error, "merge_syntax", place, positionIn(tags.error().detail), 2, {tags.error().detail});
            return false;
        }
        bool fine = true;
        for (const TemplateTag& tag : *tags) {
            const auto custom = customFieldKey(tag.field);
            if (tag.kind == TemplateTag::Kind::Snippet) {
                if (const auto whole = withSnippets(text.substr(tag.position, tag.length), m_input.snippets); !whole) {
                    const bool missing = whole.error().code == ErrorCode::UnknownVariable;
                    say(Severity::Error, missing ? "unknown_snippet" : "broken_snippet", place, tag.position, tag.length,
                        {missing ? whole.error().detail.substr(2) : tag.field});
                    fine = false;
                } else if (const auto valid = checkTemplate(*whole); !valid) {
                    say(Severity::Error, "broken_snippet", place, tag.position, tag.length, {tag.field, valid.error().detail});
                    fine = false;
                }
            } else if (tag.kind != TemplateTag::Kind::Comment && (!tag.known || (custom && neverFilled(tag, *custom)))) {
                say(Severity::Error, "unknown_field", place, tag.position, tag.length, {tag.field});
                fine = false;
            }
        }
        if (const auto valid = checkTemplate(text); !valid && valid.error().code == ErrorCode::TemplateSyntax) {
            say(Severity::Error, "choice_syntax", place, positionIn(valid.error().detail), 1, {valid.error().detail});
            return false;
        }
        if (const auto choices = templateChoices(text)) {
            for (const TemplateChoice& choice : *choices)
                checkChoice(place, choice);
        }
        return fine;
    }

    void wording(Place place, std::string_view text) {
        const std::string words = wordsOnly(text);
        const std::string lower = contact::asciiLower(words);
        capitals(place, words);
        exclamations(place, words);
        spamWords(place, lower);
        repeatedWords(place, words);
    }

    void subject(std::string_view text, bool opens) {
        const std::string one = sample(text, m_input.snippets);
        if (const int length = countCharacters(one); length > longSubject) {
            LintFinding& finding = say(Severity::Warning, "long_subject", Place::Subject, 0, text.size());
            finding.count = length;
            finding.limit = longSubject;
        }
        const std::string start = contact::asciiLower(contact::trimmed(text).substr(0, 4));
        if (opens
            && (start.starts_with("re:") || start.starts_with("fw:") || start.starts_with("aw:") || start.starts_with("fwd:")))
            say(Severity::Warning, "false_reply", Place::Subject, 0, text.find(':') + 1);
        if (text.find('\n') != std::string_view::npos)
            say(Severity::Warning, "subject_lines", Place::Subject, text.find('\n'), 1);
    }

    void body(std::string_view text, bool first) {
        const std::string one = sample(text, m_input.snippets);
        if (const int words = countWords(one); words > longishBody) {
            LintFinding& finding = say(words > longBody ? Severity::Warning : Severity::Hint, "long_text", Place::Body);
            finding.count = words;
            finding.limit = words > longBody ? longBody : longishBody;
        }
        const auto links = linksOf(text);
        const auto inAll = linksOf(one);
        if (int(inAll.size()) > manyLinks) {
            LintFinding& finding = say(Severity::Warning, "many_links", Place::Body);
            finding.count = int(inAll.size());
            finding.limit = manyLinks;
        } else if (first && !inAll.empty()) {
            say(Severity::Hint, "first_mail_link", Place::Body, links.empty() ? 0 : links.front().position,
                links.empty() ? 0 : links.front().length);
        }
        for (const MarkupLink& link : links)
            checkLink(link);
        markup(text, links);
    }

    void files(const std::vector<MailAttachment>& files, bool first) {
        std::int64_t size = 0;
        for (const MailAttachment& file : files) {
            size += file.size;
            const auto dot = file.name.rfind('.');
            if (dot != std::string::npos && isRefusedFile(contact::asciiLower(file.name.substr(dot + 1))))
                say(Severity::Warning, "refused_file", Place::Attachments, 0, 0, {file.name});
        }
        if (size > mostAttachmentBytes || files.size() > mostAttachments) {
            LintFinding& finding = say(Severity::Error, "files_too_large", Place::Attachments);
            finding.count = int(size >> 20);
            finding.limit = int(mostAttachmentBytes >> 20);
        } else if (size > largeAttachments) {
            LintFinding& finding = say(Severity::Warning, "files_large", Place::Attachments);
            finding.count = int(size >> 20);
            finding.limit = int(largeAttachments >> 20);
        }
        if (first && !files.empty())
            say(Severity::Hint, "first_mail_file", Place::Attachments, 0, 0, {files.front().name});
    }

    // Whom a field without fallback would keep the message from.
    void missing(std::string_view subject, std::string_view body) {
        std::map<std::string, int, std::less<>> without;
        for (const TemplateValues& lead : m_input.leads) {
            for (const std::string_view text : {subject, body}) {
                const auto rendered = renderTemplate(text, lead, {.snippets = &m_input.snippets});
                if (!rendered && rendered.error().code == ErrorCode::MissingVariable) {
                    ++without[rendered.error().detail];
                    break;
                }
            }
        }
        for (const auto& [field, count] : without) {
            const std::string tag = "{{" + field + "}}";
            const bool inBody = body.find(tag) != std::string_view::npos;
            const auto at = inBody ? body.find(tag) : subject.find(tag);
            const bool found = at != std::string_view::npos;
            LintFinding& finding = say(Severity::Warning, "field_missing", inBody || !found ? Place::Body : Place::Subject,
                                       found ? at : 0, found ? tag.size() : 0, {field});
            finding.count = count;
            finding.limit = int(m_input.leads.size());
        }
    }

private:
    // A field of the person's own that no lead has ever had.
    bool neverFilled(const TemplateTag& tag, std::string_view key) const {
        return tag.kind == TemplateTag::Kind::Variable && !tag.hasFallback && !m_input.customFields.contains(key);
    }

    void checkChoice(Place place, const TemplateChoice& choice) {
        for (std::size_t i = 0; i < choice.options.size(); ++i) {
            for (std::size_t k = i + 1; k < choice.options.size(); ++k) {
                if (contact::trimmed(choice.options[i]) == contact::trimmed(choice.options[k])) {
                    say(Severity::Hint, "same_choice", place, choice.position, choice.length,
                        {std::string(contact::trimmed(choice.options[i]))});
                    return;
                }
            }
        }
    }

    void capitals(Place place, std::string_view words) {
        std::vector<std::string> shouted;
        std::size_t position = 0;
        std::size_t length = 0;
        for (std::size_t at = 0; at < words.size();) {
            std::size_t end = at;
            bool capitals = true;
            while (end < words.size() && isWordByte(words[end])) {
                capitals = capitals && words[end] >= 'A' && words[end] <= 'Z';
                ++end;
            }
            constexpr std::size_t longerThanAnAbbreviation = 5;
            if (capitals && end - at >= longerThanAnAbbreviation) {
                if (shouted.empty()) {
                    position = at;
                    length = end - at;
                }
                shouted.emplace_back(words.substr(at, end - at));
            }
            at = std::max(end, at + 1);
        }
        const std::size_t tolerated = place == Place::Subject ? 0 : 1;
        if (shouted.size() > tolerated)
            say(Severity::Warning, "capitals", place, position, length, std::move(shouted));
    }

    void exclamations(Place place, std::string_view words) {
        if (const auto at = words.find("!!"); at != std::string_view::npos) {
            auto end = at;
            while (end < words.size() && words[end] == '!')
                ++end;
            say(Severity::Warning, "exclamations", place, at, end - at).replacement = ".";
        } else if (const auto count = std::ranges::count(words, '!'); count > (place == Place::Subject ? 0 : 2)) {
            LintFinding& finding = say(Severity::Warning, "exclamations", place, words.find('!'), 1);
            finding.count = int(count);
            finding.replacement = ".";
        }
    }

    void spamWords(Place place, std::string_view lower) {
        std::vector<std::string> words;
        std::size_t position = 0;
        std::size_t length = 0;
        for (const std::string_view phrase : spamPhrases()) {
            const auto at = lower.find(phrase);
            if (at == std::string_view::npos || (at > 0 && isWordByte(lower[at - 1]))
                || (at + phrase.size() < lower.size() && isWordByte(lower[at + phrase.size()])))
                continue;
            if (words.empty() || at < position) {
                position = at;
                length = phrase.size();
            }
            words.emplace_back(phrase);
        }
        if (!words.empty()) {
            const bool many = place == Place::Subject || words.size() > 2;
            say(many ? Severity::Warning : Severity::Hint, "spam_words", place, position, length, std::move(words));
        }
    }

    // "the the"
    void repeatedWords(Place place, std::string_view words) {
        std::string_view previous;
        std::size_t began = 0;
        for (std::size_t at = 0; at < words.size();) {
            std::size_t end = at;
            while (end < words.size() && isWordByte(words[end]))
                ++end;
            if (end == at) {
                if (words[at] != ' ')
                    previous = {};
                ++at;
                continue;
            }
            const std::string_view word = words.substr(at, end - at);
            const bool same = word.size() > 1 && contact::asciiLower(word) == contact::asciiLower(previous);
            if (same && words.substr(began, at - began) == std::string(previous) + " ") {
                say(Severity::Hint, "repeated_word", place, began, end - began, {std::string(word)}).replacement =
                    std::string(previous);
                previous = {};
            } else {
                previous = word;
                began = at;
            }
            at = end;
        }
    }

    void checkLink(const MarkupLink& link) {
        if (link.picture) {
            say(Severity::Warning, "picture", Place::Body, link.position, link.length, {std::string(link.target)});
            return;
        }
        const std::string target(link.target);
        const auto warn = [&](const char* rule, std::vector<std::string> words) -> LintFinding& {
            return say(Severity::Warning, rule, Place::Body, link.position, link.length, std::move(words));
        };
        if (target.find("{{") != std::string::npos || target.starts_with("mailto:") || target.starts_with("tel:"))
            return; // known when it is filled
        const bool secure = contact::asciiLower(target).starts_with("https://");
        const bool web = secure || contact::asciiLower(target).starts_with("http://");
        const std::string host = web ? contact::hostOf(target) : std::string();
        if (!web || host.empty()) {
            say(Severity::Error, "broken_link", Place::Body, link.position, link.length, {target});
            return;
        }
        const bool number = std::all_of(host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
        if (number || target.find("://[") != std::string::npos)
            warn("number_link", {target});
        else if (isLinkShortener(host))
            warn("short_link", {host});
        if (!secure) {
            LintFinding& finding = say(Severity::Hint, "insecure_link", Place::Body, link.position, link.length, {target});
            if (link.text.empty())
                finding.replacement = "https" + target.substr(4);
        }
        // What is shown looks like an address, and is another.
        const auto shown = contact::trimmed(link.text);
        const bool address =
            !shown.empty() && shown.find(' ') == std::string_view::npos && shown.find('.') != std::string_view::npos;
        const std::string shownHost = address ? contact::hostOf(shown) : std::string();
        if (!shownHost.empty() && shownHost.find('.') != std::string::npos && shownHost != host
            && contact::registrableDomain(shownHost) != contact::registrableDomain(host))
            warn("link_mismatch", {std::string(shown), host});
    }

    void markup(std::string_view text, const std::vector<MarkupLink>& links) {
        const std::string lower = contact::asciiLower(text);
        for (const std::string_view tag :
             {"<a "sv, "<b>"sv, "<br"sv, "<p>"sv, "<div"sv, "<img"sv, "<span"sv, "<table"sv, "<strong"sv}) {
            if (const auto at = lower.find(tag); at != std::string::npos) {
                say(Severity::Warning, tag == "<img" ? "picture" : "html", Place::Body, at, tag.size(), {std::string(tag)});
                break;
            }
        }
        if (m_input.format == MailFormat::Formatted)
            return;
        for (const MarkupLink& link : links) {
            if (!link.text.empty() && !link.picture) {
                say(Severity::Hint, "markup_in_plain", Place::Body, link.position, link.length,
                    {std::string(text.substr(link.position, link.length))});
                return;
            }
        }
        const auto bold = text.find("**");
        if (bold != std::string_view::npos && text.find("**", bold + 2) != std::string_view::npos)
            say(Severity::Hint, "markup_in_plain", Place::Body, bold, 2, {"**"});
    }

    const LintInput& m_input;
    std::vector<LintFinding>& m_found;
    const int m_step;
    const int m_variant;
};

std::vector<std::string> countriesThat(bool (*ask)(std::string_view), const std::map<std::string, int>& countries, int& leads) {
    std::vector<std::string> those;
    for (const auto& [country, count] : countries) {
        if (ask(country)) {
            those.push_back(country);
            leads += count;
        }
    }
    return those;
}

void law(const LintInput& input, std::vector<LintFinding>& found) {
    if (!input.hasMailbox) {
        found.push_back({.severity = Severity::Hint, .rule = "no_mailbox"});
        return;
    }
    const auto need = [&](const char* rule, bool there, bool (*ask)(std::string_view)) {
        if (there)
            return;
        LintFinding finding{.severity = Severity::Hint, .rule = rule, .place = Place::Footer};
        finding.words = countriesThat(ask, input.countries, finding.count);
        if (!finding.words.empty())
            finding.severity = Severity::Warning;
        found.push_back(std::move(finding));
    };
    need("no_opt_out", !contact::trimmed(input.optOutLine).empty(), asksForOptOut);
    int asked = 0; // most countries ask for none: it is told where one does, or nobody knows
    const bool wanted = input.countries.empty() || !countriesThat(asksForPostalAddress, input.countries, asked).empty();
    need("no_postal_address", !wanted || !contact::trimmed(input.postalAddress).empty(), asksForPostalAddress);
}

} // namespace

bool asksForOptOut(std::string_view country) {
    return std::ranges::find(europe, country) != europe.end() || std::ranges::find(elsewhere, country) != elsewhere.end();
}

bool asksForPostalAddress(std::string_view country) { return country == "US" || country == "CA"; }

std::vector<LintFinding> lintMessages(const LintInput& input) {
    std::vector<LintFinding> found;
    bool first = true; // of the e-mails
    bool mails = false;
    for (int step = 0; step < int(input.version.steps.size()); ++step) {
        const Step& one = input.version.steps[std::size_t(step)];
        const bool mail = one.channel == Channel::Email;
        const auto files = input.attachments.find(step);
        for (int variant = 0; variant <= int(one.variants.size()); ++variant) {
            const bool own = variant == 0;
            const std::string& subject = own ? one.subject : one.variants[std::size_t(variant) - 1].subject;
            const std::string& body = own ? one.body : one.variants[std::size_t(variant) - 1].body;
            Reader reader(input, found, step, variant);
            const bool subjectMerges = reader.merges(Place::Subject, subject);
            const bool bodyMerges = reader.merges(Place::Body, body);
            if (subjectMerges && bodyMerges)
                reader.missing(subject, body);
            if (!mail)
                continue;
            if (subjectMerges) {
                reader.subject(subject, one.thread == Thread::New || step == 0);
                reader.wording(Place::Subject, subject);
            }
            if (bodyMerges) {
                reader.body(body, first);
                reader.wording(Place::Body, body);
            }
            if (own && files != input.attachments.end())
                reader.files(files->second, first);
        }
        first = first && !mail;
        mails = mails || mail;
    }
    if (mails)
        law(input, found);
    std::ranges::stable_sort(found, {}, &LintFinding::severity);
    return found;
}

} // namespace outrider::outreach
