// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cell_chart.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace outrider::widgets {

CellChart::CellChart(const QString& accessibleName, QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(accessibleName);
}

void CellChart::setCells(const QStringList& sentences) {
    const bool same = sentences.size() == qsizetype(m_cells.size());
    if (!same) {
        qDeleteAll(m_cells);
        m_cells.clear();
        for (qsizetype i = 0; i < sentences.size(); ++i) {
            auto* cell = new QWidget(this);
            cell->setAttribute(Qt::WA_TransparentForMouseEvents);
            cell->show();
            m_cells.push_back(cell);
        }
        m_current = m_cells.empty() ? -1 : std::clamp(m_current, 0, count() - 1);
    }
    for (qsizetype i = 0; i < sentences.size(); ++i)
        m_cells[std::size_t(i)]->setAccessibleName(sentences[i]);
    arrange();
    update();
    tell();
}

QString CellChart::sentence(int index) const {
    return index < 0 || index >= count() ? QString() : m_cells[std::size_t(index)]->accessibleName();
}

void CellChart::setCurrent(int index) {
    if (index < 0 || index >= count() || index == m_current)
        return;
    m_current = index;
    update();
    tell();
    Q_EMIT currentChanged(index);
}

void CellChart::tell() {
    setAccessibleDescription(sentence(m_current));
    if (m_current < 0 || !hasFocus())
        return;
    QAccessibleEvent event(m_cells[std::size_t(m_current)], QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void CellChart::arrange() {
    for (int i = 0; i < count(); ++i)
        m_cells[std::size_t(i)]->setGeometry(cellRect(i));
}

int CellChart::cellAt(const QPoint& point) const {
    for (int i = 0; i < count(); ++i) {
        if (cellRect(i).contains(point))
            return i;
    }
    return -1;
}

bool CellChart::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int cell = cellAt(help->pos());
        if (cell < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), sentence(cell), this, cellRect(cell));
        return true;
    }
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange) {
        updateGeometry();
        arrange();
    }
    return QWidget::event(event);
}

void CellChart::resizeEvent(QResizeEvent*) { arrange(); }

void CellChart::keyPressEvent(QKeyEvent* event) {
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    const int from = std::max(0, m_current);
    switch (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier ? event->key() : 0) {
    case Qt::Key_Left:
        setCurrent(beside(from, -forward, 0));
        return;
    case Qt::Key_Right:
        setCurrent(beside(from, forward, 0));
        return;
    case Qt::Key_Up:
        setCurrent(beside(from, 0, -1));
        return;
    case Qt::Key_Down:
        setCurrent(beside(from, 0, 1));
        return;
    case Qt::Key_Home:
        setCurrent(0);
        return;
    case Qt::Key_End:
        setCurrent(count() - 1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void CellChart::mousePressEvent(QMouseEvent* event) { setCurrent(cellAt(event->pos())); }

void CellChart::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (m_current < 0)
        setCurrent(0);
    update();
    tell();
    Q_EMIT currentChanged(m_current);
}

void CellChart::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
    Q_EMIT currentChanged(-1);
}

} // namespace outrider::widgets
