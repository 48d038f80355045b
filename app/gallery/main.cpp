// SPDX-License-Identifier: GPL-3.0-or-later
// outrider-gallery [--shots FOLDER]: shows the components, or writes them as pictures in every mode.
#include "ui/theme/icons.h"
#include "ui/theme/outrider_style.h"
#include "ui/widgets/gallery.h"

#include <QApplication>
#include <QDir>
#include <QPainter>

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
        shootIcons(folder.filePath(QStringLiteral("icons.png")));
        return 0;
    }
    theme::applyTheme(app, theme::makeTokens(theme::Mode::Light, theme::Density::Cosy, 1, false));
    widgets::Gallery gallery;
    gallery.show();
    return QApplication::exec();
}
