// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/ids.h"
#include "core/domain/task.h"
#include "ui/frame/context.h"

#include <QAbstractButton>
#include <QList>
#include <QWidget>

#include <optional>

class QLineEdit;
class QTimer;

namespace outrider::widgets {
class Button;
class Label;
} // namespace outrider::widgets

namespace outrider::lead_view {

class GrowingText;

// How long a call was, as one types it: "4:10", "4 min", "90 s", "4" (minutes). Seconds; nullopt: unreadable.
std::optional<int> parseDuration(const QString& text);

// Logging a call: how it ended (keys 1 to 6), how long, what was said. With a task it completes that task,
// so the strategy goes on accordingly.
class CallForm : public QWidget {
    Q_OBJECT

public:
    struct Draft {
        TaskId task;
        Disposition disposition = Disposition::None;
        QString duration;
        QString note;
        std::optional<Instant> began; // the call is going on

        bool isWorthKeeping() const {
            return disposition != Disposition::None || !duration.trimmed().isEmpty() || !note.trimmed().isEmpty() || began;
        }
    };

    explicit CallForm(const frame::Context& context, QWidget* parent = nullptr);

    void start(LeadId lead, const QString& leadName, Draft draft);
    Draft draft() const;
    void begin();
    // The clock starts; the number itself is dialled by whoever calls this.
    void startCall(TaskId task);
    void setTask(TaskId task);

Q_SIGNALS:
    void edited();
    void logged(outrider::LeadId lead);
    void closed();

private:
    class Choice;
    void show(const Draft& draft);
    void choose(Disposition disposition);
    void toggleClock();
    void tick();
    void check();
    void save();

    const frame::Context m_context;
    LeadId m_lead;
    QString m_leadName;
    Draft m_draft;
    bool m_filling = false;
    bool m_saving = false;
    QTimer* m_second;
    QList<Choice*> m_choices;
    QLineEdit* m_duration;
    widgets::Button* m_clock;
    widgets::Label* m_error;
    GrowingText* m_note;
    widgets::Button* m_save;
};

} // namespace outrider::lead_view
