// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/xlsx_workbook.h"

#include "core/exchange/xml_pull.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace outrider::exchange {

namespace {

constexpr std::size_t textBytes = std::size_t(256) << 20U;
constexpr std::size_t mostTexts = 16'000'000;
constexpr std::size_t mostStyles = 100'000;
constexpr std::size_t mostSheets = 10'000;

int toInt(std::string_view text) {
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool isTrue(std::string_view text) { return text == "1" || text == "true" || text == "on"; }

// What the archive is when it holds no workbook.
std::string_view otherKind(const ZipArchive& zip) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kinds{
        std::pair<std::string_view, std::string_view>{"xl/workbook.bin", "a binary Excel workbook (.xlsb)"},
        {"word/document.xml", "a Word document"},
        {"ppt/presentation.xml", "a presentation"},
        {"Index/Document.iwa", "a Numbers spreadsheet"},
        {"content.xml", "an OpenDocument spreadsheet (.ods)"}};
    for (const auto& [part, kind] : kinds) {
        if (zip.find(part) != nullptr)
            return kind;
    }
    return "a zip archive without a workbook";
}

std::string folderOf(std::string_view part) { return std::string(part.substr(0, part.rfind('/') + 1)); }

// The target of a relation, seen from the part's folder.
std::string resolved(const std::string& folder, const std::string& target) {
    if (target.starts_with('/'))
        return target.substr(1);
    std::string base = folder;
    std::string_view rest = target;
    while (rest.starts_with("../")) {
        rest.remove_prefix(3);
        base = base.empty() ? base : folderOf(std::string_view(base).substr(0, base.size() - 1));
    }
    return base + std::string(rest);
}

struct Relation {
    std::string target;
    std::string type;
};

Result<std::map<std::string, Relation>> relationsOf(const ZipArchive& zip, const std::string& part) {
    std::map<std::string, Relation> all;
    const std::string folder = folderOf(part);
    const std::string name = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    if (zip.find(name) == nullptr)
        return all;
    OUTRIDER_ASSIGN(auto stream, zip.stream(name));
    XmlPull xml(std::move(stream));
    for (;;) {
        OUTRIDER_ASSIGN(const bool more, xml.next());
        if (!more)
            return all;
        if (!xml.starts(QLatin1String("Relationship")) || all.size() > mostSheets)
            continue;
        const std::string type = xml.attribute(QLatin1String("Type"));
        all[xml.attribute(QLatin1String("Id"))] = {resolved(folder, xml.attribute(QLatin1String("Target"))),
                                                   type.substr(type.rfind('/') + 1)};
    }
}

Result<> readStyles(const ZipArchive& zip, const std::string& part, XlsxWorkbook& book) {
    OUTRIDER_ASSIGN(auto stream, zip.stream(part));
    XmlPull xml(std::move(stream));
    std::map<int, NumberFormat> own;
    bool inCells = false;
    for (;;) {
        OUTRIDER_ASSIGN(const bool more, xml.next());
        if (!more)
            return {};
        if (xml.starts(QLatin1String("numFmt")) && own.size() < mostStyles)
            own[toInt(xml.attribute(QLatin1String("numFmtId")))] = parseNumberFormat(xml.attribute(QLatin1String("formatCode")));
        else if (xml.starts(QLatin1String("cellXfs")))
            inCells = true;
        else if (xml.ends(QLatin1String("cellXfs")))
            inCells = false;
        else if (inCells && xml.starts(QLatin1String("xf")) && book.styles.size() < mostStyles) {
            const int id = toInt(xml.attribute(QLatin1String("numFmtId")));
            const auto found = own.find(id);
            book.styles.push_back(found != own.end() ? found->second : builtInFormat(id));
        }
    }
}

Result<> readTexts(const ZipArchive& zip, const std::string& part, const ProgressPtr& progress, XlsxWorkbook& book) {
    OUTRIDER_ASSIGN(auto stream, zip.stream(part));
    XmlPull xml(std::move(stream));
    std::string text;
    bool inText = false;
    int phonetic = 0;
    for (;;) {
        OUTRIDER_ASSIGN(const bool more, xml.next());
        if (!more)
            return {};
        if (xml.starts(QLatin1String("si"))) {
            text.clear();
        } else if (xml.starts(QLatin1String("rPh"))) {
            ++phonetic;
        } else if (xml.ends(QLatin1String("rPh"))) {
            --phonetic;
        } else if (xml.starts(QLatin1String("t"))) {
            inText = phonetic == 0;
        } else if (xml.ends(QLatin1String("t"))) {
            inText = false;
        } else if (inText && xml.isText()) {
            xml.appendText(text);
        } else if (xml.ends(QLatin1String("si"))) {
            book.texts += unescapedText(text);
            book.ends.push_back(book.texts.size());
            if (book.texts.size() > textBytes || book.ends.size() > mostTexts)
                return fail(ErrorCode::FileTooLarge, "more than 256 MB of different texts in one workbook");
            if (progress && book.ends.size() % 4096 == 0 && progress->cancelled())
                return fail(ErrorCode::Cancelled);
        }
    }
}

} // namespace

