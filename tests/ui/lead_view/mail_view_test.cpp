// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/mail_view.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/widgets/button.h"

#include <QLabel>
#include <QTextBrowser>

using namespace outrider;
using namespace outrider::lead_view;

namespace {

template <typename T>
T* named(const QWidget& within, const QString& name) {
    for (T* widget : within.findChildren<T*>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

QString labels(const QWidget& within) {
    QString all;
    for (const QLabel* label : within.findChildren<QLabel*>()) {
        if (label->isVisibleTo(&within))
            all += label->text() + QLatin1Char('\n');
    }
    return all;
}

} // namespace

class MailViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void nothing_is_loaded_for_a_mail() {
        MailText text;
        QVERIFY(!text.loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/hostname")))
                     .value<QImage>()
                     .sizeInBytes());
        QCOMPARE(text.loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("https://t.example/o.gif"))),
                 QVariant(QString()));
        QCOMPARE(text.loadResource(QTextDocument::StyleSheetResource, QUrl(QStringLiteral("qrc:/x.css"))), QVariant(QString()));
        QCOMPARE(
            text.loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="))),
            QVariant(QString()));
        const QUrl dot(QStringLiteral("data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));
        QCOMPARE(text.loadResource(QTextDocument::ImageResource, dot).value<QImage>().size(), QSize(1, 1));
    }

    void a_link_is_opened_only_after_its_host_was_seen() {
        test::ScreenFixture fixture;
        QVERIFY(fixture.open());
        QList<QUrl> opened;
        MailView view(*fixture.context, nullptr, [&](const QUrl& url) {
            opened << url;
            return true;
        });
        view.resize(600, 500);
        view.setMail({.html = "<a href=\"https://evil.example/x\">www.bank.example</a> <b>[evil.example]</b>",
                      .text = {},
                      .links = {{"www.bank.example", "https://evil.example/x", "evil.example", true}},
                      .imagesLeftOut = 2,
                      .truncated = false});
        QVERIFY(labels(view).contains(QStringLiteral("2 pictures")));
        auto* text = named<MailText>(view, QStringLiteral("Message"));
        QVERIFY(text != nullptr);
        Q_EMIT text->anchorClicked(QUrl(QStringLiteral("https://evil.example/x")));
        QVERIFY(opened.isEmpty());
        QVERIFY(labels(view).contains(QStringLiteral("evil.example")));
        QVERIFY(labels(view).contains(QStringLiteral("not where it says")));
        named<widgets::Button>(view, QStringLiteral("Open the link"))->click();
        QCOMPARE(opened, QList<QUrl>{QUrl(QStringLiteral("https://evil.example/x"))});
        QVERIFY(!named<widgets::Button>(view, QStringLiteral("Open the link"))->isVisibleTo(&view));
    }

    void what_is_no_link_of_the_web_is_not_followed() {
        test::ScreenFixture fixture;
        QVERIFY(fixture.open());
        MailView view(*fixture.context, nullptr, [](const QUrl&) { return true; });
        auto* text = named<MailText>(view, QStringLiteral("Message"));
        for (const char* url :
             {"file:///etc/passwd", "javascript:alert(1)", "ssh://evil.example", "data:text/html,x", "relative"}) {
            Q_EMIT text->anchorClicked(QUrl(QLatin1String(url)));
            QVERIFY(!named<widgets::Button>(view, QStringLiteral("Open the link"))->isVisibleTo(&view));
        }
    }

    void a_mail_without_html_is_shown_as_it_is() {
        test::ScreenFixture fixture;
        QVERIFY(fixture.open());
        MailView view(*fixture.context);
        view.setMail({.html = {}, .text = "<b>not bold</b>\n> quoted", .links = {}});
        QCOMPARE(named<MailText>(view, QStringLiteral("Message"))->toPlainText(), QStringLiteral("<b>not bold</b>\n> quoted"));
    }
};

OUTRIDER_TEST(MailViewTest)
#include "mail_view_test.moc"
