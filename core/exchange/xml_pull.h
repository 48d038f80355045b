// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/zip_archive.h"

#include <QXmlStreamReader>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace outrider::exchange {

// An entry of an archive as a stream of XML tokens, in bounded memory: no document types, no deep nesting, no
// token of more than 8 MB. Not thread-safe.
class XmlPull {
public:
    explicit XmlPull(std::unique_ptr<ZipArchive::Stream> stream);

    // The next start or end of an element, or text; false at the end. UnsupportedFormat (no XML, a document
    // type), FileTooLarge, FileUnreadable.
    Result<bool> next();

    bool starts(QLatin1String name) const { return m_xml.isStartElement() && m_xml.name() == name; }
    bool ends(QLatin1String name) const { return m_xml.isEndElement() && m_xml.name() == name; }
    bool isText() const { return m_xml.isCharacters(); }

    std::string attribute(QLatin1String name) const;
    void appendText(std::string& to) const { to += m_xml.text().toUtf8().toStdString(); }
    const QXmlStreamReader& xml() const { return m_xml; }

    // Unpacked, so far.
    std::int64_t bytes() const { return m_bytes; }

private:
    std::unique_ptr<ZipArchive::Stream> m_stream;
    QXmlStreamReader m_xml;
    std::vector<char> m_piece;
    std::int64_t m_bytes = 0;
    std::int64_t m_since = 0; // bytes since the last token
    int m_depth = 0;
    bool m_ended = false;
};

} // namespace outrider::exchange
