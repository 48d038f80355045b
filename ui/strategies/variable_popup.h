// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/strategies/template_text.h"

#include <QWidget>

class QListView;
class QStandardItemModel;

namespace outrider::strategies {

// The list under a "{{" being typed. A child of the window that never takes the focus: the text field
// keeps it and passes on the keys that move and choose.
class VariablePopup : public QWidget {
    Q_OBJECT

public:
    explicit VariablePopup(QWidget* field);

    // Below (or above) a place in the window; closes when nothing fits.
    void show(const QList<Variable>& variables, const QRect& anchor);
    QString current() const;
    int count() const;
    void move(int by);

Q_SIGNALS:
    void chosen(const QString& key);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QListView* m_list;
    QStandardItemModel* m_model;
};

} // namespace outrider::strategies
