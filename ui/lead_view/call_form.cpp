// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/call_form.h"

#include "core/base/deliver.h"
#include "ui/lead_view/flow_layout.h"
#include "ui/lead_view/growing_text.h"
#include "ui/lead_view/lead_words.h"
#include "ui/paint/text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>

#include <array>

namespace outrider::lead_view {

using text::isolated;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int mostLines = 6;
constexpr int longestCall = 12 * 3600;
constexpr std::array endings{Disposition::NoAnswer, Disposition::Voicemail, Disposition::Talked,
                             Disposition::Meeting,  Disposition::NotNow,    Disposition::Never};

QString clockText(int seconds) { return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0')); }

} // namespace

std::optional<int> parseDuration(const QString& text) {
    static const QRegularExpression clock(QStringLiteral("^(\\d{1,3}):([0-5]\\d)$"));
    static const QRegularExpression words(QStringLiteral(
        "^(?:(\\d{1,2})\\s*h(?:ours?)?)?\\s*(?:(\\d{1,3})\\s*m(?:in(?:utes?)?)?)?\\s*(?:(\\d{1,4})\\s*s(?:ec(?:onds?)?)?)?$"));
    static const QRegularExpression bare(QStringLiteral("^\\d{1,3}$"));
    const QString trimmed = text.trimmed().toLower();
    int seconds = 0;
    if (const auto match = clock.match(trimmed); match.hasMatch())
        seconds = match.captured(1).toInt() * 60 + match.captured(2).toInt();
    else if (bare.match(trimmed).hasMatch())
        seconds = trimmed.toInt() * 60;
    else if (const auto spoken = words.match(trimmed); spoken.hasMatch() && !trimmed.isEmpty())
        seconds = spoken.captured(1).toInt() * 3600 + spoken.captured(2).toInt() * 60 + spoken.captured(3).toInt();
    else
        return std::nullopt;
    return seconds <= longestCall ? std::optional(seconds) : std::nullopt;
}

// One way a call can end: a toggle with its key.
class CallForm::Choice : public QAbstractButton {
public:
    Choice(Disposition ends, const QString& key, QWidget* parent) : QAbstractButton(parent), disposition(ends), m_key(key) {
        setText(text::dispositionName(ends));
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAccessibleName(text());
        setAccessibleDescription(key);
    }

    QSize sizeHint() const override {
        const theme::Tokens& tokens = theme::tokens(this);
        return {2 * tokens.space.s + paint::textWidth(tokens, theme::TextStyle::BodyStrong, text()) + tokens.space.iconGap
                    + paint::keyCapsSize(tokens, m_key).width(),
                tokens.size.control};
    }

