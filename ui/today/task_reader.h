// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <QObject>

#include <map>
#include <optional>
#include <set>

namespace outrider::today {

// Reads tasks ahead of the person and keeps what was read, so that the next one is there at once. What a
// change touches is read again, and shown as it was until then. Lives on the window's thread.
class TaskReader : public QObject {
    Q_OBJECT

public:
    explicit TaskReader(const frame::Context& context, QObject* parent) : QObject(parent), m_context(context) {}

    // nullptr: not read yet.
    const TaskDetail* detail(TaskId task) const;
    const TaskOutcome* skipped(TaskId task) const; // what skipping it would do

    // Reads those that are not known or stale, and forgets all others.
    void keep(const std::set<TaskId>& tasks);
    void readAgain(TaskId task);
    void forget(TaskId task); // what was read before is not to be shown any more
    void clear();

    // Marks what a change touches; readStale() reads it.
    void touched(const ChangeSet& changes, TaskId shown);
    void readStale();

Q_SIGNALS:
    void read(outrider::TaskId task, bool fresh); // fresh: for the first time
    void previewed(outrider::TaskId task);
    void failed(outrider::TaskId task, const outrider::Error& error);

private:
    struct Read {
        std::optional<TaskDetail> detail;
        std::optional<TaskOutcome> skipped;
        bool stale = true;
        bool asked = false;
    };
    void ask(TaskId task);

    const frame::Context m_context;
    std::map<TaskId, Read> m_read;
    int m_generation = 0; // answers to what was asked before clear() are dropped
};

} // namespace outrider::today
