// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/dns_card.h"

#include "core/base/deliver.h"
#include "core/services/mailbox_service.h"
#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/deliverability_text.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/text_area.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <QTextOption>

#include <algorithm>

namespace outrider::settings {

using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

paint::Tone toneOf(DnsVerdict verdict) {
    switch (verdict) {
    case DnsVerdict::Pass:
        return paint::Tone::Ok;
    case DnsVerdict::Weak:
        return paint::Tone::Warn;
    case DnsVerdict::Fail:
        return paint::Tone::Bad;
    case DnsVerdict::Unknown:
    case DnsVerdict::None:
        break;
    }
    return paint::Tone::Neutral;
}

int badness(const DnsCheck& check) { return check.verdict == DnsVerdict::Fail ? 2 : check.verdict == DnsVerdict::Weak ? 1 : 0; }

} // namespace

// One record: what it is called, what is there, and a word about it; pressed it says more.
class DnsCard::Row final : public QAbstractButton {
public:
    Row(const DnsCheck& check, QWidget* parent) : QAbstractButton(parent), m_check(check) {
        const theme::Tokens& t = theme::tokens(this);
        setMinimumHeight(t.size.row);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setFocusPolicy(Qt::StrongFocus);
        setAccessibleName(QStringLiteral("%1, %2").arg(text::dnsTopicTitle(check.topic), text::dnsVerdictText(check)));
        setAccessibleDescription(text::dnsSentence(check));
        setToolTip(text::dnsSentence(check));
    }
    const DnsCheck& check() const { return m_check; }
    QSize sizeHint() const override {
        const theme::Tokens& t = theme::tokens(this);
        return {t.size.rail, t.size.row};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        if (underMouse() || isDown())
            painter.fillRect(rect(), isDown() ? t.color.pressed : t.color.hover);
        const auto mirrored = [&](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
        const int name = paint::textWidth(t, theme::TextStyle::BodyStrong, QStringLiteral("MTA-STS")) + t.space.m;
        paint::drawText(
            &painter, t, mirrored(QRect(0, 0, name, height())),
            {.text = text::dnsTopicTitle(m_check.topic), .style = theme::TextStyle::BodyStrong, .color = t.color.text});
        const paint::Chip chip{.text = text::dnsVerdictText(m_check), .tone = toneOf(m_check.verdict)};
        const QSize size = paint::chipSize(t, chip);
        const QRect place(width() - size.width(), (height() - size.height()) / 2, size.width(), size.height());
        paint::drawChip(&painter, t, mirrored(place), chip);
        const QString record = text::dnsRecordLine(m_check);
        paint::drawText(&painter, t, mirrored(QRect(name, 0, place.left() - t.space.s - name, height())),
                        {.text = record, .style = theme::TextStyle::Mono, .color = t.color.muted});
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }

private:
    const DnsCheck m_check;
};

DnsCard::DnsCard(const frame::Context& context, QWidget* parent)
    : Card(parent),
      m_context(context),
      m_domain(new Label(theme::TextStyle::Section)),
      m_when(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_cancel(new Button(Button::Kind::Secondary, tr("Cancel"))),
      m_rows(new QWidget),
      m_advice(new widgets::Banner),
      m_probeMark(new widgets::IconLabel(theme::Icon::Minus, Ink::Muted)),
      m_probeText(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_probeButton(new Button(Button::Kind::Secondary, tr("Send a probe"))) {
    const theme::Tokens& t = theme::tokens(this);
    setAccessibleName(tr("Seen from outside"));
    auto* column = widgets::column(this, t.space.xs, {t.space.l, t.space.m, t.space.l, t.space.m});
    auto* head = new QHBoxLayout;
    head->setSpacing(t.space.s);
    m_domain->setEliding(true, Qt::ElideMiddle);
    head->addWidget(m_domain, 1);
    head->addWidget(m_when);
    m_cancel->setSize(Button::Size::Small);
    m_cancel->setAccessibleName(tr("Cancel looking"));
    head->addWidget(m_cancel);
    column->addLayout(head);
    auto* rows = widgets::column(m_rows, 0);
    Q_UNUSED(rows)
    column->addWidget(m_rows);
    column->addWidget(m_advice);
    auto* probed = new QHBoxLayout;
    probed->setSpacing(t.space.s);
    m_probeText->setWordWrap(true);
    probed->addWidget(m_probeMark, 0, Qt::AlignTop);
    probed->addWidget(m_probeText, 1);
    column->addLayout(probed);
    column->addStretch(1);
    m_probeButton->setSize(Button::Size::Small);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(0, t.space.xs, 0, 0);
    foot->addWidget(m_probeButton);
    foot->addStretch(1);
    column->addLayout(foot);
    connect(m_cancel, &QAbstractButton::clicked, this, [this] {
        for (const ProgressPtr& progress : {m_looking, m_probing}) {
            if (progress)
                progress->cancel();
        }
    });
    connect(m_advice, &widgets::Banner::verbClicked, this, [this] {
        const auto best = std::max_element(m_all.begin(), m_all.end(),
                                           [](const Row* a, const Row* b) { return badness(a->check()) < badness(b->check()); });
        if (best == m_all.end())
            return;
        if ((*best)->check().advice.empty())
            showTopic((*best)->check().topic);
        else
            copy(text::toQt((*best)->check().advice));
    });
    showFound();
}

void DnsCard::setMailbox(const Mailbox& mailbox) {
    if (mailbox.id != m_mailbox.id || mailbox.address != m_mailbox.address) {
        ++m_generation;
        for (ProgressPtr* progress : {&m_looking, &m_probing}) {
            if (*progress)
                (*progress)->cancel();
            progress->reset();
        }
        m_dns.reset();
        m_probe.reset();
    }
    m_mailbox = mailbox;
    showFound();
    Q_EMIT changed();
}

void DnsCard::read() {
    if (!m_mailbox.id)
        return;
    const int generation = m_generation;
    deliver(m_context.workspace.deliverability().last(m_mailbox.id), this,
            [this, generation](Result<DeliverabilityService::Found> found) {
                if (generation != m_generation || !found)
                    return;
                m_dns = std::move(found->dns);
                m_probe = std::move(found->probe);
                showFound();
                Q_EMIT healthChanged(found->health);
            });
}

void DnsCard::lookAgain() {
    if (!m_mailbox.id || m_looking)
        return;
    m_looking = std::make_shared<Progress>();
    const int generation = m_generation;
    showFound();
    Q_EMIT changed();
    deliver(m_context.workspace.deliverability().checkDns(m_mailbox.id, m_looking), this,
            [this, generation](Result<DnsReport> report) {
                if (generation != m_generation)
                    return;
                m_looking.reset();
                if (report)
                    m_dns = std::move(*report);
                else if (report.error().code != ErrorCode::Cancelled)
                    m_context.tell.failed(report.error(), tr("The DNS was not read."));
                showFound();
                read(); // the health that follows
                Q_EMIT changed();
            });
}

void DnsCard::probe() {
    if (!m_mailbox.id || m_probing)
        return;
    m_probing = std::make_shared<Progress>();
    const int generation = m_generation;
    showFound();
    Q_EMIT changed();
    const QString subject = text::probeSubject(text::toQt(m_mailbox.address));
    deliver(m_context.workspace.deliverability().probe(m_mailbox.id, m_mailbox.id,
                                                       {subject.toStdString(), text::probeBody().toStdString()}, m_probing),
            this, [this, generation](Result<ProbeReport> report) {
                if (generation != m_generation)
                    return;
                m_probing.reset();
                if (report)
                    m_probe = std::move(*report);
                else if (report.error().code != ErrorCode::Cancelled)
                    m_context.tell.failed(report.error(), tr("No probe was sent."));
                showFound();
                if (report && m_probe->dkimAligned && m_dns && m_dns->of(DnsTopic::Dkim) != nullptr
                    && m_dns->of(DnsTopic::Dkim)->finding == DnsFinding::NoSelector)
                    lookAgain(); // its signature says where the key is
                else
                    read();
                Q_EMIT changed();
            });
}

QStringList DnsCard::lines() const {
    QStringList lines;
    for (const Row* row : m_all)
        lines.append(QStringLiteral("%1, %2").arg(row->accessibleName(), text::dnsRecordLine(row->check())));
    return lines;
}

void DnsCard::showFound() {
    const std::string& address = m_mailbox.address;
    m_domain->setText(m_mailbox.id ? text::toQt(address.substr(address.rfind('@') + 1)) : tr("Domain"));
    m_cancel->setVisible(m_looking || m_probing);
    m_when->setText(m_probing   ? tr("Probing…")
                    : m_looking ? tr("Looking…")
                    : m_dns     ? tr("DNS read %1").arg(m_context.dates().brief(m_dns->at))
                                : QString());
    const bool hadFocus = std::any_of(m_all.begin(), m_all.end(), [](const Row* row) { return row->hasFocus(); });
    const DnsTopic focused = [&] {
        for (const Row* row : m_all) {
            if (row->hasFocus())
                return row->check().topic;
        }
        return DnsTopic::Spf;
    }();
    for (Row* row : m_all) {
        row->hide();
        row->deleteLater();
    }
    m_all.clear();
    const DnsCheck* worst = nullptr;
    for (const DnsCheck& check : m_dns ? m_dns->checks : std::vector<DnsCheck>()) {
        if (check.topic == DnsTopic::Ptr && check.verdict == DnsVerdict::None)
            continue; // not this person's server
        auto* row = new Row(check, m_rows);
        m_rows->layout()->addWidget(row);
        connect(row, &QAbstractButton::clicked, this, [this, topic = check.topic] { showTopic(topic); });
        m_all.append(row);
        if (worst == nullptr || badness(check) > badness(*worst))
            worst = &check;
        if (hadFocus && check.topic == focused)
            row->setFocus(Qt::OtherFocusReason);
    }
    m_rows->setVisible(!m_all.isEmpty());
    if (worst != nullptr && badness(*worst) > 0)
        m_advice->show(worst->verdict == DnsVerdict::Fail ? widgets::Banner::Tone::Bad : widgets::Banner::Tone::Warn,
                       worst->topic == DnsTopic::Dmarc && worst->finding == DnsFinding::PolicyNone && !worst->advice.empty()
                           ? tr("Safe to set p=quarantine")
                           : QStringLiteral("%1: %2").arg(text::dnsTopicTitle(worst->topic), text::dnsSentence(*worst)),
                       worst->advice.empty() ? tr("What to do") : tr("Copy record"));
    else
        m_advice->hide();

    QString probed;
    if (!m_dns && !m_looking)
        probed = tr("Not looked at yet: what receivers see of this mailbox decides where its mail lands.");
    if (m_probe) {
        QStringList parts{text::probeSentence(*m_probe)};
        for (const AuthResult& one : m_probe->results)
            parts.append(text::authResultText(one) + QLatin1Char('.'));
        if (m_probe->arrivedAt && !m_probe->messageIdKept)
            parts.append(tr("The server puts its own Message-ID; replies are matched by that."));
        probed = tr("Probe: %1").arg(parts.join(QLatin1Char(' ')));
    }
    m_probeText->setText(probed);
    m_probeText->setVisible(!probed.isEmpty());
    const bool good = m_probe && m_probe->arrivedAt
                      && std::none_of(m_probe->results.begin(), m_probe->results.end(), [](const AuthResult& one) {
                             return one.result == "fail" || one.result == "softfail" || one.result == "permerror";
                         });
    m_probeMark->setVisible(m_probe.has_value());
    m_probeMark->setIcon(good ? theme::Icon::CircleCheck : theme::Icon::TriangleAlert, good ? Ink::Ok : Ink::Warn);
}

void DnsCard::copy(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
    m_context.tell.info(tr("Copied. Paste it where your domain's DNS is kept."));
}

void DnsCard::setSelector(const QString& selector) {
    Mailbox changed = m_mailbox;
    changed.dkimSelector = selector.trimmed().toStdString();
    deliver(m_context.workspace.mailboxes().update(changed, nullptr), this, [this, changed](Result<> saved) {
        if (!saved) {
            m_context.tell.failed(saved.error(), tr("The selector was not saved."));
            return;
        }
        if (m_mailbox.id == changed.id)
            m_mailbox.dkimSelector = changed.dkimSelector;
        lookAgain();
    });
}

void DnsCard::showTopic(DnsTopic topic) {
    const DnsCheck* check = m_dns ? m_dns->of(topic) : nullptr;
    if (check == nullptr || m_sheet)
        return;
    const theme::Tokens& t = theme::tokens(this);
    auto* sheet =
        new widgets::Sheet(this, tr("%1 of %2").arg(text::dnsTopicTitle(topic), text::isolated(text::toQt(m_dns->domain))));
    m_sheet = sheet;
    const auto add = [sheet](theme::TextStyle style, Ink ink, const QString& words) {
        auto* label = new Label(style, ink, words);
        label->setWordWrap(true);
        sheet->body()->addWidget(label);
    };
    const auto box = [sheet, &t](const QString& record, const QString& name) {
        auto* area = new widgets::TextArea({}, name);
        area->setReadOnly(true);
        area->setFont(t.font(theme::TextStyle::Mono));
        area->setWordWrapMode(QTextOption::WrapAnywhere); // long keys have no place to break at
        area->setVisibleLines(record.size() > 120 ? 4 : 2);
        area->setPlainText(record);
        sheet->body()->addWidget(area);
    };
    add(theme::TextStyle::Body, Ink::Muted, text::dnsTopicMeaning(topic));
    add(theme::TextStyle::Body, Ink::Text, text::dnsSentence(*check));
    if (!check->record.empty() && check->verdict != DnsVerdict::Unknown) {
        add(theme::TextStyle::MetaStrong, Ink::Muted, tr("There now, at %1").arg(text::isolated(text::toQt(check->name))));
        box(text::toQt(check->record), tr("Record"));
    }
    const QString advice = text::toQt(check->advice);
    if (!advice.isEmpty()) {
        add(theme::TextStyle::MetaStrong, Ink::Muted, text::dnsAdviceTitle(*check));
        box(advice, tr("Record to put there"));
    }
    if (topic == DnsTopic::Dkim) {
        auto* selector = new QLineEdit(text::toQt(m_mailbox.dkimSelector));
        selector->setAccessibleName(tr("DKIM selector"));
        selector->setPlaceholderText(tr("Found by itself"));
        sheet->body()->addWidget(new widgets::Field(tr("Selector, as your provider names it"), selector));
        sheet->body()->addSpacing(t.space.s);
        auto* look = sheet->addButton(Button::Kind::Secondary, tr("Look there"));
        connect(look, &QAbstractButton::clicked, this, [this, sheet, selector] {
            const QString text = selector->text();
            sheet->finish();
            setSelector(text);
        });
    }
    auto* close = sheet->addCancel(tr("Close"));
    QWidget* focus = close;
    if (!advice.isEmpty()) {
        auto* take = sheet->addButton(Button::Kind::Primary, tr("Copy record"));
        connect(take, &QAbstractButton::clicked, this, [this, sheet, advice] {
            sheet->finish();
            copy(advice);
        });
        focus = take;
    }
    sheet->open(focus);
}

} // namespace outrider::settings
