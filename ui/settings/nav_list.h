// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QListView>

class QStandardItemModel;

namespace outrider::settings {

// The parts of the settings at the left: icon and name, one of them current whatever has the focus.
class NavList : public QListView {
    Q_OBJECT

public:
    explicit NavList(QWidget* parent = nullptr);

    void add(theme::Icon icon, const QString& text);
    void setCurrent(int row);
    int current() const;
    void setShown(int row, bool shown);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void chosen(int row);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    QStandardItemModel* m_model;
};

} // namespace outrider::settings
