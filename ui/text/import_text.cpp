// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/import_text.h"

#include "ui/text/tr.h"

#include <QHash>

namespace outrider::text {

QString importProblem(std::string_view code, std::string_view detail) {
    const QString what = isolated(toQt(detail));
    if (code == "invalid_email")
        return Tr::tr("Not an e-mail address: %1").arg(what);
    if (code == "invalid_phone")
        return Tr::tr("Not a phone number, and nothing else says who it is: %1").arg(what);
    if (code == "no_identity")
        return Tr::tr("No name, e-mail address, phone number or LinkedIn profile");
    if (code == "too_many_cells")
        return Tr::tr("The row has more cells than the table has columns: %1").arg(what);
    if (code == "open_quote")
        return Tr::tr("A quotation mark seems to be missing: a cell holds what looks like further rows");
    if (code == "repeats_row")
        return Tr::tr("Another name behind the same key as row %1").arg(what);
    if (code == "deleted_there")
        return Tr::tr("Marked as deleted in the file");
    return toQt(code) + (detail.empty() ? QString() : QStringLiteral(": ") + what);
}

QString mappingReasonText(std::string_view reason) {
    const auto colon = reason.find(':');
    const QString why = toQt(reason.substr(0, colon));
    const QString evidence = colon == std::string_view::npos ? QString() : isolated(toQt(reason.substr(colon + 1)));
    static const QHash<QString, QString> plain{
        {QStringLiteral("signature"), Tr::tr("the product's own column")},
        {QStringLiteral("shared_by_signature"), Tr::tr("the product's own column, where the first is empty")},
        {QStringLiteral("name"), Tr::tr("by its name")},
        {QStringLiteral("name_and_content"), Tr::tr("by its name and what is in it")},
        {QStringLiteral("content"), Tr::tr("by what is in it")},
        {QStringLiteral("variable"), Tr::tr("a variable of the product's templates")},
        {QStringLiteral("override"), Tr::tr("you said so")},
        {QStringLiteral("ignored"), Tr::tr("you left it out")},
        {QStringLiteral("no_field"), Tr::tr("nothing Outrider keeps")},
        {QStringLiteral("not_understood"), Tr::tr("not understood")},
        {QStringLiteral("empty"), Tr::tr("empty")},
        {QStringLiteral("label"), Tr::tr("says of what kind another column is")},
        {QStringLiteral("deleted_flag"), Tr::tr("rows marked here are left out")},
    };
    if (why == QLatin1String("contradicted"))
        return Tr::tr("its name and what is in it do not agree: %1").arg(evidence);
    if (why == QLatin1String("taken"))
        return Tr::tr("another column is better: %1").arg(evidence);
    return plain.value(why, why);
}

QString delimiterName(std::string_view delimiter) {
    if (delimiter == ",")
        return Tr::tr("comma");
    if (delimiter == ";")
        return Tr::tr("semicolon");
    if (delimiter == "\t")
        return Tr::tr("tab");
    if (delimiter == "|")
        return Tr::tr("bar");
    return toQt(delimiter);
}

QString containerName(std::string_view container, std::string_view sheet) {
    if (container == "xlsx")
        return Tr::tr("sheet %1").arg(isolated(toQt(sheet)));
    if (container == "vcard")
        return Tr::tr("vCard");
    if (container == "json")
        return Tr::tr("JSON");
    return toQt(container);
}

} // namespace outrider::text
