// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider {

// What went wrong, as a closed set the callers can branch on. Every code has one sentence in
// ui/text (a test walks them); core never words anything for a person.
enum class ErrorCode {
    // The request itself
    InvalidArgument, // detail: what was wrong with it
    InvalidField,    // detail: the field's name
    InvalidEmail,    // detail: the address
    InvalidPhone,    // detail: the number
    FilterSyntax,    // detail: "position: what was expected"
    NotFound,        // detail: what was looked for
    AlreadyExists,   // detail: what exists
    Conflict,        // detail: what changed meanwhile
    Cancelled,
    TimedOut, // detail: what was waited for
    Busy,     // detail: what holds it
    Unsupported,
    Internal, // a broken promise of our own code; detail: which

    // Files in and out
    FileNotFound,      // detail: the path
    FileUnreadable,    // detail: the path
    FileUnwritable,    // detail: the path
    DiskFull,          // detail: the path
    UnsupportedFormat, // detail: what the file looks like
    EmptyFile,         // detail: the path
    NoHeaderRow,       // detail: the path
    FileTooLarge,      // detail: the limit that was hit

    // The encrypted store
    StoreNotFound,     // detail: the path
    StoreExists,       // detail: the path
    StoreLocked,       // another process holds it; detail: which, if known
    StoreReadOnly,     // detail: the path
    StoreDamaged,      // detail: what the check said
    StoreTooNew,       // detail: "found/known"
    StoreNotOurs,      // not an Outrider store, or a plain SQLite file
    StoreFailed,       // a COMMIT failed: read-only until reopened; detail: the reason
    CipherMissing,     // the process runs a SQLite without encryption; detail: its version
    WrongKey,          // the key does not open the file
    MigrationFailed,   // detail: which step and why
    SendFenceMismatch, // the file is a copy or an older backup

    // Keys and secrets
    WrongPassphrase,
    WrongRecoveryCode,
    WeakPassphrase,      // detail: why
    NoSuchKeySlot,       // detail: the slot's kind
    LastKeySlot,         // removing it would lock the file for ever
    KeyFileMissing,      // detail: the path
    KeyFileDamaged,      // detail: the path
    KeychainUnavailable, // detail: what the system said
    KeychainDenied,
    KeychainEntryMissing,
    SecretMissing, // detail: which

    // Rules of the domain
    LeadSuppressed,      // detail: the address or number
    LeadTerminal,        // detail: the status
    AlreadyEnrolled,     // detail: the strategy
    NoAddressForChannel, // detail: the channel
    StrategyNotActive,   // detail: the strategy
    StrategyEmpty,       // detail: the strategy
    TaskNotOpen,
    NotSendable,     // detail: the outbox state
    MissingVariable, // detail: the variable
    UnknownVariable, // detail: the variable
    TemplateSyntax,  // detail: "position: what was expected"
    MessageChecks,   // detail: "step rule", what is wrong with a strategy's message
    NoMailbox,
    NoPhoneLine,
    MailboxPaused, // detail: the address
    NothingToUndo,
    NothingToRedo,
    UndoConflict, // detail: what was changed since
    NotUndoable,  // detail: what cannot be taken back (a sent message)

    // The network and its servers
    Offline,            // detail: the host
    HostNotFound,       // detail: the host
    ConnectionRefused,  // detail: host and port
    ConnectionLost,     // detail: when
    TlsFailed,          // detail: what the library said
    CertificateInvalid, // detail: what the library said
    AuthFailed,         // detail: the server's answer
    RefusedSoft,        // 4xx; detail: the server's answer
    RefusedHard,        // 5xx; detail: the server's answer
    OutcomeUnknown,     // the message may or may not have been taken
    ProtocolError,      // detail: what was not understood
    MessageTooLarge,    // detail: the limit
    MessageMalformed,   // detail: what is wrong with it
};

// Whether trying again makes sense, decided where the error is made.
enum class Retry {
    Never,           // the same request will fail the same way
    Later,           // the same request may succeed by itself later
    AfterUserAction, // a person has to change something first
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    Retry retry = Retry::Never;
    std::string detail; // the thing concerned, or the technical text; never a secret
    int native = 0;     // the library's own code, for the log

    Error() = default;
    // retry is what retryFor(code) says.
    explicit Error(ErrorCode code, std::string detail = {}, int native = 0);

    bool operator==(const Error&) const = default;
};

// The usual answer for a code; an Error may carry another.
Retry retryFor(ErrorCode code);

// Stable machine name, e.g. "wrong_key": in --json, in logs, in the store. Never translated.
std::string_view name(ErrorCode code);

// The number of codes, for tests that walk them all.
int errorCodeCount();

} // namespace outrider
