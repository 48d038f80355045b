// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "ui/theme/icons.h"

#include <QAbstractButton>
#include <QTimer>
#include <QWidget>

#include <vector>

class QAction;

namespace outrider::widgets {
class IconLabel;
class KeyCaps;
class Label;
class ProgressLine;
} // namespace outrider::widgets

namespace outrider::frame {
class LinkButton;
}

namespace outrider::shell {

// An icon and a few words that lead somewhere when pressed.
class StatusItem : public QAbstractButton {
    Q_OBJECT

public:
    StatusItem(theme::Icon icon, const QString& text, QWidget* parent = nullptr);
    void setContent(theme::Icon icon, const QString& text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    theme::Icon m_icon;
};

// The foot of the window. Left: what was done today and the last act with its undo, or the job that
// runs; right: what waits to leave, that the file is encrypted, when mail was last read.
class StatusBar : public QWidget {
    Q_OBJECT

public:
    explicit StatusBar(QWidget* parent = nullptr);

    void setUndo(QAction* undo);
    void setDone(int doneToday);
    // "skipped Ægir Þórsson"; empty: nothing to take back.
    void setLast(const QString& act);
    void setOutbox(theme::Icon icon, const QString& text);
    void setFile(theme::Icon icon, const QString& text);
    void setMailRead(const QString& text); // empty: no mailbox

    int startJob(const QString& title, ProgressPtr progress);
    void endJob(int handle);

Q_SIGNALS:
    void outboxClicked();
    void fileClicked();
    void mailClicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Job {
        int handle = 0;
        QString title;
        ProgressPtr progress;
    };
    void showJob();
    void applySizes();

    QWidget* m_acts;
    widgets::IconLabel* m_doneIcon;
    widgets::Label* m_done;
    widgets::Label* m_last;
    frame::LinkButton* m_undo;
    widgets::KeyCaps* m_undoKeys;
    QWidget* m_job;
    widgets::Label* m_jobText;
    widgets::ProgressLine* m_jobLine;
    frame::LinkButton* m_cancel;
    StatusItem* m_outbox;
    StatusItem* m_file;
    StatusItem* m_mail;
    std::vector<Job> m_jobs;
    int m_lastHandle = 0;
    QTimer m_poll;
};

} // namespace outrider::shell
