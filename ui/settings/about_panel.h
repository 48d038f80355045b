// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/panel.h"

namespace outrider::settings {

// Which program this is, under which licence, and what it is made with.
class AboutPanel : public Panel {
    Q_OBJECT

public:
    explicit AboutPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;

private:
    widgets::Label* m_cipher;
};

} // namespace outrider::settings
