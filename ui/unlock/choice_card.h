// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QAbstractButton>

namespace outrider::unlock {

// One of a few ways to start: icon, what it is, what comes of it, and its key. One is chosen.
class ChoiceCard : public QAbstractButton {
    Q_OBJECT

public:
    ChoiceCard(theme::Icon icon, const QString& title, const QString& sentence, const QString& key, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int textWidth() const;
    int sentenceHeight() const; // as many lines as it takes
    void fit();
    theme::Icon m_icon;
    QString m_sentence;
    QString m_key;
};

} // namespace outrider::unlock
