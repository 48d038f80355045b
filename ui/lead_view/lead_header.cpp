// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_header.h"

#include "ui/lead_view/flow_layout.h"
#include "ui/lead_view/lead_actions.h"
#include "ui/lead_view/lead_words.h"
#include "ui/lead_view/text_link.h"
#include "ui/paint/text.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

// A tag with a cross that takes it off; pressed as a whole, so that it is one stop for the keyboard.
class LeadHeader::TagChip : public QAbstractButton {
public:
    TagChip(const QString& tag, QWidget* parent) : QAbstractButton(parent) {
        setText(tag);
        setAccessibleName(LeadHeader::tr("Take tag %1 off").arg(tag));
        setToolTip(accessibleName());
        setAttribute(Qt::WA_Hover);
    }

    QSize sizeHint() const override {
        const theme::Tokens& tokens = theme::tokens(this);
        const QSize chip = paint::chipSize(tokens, {text(), paint::Tone::Tag});
        return {chip.width() + tokens.size.iconCheck + tokens.space.xs, chip.height()};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        const bool hot = underMouse() || hasFocus();
        paint::drawCard(&painter, rect(), tokens.size.radius, hot ? tokens.color.raised : tokens.color.surface,
                        tokens.color.line);
        const int cross = tokens.size.iconCheck;
        const auto placed = [this](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
        paint::drawText(&painter, tokens,
                        placed(QRect(tokens.space.iconGap, 0, width() - tokens.space.s - cross - tokens.space.iconGap, height())),
                        {.text = text(), .style = TextStyle::MetaStrong, .color = tokens.color.text});
        theme::paintIcon(&painter, placed(QRect(width() - cross - tokens.space.xs, (height() - cross) / 2, cross, cross)),
                         theme::Icon::Cross, hot ? tokens.color.text : tokens.color.muted);
    }

    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
            click();
        else
            QAbstractButton::keyPressEvent(event);
    }
};

LeadHeader::LeadHeader(const frame::Context& context, const LeadActions& actions, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_actions(actions),
      m_first(new QWidget(this)),
      m_flow(new FlowLayout(m_first, theme::tokens(this).space.s)),
      m_name(new Label(TextStyle::Display, Ink::Text, {}, m_first)),
      m_title(new Label(TextStyle::Body, Ink::Muted, {}, this)),
      m_company(new TextLink(TextStyle::Body, {}, this)),
      m_place(new Label(TextStyle::Body, Ink::Muted, {}, this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum); // as high as its tags need
    auto* column =
        widgets::column(this, tokens.space.xs, QMargins(tokens.space.xl, tokens.space.l, tokens.space.xl, tokens.space.l));
    m_name->setEliding(true);
    m_flow->addWidget(m_name);
    column->addWidget(m_first);
    auto* second = new QHBoxLayout;
    second->setSpacing(0);
    m_title->setEliding(true);
    m_place->setEliding(true);
    second->addWidget(m_title);
    second->addWidget(m_company);
    second->addWidget(m_place, 1);
    column->addLayout(second);
    connect(m_company, &TextLink::clicked, this, &LeadHeader::companyClicked);
}

void LeadHeader::show(const LeadDetail& detail, const Status& status) {
    m_detail = detail;
    m_status = status;
    const Lead& lead = detail.lead;
    m_name->setText(toQt(displayName(lead)));
    const QString company = toQt(lead.companyName);
    m_title->setText(lead.jobTitle.empty() ? QString()
                                           : toQt(lead.jobTitle) + (company.isEmpty() ? QString() : QStringLiteral(", ")));
    m_title->setVisible(!lead.jobTitle.empty());
    m_company->setLinkText(company);
    m_company->setAccessibleName(tr("Company %1").arg(company));
    showChips();
    showTags();
    refreshClock();
}

void LeadHeader::refreshClock() {
    if (!m_detail)
        return;
    const QString hours = m_detail->insideHours ? tr("inside hours") : tr("outside hours");
    const LocalTime local = localTime(*m_detail, m_context.workspace.clock().now());
    QString there = tr("%1 there, %2").arg(local.time, hours);
    if (!local.place.isEmpty())
        there = isolated(local.place) + QStringLiteral(", ") + there;
    const bool first = m_title->text().isEmpty() && m_company->text().isEmpty();
    const bool ended = m_company->text().endsWith(QLatin1Char('.')); // "Zrt."
    m_place->setText(first ? there : (ended ? QStringLiteral(" ") : QStringLiteral(". ")) + there);
}

void LeadHeader::showChips() {
    qDeleteAll(m_chips);
    m_chips.clear();
    qDeleteAll(m_tags); // they come after the chips
    m_tags.clear();
    m_shownTags.clear();
    for (const paint::Chip& chip : leadChips(*m_detail, m_status)) {
        auto* label = new widgets::ChipLabel(chip, m_first);
        m_flow->addWidget(label);
        m_chips.append(label);
        label->show();
    }
}

void LeadHeader::showTags() {
    for (const std::string& tag : m_detail->lead.tags) {
        auto* chip = new TagChip(toQt(tag), m_first);
        m_flow->addWidget(chip);
        m_tags.append(chip);
        chip->show();
        connect(chip, &QAbstractButton::clicked, this, [this, tag] { m_actions.removeTag(m_detail->lead, toQt(tag)); });
    }
}

} // namespace outrider::lead_view
