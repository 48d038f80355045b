// SPDX-License-Identifier: GPL-3.0-or-later
// outrider-gallery [--shots FOLDER]: shows the components, or writes them as pictures in every mode.
#include "ui/theme/focus_ring.h"
#include "ui/theme/icons.h"
#include "ui/theme/outrider_style.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/form.h"
#include "ui/widgets/gallery.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/sheet.h"

#include <QApplication>
#include <QBoxLayout>
#include <QDir>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStandardItemModel>
#include <QTableView>

using namespace outrider;

namespace {

void shoot(QApplication& app, theme::Mode mode, qreal scale, const QString& path) {
    theme::applyTheme(app, theme::makeTokens(mode, theme::Density::Cosy, scale, true));
    widgets::Gallery gallery;
    gallery.setAttribute(Qt::WA_DontShowOnScreen);
    gallery.resize(QSize(1440, 900).expandedTo(gallery.sizeHint()));
    gallery.show();
    QCoreApplication::sendPostedEvents();
    gallery.grab().save(path);
}

// What lives in a window only: bars, a table with its header and scroll bars, a ring, a menu, a sheet.
class Page : public QWidget {
public:
    Page() {
        using namespace widgets;
        auto* all = column(this, 0);
        auto* toolbar = new Toolbar;
        toolbar->setBack(QStringLiteral("Today"));
        toolbar->setTitle(QStringLiteral("Tobias Rühl"));
        toolbar->setSubtitle(QStringLiteral("Thursday 19 November"));
        toolbar->addRight(new Segmented(QStringLiteral("View"),
                                        {QStringLiteral("List"), QStringLiteral("Calendar"), QStringLiteral("Process")}));
        auto* process = new Button(Button::Kind::Primary, QStringLiteral("Process 86 tasks"));
        process->setGlyph(theme::Icon::Play);
        process->setKeyHint(QStringLiteral("Ctrl+P"));
        toolbar->addRight(process);
        all->addWidget(toolbar);
        auto* bar = new Bar(Bar::Kind::Filter);
        auto* search = new SearchField(QStringLiteral("Filter tasks"), QStringLiteral("Filter tasks"));
        search->setKeyHint(QStringLiteral("/"));
        bar->add(search);
        m_anchor = new Button(Button::Kind::Secondary, QStringLiteral("Any channel"));
        m_anchor->setMenuArrow(true);
        bar->add(m_anchor);
        bar->addStretch();
        all->addWidget(bar);
        auto* table = new QTableView;
        auto* model = new QStandardItemModel(400, 8, table);
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column)
                model->setItem(row, column, new QStandardItem(QStringLiteral("Cell %1, %2").arg(row).arg(column)));
        }
        model->setHorizontalHeaderLabels(
            {QStringLiteral("Lead"), QStringLiteral("Company"), QStringLiteral("Why now"), QStringLiteral("Due")});
        table->setModel(model);
        table->setShowGrid(false);
        table->verticalHeader()->hide();
        table->setSortingEnabled(true);
        table->sortByColumn(0, Qt::AscendingOrder);
        table->setSelectionBehavior(QAbstractItemView::SelectRows);
        table->selectRow(2);
        for (int column = 0; column < model->columnCount(); ++column)
            table->setColumnWidth(column, 180);
        all->addWidget(table, 1);
        theme::installFocusRing(this);
    }

    widgets::Button* anchor() const { return m_anchor; }

private:
    widgets::Button* m_anchor;
};

void settle() { QCoreApplication::sendPostedEvents(); }

