// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/touch_card.h"

#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/reading_text.h"
#include "ui/today/task_words.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QUrl>

namespace outrider::today {

using text::toQt;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

namespace {

QString webAddress(const std::string& profile) {
    const QString url = toQt(profile);
    return url.isEmpty() || url.contains(QLatin1String("://")) ? url : QStringLiteral("https://") + url;
}

} // namespace

TouchCard::TouchCard(QWidget* parent)
    : TaskCard(parent),
      m_title(new Label(TextStyle::Title)),
      m_detail(new Label(TextStyle::Body, Ink::Muted)),
      m_text(new ReadingText),
      m_howIcon(new widgets::IconLabel(theme::Icon::CircleInfo)),
      m_how(new Label(TextStyle::Meta, Ink::Muted)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    auto* head = new QWidget;
    auto* headColumn = widgets::column(head, t.space.xs, {t.space.l, t.space.m, t.space.l, t.space.m});
    m_title->setWordWrap(true);
    m_detail->setEliding(true, Qt::ElideMiddle);
    headColumn->addWidget(m_title);
    headColumn->addWidget(m_detail);
    column->addWidget(head);
    column->addWidget(new widgets::Line);
    auto* reading = new QWidget;
    auto* readingColumn = widgets::column(reading, 0, {t.space.l, t.space.m, t.space.l, t.space.m});
    readingColumn->addWidget(m_text);
    column->addWidget(reading, 1);
    column->addWidget(problemStrip());
    column->addWidget(new widgets::Line);
    auto* foot = new QWidget;
    auto* footRow = widgets::row(foot, t.space.s, {t.space.l, t.space.s, t.space.l, t.space.s});
    m_how->setEliding(true);
    footRow->addWidget(m_howIcon);
    footRow->addWidget(m_how, 1);
    column->addWidget(foot);
}

void TouchCard::showPending(const QueueItem& item) {
    m_channel = item.channel;
    m_target.clear();
    m_opened = false;
    m_title->setText(item.title.empty() ? stepLine(item) : toQt(item.title));
    m_detail->setText({});
    m_text->setText({});
    setProblem({});
    showHow();
}

void TouchCard::showTask(const TaskDetail& task, const text::Dates&, bool fresh) {
    const Lead& lead = task.lead.lead;
    m_channel = task.task.channel;
    m_opened = m_opened && !fresh;
    const bool filled = task.draft && !task.draft->problem;
    const std::string title = !task.task.title.empty() ? task.task.title
                              : filled                 ? task.draft->subject
                              : task.step              ? task.step->subject
                                                       : std::string();
    const std::string text = filled ? task.draft->body : task.step ? task.step->body : task.task.note;
    m_copied = toQt(text);
    m_title->setText(title.empty() ? text::channelName(m_channel) : filled ? toQt(title) : plainTemplate(title));
    m_text->setText(m_copied);
    switch (m_channel) {
    case Channel::LinkedIn:
        m_target = webAddress(lead.linkedinUrl);
        m_detail->setText(toQt(lead.linkedinUrl));
        break;
    case Channel::Sms:
        m_target = lead.phone.empty()
                       ? QString()
                       : QStringLiteral("sms:")
                             + QString(toQt(lead.phoneKey.empty() ? lead.phone : lead.phoneKey)).remove(QLatin1Char(' '));
        m_detail->setText(toQt(lead.phone));
        break;
    case Channel::Email: // one set by hand: written on the lead's page
        m_target.clear();
        m_detail->setText(toQt(lead.email));
        break;
    case Channel::Call:
    case Channel::Task:
        m_target.clear();
        m_detail->setText({});
        break;
    }
    m_detail->setVisible(!m_detail->text().isEmpty());
    setAccessibleDescription(m_title->text());
    setProblem(problemOf(task));
    showHow();
    Q_EMIT primaryChanged();
}

QString TouchCard::primaryText() const {
    if (!isToBeOpened())
        return tr("Done and next");
    return m_channel == Channel::Sms ? tr("Open message") : m_copied.isEmpty() ? tr("Open profile") : tr("Copy and open");
}

theme::Icon TouchCard::primaryIcon() const { return isToBeOpened() ? theme::Icon::External : theme::Icon::Check; }

void TouchCard::openTarget() {
    if (!m_copied.isEmpty())
        QGuiApplication::clipboard()->setText(m_copied);
    QUrl url(m_target);
    if (m_channel == Channel::Sms)
        url = QUrl(m_target + QStringLiteral("?body=") + QString::fromLatin1(QUrl::toPercentEncoding(m_copied)));
    m_nothingOpens = !QDesktopServices::openUrl(url);
    m_opened = true;
    showHow();
    Q_EMIT primaryChanged();
}

void TouchCard::showHow() {
    const bool isOpen = m_opened && !m_nothingOpens;
    m_howIcon->setIcon(isOpen ? theme::Icon::CircleCheck : theme::Icon::CircleInfo, isOpen ? Ink::Ok : Ink::Muted);
    if (m_opened && m_nothingOpens)
        m_how->setText(m_copied.isEmpty() ? tr("No program here opens it: do it by hand. Enter when it is done.")
                                          : tr("Copied, but no program here opens it: do it by hand. Enter when it is done."));
    else if (m_opened)
        m_how->setText(m_copied.isEmpty() ? tr("Opened. Enter when it is done.")
                                          : tr("Copied and opened. Enter when it is done."));
    else if (m_target.isEmpty())
        m_how->setText(m_channel == Channel::Email ? tr("A reminder of your own. O opens the lead to write from there.")
                                                   : tr("Enter when it is done."));
    else
        m_how->setText(m_copied.isEmpty() ? tr("Enter opens it; Enter again when it is done.")
                                          : tr("Enter copies the text and opens it; Enter again when it is done."));
}

} // namespace outrider::today
