// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/vcard_reader.h"

#include "core/contact/text.h"
#include "core/exchange/vcard_lines.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace outrider::exchange {

namespace {

constexpr std::size_t ofAKind = 20; // addresses of one card with a column of their own; the rest share the last

using Cells = std::vector<std::pair<std::string, std::string>>; // column, text

struct Reachable {
    std::string label;
    std::string value;
    std::vector<std::string> parts; // of a postal address
    bool preferred = false;
};

// What one card says, in the columns of a table.
class Card {
public:
    void take(const VcardProperty& property, const std::string& groupLabel);
    void nameGroup(const std::string& group, std::string label) { m_groupLabels[group] = std::move(label); }
    // Nothing for a list of people.
    std::optional<Cells> finish();

private:
    void add(const std::string& column, std::string text, std::string_view between = "\n\n");
    void takeName(const VcardProperty& property);
    void addAll(std::vector<Reachable>& all, const std::string& kind);

    struct Pending {
        std::string group;
        Reachable reachable;
    };
    Cells m_cells;
    std::vector<std::pair<std::string, Reachable>> m_emails; // with their groups
    std::vector<std::pair<std::string, Reachable>> m_phones;
    std::vector<std::pair<std::string, Reachable>> m_places;
    std::map<std::string, std::string> m_groupLabels;
    std::string m_full;
    bool m_isList = false;
    bool m_isCompany = false;
};

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) {
        if (!contact::trimmed(part).empty())
            text += (text.empty() ? "" : std::string(between)) + std::string(contact::trimmed(part));
    }
    return text;
}

// "Work", "Home", "Mobile", "Fax": what the types of an address or number come to.
std::string labelOf(const VcardProperty& property) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> labels{
        std::pair<std::string_view, std::string_view>{"fax", "Fax"},
        {"pager", "Pager"},
        {"cell", "Mobile"},
        {"mobile", "Mobile"},
        {"iphone", "Mobile"},
        {"home", "Home"},
        {"work", "Work"},
        {"other", "Other"}};
    for (const auto& [type, label] : labels) {
        if (property.is(type))
            return std::string(label);
    }
    return {};
}

std::string withoutScheme(std::string text, std::string_view scheme) {
    if (contact::asciiLower(std::string_view(text).substr(0, scheme.size())) == scheme)
        text.erase(0, scheme.size());
    return text;
}

void Card::add(const std::string& column, std::string text, std::string_view between) {
    if (contact::trimmed(text).empty())
        return;
    const auto found = std::find_if(m_cells.begin(), m_cells.end(), [&](const auto& cell) { return cell.first == column; });
    if (found == m_cells.end())
        m_cells.emplace_back(column, std::move(text));
    else
        found->second += std::string(between) + text;
}

void Card::takeName(const VcardProperty& property) {
    constexpr std::array<const char*, 5> columns{"Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix"};
    const auto parts = vcardParts(property.value, ';', property.old);
    for (std::size_t i = 0; i < std::min(parts.size(), columns.size()); ++i) {
        std::string text = parts[i];
        std::replace(text.begin(), text.end(), ',', ' '); // several middle names
        add(columns[i], std::string(contact::trimmed(text)), " ");
    }
}

