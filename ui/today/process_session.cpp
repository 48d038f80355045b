// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/process_session.h"

#include <algorithm>
#include <set>

namespace outrider::today {

namespace {

// What one takes, in seconds, before there is a pace to go by; in the order of Channel.
constexpr std::array<int, channels.size()> usualSeconds{30, 90, 40, 30, 60};
constexpr int paceKnownAfter = 5;

} // namespace

void ProcessSession::start(std::vector<QueueItem> items, std::optional<TaskId> first) {
    m_entries.clear();
    m_entries.reserve(items.size());
    m_index.clear();
    for (QueueItem& item : items)
        append(std::move(item));
    m_current = m_entries.empty() ? -1 : 0;
    if (first)
        goTo(*first);
}

std::vector<TaskId> ProcessSession::refresh(const std::vector<QueueItem>& items, bool settled) {
    std::vector<TaskId> reopened;
    std::set<TaskId> inQueue;
    for (const QueueItem& item : items) {
        inQueue.insert(item.task);
        if (const int index = indexOf(item.task); index >= 0) {
            Entry& entry = m_entries[std::size_t(index)];
            entry.item = item;
            if (entry.state == State::Closed && settled)
                reopened.push_back(item.task);
            if (entry.state == State::Gone || settled)
                entry.state = State::Open;
        } else {
            append(item);
        }
    }
    for (Entry& entry : m_entries) {
        if (entry.state == State::Open && !inQueue.contains(entry.item.task))
            entry.state = State::Gone;
    }
    if (m_current < 0 && !m_entries.empty())
        m_current = 0;
    return reopened;
}

const ProcessSession::Entry* ProcessSession::current() const {
    return m_current < 0 ? nullptr : &m_entries[std::size_t(m_current)];
}

const ProcessSession::Entry* ProcessSession::find(TaskId task) const {
    const int index = indexOf(task);
    return index < 0 ? nullptr : &m_entries[std::size_t(index)];
}

int ProcessSession::open() const {
    return int(std::ranges::count_if(m_entries, [](const Entry& entry) { return entry.state == State::Open; }));
}

std::array<int, channels.size()> ProcessSession::openByChannel() const {
    std::array<int, channels.size()> counts{};
    for (const Entry& entry : m_entries) {
        if (entry.state == State::Open)
            ++counts.at(std::size_t(entry.item.channel));
    }
    return counts;
}

std::vector<QueueItem> ProcessSession::upcoming(int count) const {
    std::vector<QueueItem> items;
    for (int i = 1; i < total() && int(items.size()) < count; ++i) {
        const Entry& entry = m_entries[std::size_t((m_current + i) % total())];
        if (entry.state == State::Open)
            items.push_back(entry.item);
    }
    return items;
}

bool ProcessSession::advance() {
    for (int i = 1; i <= total(); ++i) {
        const int index = (m_current + i) % total();
        if (m_entries[std::size_t(index)].state == State::Open) {
            m_current = index;
            return true;
        }
    }
    return false;
}

bool ProcessSession::step(int direction) {
    for (int index = m_current + direction; index >= 0 && index < total(); index += direction) {
        if (m_entries[std::size_t(index)].state == State::Open) {
            m_current = index;
            return true;
        }
    }
    return false;
}

void ProcessSession::close(TaskId task) {
    if (const int index = indexOf(task); index >= 0)
        m_entries[std::size_t(index)].state = State::Closed;
}

void ProcessSession::bringBack(TaskId task) {
    if (const int index = indexOf(task); index >= 0) {
        m_entries[std::size_t(index)].state = State::Open;
        m_current = index;
    }
}

bool ProcessSession::goTo(TaskId task) {
    const int index = indexOf(task);
    if (index < 0)
        return false;
    m_current = index;
    return true;
}

int ProcessSession::secondsLeft(int doneHere, int secondsHere) const {
    if (doneHere >= paceKnownAfter)
        return int(qint64(secondsHere) * open() / doneHere);
    int seconds = 0;
    const auto counts = openByChannel();
    for (std::size_t i = 0; i < counts.size(); ++i)
        seconds += counts[i] * usualSeconds[i];
    return seconds;
}

void ProcessSession::append(QueueItem item) {
    m_index.emplace(item.task, total());
    m_entries.push_back({std::move(item), State::Open});
}

int ProcessSession::indexOf(TaskId task) const {
    const auto found = m_index.find(task);
    return found == m_index.end() ? -1 : found->second;
}

} // namespace outrider::today
