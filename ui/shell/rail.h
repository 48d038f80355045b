// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/saved_view.h"
#include "ui/frame/navigator.h"
#include "ui/theme/icons.h"

#include <QAbstractButton>
#include <QAbstractListModel>
#include <QListView>

#include <map>
#include <optional>
#include <vector>

namespace outrider::shell {

using Place = frame::Navigator::Place;

QString placeName(Place place);
theme::Icon placeIcon(Place place);

// What the rail lists: places with their counts, then the saved views.
class RailModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IconRole = Qt::UserRole, CountRole, UnreadRole, SelectedRole, SectionRole };
    struct View {
        SavedViewId id;
        QString name;
        qint64 count = 0;
    };

    explicit RailModel(std::vector<Place> places, QObject* parent = nullptr);

    void setCount(Place place, qint64 count, qint64 unread = 0); // unread: of them, and so emphasised
    qint64 count(Place place) const;
    void setViews(std::vector<View> views);
    // Where the window is: a place, a saved view, or neither.
    void setHere(std::optional<Place> place, SavedViewId view = {});

    std::optional<Place> place(const QModelIndex& index) const;
    SavedViewId view(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    int viewsBegin() const { return int(m_places.size()) + 1; }
    QString countText(const QModelIndex& index) const;
    qint64 unread(const QModelIndex& index) const;

    std::vector<Place> m_places;
    std::map<Place, qint64> m_counts;
    std::map<Place, qint64> m_unread;
    std::vector<View> m_views;
    std::optional<Place> m_here;
    SavedViewId m_hereView;
};

class RailHead;

// The left edge of the window. Collapsed it is icons alone.
class Rail : public QWidget {
    Q_OBJECT

public:
    explicit Rail(QWidget* parent = nullptr);

    RailModel& model() { return *m_model; }
    void setHere(std::optional<Place> place, SavedViewId view = {});
    void setCollapsed(bool collapsed);
    bool isCollapsed() const { return m_collapsed; }
    QWidget* head() const; // where the workspace menu opens

Q_SIGNALS:
    void placeChosen(outrider::frame::Navigator::Place place);
    void viewChosen(outrider::SavedViewId id);
    void menuWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void choose(RailModel* model, const QModelIndex& index);
    void applySizes();
    void hideViews();

    RailHead* m_head;
    RailModel* m_model;
    RailModel* m_footModel;
    QListView* m_list;
    QListView* m_foot;
    bool m_collapsed = false;
};

} // namespace outrider::shell
