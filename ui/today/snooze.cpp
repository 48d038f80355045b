// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/snooze.h"

#include "ui/text/quick_date.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/sheet.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QTimeZone>
#include <QVBoxLayout>

namespace outrider::today {

using widgets::Button;
using widgets::Popup;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Snooze)
};

void pickMoment(QWidget* over, const frame::Context& context, const std::function<void(Instant)>& chosen) {
    auto* sheet = new widgets::Sheet(over, Words::tr("Until when"));
    auto* input = new QLineEdit;
    input->setPlaceholderText(Words::tr("tue 14:00, tomorrow, in 2 weeks, 23 nov"));
    input->setAccessibleName(Words::tr("Until when"));
    auto* read = new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted, Words::tr("A day without a time is at 09:00."));
    sheet->body()->addWidget(input);
    sheet->body()->addWidget(read);
    sheet->addCancel(Words::tr("Cancel"));
    auto* snooze = sheet->addButton(Button::Kind::Primary, Words::tr("Snooze"));
    snooze->setEnabled(false);
    const auto parsed = [input, &context] {
        return text::parseMoment(input->text(), context.workspace.clock().now(),
                                 QTimeZone(QByteArray::fromStdString(context.workspace.zone())));
    };
    QObject::connect(input, &QLineEdit::textChanged, sheet, [=, &context] {
        const auto until = parsed();
        snooze->setEnabled(until.has_value());
        read->setText(until                     ? context.dates().moment(*until)
                      : input->text().isEmpty() ? Words::tr("A day without a time is at 09:00.")
                                                : Words::tr("That is not a day or a time to come."));
    });
    QObject::connect(snooze, &Button::clicked, sheet, [=] {
        if (const auto until = parsed()) {
            sheet->finish();
            chosen(*until);
        }
    });
    sheet->open(input);
}

} // namespace

void askMoment(QWidget* anchor, const frame::Context& context, const QString& heading, std::function<void(Instant)> chosen) {
    using Snooze = QueueService::Snooze;
    const text::Dates dates = context.dates();
    QList<Popup::Entry> entries{{.text = heading, .hint = {}, .key = {}, .heading = true, .run = {}}};
    const auto add = [&](Snooze snooze, const QString& text, int key) {
        const Instant until = context.workspace.queue().snoozeUntil(snooze);
        entries.append({.text = text,
                        .hint = dates.moment(until),
                        .icon = theme::Icon::Clock,
                        .key = QString::number(key),
                        .run = [chosen, until] { chosen(until); }});
    };
    add(Snooze::Hour, Words::tr("In an hour"), 1);
    add(Snooze::Afternoon, Words::tr("This afternoon"), 2);
    add(Snooze::Tomorrow, Words::tr("Tomorrow"), 3);
    add(Snooze::Monday, Words::tr("Monday"), 4);
    entries.append({.text = Words::tr("Pick a moment…"),
                    .hint = {},
                    .icon = theme::Icon::Calendar,
                    .key = QStringLiteral("5"),
                    .run = [anchor = QPointer<QWidget>(anchor), &context, chosen] {
                        if (anchor)
                            pickMoment(anchor, context, chosen);
                    }});
    Popup::open(anchor, heading, entries);
}

} // namespace outrider::today
