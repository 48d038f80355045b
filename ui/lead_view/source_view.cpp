// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/source_view.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace outrider::lead_view {

using widgets::Button;

namespace {

constexpr qsizetype mostShown = 512 * 1024; // attachments are of no interest to a reader

} // namespace

SourceView::SourceView(const frame::Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_title(new widgets::Label(theme::TextStyle::BodyStrong, widgets::Ink::Text, {}, this)),
      m_text(new QPlainTextEdit(this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    auto* bar = new widgets::Bar(widgets::Bar::Kind::Filter, this);
    m_title->setEliding(true);
    auto* copy = new Button(Button::Kind::Secondary, tr("Copy"), bar);
    copy->setGlyph(theme::Icon::Copy);
    auto* close = new Button(Button::Kind::Secondary, tr("Close"), bar);
    close->setKeyHint(QStringLiteral("Esc"));
    bar->add(m_title);
    bar->addStretch();
    bar->add(copy);
    bar->add(close);
    column->addWidget(bar);
    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("Original message"));
    m_text->setFont(tokens.font(theme::TextStyle::Mono));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_text, 1);
    connect(copy, &Button::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(close, &Button::clicked, this, &SourceView::closed);
}

void SourceView::show(MessageId message, const QString& subject) {
    m_title->setText(tr("Original of %1").arg(text::isolated(subject)));
    m_text->setPlainText(QStringLiteral("…"));
    m_text->setFocus(Qt::OtherFocusReason);
    deliver(m_context.workspace.inbox().raw(message), this, [this, generation = ++m_generation](Result<std::string> raw) {
        if (generation != m_generation)
            return;
        if (!raw) {
            m_text->setPlainText(text::sentence(raw.error()));
            return;
        }
        QString shown = text::toQt(*raw);
        if (shown.size() > mostShown) {
            shown.truncate(mostShown);
            shown += QStringLiteral("\n…");
        }
        m_text->setPlainText(shown);
    });
}

} // namespace outrider::lead_view
