// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/mail_view.h"

#include "core/base/deliver.h"
#include "ui/lead_view/source_view.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QBuffer>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QImageReader>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int widestPicture = 4000; // pixels of a side: a small file may unpack to a huge one

QImage pictureIn(const QUrl& url) {
    const QByteArray data = url.toEncoded();
    const qsizetype comma = data.indexOf(',');
    if (comma < 0 || !data.left(comma).endsWith(";base64"))
        return {};
    QByteArray bytes = QByteArray::fromBase64(QByteArray::fromPercentEncoding(data.mid(comma + 1)));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    const QByteArray format = QImageReader::imageFormat(&buffer);
    if (format != "png" && format != "jpeg" && format != "gif") // what draws, and nothing that runs
        return {};
    QImageReader reader(&buffer, format);
    const QSize size = reader.size();
    if (size.isEmpty() || size.width() > widestPicture || size.height() > widestPicture)
        return {};
    return reader.read();
}

} // namespace

MailText::MailText(QWidget* parent) : QTextBrowser(parent) {
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
}

QVariant MailText::loadResource(int type, const QUrl& name) {
    if (type != QTextDocument::ImageResource || name.scheme() != QLatin1String("data"))
        return QString(); // not invalid: that would let the document look for itself
    const QImage picture = pictureIn(name);
    return picture.isNull() ? QVariant(QString()) : QVariant(picture);
}

QSize MailText::sizeHint() const {
    constexpr int lines = 20;
    const theme::Tokens& tokens = theme::tokens(this);
    return {tokens.size.textColumn, lines * tokens.lineHeight(theme::TextStyle::Reading)};
}

MailView::MailView(const frame::Context& context, QWidget* parent, Open open)
    : QWidget(parent),
      m_context(context),
      m_open(open ? std::move(open) : [](const QUrl& url) { return QDesktopServices::openUrl(url); }),
      m_title(new Label(theme::TextStyle::BodyStrong, Ink::Text, {}, this)),
      m_notice(new Label(theme::TextStyle::Meta, Ink::Muted, {}, this)),
      m_stack(new QStackedWidget(this)),
      m_text(new MailText(m_stack)),
      m_linkBar(new widgets::Area(widgets::Area::Ground::WarnSoft, {}, this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    m_bar = new widgets::Bar(widgets::Bar::Kind::Filter, this);
    auto* bar = m_bar;
    m_title->setEliding(true);
    auto* original = new Button(Button::Kind::Secondary, tr("Original"), bar);
    original->setAccessibleName(tr("Show the original message"));
    auto* close = new Button(Button::Kind::Secondary, tr("Close"), bar);
    close->setKeyHint(QStringLiteral("Esc"));
    bar->add(m_title);
    bar->addStretch();
    bar->add(original);
    bar->add(close);
    column->addWidget(bar);

    m_text->setAccessibleName(tr("Message"));
    m_text->setFont(tokens.font(theme::TextStyle::Reading));
    m_text->document()->setDocumentMargin(tokens.space.l);
    m_stack->addWidget(m_text);
    column->addWidget(m_stack, 1);

    auto* foot =
        widgets::column(m_linkBar, tokens.space.xs, QMargins(tokens.space.l, tokens.space.s, tokens.space.l, tokens.space.s));
    m_linkWords = new Label(theme::TextStyle::BodyStrong, Ink::Text, {}, m_linkBar);
    m_linkWords->setWordWrap(true);
    m_linkUrl = new Label(theme::TextStyle::Mono, Ink::Muted, {}, m_linkBar);
    m_linkUrl->setEliding(true, Qt::ElideMiddle);
    m_openLink = new Button(Button::Kind::Secondary, tr("Open"), m_linkBar);
    m_openLink->setAccessibleName(tr("Open the link"));
    auto* copy = new Button(Button::Kind::Secondary, tr("Copy"), m_linkBar);
    copy->setAccessibleName(tr("Copy the link"));
    auto* leave = new Button(Button::Kind::Secondary, tr("Do not open"), m_linkBar);
    auto* row = new QHBoxLayout;
    row->setSpacing(tokens.space.s);
    row->addWidget(m_openLink);
    row->addWidget(copy);
    row->addWidget(leave);
    row->addStretch(1);
    foot->addWidget(m_linkWords);
    foot->addWidget(m_linkUrl);
    foot->addLayout(row);
    m_linkBar->hide();
    column->addWidget(m_linkBar);
    m_notice->setWordWrap(true);
    m_notice->setContentsMargins(tokens.space.l, tokens.space.xs, tokens.space.l, tokens.space.xs);
    m_notice->hide();
    column->addWidget(m_notice);

    connect(m_text, &QTextBrowser::anchorClicked, this, &MailView::ask);
    connect(m_text, &QTextBrowser::highlighted, this, [this](const QUrl& url) { m_text->setToolTip(url.toString()); });
    connect(original, &Button::clicked, this, &MailView::showOriginal);
    connect(close, &Button::clicked, this, &MailView::closed);
    connect(leave, &Button::clicked, this, &MailView::leaveLink);
    connect(copy, &Button::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_asked.toString(QUrl::FullyEncoded));
        leaveLink();
    });
    connect(m_openLink, &Button::clicked, this, [this] {
        if (m_open(m_asked))
            leaveLink();
        else
            m_linkWords->setText(tr("No program opens this link. Copy it instead."));
    });
}

