// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/widgets/sheet.h"

class QListView;
class QStandardItemModel;

namespace outrider::strategies {

// Which lead the preview is for: type a name, Up and Down, Enter.
class LeadChooser : public widgets::Sheet {
    Q_OBJECT

public:
    LeadChooser(QWidget* over, const frame::Context& context);

Q_SIGNALS:
    void chosen(outrider::LeadId id, const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void take();

    const frame::Context& m_context;
    widgets::SearchField* m_words;
    QListView* m_list;
    QStandardItemModel* m_model;
    int m_generation = 0;
};

} // namespace outrider::strategies
