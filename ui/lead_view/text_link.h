// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QAbstractButton>

namespace outrider::lead_view {

// A name in a line of text that leads somewhere: accent, underlined under the pointer and with the focus.
// Unlike frame::LinkButton it gives way: too narrow, it elides and shows the whole in its tooltip.
class TextLink : public QAbstractButton {
    Q_OBJECT

public:
    explicit TextLink(theme::TextStyle style, const QString& text = {}, QWidget* parent = nullptr);

    void setLinkText(const QString& text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    theme::TextStyle m_style;
};

} // namespace outrider::lead_view
