// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_registry.h"

#include <QCoreApplication>

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("outrider-test"));
    return outrider::test::runRegistered(argc, argv);
}
