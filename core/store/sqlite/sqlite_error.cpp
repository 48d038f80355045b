// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/sqlite_error.h"

#include <sqlite3.h>

#include <cerrno>

namespace outrider::store {

Error sqliteError(int extendedCode, const std::string& text, const std::string& path) {
    const auto make = [&](ErrorCode code, const std::string& detail) { return Error(code, detail, extendedCode); };
    switch (extendedCode) { // where the extended code says more than the primary one
    case SQLITE_IOERR_SHORT_READ:
    case SQLITE_IOERR_CORRUPTFS:
    case SQLITE_IOERR_DATA:
        return make(ErrorCode::StoreDamaged, text);
    case SQLITE_READONLY_DIRECTORY:
    case SQLITE_READONLY_CANTINIT:
        return make(ErrorCode::StoreReadOnly, path);
    default:
        break;
    }
    switch (extendedCode & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return make(ErrorCode::StoreLocked, path);
    case SQLITE_NOTADB:
        return make(ErrorCode::WrongKey, path);
    case SQLITE_CORRUPT:
        return make(ErrorCode::StoreDamaged, text);
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return make(ErrorCode::StoreReadOnly, path);
    case SQLITE_CANTOPEN:
        return make(ErrorCode::FileUnreadable, path);
    case SQLITE_FULL:
        return make(ErrorCode::DiskFull, path);
    case SQLITE_IOERR:
        return make(ErrorCode::StoreFailed, text);
    case SQLITE_NOMEM:
        return make(ErrorCode::Internal, "out of memory");
    case SQLITE_INTERRUPT:
        return make(ErrorCode::Cancelled, {});
    case SQLITE_TOOBIG:
        return make(ErrorCode::FileTooLarge, text);
    case SQLITE_CONSTRAINT:
        return make(ErrorCode::Conflict, text);
    default:
        return make(ErrorCode::Internal, text);
    }
}

} // namespace outrider::store
