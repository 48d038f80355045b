// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/message_words.h"

#include "ui/text/tr.h"

namespace outrider::inbox {

using text::toQt;

QString senderOf(const InboxItem& item) {
    if (!item.leadName.empty())
        return toQt(item.leadName);
    const QString from = toQt(item.message.from);
    const QString name = from.section(QLatin1Char('<'), 0, 0).trimmed().remove(QLatin1Char('"'));
    return name.isEmpty() ? from : name;
}

QString firstWords(const Message& message) {
    constexpr int enough = 160;
    const QString words = toQt(message.text).left(enough).simplified();
    return message.subject.empty() ? words : QStringLiteral("%1 · %2").arg(toQt(message.subject), words);
}

} // namespace outrider::inbox
