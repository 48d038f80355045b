// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mail_corpus.h"

#include "core/contact/text.h"
#include "support/mail_text.h"

#include <QString>

#include <fstream>

namespace outrider::test {

namespace {

std::string headersOfOurs(const std::string& recipient) {
    return "Return-Path: <mara@harborline.example>\n"
           "Received: from mail1.harborline.example (mail1.harborline.example [192.0.2.44])\n"
           "\tby mx.somewhere.example with ESMTPS id 4F1B22A0C3; Thu, 19 Nov 2026 09:00:02 +0000\n"
           "Message-ID: <m7@harborline.example>\n"
           "From: Mara Lindqvist <mara@harborline.example>\n"
           "To: "
           + recipient
           + "\nSubject: Dock delays\nDate: Thu, 19 Nov 2026 09:00:00 +0000\nMIME-Version: 1.0\n"
             "Content-Type: text/plain; charset=utf-8\n";
}

std::string mailOf(const CorpusMail& mail, const std::string& written) {
    const auto blank = written.find("\n\n");
    const auto parts = written.find("@text\n");
    const bool report = parts != std::string::npos && (blank == std::string::npos || parts < blank);
    std::string raw =
        "To: mara@harborline.example\nDate: Thu, 19 Nov 2026 09:10:00 +0000\nMessage-ID: <d1@mx.somewhere.example>\n"
        "MIME-Version: 1.0\n";
    if (report)
        raw += "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_part\"\n";
    else if (written.find("\nContent-Type:") == std::string::npos)
        raw += "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n";
    raw += written;
    const auto replace = [&raw](const std::string& mark, const std::string& by) {
        for (auto at = raw.find(mark); at != std::string::npos; at = raw.find(mark, at + by.size()))
            raw.replace(at, mark.size(), by);
    };
    replace("{{original}}", headersOfOurs(mail.recipient) + "\nHello,\n\nour mailbox for spam is never full.\n");
    if (report) {
        replace("@text\n", "\n--=_part\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n");
        replace("\n@dsn\n", "\n\n--=_part\nContent-Type: message/delivery-status\n\n");
        replace("\n@original\n", "\n\n--=_part\nContent-Type: message/rfc822\n\n" + headersOfOurs(mail.recipient)
                                     + "\nHello,\n\nare you there?\n");
        raw += "\n--=_part--\n";
    }
    return crlf(raw);
}

} // namespace

std::vector<CorpusMail> readMailCorpus(const std::string& path) {
    std::ifstream file(path);
    if (!file)
        qFatal("%s cannot be read", path.c_str());
    std::vector<CorpusMail> mails;
    std::string written;
    const auto finish = [&] {
        if (!mails.empty())
            mails.back().raw = mailOf(mails.back(), written);
        written.clear();
    };
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("=== ")) {
            finish();
            const auto fields = contact::split(std::string_view(line).substr(4), "|");
            if (fields.size() != 4)
                qFatal("%s", line.c_str());
            const auto field = [&](std::size_t index) { return std::string(contact::trimmed(fields[index])); };
            mails.push_back({field(0), field(1), field(2), field(3) == "-" ? std::string() : field(3), {}});
        } else if (!mails.empty()) {
            written += line + '\n';
        }
    }
    finish();
    return mails;
}

} // namespace outrider::test
