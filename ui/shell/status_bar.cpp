// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_bar.h"

#include "ui/frame/commands.h"
#include "ui/frame/link_button.h"
#include "ui/paint/text.h"
#include "ui/text/tr.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::shell {

using namespace widgets;

namespace {

constexpr int pollMs = 200;

QString phaseText(Progress::Phase phase) {
    switch (phase) {
    case Progress::Phase::Waiting:
        return StatusBar::tr("waits");
    case Progress::Phase::Reading:
        return StatusBar::tr("reading");
    case Progress::Phase::Checking:
        return StatusBar::tr("checking");
    case Progress::Phase::Writing:
        return StatusBar::tr("writing");
    case Progress::Phase::Indexing:
        return StatusBar::tr("indexing");
    case Progress::Phase::Sending:
        return StatusBar::tr("sending");
    case Progress::Phase::Receiving:
        return StatusBar::tr("receiving");
    case Progress::Phase::Finishing:
        return StatusBar::tr("finishing");
    }
    return {};
}

} // namespace

StatusItem::StatusItem(theme::Icon icon, const QString& text, QWidget* parent) : QAbstractButton(parent), m_icon(icon) {
    setText(text);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusItem::setContent(theme::Icon icon, const QString& text) {
    m_icon = icon;
    setText(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize StatusItem::sizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return {tokens.size.iconSmall + tokens.space.iconGap + paint::textWidth(tokens, theme::TextStyle::Meta, text()),
            std::max(tokens.size.iconSmall, tokens.lineHeight(theme::TextStyle::Meta))};
}

void StatusItem::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    const QColor ink = underMouse() ? tokens.color.text : tokens.color.muted;
    const QSize side(tokens.size.iconSmall, tokens.size.iconSmall);
    theme::paintIcon(&painter, QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, side, rect()), m_icon,
                     ink);
    const QRect textRect = rect().adjusted(tokens.size.iconSmall + tokens.space.iconGap, 0, 0, 0);
    paint::drawText(&painter, tokens, QStyle::visualRect(layoutDirection(), rect(), textRect),
                    {.text = text(), .style = theme::TextStyle::Meta, .color = ink});
}

