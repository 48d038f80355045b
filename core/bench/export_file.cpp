// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/export_file.h"

#include <QFile>

namespace outrider::bench {

Result<> writeExport(const std::string& path, int rows) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly))
        return fail(ErrorCode::FileUnwritable, path);
    file.write(
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Lifecycle Stage,Original Source,"
        "Job Title,Company Name,Mobile Phone Number,Street Address,City,State/Region,Postal Code,Country/Region,Website "
        "URL,Industry\r\n");
    for (qint64 i = 0; i < rows; ++i) {
        const QByteArray n = QByteArray::number(i);
        const QByteArray first = "First" + QByteArray::number(i * 7907 % 100003);
        const QByteArray company = QByteArray::number(i * 6151 % (rows / 10 + 1));
        file.write(n + ',' + first + ",Last" + QByteArray::number(i * 15485863 % 7919) + ',' + first.toLower() + '.' + n
                   + "@company" + company + ".example,+49 381 " + QByteArray::number(1000000 + i * 7919 % 8999993)
                   + ",Mara Lindqvist,NEW,2026-03-02 09:15,lead,Offline Sources,Head of Operations,\"Company " + company
                   + ", GmbH\",+49 171 " + QByteArray::number(2000000 + i * 6007 % 7999993) + ",Kai " + n
                   + ",Rostock,Mecklenburg-Vorpommern,18055,Germany,https://company" + company + ".example,Logistics\r\n");
    }
    return file.flush() ? Result<>() : fail(ErrorCode::FileUnwritable, path);
}

} // namespace outrider::bench
