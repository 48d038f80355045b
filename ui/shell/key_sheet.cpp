// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/key_sheet.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QGridLayout>

#include <algorithm>

namespace outrider::shell {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(KeySheet)
};

struct Group {
    QString name;
    QList<frame::Commands::Entry> entries;
};

std::vector<Group> groupsOf(const QList<frame::Commands::Entry>& entries) {
    std::vector<Group> groups;
    for (const auto& entry : entries) {
        if (entry.action->shortcuts().isEmpty())
            continue;
        auto group = std::ranges::find(groups, entry.command.group, &Group::name);
        if (group == groups.end())
            group = groups.insert(groups.end(), Group{entry.command.group, {}});
        group->entries.append(entry);
    }
    return groups;
}

} // namespace

void openKeySheet(const frame::Context& context, QWidget* window) {
    using namespace widgets;
    auto* sheet = new Sheet(window, Tr::tr("Keys here"));
    sheet->setWide(true);
    const theme::Tokens& tokens = theme::tokens(sheet);
    auto* columns = new QWidget;
    auto* grid = new QGridLayout(columns);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(tokens.space.xl);
    grid->setVerticalSpacing(tokens.space.xs);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);

    // Two columns of about the same height, groups kept whole.
    const std::vector<Group> groups = groupsOf(context.commands.available());
    int total = 0;
    for (const Group& group : groups)
        total += 1 + int(group.entries.size());
    int rows[2] = {0, 0};
    int column = 0;
    for (const Group& group : groups) {
        if (column == 0 && rows[0] > 0 && rows[0] + int(group.entries.size()) / 2 >= total / 2)
            column = 1;
        auto* title = new Label(theme::TextStyle::Section, Ink::Text, group.name);
        title->setContentsMargins(0, rows[column] == 0 ? 0 : tokens.space.s, 0, 0);
        grid->addWidget(title, rows[column]++, column * 2, 1, 2);
        for (const auto& entry : group.entries) {
            auto* name = new Label(theme::TextStyle::Body, Ink::Muted, entry.command.text);
            name->setEliding(true);
            auto* keys = new KeyCaps(frame::keyText(entry.action));
            grid->addWidget(name, rows[column], column * 2);
            grid->addWidget(keys, rows[column]++, column * 2 + 1, Qt::AlignRight | Qt::AlignVCenter);
        }
    }
    grid->setRowStretch(std::max(rows[0], rows[1]), 1);
    sheet->body()->addWidget(columns);
    sheet->open(sheet->addCancel(Tr::tr("Close")));
}

} // namespace outrider::shell
