// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <QWidget>

class QVBoxLayout;

namespace outrider::imports {

// The imports done so far: file, day, counts, and the refused rows to save. Empty: nothing is shown.
class PastImports : public QWidget {
    Q_OBJECT

public:
    explicit PastImports(const frame::Context& context, QWidget* parent = nullptr);
    void read();

private:
    void show(const std::vector<ImportBatch>& batches);

    const frame::Context& m_context;
    QVBoxLayout* m_rows;
    int m_generation = 0;
};

// Asks where to, and writes the refused rows of an import there.
void saveRefusedRows(const frame::Context& context, QWidget* parent, ImportId id, const QString& fileName);

} // namespace outrider::imports
