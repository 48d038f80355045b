// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message_parts.h"
#include "ui/frame/context.h"

#include <QWidget>

#include <vector>

namespace outrider::lead_view {

// The files that go with a message being written, each with a way to take it off again. Files come by a dialog or are
// dropped; they are read at once, so that what is sent is what was chosen. Not shown while there is none.
class AttachmentRow : public QWidget {
    Q_OBJECT

public:
    explicit AttachmentRow(const frame::Context& context, QWidget* parent = nullptr);

    void setFiles(std::vector<MailAttachment> files); // without changed()
    const std::vector<MailAttachment>& files() const { return m_files; }
    void choose(); // opens the dialog
    void add(const QStringList& paths);
    // Files dropped there come here.
    void takeDrops(QWidget* from);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showFiles();

    const frame::Context m_context;
    std::vector<MailAttachment> m_files;
    int m_generation = 0; // of whose message
};

} // namespace outrider::lead_view
