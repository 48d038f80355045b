// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/similarity.h"

#include "core/contact/text.h"

#include <rapidfuzz/distance/OSA.hpp>
#include <rapidfuzz/fuzz.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace outrider::contact {

namespace {

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters and digits of any script, single spaces between words; ae, oe, ue as ä, ö, ü without their dots.
std::string squeezed(std::string_view folded, bool joinsDots) {
    std::string key;
    key.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const char c = folded[i];
        const bool isWord = static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!isWord) {
            const bool joins = c == '\'' || (joinsDots && c == '.');
            if (!joins && !key.empty() && key.back() != ' ')
                key += ' ';
            continue;
        }
        const bool isUmlaut = c == 'e' && !key.empty() && (key.back() == 'a' || key.back() == 'o' || key.back() == 'u');
        if (!isUmlaut)
            key += c;
    }
    while (!key.empty() && key.back() == ' ')
        key.pop_back();
    return key;
}

std::string foldedFast(std::string_view text) { return isAscii(text) ? asciiLower(text) : unaccented(text); }

// As likenessKey() leaves them.
const std::unordered_set<std::string_view>& legalForms() {
    static const std::unordered_set<std::string_view> forms{
        "gmbh", "mbh",     "ggmbh",   "ag",  "kg",   "kgaa", "ohg",  "ug",           "gbr",  "ev",          "eg",
        "se",   "ltd",     "limited", "llc", "llp",  "lp",   "inc",  "incorporated", "corp", "corporation", "plc",
        "co",   "company", "sa",      "sas", "sarl", "sasu", "srl",  "spa",          "bv",   "nv",          "vof",
        "oy",   "oyj",     "ab",      "as",  "asa",  "aps",  "sro",  "spzoo",        "zoo",  "sp",          "kft",
        "zrt",  "doo",     "pty",     "pte", "sl",   "slu",  "ltda", "eireli",       "kk",   "cie",         "haftungsbeschrankt",
    };
    return forms;
}

// Rows of names people use for one another; the first is what stands for all.
constexpr std::array nicknames{
    std::string_view("robert bob rob bobby robbie bert"),
    std::string_view("william bill will billy willy liam"),
    std::string_view("richard dick rick ricky rich"),
    std::string_view("james jim jimmy jamie"),
    std::string_view("john jack johnny jon"),
    std::string_view("thomas tom tommy"),
    std::string_view("michael mike mick micky michel"),
    std::string_view("joseph joe joey josef sepp"),
    std::string_view("daniel dan danny"),
    std::string_view("david dave davy"),
    std::string_view("edward ed eddie ted ned"),
    std::string_view("charles charlie chuck karl carl"),
    std::string_view("christopher chris kit christoph"),
    std::string_view("matthew matt matthias mathias"),
    std::string_view("anthony tony anton toni antonio"),
    std::string_view("andrew andy drew andreas"),
    std::string_view("steven steve stephen stefan stephan"),
    std::string_view("gregory greg gregor"),
    std::string_view("samuel sam sammy"),
    std::string_view("benjamin ben benny"),
    std::string_view("alexander alex sasha sascha"),
    std::string_view("nicholas nick nicolas nikolas niklas klaus"),
    std::string_view("peter pete"),
    std::string_view("philip phil philipp"),
    std::string_view("patrick pat paddy"),
    std::string_view("ronald ron ronny"),
    std::string_view("kenneth ken kenny"),
    std::string_view("lawrence larry laurence lorenz"),
    std::string_view("frederick fred freddy frederic friedrich fritz"),
    std::string_view("johannes hannes hans johann"),
    std::string_view("maximilian max maxi"),
    std::string_view("sebastian basti seb"),
    std::string_view("wolfgang wolf"),
    std::string_view("heinrich heinz henry harry"),
    std::string_view("elizabeth liz beth betty lisa eliza elisabeth lizzy elsa"),
    std::string_view("margaret maggie meg peggy rita greta margarete grete"),
    std::string_view("katherine kate kathy katie katharina kathrin cathy catherine katrin"),
    std::string_view("jennifer jen jenny"),
    std::string_view("jessica jess jessie"),
    std::string_view("susan sue susie suzanne susanne"),
    std::string_view("deborah deb debbie"),
    std::string_view("patricia patty trish tricia"),
    std::string_view("barbara barb babs"),
    std::string_view("rebecca becky becca rebekka"),
    std::string_view("victoria vicky tori viktoria"),
    std::string_view("christina tina chrissy kristina christine kristin"),
    std::string_view("alexandra sandra"),
    std::string_view("anna anne annie ann"),
    std::string_view("abigail abby gail"),
    std::string_view("francisco paco pancho"),
    std::string_view("giuseppe beppe pino"),
    std::string_view("jose pepe"),
    std::string_view("ignacio nacho"),
    std::string_view("guadalupe lupe"),
};

