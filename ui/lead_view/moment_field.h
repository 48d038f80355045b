// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "ui/frame/context.h"

#include <QLineEdit>
#include <QWidget>

#include <optional>

namespace outrider::widgets {
class Label;
}

namespace outrider::lead_view {

// A moment typed as one says it ("tue 14:00"), with what was understood beside it.
class MomentField : public QWidget {
    Q_OBJECT

public:
    MomentField(const frame::Context& context, const QString& accessibleName, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const;
    std::optional<Instant> moment() const;
    QLineEdit* input() const { return m_input; }

Q_SIGNALS:
    void edited();
    void submitted();

private:
    void read();

    const frame::Context m_context;
    QLineEdit* m_input;
    widgets::Label* m_understood;
};

} // namespace outrider::lead_view
