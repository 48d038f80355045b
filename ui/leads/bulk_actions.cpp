// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/bulk_actions.h"

#include "core/base/deliver.h"
#include "ui/lead_view/enrol_warnings.h"
#include "ui/leads/enrol_sheet.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/sheet.h"

#include <QLineEdit>

namespace outrider::leads {

using widgets::Popup;

namespace {

constexpr qint64 manyLeads = 500; // more than these take long enough to be watched

QString digitKey(int index) { return index < 9 ? QString::number(index + 1) : QString(); }

} // namespace

BulkActions::BulkActions(const frame::Context& context, QWidget* page, TargetOf target)
    : QObject(page),
      m_context(context),
      m_page(page),
      m_target(std::move(target)) {}

QString BulkActions::who(const Target& target, qint64 count) const {
    if (count == 1 && !target.name.isEmpty())
        return text::isolated(target.name);
    return text::counted(count, tr("lead"), tr("leads"));
}

ProgressPtr BulkActions::begin(const QString& title, const Target& target, int& job) {
    auto progress = std::make_shared<Progress>();
    job = target.count > manyLeads ? m_context.tell.startJob(title, progress) : -1;
    return progress;
}

void BulkActions::run(const QString& title, const Target& target, const std::function<Counted(ProgressPtr)>& start,
                      const QString& said, bool gone) {
    int job = -1;
    const ProgressPtr progress = begin(title, target, job);
    deliver(start(progress), this, [this, title, target, said, gone, job, progress](Result<std::int64_t> changed) {
        if (job >= 0)
            m_context.tell.endJob(job);
        if (!changed && changed.error().code == ErrorCode::Cancelled) {
            m_context.tell.done(tr("Stopped. %1 were changed.").arg(text::counted(progress->done(), tr("lead"), tr("leads"))),
                                progress->done() > 0);
        } else if (!changed) {
            m_context.tell.failed(changed.error(), tr("Not done: %1").arg(title));
            return;
        } else if (*changed == 0) {
            m_context.tell.info(tr("That was so already."));
        } else {
            m_context.tell.done(said.arg(who(target, *changed)));
        }
        Q_EMIT done(gone);
    });
}

void BulkActions::stage(QWidget* anchor) {
    const auto target = m_target();
    if (!target)
        return;
    deliver(m_context.workspace.leads().statuses(), anchor, [this, target, anchor](Result<std::vector<Status>> statuses) {
        if (!statuses) {
            m_context.tell.failed(statuses.error());
            return;
        }
        QList<Popup::Entry> entries{{.text = tr("Move to"), .heading = true}};
        for (const Status& status : *statuses) {
            const QString name = text::statusName(status);
            entries.append({.text = name,
                            .hint = status.isTerminal() ? tr("ends strategies") : QString(),
                            .icon = theme::Icon::CircleDot,
                            .key = digitKey(int(entries.size()) - 1),
                            .run = [this, target, name, id = status.id] {
                                run(
                                    tr("Moving to %1").arg(text::isolated(name)), *target,
                                    [this, target, id](const ProgressPtr& progress) {
                                        return m_context.workspace.leads().setStatus(target->leads, id, progress);
                                    },
                                    tr("%1 moved to %2.").arg(QStringLiteral("%1"), text::isolated(name)));
                            }});
        }
        Popup::open(anchor, tr("Stage"), entries);
    });
}

void BulkActions::owner(QWidget* anchor) {
    const auto target = m_target();
    if (!target)
        return;
    deliver(m_context.workspace.leads().owners(), anchor, [this, target, anchor](Result<std::vector<Member>> owners) {
        if (!owners) {
            m_context.tell.failed(owners.error());
            return;
        }
        QList<Popup::Entry> entries{{.text = tr("Give to"), .heading = true}};
        const auto add = [&](const QString& name, const QString& said, MemberId id) {
            entries.append({.text = name,
                            .icon = theme::Icon::User,
                            .key = digitKey(int(entries.size()) - 1),
                            .run = [this, target, said, id] {
                                run(
                                    tr("Changing the owner"), *target,
                                    [this, target, id](const ProgressPtr& progress) {
                                        return m_context.workspace.leads().setOwner(target->leads, id, progress);
                                    },
                                    said);
                            }});
        };
        for (const Member& member : *owners) {
            const QString name = text::toQt(member.name.empty() ? member.email : member.name);
            add(name, tr("%1 given to %2.").arg(QStringLiteral("%1"), text::isolated(name)), member.id);
        }
        add(tr("Nobody"), tr("%1 have no owner now."), MemberId{});
        Popup::open(anchor, tr("Owner"), entries);
    });
}

void BulkActions::tag(QWidget* anchor) {
    const auto target = m_target();
    if (!target)
        return;
    deliver(m_context.workspace.leads().tags(), anchor, [this, target, anchor](Result<std::vector<std::string>> tags) {
        if (!tags) {
            m_context.tell.failed(tags.error());
            return;
        }
        if (tags->empty()) {
            newTag(*target);
            return;
        }
        QList<Popup::Entry> entries{{.text = tr("Add tag"), .heading = true}};
        for (const std::string& tag : *tags) {
            entries.append({.text = text::toQt(tag),
                            .icon = theme::Icon::Tag,
                            .key = digitKey(int(entries.size()) - 1),
                            .run = [this, target, tag] {
                                run(
                                    tr("Adding a tag"), *target,
                                    [this, target, tag](const ProgressPtr& progress) {
                                        return m_context.workspace.leads().addTag(target->leads, tag, progress);
                                    },
                                    tr("%1 tagged %2.").arg(QStringLiteral("%1"), text::isolated(text::toQt(tag))));
                            }});
        }
        entries.append({.text = tr("New tag…"), .icon = theme::Icon::Plus, .key = QStringLiteral("N"), .run = [this, target] {
                            newTag(*target);
                        }});
        Popup::open(anchor, tr("Tag"), entries);
    });
}

void BulkActions::newTag(const Target& target) {
    auto* sheet = new widgets::Sheet(m_page, tr("Tag %1").arg(who(target, target.count)));
    auto* name = new QLineEdit;
    name->setAccessibleName(tr("Tag"));
    sheet->body()->addWidget(new widgets::Field(tr("Tag"), name));
    sheet->addCancel(tr("Cancel"));
    auto* add = sheet->addButton(widgets::Button::Kind::Primary, tr("Add tag"));
    connect(add, &QAbstractButton::clicked, sheet, [this, sheet, name, target] {
        const QString tag = name->text().simplified();
        if (tag.isEmpty()) {
            sheet->setError(tr("A tag needs a name."));
            return;
        }
        sheet->finish();
        run(
            tr("Adding a tag"), target,
            [this, target, tag](const ProgressPtr& progress) {
                return m_context.workspace.leads().addTag(target.leads, tag.toStdString(), progress);
            },
            tr("%1 tagged %2.").arg(QStringLiteral("%1"), text::isolated(tag)));
    });
    sheet->open(name);
}

void BulkActions::untag(QWidget* anchor) {
    const auto target = m_target();
    if (!target)
        return;
    deliver(m_context.workspace.leads().tags(), anchor, [this, target, anchor](Result<std::vector<std::string>> tags) {
        if (!tags || tags->empty()) {
            m_context.tell.info(tr("There is no tag yet."));
            return;
        }
        QList<Popup::Entry> entries{{.text = tr("Take off tag"), .heading = true}};
        for (const std::string& tag : *tags) {
            entries.append({.text = text::toQt(tag),
                            .icon = theme::Icon::Tag,
                            .key = digitKey(int(entries.size()) - 1),
                            .run = [this, target, tag] {
                                run(
                                    tr("Taking off a tag"), *target,
                                    [this, target, tag](const ProgressPtr& progress) {
                                        return m_context.workspace.leads().removeTag(target->leads, tag, progress);
                                    },
                                    tr("Tag %2 taken off %1.").arg(QStringLiteral("%1"), text::isolated(text::toQt(tag))));
                            }});
        }
        Popup::open(anchor, tr("Take off tag"), entries);
    });
}

void BulkActions::snooze(QWidget* anchor) {
    const auto target = m_target();
    if (!target)
        return;
    using Snooze = QueueService::Snooze;
    const std::pair<Snooze, QString> moments[] = {{Snooze::Hour, tr("1 hour")},
                                                  {Snooze::Afternoon, tr("This afternoon")},
                                                  {Snooze::Tomorrow, tr("Tomorrow")},
                                                  {Snooze::Monday, tr("Monday")}};
    QList<Popup::Entry> entries{{.text = tr("Snooze the next step until"), .heading = true}};
    const text::Dates dates = m_context.dates();
    for (const auto& [snooze, name] : moments) {
        const Instant until = m_context.workspace.queue().snoozeUntil(snooze);
        entries.append({.text = name,
                        .hint = dates.moment(until),
                        .icon = theme::Icon::Clock,
                        .key = digitKey(int(entries.size()) - 1),
                        .run = [this, target, until, moment = dates.moment(until)] {
                            run(
                                tr("Snoozing"), *target,
                                [this, target, until](const ProgressPtr& progress) {
                                    return m_context.workspace.queue().snoozeNext(target->leads, until, progress);
                                },
                                tr("%1 snoozed until %2.").arg(QStringLiteral("%1"), moment));
                        }});
    }
    entries.append({.text = tr("Or"), .heading = true});
    entries.append(
        {.text = tr("Add a to-do…"), .icon = theme::Icon::SquareCheck, .key = QStringLiteral("T"), .run = [this, target] {
             newTask(*target);
         }});
    Popup::open(anchor, tr("Snooze"), entries);
}

void BulkActions::newTask(const Target& target) {
    const Instant due = m_context.workspace.queue().snoozeUntil(QueueService::Snooze::Tomorrow);
    auto* sheet = new widgets::Sheet(m_page, tr("To-do for %1").arg(who(target, target.count)));
    auto* title = new QLineEdit;
    title->setAccessibleName(tr("What to do"));
    auto* field = new widgets::Field(tr("What to do"), title);
    field->setHelp(tr("Due %1").arg(m_context.dates().moment(due)));
    sheet->body()->addWidget(field);
    sheet->addCancel(tr("Cancel"));
    auto* add = sheet->addButton(widgets::Button::Kind::Primary, tr("Add to-do"));
    connect(add, &QAbstractButton::clicked, sheet, [this, sheet, title, target, due] {
        const QString what = title->text().simplified();
        if (what.isEmpty()) {
            sheet->setError(tr("Say what to do."));
            return;
        }
        sheet->finish();
        run(
            tr("Adding to-dos"), target,
            [this, target, what, due](const ProgressPtr& progress) {
                return m_context.workspace.leads().addTasks(target.leads, Channel::Task, what.toStdString(), due, progress);
            },
            tr("To-do for %1."));
    });
    sheet->open(title);
}

void BulkActions::archive(bool archived) {
    if (const auto target = m_target())
        run(
            archived ? tr("Archiving") : tr("Putting back"), *target,
            [this, target, archived](const ProgressPtr& progress) {
                return m_context.workspace.leads().setArchived(target->leads, archived, progress);
            },
            archived ? tr("%1 archived.") : tr("%1 back from the archive."), true);
}

void BulkActions::trash(bool trashed) {
    if (const auto target = m_target())
        run(
            trashed ? tr("Deleting") : tr("Putting back"), *target,
            [this, target, trashed](const ProgressPtr& progress) {
                return m_context.workspace.leads().setTrashed(target->leads, trashed, progress);
            },
            trashed ? tr("%1 deleted.") : tr("%1 back from the trash."), true);
}

void BulkActions::enrol(QWidget* anchor, const QString& source) {
    const auto target = m_target();
    if (!target)
        return;
    deliver(m_context.workspace.strategies().list(), anchor,
            [this, target, anchor, source](Result<std::vector<StrategySummary>> strategies) {
                if (!strategies) {
                    m_context.tell.failed(strategies.error());
                    return;
                }
                QList<Popup::Entry> entries{{.text = tr("Enrol in"), .heading = true}};
                for (const StrategySummary& summary : *strategies) {
                    if (summary.strategy.state != StrategyState::Active)
                        continue;
                    const QString name = text::toQt(summary.strategy.name);
                    entries.append(
                        {.text = name,
                         .hint = text::counted(summary.stepCount, tr("step"), tr("steps")),
                         .icon = theme::Icon::Route,
                         .key = digitKey(int(entries.size()) - 1),
                         .run = [this, target, source, name, id = summary.strategy.id] { enrolIn(id, name, *target, source); }});
                }
                if (entries.size() == 1) {
                    entries.front().text = tr("There is no strategy to enrol in");
                    entries.append(
                        {.text = tr("New strategy…"), .icon = theme::Icon::Plus, .run = [this] { m_context.go.newStrategy(); }});
                }
                Popup::open(anchor, tr("Enrol"), entries);
            });
}

void BulkActions::enrolIn(StrategyId strategy, const QString& name, const Target& target, const QString& source) {
    auto* sheet = new EnrolSheet(m_page, m_context, tr("Enrol %1 in %2").arg(who(target, target.count), text::isolated(name)));
    sheet->open();
    sheet->warnings()->ask(strategy, target.leads);
    deliver(m_context.workspace.strategies().enrol(strategy, target.leads, source.toStdString(), true), sheet,
            [sheet](Result<EnrolReport> report) {
                if (report)
                    sheet->showReport(*report);
                else
                    sheet->showError(report.error());
            });
    connect(sheet, &EnrolSheet::confirmed, this, [this, strategy, name, target, source] {
        int job = -1;
        const ProgressPtr progress = begin(tr("Enrolling in %1").arg(text::isolated(name)), target, job);
        deliver(m_context.workspace.strategies().enrol(strategy, target.leads, source.toStdString(), false, progress), this,
                [this, job, name, target](Result<EnrolReport> report) {
                    if (job >= 0)
                        m_context.tell.endJob(job);
                    if (!report) {
                        m_context.tell.failed(report.error(), tr("Not enrolled"));
                        return;
                    }
                    const QString done = tr("%1 enrolled in %2.").arg(who(target, report->enrolled), text::isolated(name));
                    const auto skipped = qint64(report->skipped.size());
                    m_context.tell.done(skipped == 0 ? done : tr("%1 %2 left out.").arg(done).arg(skipped), report->enrolled > 0);
                    Q_EMIT this->done(false);
                });
    });
}

} // namespace outrider::leads