const std::unordered_map<std::string_view, std::string_view>& nicknameTable() {
    static const std::vector<std::string> rows = [] {
        std::vector<std::string> keys;
        for (const std::string_view row : nicknames)
            keys.push_back(likenessKey(row));
        return keys;
    }();
    static const auto table = [] {
        std::unordered_map<std::string_view, std::string_view> names;
        for (const std::string& row : rows) {
            const auto words = split(row, " ");
            for (const std::string_view word : words)
                names.emplace(word, words.front());
        }
        return names;
    }();
    return table;
}

std::string_view firstWord(std::string_view text) { return text.substr(0, text.find(' ')); }

bool isInitialOf(std::string_view initial, std::string_view word) {
    return initial.size() == 1 && word.size() > 1 && word.front() == initial.front();
}

// How alike two spellings of one word may be taken to be. A slip in a short word makes another word.
int spelling(std::string_view a, std::string_view b) {
    if (a == b)
        return 100;
    if (a.empty() || b.empty())
        return 0;
    const std::size_t longest = std::max(a.size(), b.size());
    const std::size_t allowed = longest >= 8 ? 2 : longest >= 4 ? 1 : 0;
    if (allowed == 0)
        return 0;
    const auto distance = rapidfuzz::osa_distance(a, b, allowed);
    if (distance > allowed)
        return soundOf(a) == soundOf(b) && a.front() == b.front() && longest >= 5 ? 75 : 0;
    return distance == 1 ? (longest >= 6 ? 92 : 86) : 84;
}

struct WordLikeness {
    int score = 0;
    bool nickname = false;
    bool initial = false;
};

WordLikeness givenNames(std::string_view a, std::string_view b) {
    if (a == b)
        return {.score = 100};
    const std::string_view wordA = firstWord(a);
    const std::string_view wordB = firstWord(b);
    if (a.empty() || b.empty())
        return {.score = 60};
    if (wordA == wordB) // a second first name more or less
        return {.score = 96};
    if (isInitialOf(wordA, wordB) || isInitialOf(wordB, wordA))
        return {.score = 82, .nickname = false, .initial = true};
    if (givenNameOf(wordA) == givenNameOf(wordB))
        return {.score = 94, .nickname = true};
    return {.score = std::max(spelling(a, b), spelling(wordA, wordB))};
}

// "van der heijden" and "heijden", "meyer lansky" and "lansky": the longer one ends so.
int familyNames(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty())
        return a == b ? 60 : 55;
    const auto endsSo = [](std::string_view whole, std::string_view part) {
        return whole.size() > part.size() + 1 && part.size() >= 3 && whole.ends_with(part)
               && whole[whole.size() - part.size() - 1] == ' ';
    };
    if (endsSo(a, b) || endsSo(b, a))
        return 88;
    return spelling(a, b);
}

NameLikeness inOrder(std::string_view firstA, std::string_view lastA, std::string_view firstB, std::string_view lastB) {
    const WordLikeness given = givenNames(firstA, firstB);
    const int family = familyNames(lastA, lastB);
    if (given.score < 60 || family < 55)
        return {};
    return {.score = (given.score * 45 + family * 55) / 100, .nickname = given.nickname, .initial = given.initial};
}

} // namespace

