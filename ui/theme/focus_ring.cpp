// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/focus_ring.h"

#include "ui/theme/outrider_style.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QCheckBox>
#include <QEvent>
#include <QPainter>
#include <QPointer>
#include <QRadioButton>
#include <QStyleOptionButton>

namespace outrider::theme {

namespace {

class FocusRing : public QWidget {
public:
    explicit FocusRing(QWidget* window) : QWidget(window) {
        setObjectName(QStringLiteral("focusRing"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setAttribute(Qt::WA_NoSystemBackground);
        setFocusPolicy(Qt::NoFocus);
        hide();
        connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
        follow(QApplication::focusWidget());
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        switch (event->type()) {
        case QEvent::Move:
        case QEvent::Resize:
        case QEvent::Show:
        case QEvent::Hide:
        case QEvent::EnabledChange:
        case QEvent::StyleChange:
            place();
            break;
        case QEvent::ParentChange:
            follow(m_target);
            break;
        default:
            break;
        }
        return false;
    }

    void paintEvent(QPaintEvent*) override {
        const Tokens& t = theme::tokens(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(t.color.accent, t.size.focus));
        const qreal inset = t.size.focus / 2.0;
        const QRectF ring = QRectF(m_ring).adjusted(inset, inset, -inset, -inset);
        const qreal radius = qobject_cast<QRadioButton*>(m_target) ? ring.height() / 2
                             : qobject_cast<QCheckBox*>(m_target)  ? t.size.radiusCheck + 2
                                                                   : t.size.radius + 2;
        painter.drawRoundedRect(ring, radius, radius);
    }

private:
    static bool wanted(const QWidget* widget) {
        const QVariant said = widget->property(property::focusRing);
        return said.isValid() ? said.toBool() : qobject_cast<const QAbstractButton*>(widget) != nullptr;
    }

    void follow(QWidget* target) {
        for (const QPointer<QWidget>& watched : std::as_const(m_watched)) {
            if (watched)
                watched->removeEventFilter(this);
        }
        m_watched.clear();
        m_target = target && target->window() == window() && wanted(target) ? target : nullptr;
        for (QWidget* widget = m_target; widget && !widget->isWindow(); widget = widget->parentWidget()) {
            widget->installEventFilter(this);
            m_watched.append(widget);
        }
        place();
    }

    void place() {
        if (!m_target || !m_target->isVisible() || !m_target->isEnabled()) {
            hide();
            return;
        }
        QRect control = m_target->rect();
        QStyle::SubElement part = QStyle::SE_CustomBase;
        if (qobject_cast<QCheckBox*>(m_target))
            part = QStyle::SE_CheckBoxIndicator;
        else if (qobject_cast<QRadioButton*>(m_target))
            part = QStyle::SE_RadioButtonIndicator;
        if (part != QStyle::SE_CustomBase) {
            QStyleOptionButton option;
            option.initFrom(m_target);
            control = m_target->style()->subElementRect(part, &option, m_target);
        }
        const Tokens& t = theme::tokens(this);
        const int out = t.size.focus + t.size.hairline;
        const QRect around(m_target->mapTo(window(), control.topLeft()), control.size());
        const QRect full = around.adjusted(-out, -out, out, out);
        QRect visible = full;
        // What is scrolled out of its area has no ring there.
        for (QWidget* widget = m_target; !widget->isWindow(); widget = widget->parentWidget()) {
            auto* area = qobject_cast<QAbstractScrollArea*>(widget->parentWidget());
            if (area && area->viewport() == widget)
                visible &= QRect(widget->mapTo(window(), QPoint()), widget->size());
        }
        if (visible.isEmpty()) {
            hide();
            return;
        }
        setGeometry(visible);
        m_ring = full.translated(-visible.topLeft());
        raise();
        show();
        update();
    }

    QPointer<QWidget> m_target;
    QList<QPointer<QWidget>> m_watched;
    QRect m_ring;
};

} // namespace

void installFocusRing(QWidget* window) { new FocusRing(window); }

} // namespace outrider::theme
