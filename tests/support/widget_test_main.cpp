// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_registry.h"
#include "ui/theme/outrider_style.h"

#include <QApplication>
#include <QLocale>

// For tests of what is drawn: a window system without a screen, and the program's own look.
int main(int argc, char** argv) {
    using namespace outrider;
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("outrider-test"));
    QLocale::setDefault(QLocale::c());
    theme::loadFonts();
    theme::applyTheme(app, theme::makeTokens(theme::Mode::Light, theme::Density::Cosy, 1, true));
    return test::runRegistered(argc, argv);
}
