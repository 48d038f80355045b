// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "ui/frame/context.h"
#include "ui/text/quick_date.h"

#include <QWidget>

#include <optional>

class QCheckBox;

namespace outrider::widgets {
class Button;
}

namespace outrider::lead_view {

class GrowingText;

// Writing a note on one lead. A line such as "call tue 14:00" also sets a next step, which is said
// before it is saved and can be left out. The text is only let go of once it is stored.
class NoteField : public QWidget {
    Q_OBJECT

public:
    explicit NoteField(const frame::Context& context, QWidget* parent = nullptr);

    void start(LeadId lead, const QString& draft);
    void begin(); // the focus goes into the text
    QString draft() const;
    void setFramed(bool framed);

Q_SIGNALS:
    void edited();
    void saved(outrider::LeadId lead);
    void closed(); // Esc

private:
    void save();
    void lookForTask();

    const frame::Context m_context;
    LeadId m_lead;
    bool m_saving = false;
    std::optional<text::QuickTask> m_task;
    GrowingText* m_text;
    QCheckBox* m_alsoTask;
    widgets::Button* m_save;
};

} // namespace outrider::lead_view
