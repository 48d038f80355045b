// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/channel.h"
#include "core/domain/ids.h"
#include "ui/frame/context.h"

#include <QWidget>

class QLineEdit;

namespace outrider::widgets {
class Button;
class Segmented;
} // namespace outrider::widgets

namespace outrider::lead_view {

class MomentField;

// Setting a next step by hand: by which channel, what, when.
class TodoForm : public QWidget {
    Q_OBJECT

public:
    struct Draft {
        Channel channel = Channel::Task;
        QString title;
        QString when;

        bool isWorthKeeping() const { return !title.trimmed().isEmpty() || !when.trimmed().isEmpty(); }
    };

    explicit TodoForm(const frame::Context& context, QWidget* parent = nullptr);

    void start(LeadId lead, const QString& leadName, const Draft& draft);
    void setChannel(Channel channel);
    Draft draft() const;
    void begin();

Q_SIGNALS:
    void edited();
    void added(outrider::LeadId lead);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void check();
    void save();

    const frame::Context m_context;
    LeadId m_lead;
    QString m_leadName;
    bool m_saving = false;
    widgets::Segmented* m_channel;
    QLineEdit* m_title;
    MomentField* m_when;
    widgets::Button* m_save;
};

} // namespace outrider::lead_view