void shootLive(QApplication& app, theme::Mode mode, Qt::LayoutDirection direction, const QString& path) {
    app.setLayoutDirection(direction);
    theme::applyTheme(app, theme::makeTokens(mode, theme::Density::Cosy, 1, true));
    Page page;
    page.resize(1000, 440);
    page.show();
    page.activateWindow();
    settle();
    page.anchor()->setFocus();
    settle();
    QImage sheet(1000, 1330, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&sheet);
    painter.drawImage(0, 0, page.grab().toImage());

    QList<widgets::Popup::Entry> entries(5);
    entries[0] = {.text = QStringLiteral("Channel"), .heading = true};
    entries[1] = {.text = QStringLiteral("E-mail"), .hint = QStringLiteral("40"), .icon = theme::Icon::Mail, .checked = true};
    entries[2] = {.text = QStringLiteral("Call"), .hint = QStringLiteral("30"), .icon = theme::Icon::Phone};
    entries[3] = {.text = QStringLiteral("LinkedIn"), .icon = theme::Icon::LinkedIn, .key = QStringLiteral("3")};
    entries[4] = {.text = QStringLiteral("SMS"), .hint = QStringLiteral("no number"), .icon = theme::Icon::Sms, .enabled = false};
    auto* popup = widgets::Popup::open(page.anchor(), QStringLiteral("Channel"), entries);
    settle();
    painter.drawImage(0, 445, page.grab().toImage());
    delete popup;

    auto* ask = new widgets::Sheet(&page, QStringLiteral("Stop Cold chain Q4?"));
    auto* text = new widgets::Label(theme::TextStyle::Body, widgets::Ink::Muted,
                                    QStringLiteral("Two coming steps are taken out. What has been sent stays in the timeline."));
    text->setWordWrap(true);
    ask->body()->addWidget(text);
    ask->body()->addWidget(new widgets::CheckRow(QStringLiteral("Also for the three others of this company")));
    ask->addCancel(QStringLiteral("Cancel"));
    auto* stop = ask->addButton(widgets::Button::Kind::Primary, QStringLiteral("Stop it"));
    ask->open(stop);
    settle();
    painter.drawImage(0, 890, page.grab().toImage());
    QMenu menu;
    menu.addAction(QStringLiteral("Copy"))->setShortcut(QKeySequence::Copy);
    menu.addAction(QStringLiteral("Paste"))->setEnabled(false);
    menu.addSeparator();
    QAction* wrap = menu.addAction(QStringLiteral("Wrap lines"));
    wrap->setCheckable(true);
    wrap->setChecked(true);
    menu.addMenu(QStringLiteral("Insert"))->addAction(QStringLiteral("Variable"));
    menu.setActiveAction(wrap);
    menu.ensurePolished();
    menu.resize(menu.sizeHint());
    painter.drawImage(700, 1100, menu.grab().toImage());
    painter.end();
    sheet.save(path);
    app.setLayoutDirection(Qt::LeftToRight);
}

// Every icon at the three sizes it is used in, and large to see its drawing.
void shootIcons(const QString& path) {
    const theme::Tokens t = theme::makeTokens(theme::Mode::Light, theme::Density::Cosy, 1, true);
    constexpr int cell = 104;
    constexpr int across = 12;
    const int count = int(theme::Icon::Eraser);
    QImage sheet(across * cell, (count / across + 1) * cell, QImage::Format_ARGB32_Premultiplied);
    sheet.fill(t.color.surface);
    QPainter painter(&sheet);
    for (int i = 0; i < count; ++i) {
        const auto icon = theme::Icon(i + 1);
        const QPoint at((i % across) * cell, (i / across) * cell);
        theme::paintIcon(&painter, QRect(at + QPoint(8, 8), QSize(64, 64)), icon, t.color.text);
        theme::paintIcon(&painter, QRect(at + QPoint(78, 8), QSize(16, 16)), icon, t.color.text);
        theme::paintIcon(&painter, QRect(at + QPoint(78, 32), QSize(14, 14)), icon, t.color.muted);
        theme::paintIcon(&painter, QRect(at + QPoint(78, 54), QSize(12, 12)), icon, t.color.accent);
    }
    painter.end();
    sheet.save(path);
}

} // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    theme::loadFonts();
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == QLatin1String("--shots")) {
        const QDir folder(arguments[2]);
        folder.mkpath(QStringLiteral("."));
        shoot(app, theme::Mode::Light, 1, folder.filePath(QStringLiteral("components-light.png")));
        shoot(app, theme::Mode::Dark, 1, folder.filePath(QStringLiteral("components-dark.png")));
        shoot(app, theme::Mode::HighContrastLight, 1, folder.filePath(QStringLiteral("components-contrast-light.png")));
        shoot(app, theme::Mode::HighContrastDark, 1, folder.filePath(QStringLiteral("components-contrast-dark.png")));
        shoot(app, theme::Mode::Light, 2, folder.filePath(QStringLiteral("components-200.png")));
        shootLive(app, theme::Mode::Light, Qt::LeftToRight, folder.filePath(QStringLiteral("live-light.png")));
        shootLive(app, theme::Mode::Dark, Qt::LeftToRight, folder.filePath(QStringLiteral("live-dark.png")));
        shootLive(app, theme::Mode::Light, Qt::RightToLeft, folder.filePath(QStringLiteral("live-rtl.png")));
        shootIcons(folder.filePath(QStringLiteral("icons.png")));
        return 0;
    }
    theme::applyTheme(app, theme::makeTokens(theme::Mode::Light, theme::Density::Cosy, 1, false));
    widgets::Gallery gallery;
    gallery.show();
    return QApplication::exec();
}
