// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/calendars_panel.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/meeting_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/secret_field.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QLineEdit>
#include <QPointer>

#include <algorithm>

namespace outrider::settings {

using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr std::size_t mostPreviewed = 12; // in the sheet; the sentence counts all

QString problemText(const std::string& problem) {
    for (int i = 0; i < errorCodeCount(); ++i) {
        const Error error(static_cast<ErrorCode>(i));
        if (name(error.code) == problem)
            return QStringLiteral("%1 %2").arg(text::sentence(error), text::hint(error)).trimmed();
    }
    return text::toQt(problem);
}

void addField(widgets::Sheet* sheet, const QString& title, QWidget* field) {
    auto* label = new Label(theme::TextStyle::MetaStrong, Ink::Muted, title);
    label->setBuddy(field);
    sheet->body()->addWidget(label);
    sheet->body()->addWidget(field);
}

} // namespace

CalendarsPanel::CalendarsPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Calendars"), theme::Icon::Calendar, tr("calendar meeting caldav google ics ical invitation free slots"),
            parent),
      m_list(nullptr),
      m_said(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_caldav(new Button(Button::Kind::Secondary, tr("Connect CalDAV…"))),
      m_google(new Button(Button::Kind::Secondary, tr("Connect Google…"))),
      m_file(new Button(Button::Kind::Secondary, tr("Import a file…"))),
      m_readNow(new Button(Button::Kind::Ghost, tr("Read now"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column =
        page(tr("Meetings with your leads are shown in the calendar and on their timeline, and end the strategies that "
                "stop at a meeting. Of every other meeting only the time is kept. Calendars are only read, never "
                "written to."));
    m_list = new QVBoxLayout;
    m_list->setSpacing(0);
    column->addLayout(m_list);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(t.space.s);
    m_readNow->setAccessibleName(tr("Read calendars now"));
    for (Button* button : {m_caldav, m_google, m_file, m_readNow})
        buttons->addWidget(button);
    buttons->addStretch(1);
    column->addLayout(buttons);
    m_said->setWordWrap(true);
    column->addWidget(m_said);
    column->addWidget(explanation(tr("Invitations in your mailboxes are read by themselves when a lead sends them.")));
    column->addStretch(1);
    connect(m_caldav, &QAbstractButton::clicked, this, &CalendarsPanel::connectCaldav);
    connect(m_google, &QAbstractButton::clicked, this, &CalendarsPanel::connectGoogle);
    connect(m_file, &QAbstractButton::clicked, this, &CalendarsPanel::chooseFile);
    connect(m_readNow, &QAbstractButton::clicked, this, &CalendarsPanel::readNow);
}

void CalendarsPanel::takeFocus() { m_caldav->setFocus(Qt::ShortcutFocusReason); }

void CalendarsPanel::read() {
    deliver(context().workspace.meetings().sources(), this, [this](Result<std::vector<CalendarSource>> sources) {
        if (sources)
            show(*sources);
        else
            m_said->setText(text::sentence(sources.error()));
    });
}

void CalendarsPanel::setBusy(const QString& what) {
    for (Button* button : {m_caldav, m_google, m_file, m_readNow})
        button->setEnabled(what.isEmpty());
    m_said->setText(what);
}

void CalendarsPanel::show(const std::vector<CalendarSource>& sources) {
    delete m_rows;
    m_rows = new QWidget;
    auto* rows = widgets::column(m_rows, 0);
    for (const CalendarSource& source : sources) {
        rows->addWidget(rowOf(source));
        rows->addWidget(new widgets::Line);
    }
    if (sources.empty())
        rows->addWidget(new Label(theme::TextStyle::BodyStrong, Ink::Text, tr("No calendar is connected yet.")));
    m_list->addWidget(m_rows);
    m_readNow->setVisible(std::ranges::any_of(
        sources, [](const CalendarSource& source) { return source.isRead() && source.approvedAt.has_value(); }));
}

QWidget* CalendarsPanel::rowOf(const CalendarSource& source) {
    const theme::Tokens& t = theme::tokens(this);
    auto* line = new QWidget;
    auto* row = widgets::row(line, t.space.s, QMargins(0, t.space.s, 0, t.space.s));
    auto* words = new QWidget;
    auto* column = widgets::column(words, 0);
    const QString title = text::calendarTitle(source);
    auto* name = new Label(theme::TextStyle::BodyStrong, Ink::Text, title);
    name->setEliding(true);
    column->addWidget(name);
    const text::Dates dates = context().dates();
    const bool waits = source.isRead() && !source.approvedAt;
    QString state = text::calendarKindName(source.kind);
    if (!source.problem.empty())
        state = tr("%1. It could not be read: %2").arg(state, problemText(source.problem));
    else if (waits)
        state = tr("%1. Nothing of it is kept before you have looked through it.").arg(state);
    else if (source.readAt)
        state = tr("%1. %2 to come, read %3")
                    .arg(state, text::counted(source.meetings, tr("meeting"), tr("meetings")), dates.moment(*source.readAt));
    else
        state = tr("%1. %2 to come").arg(state, text::counted(source.meetings, tr("meeting"), tr("meetings")));
    auto* detail = new Label(theme::TextStyle::Meta, source.problem.empty() ? Ink::Muted : Ink::Danger, state);
    detail->setWordWrap(true);
    column->addWidget(detail);
    row->addWidget(words, 1);
    if (waits) {
        auto* look = new Button(Button::Kind::Secondary, tr("Look through…"));
        look->setAccessibleName(tr("Look through %1").arg(title));
        connect(look, &QAbstractButton::clicked, this, [this, source] { lookThrough(source); });
        row->addWidget(look);
    }
    auto* remove = new Button(Button::Kind::Ghost, tr("Remove"));
    remove->setAccessibleName(tr("Remove %1").arg(title));
    connect(remove, &QAbstractButton::clicked, this, [this, source] {
        deliver(context().workspace.meetings().remove(source.id), this, [this, source](Result<> removed) {
            told(removed, tr("Removed %1 and its meetings").arg(text::calendarTitle(source)));
            read();
        });
    });
    row->addWidget(remove);
    return line;
}

void CalendarsPanel::connectCaldav() {
    auto* sheet = new widgets::Sheet(this, tr("Connect a CalDAV calendar"));
    auto* url = new QLineEdit;
    url->setPlaceholderText(tr("https://cloud.example.com"));
    url->setAccessibleName(tr("Server"));
    auto* user = new QLineEdit;
    user->setAccessibleName(tr("User name"));
    auto* password = new widgets::SecretField(tr("Password"));
    addField(sheet, tr("Server, account or calendar address"), url);
    addField(sheet, tr("User name"), user);
    addField(sheet, tr("Password; often one made for this program alone"), password);
    sheet->addCancel(tr("Cancel"));
    auto* go = sheet->addButton(Button::Kind::Primary, tr("Connect"));
    connect(go, &QAbstractButton::clicked, this, [this, sheet, url, user, password] {
        CalendarSource source{.kind = CalendarKind::CalDav};
        source.url = url->text().trimmed().toStdString();
        if (!source.url.empty() && source.url.find("://") == std::string::npos)
            source.url = "https://" + source.url;
        source.userName = user->text().trimmed().toStdString();
        add(sheet, std::move(source), password->copy());
    });
    sheet->open(url);
}

void CalendarsPanel::connectGoogle() {
    deliver(context().workspace.mailboxes().list(), this, [this](Result<std::vector<Mailbox>> mailboxes) {
        std::vector<Mailbox> google;
        for (const Mailbox& mailbox : mailboxes.value_or(std::vector<Mailbox>())) {
            if (providerOf(mailbox.account) == Provider::Google)
                google.push_back(mailbox);
        }
        auto* sheet = new widgets::Sheet(this, tr("Connect a Google calendar"));
        if (google.empty()) {
            auto* none =
                new Label(theme::TextStyle::Body, Ink::Text,
                          tr("A Google calendar is read with the sign-in of a mailbox. Connect a Google mailbox first."));
            none->setWordWrap(true);
            sheet->body()->addWidget(none);
            sheet->addCancel(tr("Close"));
            sheet->open();
            return;
        }
        auto* which = new widgets::Combo(tr("Mailbox"));
        for (const Mailbox& mailbox : google)
            which->addChoice(text::toQt(mailbox.address), qlonglong(mailbox.id.value));
        addField(sheet, tr("Whose calendar"), which);
        auto* hint = new Label(theme::TextStyle::Meta, Ink::Muted,
                               tr("If Google has not been asked for calendars yet, sign in to the mailbox again afterwards."));
        hint->setWordWrap(true);
        sheet->body()->addWidget(hint);
        sheet->addCancel(tr("Cancel"));
        auto* go = sheet->addButton(Button::Kind::Primary, tr("Connect"));
        connect(go, &QAbstractButton::clicked, this, [this, sheet, which, google] {
            CalendarSource source{.kind = CalendarKind::Google};
            source.mailbox = google[std::size_t(std::max(0, which->currentIndex()))].id;
            add(sheet, std::move(source), nullptr);
        });
        sheet->open(which);
    });
}

void CalendarsPanel::add(widgets::Sheet* sheet, CalendarSource source, std::shared_ptr<SecureBytes> password) {
    deliver(context().workspace.meetings().add(source, std::move(password)), sheet,
            [this, sheet, source](Result<CalendarSourceId> added) mutable {
                if (!added) {
                    sheet->setError(text::sentence(added.error()));
                    return;
                }
                sheet->finish();
                source.id = *added;
                read();
                lookThrough(source);
            });
}

void CalendarsPanel::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Import a calendar"), {}, tr("Calendars (*.ics *.ical *.ifb)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &CalendarsPanel::openFile);
    dialog->open();
}

void CalendarsPanel::openFile(const QString& path) {
    const auto progress = std::make_shared<Progress>();
    previewed(context().workspace.meetings().previewFile(path.toStdString(), progress), progress);
}

void CalendarsPanel::lookThrough(const CalendarSource& source) {
    const auto progress = std::make_shared<Progress>();
    previewed(context().workspace.meetings().preview(source.id, progress), progress);
}

void CalendarsPanel::previewed(QFuture<Result<CalendarIngestPtr>> ingest, ProgressPtr progress) {
    setBusy(tr("Reading the calendar…"));
    const int job = context().tell.startJob(tr("Reading a calendar"), std::move(progress));
    deliver(std::move(ingest), this, [this, job](Result<CalendarIngestPtr> read) {
        context().tell.endJob(job);
        setBusy({});
        if (read)
            showPreview(*read);
        else if (read.error().code != ErrorCode::Cancelled)
            m_said->setText(text::sentence(read.error()));
        this->read();
    });
}

void CalendarsPanel::showPreview(const CalendarIngestPtr& ingest) {
    const theme::Tokens& t = theme::tokens(this);
    const CalendarPreview& preview = ingest->preview;
    auto* sheet = new widgets::Sheet(this, tr("What %1 would bring").arg(text::calendarTitle(preview.source)));
    sheet->setWide(true);
    auto* all = new Label(theme::TextStyle::BodyStrong, Ink::Text, text::previewSentence(preview));
    all->setWordWrap(true);
    sheet->body()->addWidget(all);
    const text::Dates dates = context().dates();
    std::size_t shown = 0;
    for (const CalendarPreview::Line& line : preview.lines) {
        if (line.change == CalendarPreview::Change::Same || shown == mostPreviewed)
            continue;
        ++shown;
        auto* row = new QWidget;
        auto* parts = widgets::row(row, t.space.m);
        parts->addWidget(new Label(theme::TextStyle::Body, Ink::Muted, text::meetingWhen(dates, line.meeting)));
        auto* title = new Label(theme::TextStyle::Body, Ink::Text, text::meetingTitle(line.meeting));
        title->setEliding(true);
        parts->addWidget(title, 1);
        parts->addWidget(new Label(theme::TextStyle::Body, Ink::Text, text::meetingPeople(line.meeting)));
        sheet->body()->addWidget(row);
    }
    for (std::size_t i = 0; i < std::min(mostPreviewed, preview.stops.size()); ++i)
        sheet->body()->addWidget(new Label(theme::TextStyle::Body, Ink::Warn, text::stopSentence(preview.stops[i])));
    if (preview.source.isRead())
        sheet->body()->addWidget(explanation(tr("From then on the calendar is read by itself. Undo takes all of it back.")));
    sheet->addCancel(tr("Not now"));
    auto* keep = sheet->addButton(Button::Kind::Primary, tr("Keep these meetings"));
    connect(keep, &QAbstractButton::clicked, this, [this, sheet, keep, ingest] {
        keep->setEnabled(false);
        deliver(context().workspace.meetings().approve(ingest), this,
                [this, sheet = QPointer(sheet), keep = QPointer(keep)](Result<CalendarReport> kept) {
                    if (!kept) {
                        if (sheet)
                            sheet->setError(text::sentence(kept.error()));
                        if (keep)
                            keep->setEnabled(true);
                        return;
                    }
                    if (sheet)
                        sheet->finish();
                    context().tell.done(text::reportSentence(*kept), true, theme::Icon::CalendarCheck);
                    read();
                });
    });
    sheet->open(keep);
}

void CalendarsPanel::readNow() {
    setBusy(tr("Reading the calendars…"));
    deliver(context().workspace.meetings().readAll(), this, [this](Result<CalendarReport> report) {
        setBusy({});
        m_said->setText(!report                  ? text::sentence(report.error())
                        : report->errors.empty() ? text::reportSentence(*report)
                                                 : text::sentence(report->errors.front()));
        read();
    });
}

} // namespace outrider::settings
