// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "ui/frame/context.h"

#include <QWidget>

class QPlainTextEdit;

namespace outrider::widgets {
class Label;
}

namespace outrider::lead_view {

// A mail as it came over the wire, in plain text: nothing in it is run, loaded or followed.
class SourceView : public QWidget {
    Q_OBJECT

public:
    explicit SourceView(const frame::Context& context, QWidget* parent = nullptr);

    void show(MessageId message, const QString& subject);

Q_SIGNALS:
    void closed();

private:
    const frame::Context m_context;
    int m_generation = 0;
    widgets::Label* m_title;
    QPlainTextEdit* m_text;
};

} // namespace outrider::lead_view
