// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/xml_pull.h"

namespace outrider::exchange {

namespace {

constexpr std::size_t pieceBytes = std::size_t(64) * 1024;
constexpr std::int64_t tokenBytes = std::int64_t(8) << 20U;
constexpr int deepest = 64;

} // namespace

XmlPull::XmlPull(std::unique_ptr<ZipArchive::Stream> stream) : m_stream(std::move(stream)), m_piece(pieceBytes) {}

std::string XmlPull::attribute(QLatin1String name) const { return m_xml.attributes().value(name).toUtf8().toStdString(); }

Result<bool> XmlPull::next() {
    using Token = QXmlStreamReader::TokenType;
    for (;;) {
        const Token token = m_xml.readNext();
        if (token == Token::Invalid && m_xml.error() == QXmlStreamReader::PrematureEndOfDocumentError && !m_ended) {
            OUTRIDER_ASSIGN(const std::size_t count, m_stream->read(m_piece));
            m_ended = count == 0;
            m_bytes += static_cast<std::int64_t>(count);
            m_since += static_cast<std::int64_t>(count);
            if (m_since > tokenBytes)
                return fail(ErrorCode::FileTooLarge, "more than 8 MB of text in one place");
            if (!m_ended)
                m_xml.addData(QByteArray(m_piece.data(), static_cast<qsizetype>(count)));
            continue;
        }
        m_since = 0;
        switch (token) {
        case Token::StartElement:
            if (++m_depth > deepest)
                return fail(ErrorCode::FileTooLarge, "XML nested more than 64 deep");
            return true;
        case Token::EndElement:
            --m_depth;
            return true;
        case Token::Characters:
            return true;
        case Token::EndDocument:
            return false;
        case Token::DTD:
        case Token::EntityReference:
            return fail(ErrorCode::UnsupportedFormat, "a spreadsheet with a document type of its own");
        case Token::Invalid:
            return fail(ErrorCode::UnsupportedFormat, "a damaged spreadsheet (" + m_xml.errorString().toStdString() + ")");
        default:
            break;
        }
    }
}

} // namespace outrider::exchange
