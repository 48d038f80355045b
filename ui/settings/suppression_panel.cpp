// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/suppression_panel.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/text_area.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QTableWidget>

namespace outrider::settings {

namespace {

constexpr int mostShown = 2000;

QString kindName(SuppressionKind kind) {
    switch (kind) {
    case SuppressionKind::Email:
        return SuppressionPanel::tr("E-mail");
    case SuppressionKind::Domain:
        return SuppressionPanel::tr("Domain");
    case SuppressionKind::Phone:
        return SuppressionPanel::tr("Phone");
    }
    return {};
}

} // namespace

SuppressionPanel::SuppressionPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Suppression"), theme::Icon::Ban,
            tr("do not contact opt-out unsubscribe block list bounce complaint domain"), parent),
      m_lines(new widgets::TextArea(tr("name@company.example\n@competitor.example\n+49 40 123456"),
                                    tr("Addresses, domains or numbers"))),
      m_linesField(new widgets::Field(tr("Add, one a line"), m_lines)),
      m_reason(new widgets::Combo(tr("Reason"))),
      m_add(new widgets::Button(widgets::Button::Kind::Secondary, tr("Add"))),
      m_search(new widgets::SearchField(tr("Find"), tr("Find in the suppression list"))),
      m_count(new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted)),
      m_table(new QTableWidget),
      m_remove(new widgets::Button(widgets::Button::Kind::Danger, tr("Remove"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = page(
        tr("Nothing is sent to what stands here, whatever a strategy says. Hard bounces and opt-outs come here by themselves."));
    m_lines->setVisibleLines(3);
    column->addWidget(m_linesField);
    auto* adding = new QHBoxLayout;
    adding->setSpacing(t.space.s);
    for (const auto reason :
         {SuppressionReason::Manual, SuppressionReason::OptOut, SuppressionReason::DoNotContact, SuppressionReason::Complaint})
        m_reason->addChoice(text::suppressionReasonText(reason), int(reason));
    m_add->setAccessibleName(tr("Add to the suppression list"));
    adding->addWidget(m_reason);
    adding->addWidget(m_add);
    adding->addStretch(1);
    column->addLayout(adding);

    auto* finding = new QHBoxLayout;
    finding->setSpacing(t.space.s);
    finding->addWidget(m_search, 1);
    finding->addWidget(m_count);
    finding->addWidget(m_remove);
    column->addLayout(finding);
    m_table->setColumnCount(5);
    m_table->setHorizontalHeaderLabels({tr("What"), tr("Kind"), tr("Reason"), tr("From"), tr("Since")});
    m_table->setAccessibleName(tr("Suppression table"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(t.size.row);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->setMinimumHeight(t.size.row * 8);
    column->addWidget(m_table, 1);
    connect(m_add, &QAbstractButton::clicked, this, &SuppressionPanel::add);
    connect(m_search, &QLineEdit::textChanged, this, &SuppressionPanel::showAll);
    m_remove->bind(context.commands.add(m_table,
                                        {.id = QStringLiteral("suppression.remove"),
                                         .text = tr("Remove"),
                                         .group = tr("Suppression"),
                                         .icon = theme::Icon::Trash,
                                         .keys = {QKeySequence(Qt::Key_Delete)}},
                                        [this] { remove(); }));
    m_remove->setAccessibleName(tr("Remove from the suppression list"));
}

bool SuppressionPanel::hasUnsaved() const { return !m_lines->toPlainText().trimmed().isEmpty(); }

void SuppressionPanel::read() {
    deliver(context().workspace.settings().suppressions(mostShown), this, [this](Result<std::vector<Suppression>> all) {
        if (!all)
            return;
        m_all = std::move(*all);
        showAll();
    });
}

void SuppressionPanel::showAll() {
    const auto dates = context().dates();
    const QString words = m_search->text().trimmed();
    m_shown.clear();
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        if (words.isEmpty() || text::toQt(m_all[i].key).contains(words, Qt::CaseInsensitive)
            || text::toQt(m_all[i].source).contains(words, Qt::CaseInsensitive))
            m_shown.push_back(i);
    }
    const int before = m_table->currentRow();
    m_table->setRowCount(int(m_shown.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const Suppression& one = m_all[m_shown[std::size_t(row)]];
        const QStringList cells{text::toQt(one.key), kindName(one.kind), text::suppressionReasonText(one.reason),
                                text::toQt(one.source), dates.shortDay(one.createdAt)};
        for (int column = 0; column < cells.size(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(cells[column]);
            m_table->setItem(row, column, item);
        }
    }
    if (m_table->rowCount() > 0)
        m_table->selectRow(std::clamp(before, 0, m_table->rowCount() - 1));
    m_remove->setEnabled(m_table->rowCount() > 0);
    m_count->setText(int(m_all.size()) >= mostShown ? tr("the latest %1").arg(mostShown)
                                                    : text::counted(qint64(m_shown.size()), tr("entry"), tr("entries")));
}

void SuppressionPanel::add() {
    m_linesField->setError({});
    const QString lines = m_lines->toPlainText();
    if (lines.trimmed().isEmpty())
        return;
    deliver(context().workspace.settings().suppress(lines.toStdString(), SuppressionReason(m_reason->value().toInt()), {}), this,
            [this](Result<int> added) {
                if (!added) {
                    m_linesField->setError(added.error().code == ErrorCode::InvalidArgument
                                               ? tr("Neither an address nor a domain nor a number: %1. Nothing was added.")
                                                     .arg(text::isolated(text::toQt(added.error().detail)))
                                               : text::sentence(added.error()));
                    return;
                }
                m_lines->clear();
                context().tell.done(tr("%1 suppressed.").arg(text::counted(*added, tr("new entry"), tr("new entries"))));
                read();
            });
}

void SuppressionPanel::remove() {
    const int row = m_table->currentRow();
    if (row < 0 || row >= int(m_shown.size()))
        return;
    const Suppression one = m_all[m_shown[std::size_t(row)]];
    deliver(context().workspace.settings().unsuppress(one.kind, one.key), this,
            [this, key = text::isolated(text::toQt(one.key))](Result<> done) {
                told(done, tr("No longer suppressed: %1.").arg(key));
                read();
            });
}

} // namespace outrider::settings