std::string unescapedText(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        unsigned code = 0;
        const bool escape = text[i] == '_' && i + 7 <= text.size() && text[i + 1] == 'x' && text[i + 6] == '_';
        if (escape) {
            const auto [end, error] = std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16);
            if (error == std::errc() && end == text.data() + i + 6 && code < 0x80) {
                out += static_cast<char>(code);
                i += 7;
                continue;
            }
        }
        out += text[i++];
    }
    return out;
}

std::string_view XlsxWorkbook::text(std::size_t index) const {
    if (index >= ends.size())
        return {};
    const std::size_t from = index == 0 ? 0 : ends[index - 1];
    return std::string_view(texts).substr(from, ends[index] - from);
}

Result<XlsxWorkbook> XlsxWorkbook::read(const ZipArchive& zip, const ProgressPtr& progress) {
    XlsxWorkbook book;
    std::string part = "xl/workbook.xml";
    OUTRIDER_ASSIGN(const auto top, relationsOf(zip, ""));
    for (const auto& [id, relation] : top) {
        if (relation.type == "officeDocument")
            part = relation.target;
    }
    if (zip.find(part) == nullptr || part.starts_with("word/") || part.starts_with("ppt/") || part.ends_with(".bin"))
        return fail(ErrorCode::UnsupportedFormat, std::string(otherKind(zip)));
    OUTRIDER_ASSIGN(const auto relations, relationsOf(zip, part));
    OUTRIDER_ASSIGN(auto stream, zip.stream(part));
    XmlPull xml(std::move(stream));
    for (;;) {
        OUTRIDER_ASSIGN(const bool more, xml.next());
        if (!more)
            break;
        if (xml.starts(QLatin1String("workbookPr"))) {
            book.from1904 = isTrue(xml.attribute(QLatin1String("date1904")));
        } else if (xml.starts(QLatin1String("sheet")) && book.sheets.size() < mostSheets) {
            std::string relation;
            for (const QXmlStreamAttribute& attribute : xml.xml().attributes()) {
                if (attribute.name() == QLatin1String("id") && !attribute.namespaceUri().isEmpty())
                    relation = attribute.value().toUtf8().toStdString();
            }
            const auto found = relations.find(relation);
            if (found != relations.end() && found->second.type == "worksheet" && zip.find(found->second.target) != nullptr)
                book.sheets.push_back({.name = xml.attribute(QLatin1String("name")),
                                       .part = found->second.target,
                                       .hidden = !xml.attribute(QLatin1String("state")).empty()
                                                 && xml.attribute(QLatin1String("state")) != "visible"});
        }
    }
    for (const auto& [id, relation] : relations) {
        if (relation.type == "styles" && zip.find(relation.target) != nullptr)
            OUTRIDER_TRY(readStyles(zip, relation.target, book));
        else if (relation.type == "sharedStrings" && zip.find(relation.target) != nullptr)
            OUTRIDER_TRY(readTexts(zip, relation.target, progress, book));
    }
    return book;
}

} // namespace outrider::exchange