void MailView::show(MessageId message, const QString& subject) {
    m_message = message;
    m_subject = subject;
    m_title->setText(isolated(subject));
    leaveOriginal();
    m_text->setPlainText(QStringLiteral("…"));
    deliver(m_context.workspace.inbox().shown(message), this, [this, generation = ++m_generation](Result<ShownMail> mail) {
        if (generation != m_generation)
            return;
        if (mail)
            setMail(*mail);
        else
            m_text->setPlainText(text::sentence(mail.error()));
    });
}

void MailView::setMail(const ShownMail& mail) {
    leaveLink();
    m_links = mail.links;
    if (mail.html.empty())
        m_text->setPlainText(toQt(mail.text));
    else
        m_text->setHtml(toQt(mail.html));
    QStringList told;
    if (mail.imagesLeftOut > 0)
        told << text::counted(mail.imagesLeftOut, tr("picture was not loaded: its sender would learn that you read this."),
                              tr("pictures were not loaded: their sender would learn that you read this."));
    const auto misleading =
        int(std::count_if(mail.links.begin(), mail.links.end(), [](const ShownLink& link) { return link.misleading; }));
    if (misleading > 0)
        told << text::counted(misleading, tr("link leads elsewhere than it says; where to is written behind it."),
                              tr("links lead elsewhere than they say; where to is written behind them."));
    if (mail.truncated)
        told << tr("The message is too long to be shown whole; the original holds all of it.");
    m_notice->setText(told.join(QLatin1Char(' ')));
    m_notice->setVisible(!told.isEmpty());
}

void MailView::ask(const QUrl& url) {
    const QString scheme = url.scheme().toLower();
    if (scheme != QLatin1String("http") && scheme != QLatin1String("https") && scheme != QLatin1String("mailto"))
        return;
    m_asked = url;
    const std::string address = url.toString(QUrl::FullyEncoded).toStdString();
    const auto known = std::find_if(m_links.begin(), m_links.end(),
                                    [&](const ShownLink& link) { return link.url == address || QUrl(toQt(link.url)) == url; });
    const QString host = known != m_links.end() ? toQt(known->host) : url.host();
    m_linkWords->setText(scheme == QLatin1String("mailto") ? tr("This link writes to %1.").arg(isolated(host))
                         : known != m_links.end() && known->misleading
                             ? tr("This link leads to %1, not where it says.").arg(isolated(host))
                             : tr("This link leads to %1.").arg(isolated(host)));
    m_linkUrl->setText(toQt(address));
    m_linkBar->show();
    m_openLink->setFocus(Qt::OtherFocusReason);
}

void MailView::leaveLink() {
    const bool wasAsking = m_linkBar->isVisibleTo(this);
    m_linkBar->hide();
    m_asked.clear();
    if (wasAsking)
        m_text->setFocus(Qt::OtherFocusReason);
}

void MailView::showOriginal() {
    if (m_source == nullptr) {
        m_source = new SourceView(m_context, m_stack);
        m_stack->addWidget(m_source);
        connect(m_source, &SourceView::closed, this, &MailView::leaveOriginal);
    }
    leaveLink();
    m_bar->hide(); // it has one of its own
    m_stack->setCurrentWidget(m_source);
    m_source->show(m_message, m_subject);
}

void MailView::leaveOriginal() {
    m_bar->show();
    m_stack->setCurrentWidget(m_text);
    m_text->setFocus(Qt::OtherFocusReason);
}

void MailView::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) {
        QWidget::keyPressEvent(event);
    } else if (m_linkBar->isVisibleTo(this)) {
        leaveLink();
    } else if (m_stack->currentWidget() != m_text) {
        leaveOriginal();
    } else {
        Q_EMIT closed();
    }
}

} // namespace outrider::lead_view
