// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/timeline.h"
#include "ui/text/dates.h"

#include <QListView>

#include <functional>
#include <optional>
#include <vector>

namespace outrider::widgets {

// A lead's timeline: dots on a thread, title, detail, date; a mail opens in place as a card, its quoted
// lines behind a button. Used by the task pane, the processing page and the lead page.
class TimelineView : public QListView {
    Q_OBJECT

public:
    enum class Size { Compact, Full };
    explicit TimelineView(Size size, QWidget* parent = nullptr);

    void setEntries(std::vector<TimelineEntry> entries, const text::Dates& dates);
    void append(std::vector<TimelineEntry> entries);
    // A history of several people: every entry begins with whose it is.
    void setWho(std::function<QString(LeadId)> who);
    void setExpanded(int row, bool expanded);
    bool isExpanded(int row) const;
    const TimelineEntry* entry(int row) const;

Q_SIGNALS:
    void endReached(); // scrolled to the last entry: read the next page
    void messageOpened(outrider::MessageId id);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Model;
    class Delegate;
    void relayout();
    void askForMore();
    Model* m_model;
    Delegate* m_delegate;
};

} // namespace outrider::widgets
