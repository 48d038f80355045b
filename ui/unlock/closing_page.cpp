// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unlock/closing_page.h"

#include "ui/text/tr.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>
#include <QPainter>
#include <QTimer>

namespace outrider::unlock {

namespace {
constexpr int patienceMs = 1'000;
}

ClosingPage::ClosingPage(const QString& workspace, QWidget* parent) : QWidget(parent) {
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins({});
    auto* notice = new widgets::EmptyState;
    notice->setMark(true);
    notice->setText(workspace.isEmpty() ? tr("Closing") : tr("Closing %1").arg(text::isolated(workspace)),
                    tr("What is under way, such as a message being sent, is finished first. Outrider then quits by itself."));
    m_notice = notice;
    m_stay = notice->addButton(tr("Do not quit"), false);
    connect(static_cast<widgets::Button*>(m_stay), &QAbstractButton::clicked, this, &ClosingPage::stayWanted);
    rows->addWidget(notice);
    notice->hide();
    auto* patience = new QTimer(this);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, this, &ClosingPage::say);
    patience->start(patienceMs);
}

void ClosingPage::say() {
    m_notice->show();
    m_stay->setFocus(Qt::OtherFocusReason);
}

void ClosingPage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme::tokens(this).color.surface);
}

} // namespace outrider::unlock