std::string likenessKey(std::string_view text) { return squeezed(foldedFast(text), false); }

std::string companyLikenessKey(std::string_view name) {
    const std::string whole = squeezed(foldedFast(name), true);
    std::string key;
    for (const std::string_view word : split(whole, " ")) {
        if (word.empty() || word == "and" || word == "und" || word == "the" || legalForms().contains(word))
            continue;
        key += (key.empty() ? "" : " ") + std::string(word);
    }
    return key.empty() ? whole : key;
}

std::string soundOf(std::string_view word) {
    // Vowels tell little apart, most of all in the middle: only that there is one at the beginning.
    constexpr auto sounds = [] {
        std::array<char, 26> table{};
        constexpr std::string_view from = "abcdefghijklmnopqrstuvwxyz";
        constexpr std::string_view to = "APKTAFKHAJKLMNAPKRSTAFFSAS"; // h below
        for (std::size_t i = 0; i < from.size(); ++i)
            table.at(i) = to[i];
        return table;
    }();
    std::string sound;
    char last = 0;
    for (std::size_t i = 0; i < word.size() && sound.size() < 8; ++i) {
        const char c = word[i];
        if (static_cast<unsigned char>(c) >= 0x80) { // another script: as it is written
            sound += c;
            last = c;
            continue;
        }
        if (c < 'a' || c > 'z')
            continue;
        char now = sounds.at(std::size_t(c - 'a'));
        if (c == 'p' && i + 1 < word.size() && word[i + 1] == 'h')
            now = 'F';
        if (now == 'H' || (now == 'J' && !sound.empty()))
            continue;
        if (now == 'A' && !sound.empty()) {
            last = 0;
            continue;
        }
        if (now != last)
            sound += now;
        last = now;
    }
    return sound;
}

std::string_view givenNameOf(std::string_view word) {
    const auto& names = nicknameTable();
    const auto found = names.find(word);
    return found == names.end() ? word : found->second;
}

std::string mailboxOf(std::string_view emailKey) {
    const auto at = emailKey.rfind('@');
    if (at == std::string_view::npos)
        return std::string(emailKey);
    std::string_view domain = emailKey.substr(at + 1);
    if (domain == "googlemail.com")
        domain = "gmail.com";
    std::string local(emailKey.substr(0, at));
    if (const auto plus = local.find('+'); plus != std::string::npos && plus > 0)
        local.resize(plus);
    if (domain == "gmail.com")
        std::erase(local, '.');
    return local + '@' + std::string(domain);
}

NameLikeness nameLikeness(std::string_view firstA, std::string_view lastA, std::string_view firstB, std::string_view lastB) {
    if ((firstA.empty() && lastA.empty()) || (firstB.empty() && lastB.empty()))
        return {.score = 0, .known = false};
    const NameLikeness straight = inOrder(firstA, lastA, firstB, lastB);
    if (straight.score == 100)
        return straight;
    NameLikeness swapped = inOrder(firstA, lastA, lastB, firstB);
    const NameLikeness otherWay = inOrder(lastA, firstA, firstB, lastB); // so that a and b may change places
    if (otherWay.score > swapped.score)
        swapped = otherWay;
    swapped.score = std::max(0, swapped.score - 3);
    swapped.swapped = swapped.score > 0;
    return swapped.score > straight.score ? swapped : straight;
}

int companyLikeness(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty())
        return 0;
    if (a == b)
        return 100;
    const auto startsSo = [](std::string_view whole, std::string_view part) {
        return part.size() >= 4 && whole.size() > part.size() && whole.starts_with(part) && whole[part.size()] == ' ';
    };
    if (startsSo(a, b) || startsSo(b, a)) // "nordwind" and "nordwind logistics"
        return 88;
    if (a.size() < 4 || b.size() < 4)
        return 0;
    return static_cast<int>(rapidfuzz::fuzz::ratio(a, b, 80));
}

} // namespace outrider::contact
