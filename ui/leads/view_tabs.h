// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/filter.h"
#include "core/domain/saved_view.h"
#include "ui/frame/context.h"

#include <QObject>

#include <string>
#include <vector>

class QWidget;

namespace outrider::frame {
class LinkButton;
}
namespace outrider::widgets {
class Button;
class TabBar;
} // namespace outrider::widgets

namespace outrider::leads {

// By which field a list is sorted; as text "-score" is falling.
struct Sorting {
    std::string field = "name";
    bool descending = false;

    static Sorting fromText(const std::string& text);
    std::string toText() const { return (descending ? "-" : "") + field; }
    bool operator==(const Sorting&) const = default;
};

// A tab over the list: two that are always there, and those saved.
struct View {
    QString id; // "all", "open", or the number of a saved one
    QString name;
    SavedView saved;
    qint64 count = 0;
};

// The tabs over the list of leads, and what is done with saved views.
class ViewTabs : public QObject {
    Q_OBJECT

public:
    // `page`: where sheets are opened.
    ViewTabs(const frame::Context& context, QWidget* page);

    static QString all() { return QStringLiteral("all"); }

    QWidget* bar() const;
    const View& current() const;
    // By id; a saved one that has not been read yet is chosen as soon as it is.
    void choose(const QString& id);
    void read();
    qint64 readingTook() const { return m_took; } // in milliseconds: counting many leads is not for every commit

    // What the list shows now, to tell whether the view was changed.
    void setShown(const Filter& filter, const Sorting& sorting);
    bool isChanged() const; // a saved view shows something else than it was saved with

    void update();
    void saveAs(const QString& conditions);
    void remove();

Q_SIGNALS:
    void chosen(); // another view is the current one
    void saveAsked();
    void saved(const QString& id); // under a new name, which becomes the current one

private:
    void show();
    bool has(const QString& id) const;

    const frame::Context& m_context;
    QWidget* m_page;
    widgets::TabBar* m_bar;
    frame::LinkButton* m_update;
    widgets::Button* m_saveAs;
    std::vector<View> m_views;
    QString m_current = all();
    QString m_wanted;    // before it is read
    QStringList m_shown; // the tabs as they are, so that they are made anew only for a reason
    qint64 m_took = 0;
    std::string m_filter;
    Sorting m_sorting;
};

} // namespace outrider::leads