StatusBar::StatusBar(QWidget* parent) : QWidget(parent) {
    const theme::Tokens& tokens = theme::tokens(this);
    QHBoxLayout* line = row(this, tokens.space.l, QMargins(tokens.space.l, tokens.size.hairline, tokens.space.l, 0));

    m_acts = new QWidget;
    QHBoxLayout* acts = row(m_acts, tokens.space.s);
    m_doneIcon = new IconLabel(theme::Icon::Undo, Ink::Muted, tokens.size.iconSmall);
    m_done = new Label(theme::TextStyle::Meta, Ink::Muted);
    m_last = new Label(theme::TextStyle::Meta, Ink::Muted);
    m_last->setEliding(true);
    m_undo = new frame::LinkButton(tr("Undo"));
    m_undo->setAccessibleName(tr("Undo the last act"));
    m_undoKeys = new KeyCaps(QString());
    acts->addWidget(m_doneIcon);
    acts->addWidget(m_done);
    acts->addWidget(m_last);
    acts->addWidget(m_undo);
    acts->addWidget(m_undoKeys);
    acts->addStretch(1);
    line->addWidget(m_acts, 1);

    m_job = new QWidget;
    QHBoxLayout* job = row(m_job, tokens.space.s);
    m_jobText = new Label(theme::TextStyle::Meta, Ink::Muted);
    m_jobText->setEliding(true);
    m_jobLine = new ProgressLine;
    m_jobLine->setFixedWidth(tokens.size.rail);
    m_cancel = new frame::LinkButton(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the running job"));
    job->addWidget(new IconLabel(theme::Icon::Refresh, Ink::Muted, tokens.size.iconSmall));
    job->addWidget(m_jobText);
    job->addWidget(m_jobLine);
    job->addWidget(m_cancel);
    job->addStretch(1);
    line->addWidget(m_job, 1);

    m_outbox = new StatusItem(theme::Icon::Send, {});
    m_file = new StatusItem(theme::Icon::Lock, {});
    m_mail = new StatusItem(theme::Icon::Refresh, {});
    for (StatusItem* item : {m_outbox, m_file, m_mail})
        line->addWidget(item);

    connect(m_outbox, &QAbstractButton::clicked, this, &StatusBar::outboxClicked);
    connect(m_file, &QAbstractButton::clicked, this, &StatusBar::fileClicked);
    connect(m_mail, &QAbstractButton::clicked, this, &StatusBar::mailClicked);
    connect(m_cancel, &QAbstractButton::clicked, this, [this]() {
        if (!m_jobs.empty() && m_jobs.back().progress)
            m_jobs.back().progress->cancel();
    });
    m_poll.setInterval(pollMs);
    connect(&m_poll, &QTimer::timeout, this, &StatusBar::showJob);
    setLast({});
    setMailRead({});
    showJob();
    applySizes();
}

void StatusBar::setUndo(QAction* undo) {
    connect(m_undo, &QAbstractButton::clicked, undo, &QAction::trigger);
    const auto follow = [this, undo]() { m_undoKeys->setKeys(frame::keyText(undo)); };
    connect(undo, &QAction::changed, this, follow);
    follow();
}

void StatusBar::setDone(int doneToday) {
    m_done->setText(doneToday == 0 ? tr("Nothing done today yet") : tr("%1 done today").arg(QLocale().toString(doneToday)));
}

void StatusBar::setLast(const QString& act) {
    m_last->setText(act.isEmpty() ? QString() : tr("Last: %1").arg(act));
    for (QWidget* widget : {static_cast<QWidget*>(m_last), static_cast<QWidget*>(m_undo), static_cast<QWidget*>(m_undoKeys)})
        widget->setVisible(!act.isEmpty());
}

void StatusBar::setOutbox(theme::Icon icon, const QString& text) { m_outbox->setContent(icon, text); }

void StatusBar::setFile(theme::Icon icon, const QString& text) { m_file->setContent(icon, text); }

void StatusBar::setMailRead(const QString& text) {
    m_mail->setContent(theme::Icon::Refresh, text);
    m_mail->setVisible(!text.isEmpty());
}

int StatusBar::startJob(const QString& title, ProgressPtr progress) {
    m_jobs.push_back({++m_lastHandle, title, std::move(progress)});
    m_poll.start();
    showJob();
    return m_lastHandle;
}

void StatusBar::endJob(int handle) {
    std::erase_if(m_jobs, [handle](const Job& job) { return job.handle == handle; });
    if (m_jobs.empty())
        m_poll.stop();
    showJob();
}

void StatusBar::showJob() {
    m_job->setVisible(!m_jobs.empty());
    m_acts->setVisible(m_jobs.empty());
    if (m_jobs.empty())
        return;
    const Job& job = m_jobs.back();
    if (!job.progress) {
        m_jobText->setText(job.title);
        m_jobLine->setFraction(-1);
        return;
    }
    const qint64 total = job.progress->total();
    const qint64 done = job.progress->done();
    const QLocale locale;
    QString text = tr("%1: %2").arg(job.title, phaseText(job.progress->phase()));
    if (total > 0)
        text = tr("%1, %2 of %3").arg(text, locale.toString(done), locale.toString(total));
    if (job.progress->cancelled())
        text = tr("%1: being cancelled").arg(job.title);
    m_jobText->setText(text);
    m_jobLine->setFraction(total > 0 ? double(done) / double(total) : -1);
    m_cancel->setEnabled(!job.progress->cancelled());
}

void StatusBar::applySizes() { setFixedHeight(theme::tokens(this).size.statusBar); }

void StatusBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applySizes();
}

void StatusBar::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), tokens.color.bg);
    painter.fillRect(0, 0, width(), tokens.size.hairline, tokens.color.line);
}

} // namespace outrider::shell
