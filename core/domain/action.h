// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <string>

namespace outrider {

// Which way a change came in. Stored; never renumber.
enum class Origin {
    Window = 0,
    CommandLine = 1,
    Api = 2,
    Import = 3,
    Inbound = 4, // mail read from a mailbox
    Sync = 5,
    Engine = 6, // the sending engine
    System = 7, // migrations, first start, practice
};

inline constexpr auto originNames = enumNames<Origin>({
    {Origin::Window, "window"},
    {Origin::CommandLine, "command_line"},
    {Origin::Api, "api"},
    {Origin::Import, "import"},
    {Origin::Inbound, "inbound"},
    {Origin::Sync, "sync"},
    {Origin::Engine, "engine"},
    {Origin::System, "system"},
});

constexpr std::string_view name(Origin origin) { return originNames.name(origin); }

// One user-visible deed: the unit of undo, of history and of what is told to others.
struct ActionInfo {
    std::string name;    // machine name, worded by ui/text: "lead.edit", "task.done", "import"
    std::string subject; // whom or what it concerns: a lead's name, a file's, a count
    Origin origin = Origin::Window;
    MemberId actor;
    bool undoable = true; // false: what cannot be taken back (a sent message)
};

} // namespace outrider