void Card::take(const VcardProperty& p, const std::string&) {
    const auto text = [&p] { return std::string(contact::trimmed(vcardText(p.value, p.old))); };
    const std::string& name = p.name;
    const auto reachable = [&](std::string value) {
        return std::pair(p.group, Reachable{.label = labelOf(p), .value = std::move(value), .preferred = p.preferred});
    };
    if (name == "FN") {
        if (m_full.empty())
            m_full = text();
    } else if (name == "N") {
        takeName(p);
    } else if (name == "ORG") {
        const auto parts = vcardParts(p.value, ';', p.old);
        add("Organization Name", std::string(contact::trimmed(parts.front())), " ::: ");
        if (parts.size() > 1)
            add("Organization Department", joined({parts.begin() + 1, parts.end()}, ", "), ", ");
    } else if (name == "TITLE") {
        add("Job Title", text(), ", ");
    } else if (name == "ROLE") {
        add("Role", text(), ", ");
    } else if (name == "NICKNAME") {
        add("Nickname", text(), ", ");
    } else if (name == "EMAIL") {
        if (!p.is("x400"))
            m_emails.push_back(reachable(withoutScheme(text(), "mailto:")));
    } else if (name == "TEL") {
        std::string number = withoutScheme(text(), "tel:");
        if (const auto extension = number.find(";ext="); extension != std::string::npos)
            number.replace(extension, 5, " ext. ");
        m_phones.push_back(reachable(number.substr(0, number.find(';'))));
    } else if (name == "ADR") {
        auto place = reachable({});
        place.second.parts = vcardParts(p.value, ';', p.old);
        place.second.parts.resize(7);
        place.second.value = joined(place.second.parts, "");
        m_places.push_back(std::move(place));
    } else if (name == "URL" || name == "X-SOCIALPROFILE" || name == "SOCIALPROFILE" || name == "X-LINKEDIN"
               || name == "X-LINKEDIN-URL") {
        std::string url = text();
        const bool linkedIn =
            contact::asciiLower(url).find("linkedin.com/") != std::string::npos || name.starts_with("X-LINKEDIN");
        if (linkedIn)
            add("LinkedIn URL", std::move(url), " ::: ");
        else if (name == "URL")
            add("Website", std::move(url), " ::: ");
        else
            add("Social Profile", std::move(url), " ::: ");
    } else if (name == "NOTE") {
        add("Notes", text());
    } else if (name == "CATEGORIES") {
        add("Categories", joined(vcardParts(p.value, ',', p.old), ";"), ";");
    } else if (name == "UID") {
        add("UID", withoutScheme(text(), "urn:uuid:"), " ");
    } else if (name == "BDAY") {
        add("Birthday", text(), " ");
    } else if (name == "ANNIVERSARY") {
        add("Anniversary", text(), " ");
    } else if (name == "TZ") {
        add("Time Zone", text(), " ");
    } else if (name == "LANG") {
        add("Language", text(), ", ");
    } else if (name == "REV") {
        add("Last Modified", text(), " ");
    } else if (name == "KIND" || name == "X-ADDRESSBOOKSERVER-KIND") {
        const std::string kind = contact::asciiLower(text());
        m_isList |= kind == "group";
        m_isCompany |= kind == "org";
    } else if (name == "X-ABSHOWAS") {
        m_isCompany |= contact::asciiLower(text()) == "company";
    } else if (name == "X-ABLABEL") {
        std::string label = text(); // "_$!<Work>!$_" is how Apple marks its own
        if (label.starts_with("_$!<") && label.ends_with(">!$_"))
            label = label.substr(4, label.size() - 8);
        nameGroup(p.group, std::move(label));
    } else if (name.starts_with("X-") && !name.starts_with("X-AB") && !name.starts_with("X-APPLE")) {
        add(name, text(), ", ");
    }
}

void Card::addAll(std::vector<Reachable>& all, const std::string& kind) {
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.preferred > b.preferred; });
    std::size_t number = 0;
    for (const Reachable& one : all) {
        if (contact::trimmed(one.value).empty())
            continue;
        number = std::min(number + 1, ofAKind);
        const std::string column = kind + ' ' + std::to_string(number) + " - ";
        if (one.parts.empty()) {
            if (!one.label.empty())
                add(column + "Label", one.label, ", ");
            add(column + "Value", one.value, " ::: ");
            continue;
        }
        constexpr std::array<const char*, 7> places{"PO Box", "Extended Address", "Street", "City",
                                                    "Region", "Postal Code",      "Country"};
        for (std::size_t i = 0; i < places.size(); ++i)
            add(column + places[i], std::string(contact::trimmed(one.parts[i])), ", ");
    }
}

std::optional<Cells> Card::finish() {
    if (m_isList)
        return std::nullopt;
    const auto reached = [this](std::vector<std::pair<std::string, Reachable>>& grouped) {
        std::vector<Reachable> all;
        for (auto& [group, one] : grouped) {
            if (const auto label = m_groupLabels.find(group); !group.empty() && label != m_groupLabels.end() && one.label.empty())
                one.label = label->second;
            all.push_back(std::move(one));
        }
        return all;
    };
    const auto has = [this](std::string_view column) {
        return std::any_of(m_cells.begin(), m_cells.end(), [column](const auto& cell) { return cell.first == column; });
    };
    if (m_isCompany) { // its name stands where a person's would
        std::erase_if(m_cells, [](const auto& cell) { return cell.first == "First Name" || cell.first == "Last Name"; });
        if (!has("Organization Name"))
            add("Organization Name", m_full);
    } else {
        add("Full Name", m_full);
    }
    auto emails = reached(m_emails);
    auto phones = reached(m_phones);
    auto places = reached(m_places);
    addAll(emails, "E-mail");
    addAll(phones, "Phone");
    addAll(places, "Address");
    return std::move(m_cells);
}

