// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/custom_field.h"
#include "core/domain/filter.h"

#include <QFuture>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace outrider {

class ServiceContext;

// The fields of leads that the person made. Thread-safe; every call returns at once; each change is one undo.
class FieldService {
public:
    explicit FieldService(ServiceContext& context) : m_context(context) {}

    QFuture<Result<std::vector<CustomField>>> list(bool archivedToo = false);

    // Its key is made from the name when it has none. InvalidArgument, AlreadyExists.
    QFuture<Result<CustomField>> add(CustomField field);

    // What would become of the values leads have, if the field were as given: another type, currency or choices.
    struct Fit {
        std::int64_t values = 0;    // how many leads have one
        std::int64_t rewritten = 0; // of these, how many would be written otherwise ("1.234,5" as "1234.5")
        std::int64_t unfitting = 0; // how many do not fit
        std::vector<std::pair<std::string, std::int64_t>> examples; // of these, the most frequent, with how many have it
    };
    QFuture<Result<Fit>> preview(CustomField field);

    // Changes everything but the key. Values are written as the new kind wants them; those that do not fit are taken
    // away, or nothing is done (Conflict: how many) unless `dropUnfitting`.
    QFuture<Result<Fit>> save(CustomField field, bool dropUnfitting = false);

    // Another word for one of its choices, also where leads have it.
    QFuture<Result<>> renameChoice(std::string key, std::string from, std::string to);
    // No longer offered, or again; values stay.
    QFuture<Result<>> setArchived(std::string key, bool archived);
    // In that order; those not named follow.
    QFuture<Result<>> reorder(std::vector<std::string> keys);

    // Whether the values of a filter fit the custom fields it names, and whether there are such fields. FilterSyntax.
    QFuture<Result<>> check(Filter filter);

private:
    ServiceContext& m_context;
};

} // namespace outrider
