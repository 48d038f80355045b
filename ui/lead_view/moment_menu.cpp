// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/moment_menu.h"

#include "ui/text/quick_date.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/sheet.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QTimeZone>
#include <QVBoxLayout>

namespace outrider::lead_view {

using widgets::Button;
using widgets::Popup;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MomentMenu)
};

std::optional<Instant> parsed(const QString& words, const frame::Context& context) {
    return text::parseMoment(words, context.workspace.clock().now(),
                             QTimeZone(QByteArray::fromStdString(context.workspace.zone())));
}

void pickMoment(QWidget* over, const frame::Context& context, const std::function<void(Instant)>& chosen) {
    auto* sheet = new widgets::Sheet(over, Words::tr("Until when"));
    auto* input = new QLineEdit;
    input->setPlaceholderText(Words::tr("tue 14:00, tomorrow, in 2 weeks, 23 nov"));
    input->setAccessibleName(Words::tr("Until when"));
    auto* read = new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted, Words::tr("A day without a time is at 09:00."));
    sheet->body()->addWidget(input);
    sheet->body()->addWidget(read);
    sheet->addCancel(Words::tr("Cancel"));
    auto* take = sheet->addButton(Button::Kind::Primary, Words::tr("Until then"));
    take->setEnabled(false);
    QObject::connect(input, &QLineEdit::textChanged, sheet, [=, &context] {
        const auto until = parsed(input->text(), context);
        take->setEnabled(until.has_value());
        read->setText(until                     ? context.dates().moment(*until)
                      : input->text().isEmpty() ? Words::tr("A day without a time is at 09:00.")
                                                : Words::tr("That is not a day or a time to come."));
    });
    QObject::connect(take, &Button::clicked, sheet, [=, &context] {
        if (const auto until = parsed(input->text(), context)) {
            sheet->finish();
            chosen(*until);
        }
    });
    sheet->open(input);
}

} // namespace

void askMoment(QWidget* anchor, const frame::Context& context, const QString& heading, const QList<MomentChoice>& choices,
               std::function<void(Instant)> chosen) {
    const text::Dates dates = context.dates();
    QList<Popup::Entry> entries{{.text = heading, .hint = {}, .key = {}, .heading = true, .run = {}}};
    int key = 0;
    for (const MomentChoice& choice : choices)
        entries.append({.text = choice.text,
                        .hint = dates.moment(choice.at),
                        .icon = theme::Icon::Clock,
                        .key = QString::number(++key),
                        .run = [chosen, until = choice.at] { chosen(until); }});
    entries.append({.text = Words::tr("Pick a moment…"),
                    .hint = {},
                    .icon = theme::Icon::Calendar,
                    .key = QString::number(++key),
                    .run = [anchor = QPointer<QWidget>(anchor), &context, chosen] {
                        if (anchor)
                            pickMoment(anchor, context, chosen);
                    }});
    Popup::open(anchor, heading, entries);
}

QList<MomentChoice> soonMoments(const frame::Context& context) {
    using Snooze = QueueService::Snooze;
    const QueueService& queue = context.workspace.queue();
    return {{Words::tr("In an hour"), queue.snoozeUntil(Snooze::Hour)},
            {Words::tr("This afternoon"), queue.snoozeUntil(Snooze::Afternoon)},
            {Words::tr("Tomorrow"), queue.snoozeUntil(Snooze::Tomorrow)},
            {Words::tr("Monday"), queue.snoozeUntil(Snooze::Monday)}};
}

QList<MomentChoice> laterMoments(const frame::Context& context) {
    QList<MomentChoice> choices;
    for (const auto& [words, spoken] :
         {std::pair("in 2 weeks", Words::tr("In two weeks")), std::pair("in 1 month", Words::tr("In a month")),
          std::pair("in 3 months", Words::tr("In three months")), std::pair("in 6 months", Words::tr("In half a year"))}) {
        if (const auto at = parsed(QString::fromLatin1(words), context))
            choices.append({spoken, *at});
    }
    return choices;
}

} // namespace outrider::lead_view
