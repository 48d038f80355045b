// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <array>

namespace outrider {

namespace {

struct CodeFacts {
    ErrorCode code;
    std::string_view name;
    Retry retry;
};

constexpr auto never = Retry::Never;
constexpr auto later = Retry::Later;
constexpr auto user = Retry::AfterUserAction;

// In the order of the enum, so that a code is its own index.
constexpr std::array facts{
    CodeFacts{ErrorCode::InvalidArgument, "invalid_argument", never},
    CodeFacts{ErrorCode::InvalidField, "invalid_field", never},
    CodeFacts{ErrorCode::InvalidEmail, "invalid_email", never},
    CodeFacts{ErrorCode::InvalidPhone, "invalid_phone", never},
    CodeFacts{ErrorCode::FilterSyntax, "filter_syntax", never},
    CodeFacts{ErrorCode::NotFound, "not_found", never},
    CodeFacts{ErrorCode::AlreadyExists, "already_exists", never},
    CodeFacts{ErrorCode::Conflict, "conflict", user},
    CodeFacts{ErrorCode::Cancelled, "cancelled", user},
    CodeFacts{ErrorCode::TimedOut, "timed_out", later},
    CodeFacts{ErrorCode::Busy, "busy", later},
    CodeFacts{ErrorCode::Unsupported, "unsupported", never},
    CodeFacts{ErrorCode::Internal, "internal", never},

    CodeFacts{ErrorCode::FileNotFound, "file_not_found", user},
    CodeFacts{ErrorCode::FileUnreadable, "file_unreadable", user},
    CodeFacts{ErrorCode::FileUnwritable, "file_unwritable", user},
    CodeFacts{ErrorCode::DiskFull, "disk_full", user},
    CodeFacts{ErrorCode::UnsupportedFormat, "unsupported_format", never},
    CodeFacts{ErrorCode::EmptyFile, "empty_file", never},
    CodeFacts{ErrorCode::NoHeaderRow, "no_header_row", never},
    CodeFacts{ErrorCode::FileTooLarge, "file_too_large", never},

    CodeFacts{ErrorCode::StoreNotFound, "store_not_found", user},
    CodeFacts{ErrorCode::StoreExists, "store_exists", user},
    CodeFacts{ErrorCode::StoreLocked, "store_locked", user},
    CodeFacts{ErrorCode::StoreReadOnly, "store_read_only", user},
    CodeFacts{ErrorCode::StoreDamaged, "store_damaged", user},
    CodeFacts{ErrorCode::StoreTooNew, "store_too_new", user},
    CodeFacts{ErrorCode::StoreNotOurs, "store_not_ours", user},
    CodeFacts{ErrorCode::StoreFailed, "store_failed", user},
    CodeFacts{ErrorCode::CipherMissing, "cipher_missing", never},
    CodeFacts{ErrorCode::WrongKey, "wrong_key", user},
    CodeFacts{ErrorCode::MigrationFailed, "migration_failed", user},
    CodeFacts{ErrorCode::SendFenceMismatch, "send_fence_mismatch", user},

    CodeFacts{ErrorCode::WrongPassphrase, "wrong_passphrase", user},
    CodeFacts{ErrorCode::WrongRecoveryCode, "wrong_recovery_code", user},
    CodeFacts{ErrorCode::WeakPassphrase, "weak_passphrase", user},
    CodeFacts{ErrorCode::NoSuchKeySlot, "no_such_key_slot", user},
    CodeFacts{ErrorCode::LastKeySlot, "last_key_slot", never},
    CodeFacts{ErrorCode::KeyFileMissing, "key_file_missing", user},
    CodeFacts{ErrorCode::KeyFileDamaged, "key_file_damaged", user},
    CodeFacts{ErrorCode::KeychainUnavailable, "keychain_unavailable", user},
    CodeFacts{ErrorCode::KeychainDenied, "keychain_denied", user},
    CodeFacts{ErrorCode::KeychainEntryMissing, "keychain_entry_missing", user},
    CodeFacts{ErrorCode::SecretMissing, "secret_missing", user},

    CodeFacts{ErrorCode::LeadSuppressed, "lead_suppressed", never},
    CodeFacts{ErrorCode::LeadTerminal, "lead_terminal", never},
    CodeFacts{ErrorCode::AlreadyEnrolled, "already_enrolled", never},
    CodeFacts{ErrorCode::NoAddressForChannel, "no_address_for_channel", user},
    CodeFacts{ErrorCode::StrategyNotActive, "strategy_not_active", user},
    CodeFacts{ErrorCode::StrategyEmpty, "strategy_empty", user},
    CodeFacts{ErrorCode::TaskNotOpen, "task_not_open", never},
    CodeFacts{ErrorCode::NotSendable, "not_sendable", never},
    CodeFacts{ErrorCode::MissingVariable, "missing_variable", user},
    CodeFacts{ErrorCode::UnknownVariable, "unknown_variable", user},
    CodeFacts{ErrorCode::TemplateSyntax, "template_syntax", user},
    CodeFacts{ErrorCode::MessageChecks, "message_checks", user},
    CodeFacts{ErrorCode::NoMailbox, "no_mailbox", user},
    CodeFacts{ErrorCode::NoPhoneLine, "no_phone_line", user},
    CodeFacts{ErrorCode::MailboxPaused, "mailbox_paused", user},
    CodeFacts{ErrorCode::NothingToUndo, "nothing_to_undo", never},
    CodeFacts{ErrorCode::NothingToRedo, "nothing_to_redo", never},
    CodeFacts{ErrorCode::UndoConflict, "undo_conflict", user},
    CodeFacts{ErrorCode::NotUndoable, "not_undoable", never},

    CodeFacts{ErrorCode::Offline, "offline", later},
    CodeFacts{ErrorCode::HostNotFound, "host_not_found", user},
    CodeFacts{ErrorCode::ConnectionRefused, "connection_refused", later},
    CodeFacts{ErrorCode::ConnectionLost, "connection_lost", later},
    CodeFacts{ErrorCode::TlsFailed, "tls_failed", user},
    CodeFacts{ErrorCode::CertificateInvalid, "certificate_invalid", user},
    CodeFacts{ErrorCode::AuthFailed, "auth_failed", user},
    CodeFacts{ErrorCode::RefusedSoft, "refused_soft", later},
    CodeFacts{ErrorCode::RefusedHard, "refused_hard", never},
    CodeFacts{ErrorCode::OutcomeUnknown, "outcome_unknown", user},
    CodeFacts{ErrorCode::ProtocolError, "protocol_error", later},
    CodeFacts{ErrorCode::MessageTooLarge, "message_too_large", never},
    CodeFacts{ErrorCode::MessageMalformed, "message_malformed", never},
};

constexpr bool inOrder() {
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (static_cast<std::size_t>(facts[i].code) != i)
            return false;
    }
    return true;
}

static_assert(inOrder(), "facts must list every ErrorCode in the enum's order");

const CodeFacts& factsOf(ErrorCode code) { return facts.at(static_cast<std::size_t>(code)); }

} // namespace

Error::Error(ErrorCode errorCode, std::string errorDetail, int nativeCode)
    : code(errorCode),
      retry(retryFor(errorCode)),
      detail(std::move(errorDetail)),
      native(nativeCode) {}

Retry retryFor(ErrorCode code) { return factsOf(code).retry; }

std::string_view name(ErrorCode code) { return factsOf(code).name; }

int errorCodeCount() { return static_cast<int>(facts.size()); }

} // namespace outrider
