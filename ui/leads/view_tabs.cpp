// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/view_tabs.h"

#include "core/base/deliver.h"
#include "ui/frame/link_button.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/sheet.h"

#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::leads {

namespace {
constexpr std::size_t builtIn = 2;
}

Sorting Sorting::fromText(const std::string& text) {
    if (text.empty())
        return {};
    const bool descending = text.front() == '-';
    return {text.substr(descending ? 1 : 0), descending};
}

ViewTabs::ViewTabs(const frame::Context& context, QWidget* page)
    : QObject(page),
      m_context(context),
      m_page(page),
      m_bar(new widgets::TabBar(tr("Saved views"), page)),
      m_update(new frame::LinkButton(tr("Update view"))),
      m_saveAs(new widgets::Button(widgets::Button::Kind::Ghost, tr("Save as…"))) {
    m_views = {{all(), tr("All leads"), {}, 0}, {QStringLiteral("open"), tr("Open"), SavedView{.filter = "status:open"}, 0}};
    m_saveAs->setAccessibleName(tr("Save as a view"));
    m_bar->addTrailing(m_update);
    m_bar->addTrailing(m_saveAs);
    connect(m_bar, &widgets::TabBar::chosen, this, &ViewTabs::choose);
    connect(m_update, &QAbstractButton::clicked, this, &ViewTabs::update);
    connect(m_saveAs, &QAbstractButton::clicked, this, &ViewTabs::saveAsked);
    show();
}

QWidget* ViewTabs::bar() const { return m_bar; }

bool ViewTabs::has(const QString& id) const {
    return std::any_of(m_views.begin(), m_views.end(), [&id](const View& view) { return view.id == id; });
}

const View& ViewTabs::current() const {
    const auto found = std::find_if(m_views.begin(), m_views.end(), [this](const View& view) { return view.id == m_current; });
    return found == m_views.end() ? m_views.front() : *found;
}

void ViewTabs::choose(const QString& id) {
    if (!has(id)) {
        m_wanted = id;
        read();
        return;
    }
    m_wanted.clear();
    m_current = id;
    m_context.preferences.setText(QStringLiteral("leads.view"), id);
    Q_EMIT chosen();
}

void ViewTabs::read() {
    const Instant started = m_context.workspace.clock().now();
    deliver(m_context.workspace.leads().savedViews(), this,
            [this, started](Result<std::vector<LeadService::ViewWithCount>> views) {
                m_took = (m_context.workspace.clock().now() - started).count();
                if (!views) {
                    m_context.tell.failed(views.error(), tr("The saved views were not read"));
                    return;
                }
                m_views.resize(builtIn);
                for (LeadService::ViewWithCount& saved : *views) {
                    View view{QString::number(saved.view.id.value), text::toQt(saved.view.name), {}, saved.count};
                    view.saved = std::move(saved.view);
                    m_views.push_back(std::move(view));
                }
                const bool gone = !has(m_current);
                if (gone)
                    m_current = all();
                const QString wanted = std::exchange(m_wanted, QString());
                if (!wanted.isEmpty() || gone) // one that is no longer there: all
                    choose(has(wanted) ? wanted : all());
                show();
            });
}

void ViewTabs::setShown(const Filter& filter, const Sorting& sorting) {
    m_filter = toText(filter);
    m_sorting = sorting;
    show();
}

bool ViewTabs::isChanged() const {
    const View& view = current();
    if (!view.saved.id)
        return false;
    const auto filter = parseFilter(view.saved.filter);
    return (filter && toText(*filter) != m_filter) || Sorting::fromText(view.saved.sort) != m_sorting;
}

void ViewTabs::show() {
    QList<widgets::TabBar::Tab> tabs;
    const bool changed = isChanged();
    for (const View& view : m_views) {
        const bool isCurrent = view.id == current().id;
        tabs.append({.id = view.id,
                     .label = view.name,
                     .count = view.saved.id && !isCurrent ? QLocale().toString(view.count) : QString(), // its list says it
                     .changed = isCurrent && changed});
    }
    QStringList shown;
    for (const widgets::TabBar::Tab& tab : tabs)
        shown << tab.id + tab.label + tab.count + (tab.changed ? QLatin1String("*") : QLatin1String(""));
    if (std::exchange(m_shown, shown) != shown)
        m_bar->setTabs(tabs);
    m_bar->setCurrent(current().id);
    m_update->setVisible(changed);
    m_saveAs->setVisible(changed || (!current().saved.id && !m_filter.empty() && m_filter != current().saved.filter));
}

void ViewTabs::update() {
    if (!isChanged())
        return;
    SavedView view = current().saved;
    view.filter = m_filter;
    view.sort = m_sorting.toText();
    deliver(m_context.workspace.leads().saveView(view), this, [this, name = current().name](Result<SavedViewId> id) {
        if (!id)
            m_context.tell.failed(id.error(), tr("The view was not changed"));
        else
            m_context.tell.done(tr("View %1 changed.").arg(text::isolated(name)), true, theme::Icon::Bookmark);
    });
}

void ViewTabs::saveAs(const QString& conditions) {
    auto* sheet = new widgets::Sheet(m_page, tr("Save as a view"));
    auto* name = new QLineEdit;
    name->setAccessibleName(tr("Name of the view"));
    auto* field = new widgets::Field(tr("Name"), name);
    field->setHelp(conditions);
    sheet->body()->addWidget(field);
    sheet->addCancel(tr("Cancel"));
    auto* save = sheet->addButton(widgets::Button::Kind::Primary, tr("Save view"));
    connect(save, &QAbstractButton::clicked, sheet, [this, sheet, name, field] {
        const SavedView view{.name = name->text().simplified().toStdString(), .filter = m_filter, .sort = m_sorting.toText()};
        if (view.name.empty()) {
            field->setError(tr("A view needs a name."));
            return;
        }
        deliver(m_context.workspace.leads().saveView(view), sheet, [this, sheet, field](Result<SavedViewId> id) {
            if (!id) {
                field->setError(text::sentence(id.error()));
                return;
            }
            const QString created = QString::number(id->value);
            Q_EMIT saved(created);
            choose(created);
            sheet->finish();
        });
    });
    sheet->open(name);
}

void ViewTabs::remove() {
    if (!current().saved.id)
        return;
    deliver(m_context.workspace.leads().removeView(current().saved.id), this, [this, name = current().name](Result<> removed) {
        if (!removed)
            m_context.tell.failed(removed.error(), tr("The view was not removed"));
        else
            m_context.tell.done(tr("View %1 removed.").arg(text::isolated(name)), true, theme::Icon::Bookmark);
    });
}

} // namespace outrider::leads
