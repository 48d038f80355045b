// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/files.h"

#include <QFile>
#include <QSaveFile>

namespace outrider::cli {

namespace {
constexpr qint64 largest = 64 << 20;
}

Result<std::string> readFile(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.exists())
        return fail(ErrorCode::FileNotFound, path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path);
    if (file.size() > largest)
        return fail(ErrorCode::FileTooLarge, path);
    return file.readAll().toStdString();
}

Result<> writeFile(const std::string& path, const std::string& text) {
    QSaveFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0 || !file.commit())
        return fail(ErrorCode::FileUnwritable, path);
    return {};
}

} // namespace outrider::cli
