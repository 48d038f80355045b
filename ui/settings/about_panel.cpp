// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/about_panel.h"

#include "core/base/deliver.h"
#include "ui/text/tr.h"

#include <QBoxLayout>
#include <QGridLayout>

namespace outrider::settings {

using widgets::Ink;
using widgets::Label;

AboutPanel::AboutPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("About"), theme::Icon::CircleInfo, tr("version licence copyright libraries"), parent),
      m_cipher(new Label(theme::TextStyle::Mono, Ink::Muted)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = page({});
    column->addWidget(new Label(theme::TextStyle::Display, Ink::Text, tr("Outrider %1").arg(QStringLiteral(OUTRIDER_VERSION))));
    column->addWidget(explanation(tr("A CRM on your own computer for people who sell by reaching out first.")));
    column->addWidget(new Label(theme::TextStyle::Mono, Ink::Muted, QStringLiteral("Qt %1").arg(QLatin1String(qVersion()))));
    column->addWidget(m_cipher);
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Licence")));
    column->addWidget(explanation(
        tr("Free software under the GNU General Public License, version 3 or later. It comes without any warranty.")));
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Made with")));
    auto* list = new QWidget;
    auto* grid = new QGridLayout(list);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(t.space.l);
    grid->setVerticalSpacing(t.space.xs);
    struct Part {
        const char* name;
        const char* licence;
    };
    static constexpr Part parts[] = {
        {"Qt", "LGPL-3.0"},
        {"SQLCipher", "BSD-3-Clause"},
        {"libsodium", "ISC"},
        {"curl", "curl"},
        {"GMime", "LGPL-2.1"},
        {"Gumbo", "Apache-2.0"},
        {"OpenSSL", "Apache-2.0"},
        {"ICU", "Unicode"},
        {"libphonenumber", "Apache-2.0"},
        {"libpsl", "MIT"},
        {"libcsv", "LGPL-2.1"},
        {"uchardet", "MPL-1.1"},
        {"Zstandard", "BSD-3-Clause"},
        {"JSON for Modern C++", "MIT"},
        {"expected", "CC0-1.0"},
        {"Mustache", "BSL-1.0"},
        {"QtKeychain", "BSD-3-Clause"},
        {"Inter", "OFL-1.1"},
    };
    int row = 0;
    for (const Part& part : parts) {
        grid->addWidget(new Label(theme::TextStyle::Body, Ink::Text, QString::fromLatin1(part.name)), row, 0);
        grid->addWidget(new Label(theme::TextStyle::Body, Ink::Muted, QString::fromLatin1(part.licence)), row, 1);
        ++row;
    }
    grid->setColumnStretch(1, 1);
    column->addWidget(list);
    column->addStretch(1);
}

void AboutPanel::read() {
    deliver(context().workspace.settings().info(), this, [this](Result<WorkspaceInfo> info) {
        if (info)
            m_cipher->setText(text::toQt(info->cipher));
    });
}

} // namespace outrider::settings
