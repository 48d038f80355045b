// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_workspace.h"

#include "core/practice/practice_meetings.h"
#include "core/practice/practice_story.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/saved_view_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"

#include <sodium.h>

#include <array>

namespace outrider::practice {

using namespace outrider::store;

namespace {

constexpr std::string_view keyPhrase = "Outrider practice workspace, open to everybody";
constexpr auto begunBefore = std::chrono::hours(24 * 45);

// When work can be done now by the usual hours, they are used; else the practice day is one without closing.
bool insideUsualHours(Instant now, const outreach::Zone& zone) {
    constexpr int opens = 7 * 60;
    constexpr int closes = 16 * 60 + 30;
    const int minute = zone.minuteOfDay(now);
    return outreach::isoWeekday(zone.dayOf(now)) <= 5 && minute >= opens && minute < closes;
}

void introduce(WriteContext& write) {
    SettingRepository settings(write.db);
    settings.setMeta(write, "name", "Harborline, practice");
    settings.setMeta(write, "workspace", "00000000000000000000000070726163"); // the same in every practice file
    settings.setMeta(write, "created_at", toIso8601(write.now));
    Member me{.name = "Mara Lindqvist", .email = "mara@harborline.example"};
    MemberRepository(write.db).insert(write, me);
}

Mailbox addMailbox(WriteContext& write) {
    Mailbox mailbox{.kind = MailboxKind::Practice,
                    .address = "mara@harborline.example",
                    .displayName = "Mara Lindqvist",
                    .signature = "Mara Lindqvist\nHarborline, Göteborg",
                    .optOutLine = "Not for you? Reply “no” and I will not write again.",
                    .dailyLimit = 80,
                    .holdSeconds = 10};
    MailboxRepository(write.db).insert(write, mailbox);
    return mailbox;
}

void addViews(WriteContext& write) {
    struct View {
        const char* name;
        const char* filter;
        const char* sort;
    };

    constexpr std::array views{
        View{"No next step", "status:in_progress,replied due:none", "-last_touch"},
        View{"DACH operations", "country:DE,AT,CH score>=60", "-score"},
        View{"Cold chain, warm", "tag:cold-chain score>=60 status:open", "-score"},
        View{"Not written to yet", "status:new strategy:none", "-score"},
        View{"Met at Breakbulk", "tag:met-at-breakbulk", "name"},
    };
    SavedViewRepository repository(write.db);
    int position = 0;
    for (const View& view : views) {
        SavedView saved{.name = view.name, .filter = view.filter, .sort = view.sort, .position = position++};
        repository.insert(write, saved);
    }
}

} // namespace

SecureBytes practiceKey() {
    constexpr std::size_t keySize = 32;
    SecureBytes key(keySize);
    crypto_generichash(key.raw(), key.size(), reinterpret_cast<const unsigned char*>(keyPhrase.data()), keyPhrase.size(), nullptr,
                       0);
    return key;
}

Result<> fillPracticeWorkspace(Store& store, Instant now, const std::string& zoneName) {
    PracticeStage stage{.now = now};
    stage.surroundings.rules.holidays = false; // there is work on any day
    stage.surroundings.zone = outreach::Zone::find(zoneName).value_or(outreach::Zone::system());
    return wait(store.write({.name = "practice.create", .origin = Origin::System, .undoable = false},
                            [&](WriteContext& write) -> Result<> {
                                WriteContext begun = write.asOf(now - begunBefore);
                                introduce(begun);
                                stage.mailbox = addMailbox(begun);
                                StrategyRepository strategies(begun.db);
                                auto all = practiceStrategies(!insideUsualHours(now, stage.surroundings.zone));
                                for (std::size_t i = 0; i < all.size(); ++i) {
                                    stage.strategies[i] = {.name = all[i].name, .mailbox = stage.mailbox.id};
                                    strategies.insert(begun, stage.strategies[i]);
                                    stage.versions[i] = std::move(all[i].version);
                                    stage.versions[i].strategy = stage.strategies[i].id;
                                    // The story has people of one company worked side by side.
                                    stage.versions[i].rules.colleague = ColleagueReply::Nothing;
                                    strategies.publish(begun, stage.versions[i]);
                                }
                                SuppressionRepository(begun.db).add(begun, SuppressionKind::Domain, "berthlogic.example",
                                                                    SuppressionReason::Manual, "a competitor");
                                addViews(begun);
                                OUTRIDER_TRY(tellPracticeStory(write, stage));
                                addPracticeMeetings(write, stage);
                                return {};
                            }));
}

} // namespace outrider::practice
