// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message_parts.h"
#include "core/domain/strategy.h"
#include "ui/frame/context.h"

#include <QWidget>

namespace outrider::lead_view {
class AttachmentRow;
}

namespace outrider::widgets {
class Button;
class Combo;
} // namespace outrider::widgets

namespace outrider::strategies {

// What goes with a strategy's e-mails beside their words: the files of the step shown, and the form of all its
// messages. Both are saved at once and hold from then on; a step that was never published has no files yet.
class MessageBar : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(const frame::Context& context, QWidget* parent = nullptr);

    void setStrategy(StrategyId id); // none: not stored yet
    void showStep(const Step* step); // nullptr: none
    void refresh();
    // Files dropped there become the step's.
    void takeDrops(QWidget* from);

private:
    void readFiles();
    void readFormat();
    void saveFiles();
    void saveFormat();

    const frame::Context m_context;
    StrategyId m_strategy;
    StepId m_step;
    int m_generation = 0;
    lead_view::AttachmentRow* m_files;
    widgets::Button* m_attach;
    widgets::Combo* m_format;
};

} // namespace outrider::strategies
