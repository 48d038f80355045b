// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/mail_reading.h"
#include "ui/frame/context.h"

#include <QTextBrowser>

#include <functional>

class QStackedWidget;

namespace outrider::widgets {
class Area;
class Bar;
class Button;
class Label;
} // namespace outrider::widgets

namespace outrider::lead_view {

class SourceView;

// Shows rich text and loads nothing for it: no file, no address, only pictures that are in the text itself. A link
// that is followed is told, never opened.
class MailText : public QTextBrowser {
    Q_OBJECT

public:
    explicit MailText(QWidget* parent = nullptr);

    QVariant loadResource(int type, const QUrl& name) override;
    QSize sizeHint() const override; // in a sheet: enough to read without scrolling at every line
};

// A mail as its sender made it look, without what could harm or report its reader: InboxService::shown(). Below it
// what was left out. A link first shows where it really leads; the original is one button away.
class MailView : public QWidget {
    Q_OBJECT

public:
    using Open = std::function<bool(const QUrl&)>;

    // `open` hands a link to another program; the desktop's by default.
    explicit MailView(const frame::Context& context, QWidget* parent = nullptr, Open open = {});

    void show(MessageId message, const QString& subject); // hides QWidget's: asks for the mail first
    void setMail(const ShownMail& mail);

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void ask(const QUrl& url);
    void showOriginal();
    void leaveOriginal();
    void leaveLink();

    const frame::Context m_context;
    Open m_open;
    MessageId m_message;
    QString m_subject;
    int m_generation = 0;
    std::vector<ShownLink> m_links;
    QUrl m_asked; // the link that was followed
    widgets::Bar* m_bar;
    widgets::Label* m_title;
    widgets::Label* m_notice;
    QStackedWidget* m_stack;
    MailText* m_text;
    SourceView* m_source = nullptr; // once asked for
    widgets::Area* m_linkBar;
    widgets::Label* m_linkWords;
    widgets::Label* m_linkUrl;
    widgets::Button* m_openLink;
};

} // namespace outrider::lead_view
