// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/outrider_style.h"

#include <QDirIterator>
#include <QFontDatabase>

namespace outrider::theme {

void loadFonts() {
    // What the build made of the installed fonts; without them the families named in the tokens do.
    QDirIterator files(QStringLiteral(":/outrider/fonts"), QDir::Files);
    while (files.hasNext())
        QFontDatabase::addApplicationFont(files.next());
}

} // namespace outrider::theme
