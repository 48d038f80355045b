// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_selection.h"
#include "ui/frame/context.h"

#include <QObject>
#include <QWidget>

#include <functional>
#include <optional>

namespace outrider::leads {

// What is done with chosen leads: each asks what it needs to know in a popup or a sheet, runs as one
// action with one undo, and says in one sentence what it did.
class BulkActions : public QObject {
    Q_OBJECT

public:
    // For whom: some leads, how many, and what one alone is called.
    struct Target {
        LeadSelection leads;
        qint64 count = 0;
        QString name;
    };
    using TargetOf = std::function<std::optional<Target>()>; // none: nobody is chosen

    // `page`: where sheets are opened.
    BulkActions(const frame::Context& context, QWidget* page, TargetOf target);

    // `anchor`: the button a popup opens at. `source`: what the leads were found by, for the strategy.
    void enrol(QWidget* anchor, const QString& source);
    void stage(QWidget* anchor);
    void owner(QWidget* anchor);
    void tag(QWidget* anchor);
    void untag(QWidget* anchor);
    void snooze(QWidget* anchor);
    void archive(bool archived);
    void trash(bool trashed);

Q_SIGNALS:
    // It is done. `gone`: the leads are no longer where they were chosen.
    void done(bool gone);

private:
    using Counted = QFuture<Result<std::int64_t>>;
    // `said`: the sentence for "%1" leads.
    void run(const QString& title, const Target& target, const std::function<Counted(ProgressPtr)>& start, const QString& said,
             bool gone = false);
    ProgressPtr begin(const QString& title, const Target& target, int& job);
    void enrolIn(StrategyId strategy, const QString& name, const Target& target, const QString& source);
    void newTag(const Target& target);
    void newTask(const Target& target);
    QString who(const Target& target, qint64 count) const;

    const frame::Context& m_context;
    QWidget* m_page;
    TargetOf m_target;
};

} // namespace outrider::leads
