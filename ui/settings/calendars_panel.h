// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/meeting.h"
#include "core/services/meeting_service.h"
#include "ui/settings/panel.h"

#include <vector>

class QVBoxLayout;

namespace outrider::widgets {
class Button;
class Sheet;
} // namespace outrider::widgets

namespace outrider::settings {

// The calendars meetings are read from: connected, looked through before anything is kept, and taken away.
class CalendarsPanel : public Panel {
    Q_OBJECT

public:
    explicit CalendarsPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;
    bool concerns(const ChangeSet& changes) const override { return changes.touches(EntityKind::Meeting); }
    void takeFocus() override;

    // Shows what an .ics file would mean.
    void openFile(const QString& path);
    void connectCaldav();
    void lookThrough(const CalendarSource& source);

private:
    void show(const std::vector<CalendarSource>& sources);
    QWidget* rowOf(const CalendarSource& source);
    void connectGoogle();
    void chooseFile();
    void readNow();
    void add(widgets::Sheet* sheet, CalendarSource source, std::shared_ptr<SecureBytes> password);
    void previewed(QFuture<Result<CalendarIngestPtr>> ingest, ProgressPtr progress);
    void showPreview(const CalendarIngestPtr& ingest);
    void setBusy(const QString& what); // empty: not any more

    QVBoxLayout* m_list;
    QWidget* m_rows = nullptr;
    widgets::Label* m_said;
    widgets::Button* m_caldav;
    widgets::Button* m_google;
    widgets::Button* m_file;
    widgets::Button* m_readNow;
};

} // namespace outrider::settings
