// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/history_panel.h"

#include "core/base/deliver.h"
#include "ui/text/dates.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>

namespace outrider::settings {

using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int year = 365;

QString keepText(int days) {
    if (days == 0)
        return HistoryPanel::tr("For ever");
    if (days % year == 0)
        return text::counted(days / year, HistoryPanel::tr("year"), HistoryPanel::tr("years"));
    return text::counted(days, HistoryPanel::tr("day"), HistoryPanel::tr("days"));
}

} // namespace

HistoryPanel::HistoryPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("History"), theme::Icon::Undo, tr("history journal undo keep forget space past"), parent),
      m_keep(new widgets::Combo(tr("Keep what was changed"))),
      m_meaning(explanation({})),
      m_room(explanation({})) {
    auto* column = page(
        tr("Of everything that is done, Outrider keeps what it changed: so it can be undone, a lead looked at as it was, and "
           "a field asked where it comes from."));
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Keep what was changed")));
    for (const int days : {0, 5 * year, 3 * year, 2 * year, year, 90})
        m_keep->addChoice(keepText(days), days);
    column->addWidget(m_keep, 0, Qt::AlignLeft);
    column->addWidget(m_meaning);
    column->addWidget(m_room);
    column->addStretch(1);
    connect(m_keep, &widgets::Combo::picked, this, [this](const QVariant& days) { pick(days.toInt()); });
    showKept(0);
}

void HistoryPanel::read() {
    deliver(context().workspace.history().keepDays(), this, [this](Result<int> days) {
        if (!days)
            return;
        showKept(*days);
        deliver(context().workspace.settings().journalRoom(*days), this, [this](Result<SettingsService::JournalRoom> room) {
            m_room->setText(room ? tr("It takes about %1 of the file.").arg(text::fileSize(room->bytes))
                                 : text::sentence(room.error()));
        });
    });
}

void HistoryPanel::showKept(int days) {
    m_days = days;
    if (m_keep->findData(days) < 0) // set on the command line
        m_keep->addChoice(keepText(days), days);
    m_keep->setValue(days);
    m_meaning->setText(days == 0 ? tr("Nothing is forgotten. The journal grows with what is changed, not with what is there.")
                                 : tr("What was changed longer ago than %1 cannot be undone or looked back behind. That it was "
                                      "done, by whom and when, stays in the history.")
                                       .arg(keepText(days)));
}

void HistoryPanel::pick(int days) {
    if (days == m_days)
        return;
    const bool longer = days == 0 || (m_days != 0 && days > m_days);
    if (longer) {
        keep(days);
        return;
    }
    deliver(context().workspace.settings().journalRoom(days), this, [this, days](Result<SettingsService::JournalRoom> room) {
        ask(days, room.value_or(SettingsService::JournalRoom()));
    });
}

void HistoryPanel::ask(int days, const SettingsService::JournalRoom& room) {
    if (m_sheet)
        return;
    auto* sheet = new widgets::Sheet(this, tr("Forget what is older than %1?").arg(keepText(days)));
    m_sheet = sheet;
    sheet->body()->addWidget(explanation(
        tr("What was changed before then can no longer be undone or looked back behind, and does not come back, not even by "
           "undo. That it was done, by whom and when, stays in the history; leads, mails and notes stay as they are.")));
    sheet->body()->addWidget(
        explanation(room.bytesOlder > 0
                        ? tr("About %1 of %2 become free within the file for what comes. The file itself does not get smaller.")
                              .arg(text::fileSize(room.bytesOlder), text::fileSize(room.bytes))
                        : tr("Nothing is that old yet.")));
    auto* cancel = sheet->addCancel(tr("Keep it"));
    auto* go = sheet->addButton(Button::Kind::Primary, room.bytesOlder > 0 ? tr("Forget it") : tr("Set it"));
    sheet->setDefault(cancel);
    connect(go, &QAbstractButton::clicked, sheet, [this, sheet, days] {
        keep(days);
        sheet->finish();
    });
    connect(sheet, &widgets::Sheet::closed, this, [this] { m_keep->setValue(m_days); });
    sheet->open(cancel);
}

void HistoryPanel::keep(int days) {
    showKept(days);
    deliver(context().workspace.history().setKeepDays(days), this, [this, days](Result<> set) {
        told(set,
             days == 0 ? tr("What is changed is kept for ever.") : tr("What is changed is kept for %1.").arg(keepText(days)));
        if (set)
            context().workspace.history().forgetOld();
        read();
    });
}

} // namespace outrider::settings
