// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/lead_chooser.h"

#include "core/base/deliver.h"
#include "ui/text/tr.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QStandardItemModel>

namespace outrider::strategies {

namespace {

constexpr int idRole = Qt::UserRole + 1;
constexpr int nameRole = Qt::UserRole + 2;
constexpr int mostHits = 12;

} // namespace

LeadChooser::LeadChooser(QWidget* over, const frame::Context& context)
    : Sheet(over, tr("Preview for")),
      m_context(context),
      m_words(new widgets::SearchField(tr("Name, company or e-mail"), tr("Find a lead"))),
      m_list(new QListView),
      m_model(new QStandardItemModel(this)) {
    m_list->setModel(m_model);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Leads found"));
    m_list->setMinimumHeight(theme::tokens(this).size.row * (mostHits - 2));
    m_words->installEventFilter(this);
    body()->addWidget(m_words);
    body()->addWidget(m_list, 1);
    addCancel(tr("Cancel"));
    auto* take = addButton(widgets::Button::Kind::Primary, tr("Show"));
    connect(take, &QAbstractButton::clicked, this, &LeadChooser::take);
    connect(m_list, &QListView::doubleClicked, this, &LeadChooser::take);
    connect(m_words, &QLineEdit::textChanged, this, &LeadChooser::search);
    setFocusProxy(m_words);
    search();
}

void LeadChooser::search() {
    const int generation = ++m_generation;
    const auto add = [this](std::int64_t id, const QString& name, const QString& detail) {
        auto* item = new QStandardItem(detail.isEmpty() ? name : QStringLiteral("%1, %2").arg(name, detail));
        item->setData(qlonglong(id), idRole);
        item->setData(name, nameRole);
        m_model->appendRow(item);
    };
    const QString words = m_words->text().trimmed();
    if (words.isEmpty()) {
        deliver(m_context.workspace.leads().page({.limit = mostHits}), this, [this, generation, add](Result<LeadPage> page) {
            if (generation != m_generation || !page)
                return;
            m_model->clear();
            for (const LeadListRow& row : page->rows)
                add(row.id.value, text::toQt(row.name), text::toQt(row.companyName));
            m_list->setCurrentIndex(m_model->index(0, 0));
        });
        return;
    }
    deliver(m_context.workspace.search().search(words.toStdString(),
                                                {.leads = mostHits, .companies = 0, .strategies = 0, .texts = 0}),
            this, [this, generation, add](Result<SearchResult> found) {
                if (generation != m_generation || !found)
                    return;
                m_model->clear();
                for (const SearchHit& hit : found->hits) {
                    if (hit.kind == SearchHit::Kind::Lead)
                        add(hit.lead.value, text::toQt(hit.title), text::toQt(hit.detail));
                }
                m_list->setCurrentIndex(m_model->index(0, 0));
            });
}

void LeadChooser::take() {
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    Q_EMIT chosen(LeadId{index.data(idRole).toLongLong()}, index.data(nameRole).toString());
    finish();
}

bool LeadChooser::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_words && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            const int row = m_list->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1);
            if (row >= 0 && row < m_model->rowCount())
                m_list->setCurrentIndex(m_model->index(row, 0));
            return true;
        }
    }
    return Sheet::eventFilter(watched, event);
}

} // namespace outrider::strategies
