// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/statuses_panel.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace outrider::settings {

using widgets::Ink;
using widgets::Label;

StatusesPanel::StatusesPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Statuses"), theme::Icon::CircleDot, tr("stage field open final terminal pipeline"), parent),
      m_list(new QWidget),
      m_name(new QLineEdit),
      m_nameField(new widgets::Field(tr("New status"), m_name)),
      m_kind(new widgets::Combo(tr("Kind of status"))),
      m_add(new widgets::Button(widgets::Button::Kind::Secondary, tr("Add"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = page(tr("A final status ends every strategy of a lead and clears its open tasks, whoever sets it."));
    widgets::column(m_list, 0);
    column->addWidget(m_list);
    column->addWidget(new widgets::Line);
    auto* adding = new QHBoxLayout;
    adding->setSpacing(t.space.s);
    m_kind->addChoice(tr("Open: still worked on"), int(StatusKind::Open));
    m_kind->addChoice(tr("Final: strategies end"), int(StatusKind::Terminal));
    m_add->setAccessibleName(tr("Add the status"));
    adding->addWidget(m_nameField, 1);
    adding->addWidget(new widgets::Field(tr("Kind"), m_kind));
    adding->addWidget(m_add);
    column->addLayout(adding);
    column->addStretch(1);
    connect(m_add, &QAbstractButton::clicked, this, &StatusesPanel::add);
    connect(m_name, &QLineEdit::returnPressed, this, &StatusesPanel::add);
}

bool StatusesPanel::hasUnsaved() const { return !m_name->text().trimmed().isEmpty(); }

void StatusesPanel::read() {
    deliver(context().workspace.leads().statuses(), this, [this](Result<std::vector<Status>> statuses) {
        if (statuses)
            showStatuses(*statuses);
    });
}

void StatusesPanel::showStatuses(const std::vector<Status>& statuses) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = static_cast<QVBoxLayout*>(m_list->layout());
    while (QLayoutItem* item = column->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const Status& status : statuses) {
        auto* row = new QWidget;
        row->setMinimumHeight(t.size.row);
        auto* line = widgets::row(row, t.space.s);
        auto* name = new Label(theme::TextStyle::BodyStrong, Ink::Text, text::statusName(status));
        name->setEliding(true);
        line->addWidget(name, 1);
        if (status.builtIn)
            line->addWidget(new Label(theme::TextStyle::Meta, Ink::Muted, tr("built in")));
        line->addWidget(new widgets::ChipLabel({.text = status.isTerminal() ? tr("Final") : tr("Open"),
                                                .tone = status.isTerminal() ? paint::Tone::Ok : paint::Tone::Neutral}));
        column->addWidget(row);
    }
}

void StatusesPanel::add() {
    const QString name = m_name->text().simplified();
    m_nameField->setError(name.isEmpty() ? tr("A status needs a name.") : QString());
    if (name.isEmpty())
        return;
    deliver(context().workspace.leads().addStatus(name.toStdString(), StatusKind(m_kind->value().toInt())), this,
            [this, name](Result<StatusId> added) {
                if (!added) {
                    m_nameField->setError(added.error().code == ErrorCode::AlreadyExists ? tr("There is a status of that name.")
                                                                                         : text::sentence(added.error()));
                    return;
                }
                m_name->clear();
                context().tell.done(tr("New status: %1.").arg(text::isolated(name)));
                read();
            });
}

} // namespace outrider::settings
