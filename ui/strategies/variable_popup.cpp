// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/variable_popup.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/theme/tokens.h"

#include <QBoxLayout>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

#include <algorithm>

namespace outrider::strategies {

namespace {

constexpr int keyRole = Qt::UserRole + 1;
constexpr int mostRows = 8;

class VariableDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const theme::Tokens& t = theme::tokens(option.widget);
        const bool selected = option.state & QStyle::State_Selected;
        paint::drawRow(painter, t, option.rect, {.hover = bool(option.state & QStyle::State_MouseOver), .selected = selected},
                       false);
        QRect inner = option.rect.adjusted(t.space.s, 0, -t.space.s, 0);
        const int used = paint::drawText(
            painter, t, inner, {.text = index.data(Qt::DisplayRole).toString(), .color = t.onRow(t.color.text, selected)});
        inner.setLeft(inner.left() + used + t.space.m);
        paint::drawText(painter, t, inner,
                        {.text = index.data(keyRole).toString(),
                         .style = theme::TextStyle::Mono,
                         .color = t.onRow(t.color.muted, selected),
                         .alignment = Qt::AlignTrailing});
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
        return {0, theme::tokens(option.widget).size.popupRow};
    }
};

} // namespace

VariablePopup::VariablePopup(QWidget* field)
    : QWidget(field->window()),
      m_list(new QListView(this)),
      m_model(new QStandardItemModel(this)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(t.space.xs, t.space.xs, t.space.xs, t.space.xs);
    column->addWidget(m_list);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new VariableDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("Template fields"));
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT chosen(index.data(keyRole).toString()); });
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void VariablePopup::show(const QList<Variable>& variables, const QRect& anchor) {
    if (variables.isEmpty()) {
        hide();
        return;
    }
    const QString before = isVisible() ? current() : QString();
    m_model->clear();
    for (const Variable& variable : variables) {
        auto* item = new QStandardItem(variable.name);
        item->setData(variable.key, keyRole);
        item->setData(variable.name + QLatin1Char(' ') + variable.key, Qt::AccessibleTextRole);
        m_model->appendRow(item);
    }
    int row = 0;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        if (m_model->item(i)->data(keyRole).toString() == before)
            row = i;
    }
    m_list->setCurrentIndex(m_model->index(row, 0));
    const theme::Tokens& t = theme::tokens(this);
    const int width = std::min(t.size.detailPane, parentWidget()->width() - 2 * t.space.l);
    const int height = std::min(m_model->rowCount(), mostRows) * t.size.popupRow + 2 * t.space.xs;
    int x = std::clamp(anchor.left() - t.space.m, t.space.s, std::max(t.space.s, parentWidget()->width() - width - t.space.s));
    int y = anchor.bottom() + t.space.xs;
    if (y + height > parentWidget()->height() - t.space.s)
        y = std::max(t.space.s, anchor.top() - t.space.xs - height);
    setGeometry(x, y, width, height);
    QWidget::show();
    raise();
}

QString VariablePopup::current() const { return m_list->currentIndex().data(keyRole).toString(); }

int VariablePopup::count() const { return m_model->rowCount(); }

void VariablePopup::move(int by) {
    const int rows = m_model->rowCount();
    if (rows > 0)
        m_list->setCurrentIndex(m_model->index(((m_list->currentIndex().row() + by) % rows + rows) % rows, 0));
}

void VariablePopup::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    paint::drawCard(&painter, rect(), t.size.radiusCard, t.color.surface, t.color.line);
}

} // namespace outrider::strategies
