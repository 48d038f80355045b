// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outbox_detail.h"
#include "ui/text/dates.h"
#include "ui/widgets/basics.h"

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace outrider::inbox {

// Short facts under a heading, a line each: an icon or a moment, and a sentence. Hidden while there are none.
class FactList : public QWidget {
    Q_OBJECT

public:
    struct Fact {
        theme::Icon icon = theme::Icon::None;
        widgets::Ink iconInk = widgets::Ink::Muted;
        QString moment; // instead of an icon
        QString text;
        widgets::Ink ink = widgets::Ink::Text;
    };

    explicit FactList(const QString& title, QWidget* parent = nullptr);
    void setFacts(const QList<Fact>& facts);

private:
    QVBoxLayout* m_column;
    QWidget* m_rows = nullptr;
};

// What decides whether a message may leave: what has passed, what it waits for, what is asked after that.
QList<FactList::Fact> checkFacts(const OutboxDetail& detail, const text::Dates& dates);

// When what it waits for is over, also on the recipient's clock; empty when only a person ends that.
QString earliestText(const OutboxDetail& detail, const text::Dates& dates);

// Every move it made, with the second.
QList<FactList::Fact> traceFacts(const OutboxDetail& detail, const text::Dates& dates);

} // namespace outrider::inbox
