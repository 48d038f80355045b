// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/enrolments_panel.h"

#include "ui/lead_view/text_link.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"

#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::lead_view {

using text::isolated;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr std::size_t shownAtOnce = 3;

} // namespace

EnrolmentsPanel::EnrolmentsPanel(const frame::Context& context, QWidget* parent)
    : QScrollArea(parent),
      m_context(context),
      m_body(new widgets::Area(widgets::Area::Ground::Surface, {}, this)),
      m_column(widgets::column(m_body, 0)) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setAccessibleName(tr("Strategies"));
    setWidget(m_body);
    hide();
}

void EnrolmentsPanel::show(const LeadDetail& detail, const std::vector<TimelineEntry>& timeline) {
    const auto dates = m_context.dates();
    std::vector<StripModel> models;
    for (const EnrolmentDetail& enrolment : detail.enrolments)
        models.push_back(stripOf(detail, enrolment, timeline, dates));
    if (models == m_models)
        return; // what has the focus keeps it
    const bool sameLead =
        !models.empty() && !m_models.empty() && std::any_of(models.begin(), models.end(), [this](const StripModel& model) {
            return model.enrolment == m_models.front().enrolment;
        });
    if (!sameLead) {
        m_opened.clear();
        m_folded.clear();
        m_earlier = false;
    }
    m_models = std::move(models);
    rebuild();
}

void EnrolmentsPanel::rebuild() {
    const theme::Tokens& tokens = theme::tokens(this);
    while (QLayoutItem* item = m_column->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater(); // a click in it may be what rebuilds
        }
        delete item;
    }
    std::size_t shown = 0;
    for (const StripModel& model : m_models) {
        if (shown == shownAtOnce && !m_earlier)
            break;
        const bool byDefault = shown == 0;
        const bool open = byDefault ? !m_folded.contains(model.enrolment) : m_opened.contains(model.enrolment);
        ++shown;
        auto* one = new QWidget(m_body);
        auto* column =
            widgets::column(one, tokens.space.m, QMargins(tokens.space.xl, 0, tokens.space.xl, open ? tokens.space.l : 0));
        column->addWidget(makeHead(model, open, m_models.size() > 1, one));
        if (open)
            column->addWidget(new EnrolmentStrip(model.steps, one));
        m_column->addWidget(one);
        m_column->addWidget(new widgets::Line(Qt::Horizontal, m_body));
    }
    if (m_models.size() > shown) {
        auto* more = new QWidget(m_body);
        auto* row = widgets::row(more, 0, QMargins(tokens.space.xl, tokens.space.s, tokens.space.xl, tokens.space.s));
        auto* link = new TextLink(
            TextStyle::Body,
            tr("%1 more").arg(text::counted(qint64(m_models.size() - shown), tr("earlier strategy"), tr("earlier strategies"))),
            more);
        connect(link, &TextLink::clicked, this, [this] {
            m_earlier = true;
            rebuild();
        });
        row->addWidget(link);
        row->addStretch(1);
        m_column->addWidget(more);
        m_column->addWidget(new widgets::Line(Qt::Horizontal, m_body));
    }
    setVisible(!m_models.empty());
    updateGeometry();
}

QWidget* EnrolmentsPanel::makeHead(const StripModel& model, bool open, bool foldable, QWidget* parent) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* head = new QWidget(parent);
    head->setMinimumHeight(tokens.size.row + tokens.space.m);
    auto* row = widgets::row(head, tokens.space.s);
    row->addWidget(new widgets::IconLabel(theme::Icon::Route, Ink::Muted, 0, head));
    auto* name = new Label(TextStyle::BodyStrong, Ink::Text, model.name, head);
    name->setEliding(true);
    row->addWidget(name);
    // A folded one says what is next instead of where it came from.
    QString about = model.about;
    if (!open) {
        const auto next = std::find_if(model.steps.begin(), model.steps.end(),
                                       [](const StripStep& step) { return step.state == StripStep::State::Current; });
        if (next != model.steps.end())
            about = tr("Next: %1, %2").arg(next->title, next->date);
    }
    auto* aboutLabel = new Label(TextStyle::Body, Ink::Muted, about, head);
    aboutLabel->setEliding(true);
    row->addWidget(aboutLabel, 1);
    auto* standing = new widgets::ChipLabel({model.standing, model.tone}, head);
    standing->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // the name gives way before it
    row->addWidget(standing);
    if (model.running) {
        auto* pause = new Button(Button::Kind::Ghost, model.paused ? tr("Resume") : tr("Pause…"), head);
        pause->setSize(Button::Size::Small);
        pause->setAccessibleName(model.paused ? tr("Resume %1").arg(model.name) : tr("Pause %1").arg(model.name));
        connect(pause, &Button::clicked, this, [this, pause, id = model.enrolment, paused = model.paused] {
            if (paused)
                Q_EMIT resumeRequested(id);
            else
                Q_EMIT pauseRequested(id, pause);
        });
        row->addWidget(pause);
    }
    auto* more = new Button(theme::Icon::More, tr("More for %1").arg(model.name), head);
    more->setSize(Button::Size::Small);
    connect(more, &Button::clicked, this, [this, more, id = model.enrolment, strategy = model.strategy, running = model.running] {
        QList<widgets::Popup::Entry> entries{{.text = tr("Open the strategy"),
                                              .icon = theme::Icon::External,
                                              .run = [this, strategy] { m_context.go.openStrategy(strategy); }}};
        if (running)
            entries.prepend({.text = tr("Take out of the strategy"), .icon = theme::Icon::Stop, .run = [this, id] {
                                 Q_EMIT removeRequested(id);
                             }});
        widgets::Popup::open(more, more->accessibleName(), entries);
    });
    row->addWidget(more);
    if (foldable) {
        auto* fold = new Button(open ? theme::Icon::ChevronUp : theme::Icon::ChevronDown,
                                open ? tr("Fold %1").arg(model.name) : tr("Show steps of %1").arg(model.name), head);
        fold->setSize(Button::Size::Small);
        connect(fold, &Button::clicked, this, [this, id = model.enrolment, open] {
            if (open) {
                m_opened.erase(id);
                m_folded.insert(id);
            } else {
                m_folded.erase(id);
                m_opened.insert(id);
            }
            rebuild();
        });
        row->addWidget(fold);
    }
    return head;
}

// As high as what it holds, but never more than its share of the page: then it scrolls.
QSize EnrolmentsPanel::sizeHint() const {
    constexpr int share = 2; // in five
    const int wanted =
        m_column->hasHeightForWidth() ? m_column->heightForWidth(viewport()->width()) : m_column->sizeHint().height();
    const int page = parentWidget() != nullptr ? parentWidget()->height() : wanted;
    return {theme::tokens(this).size.detailPane, std::min(wanted, std::max(page * share / 5, theme::tokens(this).size.stepRow))};
}

void EnrolmentsPanel::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

} // namespace outrider::lead_view