    const Disposition disposition;

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        const bool on = isChecked();
        const QColor fill = on ? tokens.color.accentSoft : underMouse() ? tokens.color.raised : tokens.color.surface;
        paint::drawCard(&painter, rect(), tokens.size.radius, fill, on ? tokens.color.accent : tokens.color.line);
        const QSize caps = paint::keyCapsSize(tokens, m_key);
        const auto placed = [this](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
        paint::drawText(
            &painter, tokens,
            placed(QRect(tokens.space.s, 0, width() - 2 * tokens.space.s - caps.width() - tokens.space.iconGap, height())),
            {.text = text(), .style = theme::TextStyle::BodyStrong, .color = on ? tokens.color.accent : tokens.color.text});
        paint::drawKeyCaps(&painter, tokens,
                           placed(QRect(QPoint(width() - tokens.space.s - caps.width(), (height() - caps.height()) / 2), caps)),
                           m_key);
    }

private:
    const QString m_key;
};

CallForm::CallForm(const frame::Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_second(new QTimer(this)),
      m_duration(new QLineEdit(this)),
      m_clock(new Button(Button::Kind::Ghost, tr("Start"), this)),
      m_error(new Label(theme::TextStyle::Meta, Ink::Danger, {}, this)),
      m_note(new GrowingText(theme::TextStyle::Body, 1, mostLines, this)),
      m_save(new Button(Button::Kind::Secondary, tr("Log call"), this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* column =
        widgets::column(this, tokens.space.s, QMargins(tokens.space.m, tokens.space.s, tokens.space.m, tokens.space.s));

    auto* ends = new QWidget(this);
    auto* flow = new FlowLayout(ends, tokens.space.s);
    for (std::size_t i = 0; i < endings.size(); ++i) {
        const QString key = QString::number(i + 1);
        auto* choice = new Choice(endings[i], key, ends);
        m_choices.append(choice);
        flow->addWidget(choice);
        connect(choice, &QAbstractButton::clicked, this, [this, choice] { choose(choice->disposition); });
        // Alt as well, for while the note has the focus.
        context.commands.add(this,
                             {.id = QStringLiteral("call.%1").arg(text::toQt(name(endings[i]))),
                              .text = tr("Call: %1").arg(choice->text()),
                              .group = tr("Call"),
                              .icon = theme::Icon::Phone,
                              .keys = {QKeySequence(key), QKeySequence(QStringLiteral("Alt+") + key)}},
                             [this, choice] { choose(choice->disposition); });
    }
    column->addWidget(ends);

    auto* first = new QHBoxLayout;
    first->setSpacing(tokens.space.s);
    m_duration->setAccessibleName(tr("Duration"));
    m_duration->setPlaceholderText(tr("4:10"));
    m_duration->setAlignment(Qt::AlignRight);
    m_duration->setFixedWidth(tokens.size.paletteWidth / 8);
    m_clock->setGlyph(theme::Icon::Timer);
    first->addWidget(new Label(theme::TextStyle::Body, Ink::Muted, tr("Duration"), this));
    first->addWidget(m_duration);
    first->addWidget(m_clock);
    first->addWidget(m_error, 1);
    column->addLayout(first);

    auto* last = new QHBoxLayout;
    last->setSpacing(tokens.space.s);
    m_note->setAccessibleName(tr("What was said"));
    m_note->setPlaceholderText(tr("What was said"));
    m_save->setKeyHint(QStringLiteral("Ctrl+Enter"));
    last->addWidget(m_note, 1, Qt::AlignVCenter);
    last->addWidget(m_save, 0, Qt::AlignBottom);
    column->addLayout(last);

    constexpr int everySecond = 1000;
    m_second->setInterval(everySecond);
    connect(m_second, &QTimer::timeout, this, &CallForm::tick);
    connect(m_clock, &Button::clicked, this, &CallForm::toggleClock);
    connect(m_duration, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_draft.duration = text;
        check();
        Q_EMIT edited();
    });
    connect(m_duration, &QLineEdit::returnPressed, this, &CallForm::save);
    connect(m_note, &GrowingText::textChanged, this, [this] {
        if (m_filling)
            return;
        m_draft.note = m_note->toPlainText();
        Q_EMIT edited();
    });
    connect(m_note, &GrowingText::submitted, this, &CallForm::save);
    connect(m_note, &GrowingText::escaped, this, &CallForm::closed);
    connect(m_save, &Button::clicked, this, &CallForm::save);
    show({});
}

void CallForm::start(LeadId lead, const QString& leadName, Draft draft) {
    m_lead = lead;
    m_leadName = leadName;
    m_saving = false;
    show(draft);
}

CallForm::Draft CallForm::draft() const { return m_draft; }

void CallForm::begin() {
    if (m_draft.disposition == Disposition::None)
        m_choices.front()->setFocus(Qt::ShortcutFocusReason);
    else
        m_note->setFocus(Qt::ShortcutFocusReason);
}

void CallForm::setTask(TaskId task) { m_draft.task = task; }

void CallForm::startCall(TaskId task) {
    m_draft.task = task;
    if (!m_draft.began)
        m_draft.began = m_context.workspace.clock().now();
    show(m_draft);
    Q_EMIT edited();
}

void CallForm::show(const Draft& draft) {
    m_filling = true;
    m_draft = draft;
    m_duration->setText(draft.duration);
    if (m_note->toPlainText() != draft.note)
        m_note->setPlainText(draft.note);
    for (Choice* choice : m_choices)
        choice->setChecked(choice->disposition == draft.disposition);
    m_clock->setText(draft.began ? tr("Stop") : tr("Start"));
    m_clock->setGlyph(draft.began ? theme::Icon::Stop : theme::Icon::Timer);
    m_duration->setReadOnly(draft.began.has_value());
    if (draft.began) {
        m_second->start();
        tick();
    } else {
        m_second->stop();
    }
    m_filling = false;
    check();
}

void CallForm::choose(Disposition disposition) {
    m_draft.disposition = m_draft.disposition == disposition ? Disposition::None : disposition;
    for (Choice* choice : m_choices)
        choice->setChecked(choice->disposition == m_draft.disposition);
    check();
    Q_EMIT edited();
}

void CallForm::toggleClock() {
    if (m_draft.began) {
        tick();
        m_draft.began.reset();
    } else {
        m_draft.began = m_context.workspace.clock().now();
    }
    show(m_draft);
    Q_EMIT edited();
}

void CallForm::tick() {
    if (!m_draft.began)
        return;
    const auto passed = std::chrono::duration_cast<std::chrono::seconds>(m_context.workspace.clock().now() - *m_draft.began);
    m_draft.duration = clockText(int(std::clamp<std::int64_t>(passed.count(), 0, longestCall)));
    m_duration->setText(m_draft.duration);
}

void CallForm::check() {
    const bool readable = m_draft.duration.trimmed().isEmpty() || parseDuration(m_draft.duration);
    m_error->setText(readable ? QString() : tr("A duration such as 4:10 or 4 min"));
    m_save->setEnabled(readable && m_draft.disposition != Disposition::None && !m_saving);
    m_save->setToolTip(m_draft.disposition == Disposition::None ? tr("Choose how the call ended first") : QString());
}

void CallForm::save() {
    if (!m_save->isEnabled())
        return;
    if (m_draft.began)
        toggleClock();
    m_saving = true;
    check();
    const LeadId lead = m_lead;
    const QString name = m_leadName;
    const auto seconds = parseDuration(m_draft.duration);
    const std::string note = m_draft.note.trimmed().toStdString();
    const auto finished = [this, lead](const Error* error) {
        if (m_lead == lead) {
            m_saving = false;
            if (error == nullptr)
                show({});
            check();
        }
        if (error != nullptr)
            m_context.tell.failed(*error, tr("The call was not logged; it is still here"));
        else
            Q_EMIT logged(lead);
    };
    if (m_draft.task) {
        TaskCompletion completion{.disposition = m_draft.disposition, .note = note, .durationSeconds = seconds};
        deliver(m_context.workspace.queue().complete(m_draft.task, std::move(completion)), this,
                [this, name, finished](Result<TaskOutcome> outcome) {
                    finished(outcome ? nullptr : &outcome.error());
                    if (outcome)
                        m_context.tell.done(outcomeSentence(name, *outcome, m_context.dates()), true, theme::Icon::Phone);
                });
        return;
    }
    const QString sentence = tr("Call with %1 logged").arg(isolated(name));
    deliver(m_context.workspace.leads().logCall(lead, m_draft.disposition, seconds, note), this,
            [this, sentence, finished](Result<ActivityId> call) {
                finished(call ? nullptr : &call.error());
                if (call)
                    m_context.tell.done(sentence, true, theme::Icon::Phone);
            });
}

} // namespace outrider::lead_view
