// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <string>
#include <string_view>

namespace outrider::text {

// One translation context for this folder, so that free functions can translate.
struct Tr {
    Q_DECLARE_TR_FUNCTIONS(OutriderText)
};

// A value in a sentence, kept from turning the sentence's direction: FSI … PDI (Unicode UAX #9).
QString isolated(const QString& value);

// What a field of core/domain/field.h is called: "First name". A custom field's key, made readable.
QString fieldName(std::string_view key);

inline QString toQt(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

} // namespace outrider::text
