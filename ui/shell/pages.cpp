// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/pages.h"

#include "ui/shell/rail.h"
#include "ui/widgets/bars.h"

#include <QBoxLayout>

namespace outrider::shell {

namespace {

class EmptyPage : public frame::Page {
public:
    EmptyPage(const QString& title, QWidget* parent) : frame::Page(parent), m_title(title) {
        auto* rows = new QVBoxLayout(this);
        rows->setContentsMargins({});
        rows->setSpacing(0);
        auto* toolbar = new widgets::Toolbar;
        toolbar->setTitle(title);
        rows->addWidget(toolbar);
        auto* empty = new widgets::EmptyState;
        empty->setText(title, {});
        rows->addWidget(empty, 1);
    }
    QString pageTitle() const override { return m_title; }

private:
    QString m_title;
};

} // namespace

frame::Page* makePage(PageKind kind, const frame::Context&, QWidget* parent) {
    return new EmptyPage(placeName(placeOf(kind)), parent);
}

void showLocation(frame::Page*, const Location&) {}

} // namespace outrider::shell