// Goes through the cards of a file; `sink` false ends it.
Result<> eachCard(VcardLines& lines, std::size_t cardBytes, const std::function<Result<bool>(std::int64_t, Cells&)>& sink) {
    OUTRIDER_TRY(lines.begin());
    std::optional<Card> card;
    std::int64_t number = 0;
    std::size_t bytes = 0;
    int depth = 0; // of cards within the card
    bool agent = false;
    const auto finish = [&]() -> Result<bool> {
        auto cells = card->finish();
        card.reset();
        return cells ? sink(number, *cells) : Result<bool>(true);
    };
    for (;;) {
        OUTRIDER_ASSIGN(auto property, lines.next());
        if (!property)
            break;
        const bool marks = property->name == "BEGIN" || property->name == "END";
        const bool ofCard = marks && contact::asciiLower(contact::trimmed(property->value)) == "vcard";
        if (ofCard && property->name == "BEGIN") {
            if (card && (depth > 0 || agent)) {
                ++depth;
                agent = false;
                continue;
            }
            if (card) { // the one before never ended
                OUTRIDER_ASSIGN(const bool more, finish());
                if (!more)
                    return {};
            }
            card.emplace();
            ++number;
            bytes = 0;
        } else if (ofCard) {
            if (depth > 0) {
                --depth;
            } else if (card) {
                OUTRIDER_ASSIGN(const bool more, finish());
                if (!more)
                    return {};
            }
        } else if (card && depth == 0) {
            agent = false;
            if (property->name == "AGENT") {
                const std::string inside = contact::asciiLower(contact::trimmed(property->value));
                agent = inside.empty();
                depth += inside == "begin:vcard" ? 1 : 0;
                continue;
            }
            bytes += property->value.size();
            if (property->tooLong || bytes > cardBytes)
                return fail(ErrorCode::FileTooLarge,
                            "card " + std::to_string(number) + ": more than " + std::to_string(cardBytes) + " bytes of text");
            card->take(*property, {});
        }
    }
    if (card)
        OUTRIDER_TRY(finish());
    return {};
}

// Where a column stands in the table.
int rankOf(std::string_view column) {
    constexpr std::array<std::string_view, 24> order{"Full Name",
                                                     "Name Prefix",
                                                     "First Name",
                                                     "Middle Name",
                                                     "Last Name",
                                                     "Name Suffix",
                                                     "Nickname",
                                                     "Organization Name",
                                                     "Organization Department",
                                                     "Job Title",
                                                     "Role",
                                                     "E-mail ",
                                                     "Phone ",
                                                     "LinkedIn URL",
                                                     "Website",
                                                     "Social Profile",
                                                     "Address ",
                                                     "Time Zone",
                                                     "Language",
                                                     "Categories",
                                                     "Notes",
                                                     "Birthday",
                                                     "Anniversary",
                                                     "UID"};
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (order[i].ends_with(' ') ? column.starts_with(order[i]) : column == order[i])
            return int(i);
    }
    return int(order.size());
}

} // namespace

VcardReader::VcardReader(ByteSource& bytes, EncodingGuess encoding, SplitterLimits limits)
    : m_bytes(bytes),
      m_encoding(std::move(encoding)),
      m_limits(limits) {}

VcardReader::~VcardReader() = default;

Result<std::unique_ptr<VcardReader>> VcardReader::open(ByteSource& bytes, const EncodingGuess& encoding,
                                                       const SplitterLimits& limits, const ProgressPtr& progress) {
    std::unique_ptr<VcardReader> reader(new VcardReader(bytes, encoding, limits));
    VcardLines lines(bytes, encoding, limits.recordBytes, progress);
    std::map<std::string, std::size_t> seen;
    OUTRIDER_TRY(eachCard(lines, limits.recordBytes, [&](std::int64_t number, Cells& cells) -> Result<bool> {
        ++reader->m_count;
        for (const auto& [column, text] : cells) {
            if (seen.emplace(column, seen.size()).second)
                reader->m_columns.push_back(column);
        }
        if (seen.size() > limits.cells)
            return fail(ErrorCode::FileTooLarge,
                        "card " + std::to_string(number) + ": more than " + std::to_string(limits.cells) + " columns");
        return true;
    }));
    if (reader->m_count == 0)
        return fail(ErrorCode::EmptyFile);
    const auto key = [](const std::string& column) {
        return std::pair(rankOf(column),
                         column.find(" - ") == std::string::npos ? 0 : std::atoi(column.c_str() + column.find(' ')));
    };
    std::stable_sort(reader->m_columns.begin(), reader->m_columns.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
    return reader;
}

Result<> VcardReader::read(const RecordSplitter::Sink& sink, const ProgressPtr& progress) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        places.emplace(m_columns[i], i);
    VcardLines lines(m_bytes, m_encoding, m_limits.recordBytes, progress);
    std::vector<std::string_view> views(m_columns.size());
    return eachCard(lines, m_limits.recordBytes, [&](std::int64_t number, Cells& cells) -> Result<bool> {
        std::fill(views.begin(), views.end(), std::string_view());
        for (const auto& [column, text] : cells) {
            if (const auto place = places.find(column); place != places.end())
                views[place->second] = text;
        }
        return sink({.number = number, .cells = views});
    });
}

} // namespace outrider::exchange
