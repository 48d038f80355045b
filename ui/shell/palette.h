// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/status.h"
#include "ui/frame/context.h"
#include "ui/shell/overlay.h"
#include "ui/shell/palette_model.h"

#include <QStringList>

#include <vector>

class QLineEdit;
class QListView;

namespace outrider::widgets {
class ChipLabel;
class Label;
} // namespace outrider::widgets

namespace outrider::shell {

// What the palette remembers from one opening to the next; commands over restarts, too. Whom one looked
// at is the workspace's and stays in memory.
struct PaletteMemory {
    QStringList commands;
    std::vector<SearchHit> leads;
};

// Ctrl+K: every command with its key, and everything that can be found by typing.
class Palette : public Overlay {
    Q_OBJECT

public:
    Palette(const frame::Context& context, PaletteMemory& memory, const QString& subject, QWidget* window);

    void setText(const QString& text);

protected:
    void place() override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void typed();
    void refresh();
    void move(int step);
    void choose(int row);
    QWidget* makeFoot();
    void showUnseen(const SearchResult& result);
    paint::Chip statusChip(StatusId id) const;

    const frame::Context& m_context;
    PaletteMemory& m_memory;
    text::Dates m_dates;
    QLineEdit* m_input;
    QListView* m_list;
    PaletteModel* m_model;
    widgets::Label* m_time;
    widgets::Label* m_nothing;
    widgets::Label* m_unindexed;
    QWidget* m_foot;
    QString m_subject;
    QList<frame::Commands::Entry> m_commands;
    std::vector<SearchHit> m_hits;
    QStringList m_tags;
    std::vector<Status> m_statuses;
    int m_question = 0; // answers to an older one are dropped
};

} // namespace outrider::shell
