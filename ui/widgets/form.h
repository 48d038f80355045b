// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/basics.h"

#include <QCheckBox>

class QGridLayout;

namespace outrider::widgets {

// A checkbox whose whole line can be clicked, with a muted line below that says what it does.
class CheckRow : public QWidget {
    Q_OBJECT

public:
    explicit CheckRow(const QString& text, const QString& help = {}, QWidget* parent = nullptr);
    QCheckBox* box() const { return m_box; }
    bool isChecked() const { return m_box->isChecked(); }
    void setChecked(bool on) { m_box->setChecked(on); } // without changed()
    void setHelp(const QString& help);

Q_SIGNALS:
    void changed(bool on); // by the person

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QCheckBox* m_box;
    Label* m_help;
};

// Labels at the left, controls at the right, one pair a line; the labels' column is as wide as its widest.
class Form : public QWidget {
    Q_OBJECT

public:
    explicit Form(QWidget* parent = nullptr);
    void addRow(const QString& label, QWidget* control, const QString& help = {});
    void addWide(QWidget* widget); // over both columns
    void addGap();

private:
    QGridLayout* m_grid;
};

} // namespace outrider::widgets
