// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/match_sheet.h"

#include "core/base/deliver.h"
#include "ui/inbox/row_list.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"

#include <QBoxLayout>
#include <QKeyEvent>

namespace outrider::inbox {

using widgets::Button;

namespace {

constexpr int mostHits = 12;
constexpr int shownRows = 5;

} // namespace

MatchSheet::MatchSheet(const frame::Context& context, QWidget* over, const QString& words)
    : Sheet(over, tr("Whose mail is it?")),
      m_context(context),
      m_field(new widgets::SearchField(tr("Name, company or address"), tr("Find the lead"))),
      m_list(new RowList(tr("Found leads"))),
      m_match(nullptr) {
    body()->addWidget(m_field);
    m_list->setFixedHeight(shownRows * theme::tokens(this).size.twoLineRow);
    body()->addWidget(m_list);
    addCancel(tr("Cancel"));
    m_match = addButton(Button::Kind::Primary, tr("Match"));
    m_match->setEnabled(false);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &MatchSheet::search);
    connect(m_match, &QAbstractButton::clicked, this, &MatchSheet::take);
    connect(m_list, &RowList::rowActivated, this, &MatchSheet::take);
    m_field->setText(words);
}

void MatchSheet::ask() {
    open(m_field);
    m_field->selectAll();
}

bool MatchSheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            m_list->moveBy(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
    }
    return Sheet::eventFilter(watched, event);
}

void MatchSheet::search(const QString& words) {
    const int generation = ++m_generation;
    deliver(m_context.workspace.search().search(words.trimmed().toStdString(),
                                                {.leads = mostHits, .companies = 0, .strategies = 0, .texts = 0}),
            this, [this, generation](Result<SearchResult> found) {
                if (generation != m_generation)
                    return;
                if (!found) {
                    setError(text::sentence(found.error()));
                    return;
                }
                std::vector<ListRow> rows;
                for (const SearchHit& hit : found->hits) {
                    if (hit.kind == SearchHit::Kind::Lead)
                        rows.push_back({.id = hit.lead.value, .title = text::toQt(hit.title), .line = text::toQt(hit.detail)});
                }
                m_match->setEnabled(!rows.empty());
                m_list->setRows(std::move(rows));
            });
}

void MatchSheet::take() {
    const ListRow* row = m_list->currentRow();
    if (row == nullptr || m_taken)
        return;
    m_taken = true;
    Q_EMIT chosen(LeadId{row->id});
    finish();
}

} // namespace outrider::inbox
