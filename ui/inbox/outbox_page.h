// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <vector>

class QStackedWidget;

namespace outrider::widgets {
class Bar;
class Button;
class Banner;
class EmptyState;
class Label;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::inbox {

class FactList;
class RowList;

// What is on its way: messages whose fate nobody knows first, then what waits and why, then what was
// refused and sent today.
class OutboxPage : public frame::Page {
    Q_OBJECT

public:
    explicit OutboxPage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override { return tr("Outbox"); }
    void enter() override;
    QString subject() const override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makePane();
    void addCommands();
    void read();
    void fill(std::vector<OutboxRow> rows);
    void showCurrent();
    void showDetail(const OutboxDetail& detail);
    void showHeld();
    void showFence(FenceReason reason);
    void lowerFence(); // asks first: what leaves is gone
    void act(QFuture<Result<>> future, const QString& done, const QString& failed, bool undoable);
    void toggleHold();
    void drop();
    void resolve(OutboxService::Resolution resolution, const QString& said);
    void openLead();
    void sendNow();
    void holdEverything();
    QString whyText(const OutboxRow& row, const text::Dates& dates) const;
    const OutboxRow* current() const;

    const frame::Context& m_context;
    std::vector<OutboxRow> m_rows;
    OutboxCounts m_counts;
    int m_generation = 0;
    int m_detailGeneration = 0;
    bool m_stale = true;
    bool m_everythingHeld = false;

    widgets::Toolbar* m_toolbar;
    widgets::Banner* m_banner;
    QStackedWidget* m_stack;
    RowList* m_list;
    widgets::EmptyState* m_empty;
    widgets::Button* m_holdAll;
    widgets::Label* m_name = nullptr;
    widgets::Label* m_company = nullptr;
    widgets::Label* m_state = nullptr;
    widgets::Label* m_why = nullptr;
    widgets::Label* m_subject = nullptr;
    widgets::Label* m_route = nullptr;
    widgets::Label* m_origin = nullptr;
    widgets::Label* m_answer = nullptr;
    widgets::Label* m_words = nullptr;
    FactList* m_checks = nullptr;
    FactList* m_trace = nullptr;
    widgets::Bar* m_bar;

    QAction* m_hold = nullptr;
    QAction* m_drop = nullptr;
    QAction* m_open = nullptr;
    QAction* m_send = nullptr;
    QList<QAction*> m_resolutions;
};

} // namespace outrider::inbox
