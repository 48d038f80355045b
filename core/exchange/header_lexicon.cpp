// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/header_lexicon.h"

#include "core/exchange/header_lexicon_entries.h"
#include "core/exchange/header_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace outrider::exchange {

namespace {

struct Meaning {
    std::array<Concept, 2> concepts{};
    bool whole = false;
};

class Lexicon {
public:
    Lexicon() {
        for (const LexiconEntry& entry : lexiconEntries) {
            std::string_view rest = entry.phrases;
            while (!rest.empty()) {
                const auto bar = rest.find('|');
                add(rest.substr(0, bar), entry.concepts);
                rest.remove_prefix(bar == std::string_view::npos ? rest.size() : bar + 1);
            }
        }
    }

    const Meaning* find(const std::string& phrase) const {
        const auto found = m_phrases.find(phrase);
        return found == m_phrases.end() ? nullptr : &found->second;
    }

    // The parts of a compound; nothing when it does not come apart without a rest.
    std::vector<const Meaning*> compound(std::string_view word) const;

private:
    void add(std::string_view phrase, const std::array<Concept, 2>& concepts) {
        const bool whole = phrase.front() == '=';
        if (whole)
            phrase.remove_prefix(1);
        m_phrases.emplace(phrase, Meaning{concepts, whole});
        std::string joined(phrase);
        std::erase(joined, ' ');
        // Short words make up others by chance: "re-port" is neither "rep" nor "ort".
        constexpr std::string_view shortParts = " plz tel fax url zip web job ids gsm ort ";
        const bool part = joined.size() > 3 || shortParts.find(' ' + joined + ' ') != std::string_view::npos;
        if (part && !whole && concepts[0] != Concept::Filler)
            m_parts.emplace(std::move(joined), Meaning{concepts, whole});
    }

    using Table = std::unordered_map<std::string, Meaning>;
    Table m_phrases;
    Table m_parts; // words and joined phrases, for compounds
};

constexpr std::size_t longestCompound = 48;

std::vector<const Meaning*> Lexicon::compound(std::string_view word) const {
    if (word.size() < 5 || word.size() > longestCompound)
        return {};

    // best[i]: the fewest parts that make up the first i characters
    struct Step {
        int parts = 1000;
        std::size_t from = 0;
        const Meaning* meaning = nullptr; // none: a linking "s", "n", "en", "es"
    };

    std::vector<Step> best(word.size() + 1);
    best[0].parts = 0;
    for (std::size_t to = 1; to <= word.size(); ++to) {
        for (std::size_t from = 0; from + 1 < to; ++from) {
            if (best[from].parts >= 1000)
                continue;
            const auto text = word.substr(from, to - from);
            // "contactid", but not "id" in the middle
            const auto& parts = text == "id" && from > 0 && to == word.size() ? m_phrases : m_parts;
            const auto part = parts.find(std::string(text));
            if (part != parts.end() && best[from].parts + 1 < best[to].parts)
                best[to] = {best[from].parts + 1, from, &part->second};
        }
        for (const std::string_view link : {"s", "n", "en", "es"}) {
            if (to <= link.size() || to == word.size() || word.substr(to - link.size(), link.size()) != link)
                continue;
            const std::size_t from = to - link.size();
            if (best[from].meaning != nullptr && best[from].parts < best[to].parts)
                best[to] = {best[from].parts, from, nullptr};
        }
    }
    std::vector<const Meaning*> parts;
    if (best[word.size()].parts >= 1000)
        return parts;
    for (std::size_t at = word.size(); at > 0; at = best[at].from) {
        if (best[at].meaning != nullptr)
            parts.insert(parts.begin(), best[at].meaning);
    }
    return parts;
}

const Lexicon& theLexicon() {
    static const Lexicon instance;
    return instance;
}

bool isNumber(const std::string& word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isFiller(const std::string& word) {
    const Meaning* meaning = theLexicon().find(word);
    return meaning != nullptr && meaning->concepts[0] == Concept::Filler;
}

std::string joined(const std::vector<std::string>& words, std::size_t from, std::size_t count, bool fillers) {
    std::string phrase;
    for (std::size_t i = from; i < from + count; ++i) {
        if (!fillers && isFiller(words[i]))
            continue;
        if (!phrase.empty())
            phrase += ' ';
        phrase += words[i];
    }
    return phrase;
}

} // namespace

HeaderMeaning meaningOf(std::string_view header) {
    const Lexicon& words = theLexicon();
    const std::vector<std::string> all = headerWords(header);
    HeaderMeaning meaning;
    const auto set = [&](Concept c) { meaning.concepts.set(static_cast<std::size_t>(c)); };
    const auto take = [&](const Meaning& found) {
        for (const Concept c : found.concepts) {
            if (c == Concept::Unknown)
                ++meaning.unknown;
            if (c != Concept::Filler)
                set(c);
        }
    };
    bool numberFollows = false;       // a leading "no": "No. of employees" or "No contactar"
    Concept otherwise = Concept::Not; // what that "no" says when no number follows it
    for (std::size_t at = 0; at < all.size();) {
        std::size_t taken = 0;
        for (std::size_t count = std::min<std::size_t>(6, all.size() - at); count > 0 && taken == 0; --count) {
            for (const bool fillers : {true, false}) {
                const Meaning* found = words.find(joined(all, at, count, fillers));
                const bool ends = !isFiller(all[at]) && !isFiller(all[at + count - 1]);
                if (found == nullptr || (!fillers && !ends) || (found->whole && count != all.size()))
                    continue;
                if (numberFollows) {
                    const Concept c = found->concepts[0];
                    const bool numbered = c == Concept::Phone || c == Concept::Mobile || c == Concept::Fax
                                          || c == Concept::Employees || c == Concept::Id;
                    if (c != Concept::Filler) {
                        set(numbered ? Concept::Number : otherwise);
                        numberFollows = false;
                    }
                }
                take(*found);
                taken = count;
                break;
            }
        }
        if (taken > 0) {
            at += taken;
            continue;
        }
        const std::string& word = all[at++];
        if (word == "no" || word == "n") {
            const bool counts = at < all.size() && (all[at] == "of" || all[at] == "de" || all[at] == "di");
            otherwise = counts ? Concept::Count : Concept::Not; // "Nº de contactos", "No contactar"
            if (at == all.size())
                set(Concept::Number); // "Phone no."
            else if (word == "no")
                numberFollows = true;
        } else if (isNumber(word)) {
            std::from_chars(word.data(), word.data() + word.size(), meaning.number);
        } else if (const auto parts = words.compound(word); !parts.empty()) {
            for (const Meaning* part : parts)
                take(*part);
        } else {
            if (numberFollows)
                set(otherwise);
            numberFollows = false;
            set(Concept::Unknown);
            ++meaning.unknown;
        }
    }
    return meaning;
}

} // namespace outrider::exchange
