// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"

#include <atomic>
#include <cstdio>

#if defined(Q_OS_UNIX)
#include <unistd.h>
#endif

namespace outrider::cli {

namespace {

std::atomic<Progress*> interruptible = nullptr;
extern "C" void interrupted(int) {
    if (Progress* progress = interruptible.load())
        progress->cancel();
    std::signal(SIGINT, SIG_DFL);
}

bool isTerminal() {
#if defined(Q_OS_UNIX)
    return isatty(STDERR_FILENO) != 0;
#else
    return false;
#endif
}

} // namespace

Interruptible::Interruptible(const ProgressPtr& progress) : m_progress(progress) {
    interruptible = m_progress.get();
    m_before = std::signal(SIGINT, interrupted);
}

Interruptible::~Interruptible() {
    std::signal(SIGINT, m_before);
    interruptible = nullptr;
}

ProgressLine::ProgressLine(const Session& session, const ProgressPtr& progress, const char* what) {
    if (session.options().json || !isTerminal())
        return;
    m_shown = true;
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [progress, what] {
        const std::int64_t total = progress->total();
        const int percent = total > 0 ? int(100 * progress->done() / total) : 0;
        std::fprintf(stderr, "\r%s %d %%%s\033[K", what, percent, progress->cancelled() ? ", ending" : "");
        std::fflush(stderr);
    });
    m_timer.start(100);
}

ProgressLine::~ProgressLine() {
    if (m_shown)
        std::fprintf(stderr, "\r\033[K");
}

} // namespace outrider::cli
