// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

namespace outrider::test {

// A zip archive of these entries, in memory.
inline std::string zipOf(const std::vector<std::pair<std::string, std::string>>& entries) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, text] : entries)
        zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
    zip_close(zip);
    zip_stat_t stat;
    zip_source_stat(target, &stat);
    std::string bytes(stat.size, '\0');
    zip_source_open(target);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

// A workbook of sheets, each given as the inside of its <worksheet>.
inline std::string workbook(const std::vector<std::pair<std::string, std::string>>& sheets, const std::string& texts = {},
                            const std::string& properties = {}) {
    const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const std::string kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string package = " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    std::string list;
    std::string relations;
    std::vector<std::pair<std::string, std::string>> entries{
        {"_rels/.rels", xml + "<Relationships" + package + "><Relationship Id=\"r\" Type=\"" + kind
                            + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"}};
    int number = 0;
    for (const auto& [name, inside] : sheets) {
        const std::string n = std::to_string(++number);
        list += "<sheet name=\"" + name + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"/>";
        relations +=
            "<Relationship Id=\"rId" + n + "\" Type=\"" + kind + "/worksheet\" Target=\"worksheets/sheet" + n + ".xml\"/>";
        entries.emplace_back("xl/worksheets/sheet" + n + ".xml", xml + "<worksheet" + main + ">" + inside + "</worksheet>");
    }
    relations += "<Relationship Id=\"s\" Type=\"" + kind + "/styles\" Target=\"styles.xml\"/>";
    relations += "<Relationship Id=\"t\" Type=\"" + kind + "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>";
    entries.emplace_back("xl/workbook.xml", xml + "<workbook" + main + " xmlns:r=\"" + kind + "\">" + properties + "<sheets>"
                                                + list + "</sheets></workbook>");
    entries.emplace_back("xl/_rels/workbook.xml.rels", xml + "<Relationships" + package + ">" + relations + "</Relationships>");
    entries.emplace_back("xl/styles.xml",
                         xml + "<styleSheet" + main
                             + "><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/></numFmts><cellXfs>"
                               "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/>"
                               "</cellXfs></styleSheet>");
    entries.emplace_back("xl/sharedStrings.xml", xml + "<sst" + main + ">" + texts + "</sst>");
    return zipOf(entries);
}

} // namespace outrider::test
