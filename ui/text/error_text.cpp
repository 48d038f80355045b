// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_text.h"

#include "ui/text/lint_text.h"
#include "ui/text/tr.h"

namespace outrider::text {

namespace {

QString detailOf(const Error& error) { return isolated(QString::fromStdString(error.detail)); }

// "3: a value" -> position and what was expected.
QString syntaxText(const Error& error, const QString& what) {
    const QString detail = QString::fromStdString(error.detail);
    const auto colon = detail.indexOf(QLatin1Char(':'));
    const int position = detail.left(colon).toInt();
    return Tr::tr("%1 is not clear at character %2: %3.").arg(what).arg(position + 1).arg(detail.mid(colon + 1).trimmed());
}

// "1 unknown_snippet intro": a remark of the checks, as short as an error's detail.
QString checksText(const Error& error) {
    const QStringList parts = toQt(error.detail).split(QLatin1Char(' '));
    LintFinding finding{.step = parts.value(0).toInt(), .place = LintFinding::Place::Strategy};
    finding.rule = parts.value(1).toStdString();
    if (parts.size() > 2)
        finding.words.push_back(parts.mid(2).join(QLatin1Char(' ')).toStdString());
    if (finding.rule.empty())
        return Tr::tr("A message of the strategy can never be sent.");
    return Tr::tr("%1: %2.").arg(lintPlace(finding), lintSentence(finding));
}

} // namespace

QString sentence(const Error& error) {
    const QString detail = detailOf(error);
    const auto with = [&detail](const QString& text, const QString& without) {
        return detail.size() > 2 ? text.arg(detail) : without; // more than the two isolates
    };
    switch (error.code) {
    case ErrorCode::InvalidArgument:
        return with(Tr::tr("That cannot be used: %1."), Tr::tr("That cannot be used."));
    case ErrorCode::InvalidField:
        return with(Tr::tr("There is no field %1 that can be set here."), Tr::tr("There is no such field."));
    case ErrorCode::InvalidEmail:
        return with(Tr::tr("That is not an e-mail address: %1."), Tr::tr("That is not an e-mail address."));
    case ErrorCode::InvalidPhone:
        return with(Tr::tr("That is not a phone number: %1."), Tr::tr("That is not a phone number."));
    case ErrorCode::FilterSyntax:
        return syntaxText(error, Tr::tr("The filter"));
    case ErrorCode::NotFound:
        return with(Tr::tr("Not found: %1."), Tr::tr("Not found."));
    case ErrorCode::AlreadyExists:
        return with(Tr::tr("%1 is there already."), Tr::tr("It is there already."));
    case ErrorCode::Conflict:
        return with(Tr::tr("Something else changed meanwhile: %1."), Tr::tr("Something else changed meanwhile."));
    case ErrorCode::Cancelled:
        return Tr::tr("Cancelled.");
    case ErrorCode::TimedOut:
        return with(Tr::tr("%1 did not answer in time."), Tr::tr("There was no answer in time."));
    case ErrorCode::Busy:
        return with(Tr::tr("%1 is busy."), Tr::tr("It is busy."));
    case ErrorCode::Unsupported:
        return with(Tr::tr("That is not possible here: %1."), Tr::tr("That is not possible here."));
    case ErrorCode::Internal:
        return with(Tr::tr("Outrider made a mistake: %1."), Tr::tr("Outrider made a mistake."));

    case ErrorCode::FileNotFound:
        return Tr::tr("There is no file %1.").arg(detail);
    case ErrorCode::FileUnreadable:
        return Tr::tr("The file %1 cannot be read.").arg(detail);
    case ErrorCode::FileUnwritable:
        return Tr::tr("Nothing can be written to %1.").arg(detail);
    case ErrorCode::DiskFull:
        return Tr::tr("The disk is full. Nothing was changed.");
    case ErrorCode::UnsupportedFormat:
        return with(Tr::tr("That file is not one Outrider can read: %1."), Tr::tr("That file is not one Outrider can read."));
    case ErrorCode::EmptyFile:
        return Tr::tr("The file %1 is empty.").arg(detail);
    case ErrorCode::NoHeaderRow:
        return Tr::tr("No row with column names was found in %1.").arg(detail);
    case ErrorCode::FileTooLarge:
        return with(Tr::tr("The file is too large: %1."), Tr::tr("The file is too large."));

    case ErrorCode::StoreNotFound:
        return Tr::tr("There is no workspace at %1.").arg(detail);
    case ErrorCode::StoreExists:
        return Tr::tr("There is a workspace at %1 already.").arg(detail);
    case ErrorCode::StoreLocked:
        return with(Tr::tr("The workspace is open in %1."), Tr::tr("The workspace is open in another program."));
    case ErrorCode::StoreReadOnly:
        return with(Tr::tr("The workspace can only be read: %1."), Tr::tr("The workspace can only be read."));
    case ErrorCode::StoreDamaged:
        return with(Tr::tr("The workspace file is damaged: %1."), Tr::tr("The workspace file is damaged."));
    case ErrorCode::StoreTooNew:
        return Tr::tr("This workspace was last opened with a newer Outrider.");
    case ErrorCode::StoreNotOurs:
        return Tr::tr("The file %1 is not an Outrider workspace.").arg(detail);
    case ErrorCode::StoreFailed:
        return Tr::tr("The last change could not be written to the disk. To keep everything else safe, the workspace is now "
                      "read-only.");
    case ErrorCode::CipherMissing:
        return Tr::tr("This installation has no encryption, so no workspace was opened.");
    case ErrorCode::WrongKey:
        return Tr::tr("The key does not fit this workspace.");
    case ErrorCode::MigrationFailed:
        return Tr::tr("The workspace could not be brought to this version. It is as it was before.");
    case ErrorCode::SendFenceMismatch:
        return Tr::tr("This is a copy or an older backup. Nothing is sent until you say which one is yours.");

    case ErrorCode::WrongPassphrase:
        return Tr::tr("That passphrase did not open the file.");
    case ErrorCode::WrongRecoveryCode:
        return Tr::tr("That recovery code did not open the file.");
    case ErrorCode::WeakPassphrase:
        return Tr::tr("That passphrase is too short.");
    case ErrorCode::NoSuchKeySlot:
        return Tr::tr("The workspace cannot be opened that way.");
    case ErrorCode::LastKeySlot:
        return Tr::tr("That is the last way to open the workspace, so it stays.");
    case ErrorCode::KeyFileMissing:
        return Tr::tr("The key file %1 is missing.").arg(detail);
    case ErrorCode::KeyFileDamaged:
        return Tr::tr("The key file is damaged: %1.").arg(detail);
    case ErrorCode::KeychainUnavailable:
        return with(Tr::tr("The system's keychain is not available: %1."), Tr::tr("The system's keychain is not available."));
    case ErrorCode::KeychainDenied:
        return Tr::tr("The system's keychain refused.");
    case ErrorCode::KeychainEntryMissing:
        return Tr::tr("The keychain has no key for this workspace, or is locked.");
    case ErrorCode::SecretMissing:
        return Tr::tr("No password is stored for %1.").arg(detail);

    case ErrorCode::LeadSuppressed:
        return with(Tr::tr("Not to be contacted: %1."), Tr::tr("Not to be contacted."));
    case ErrorCode::LeadTerminal:
        return Tr::tr("The lead's status is final: %1.").arg(detail);
    case ErrorCode::AlreadyEnrolled:
        return Tr::tr("Already in the strategy %1.").arg(detail);
    case ErrorCode::NoAddressForChannel:
        return error.detail == "email" ? Tr::tr("The lead has no e-mail address.") : Tr::tr("The lead has no phone number.");
    case ErrorCode::StrategyNotActive:
        return Tr::tr("The strategy %1 is paused or archived.").arg(detail);
    case ErrorCode::StrategyEmpty:
        return Tr::tr("The strategy %1 has no steps.").arg(detail);
    case ErrorCode::TaskNotOpen:
        return Tr::tr("That task is no longer open.");
    case ErrorCode::NotSendable:
        return Tr::tr("That message cannot be moved any more: it is %1.").arg(detail);
    case ErrorCode::MissingVariable:
        return Tr::tr("No %1 for the template.").arg(fieldName(error.detail).toLower());
    case ErrorCode::UnknownVariable:
        if (error.detail.starts_with("> "))
            return Tr::tr("There is no snippet %1.").arg(toQt(error.detail).mid(2));
        return Tr::tr("There is no field %1 for templates.").arg(detail);
    case ErrorCode::TemplateSyntax:
        return syntaxText(error, Tr::tr("The template"));
    case ErrorCode::MessageChecks:
        return checksText(error);
    case ErrorCode::NoMailbox:
        return Tr::tr("There is no mailbox to send from.");
    case ErrorCode::NoPhoneLine:
        return Tr::tr("There is no phone line for that.");
    case ErrorCode::MailboxPaused:
        return Tr::tr("The mailbox %1 is paused.").arg(detail);
    case ErrorCode::NothingToUndo:
        return Tr::tr("There is nothing to undo.");
    case ErrorCode::NothingToRedo:
        return Tr::tr("There is nothing to redo.");
    case ErrorCode::UndoConflict:
        return with(Tr::tr("Somebody changed it since, so it was not taken back: %1."),
                    Tr::tr("Somebody changed it since, so it was not taken back."));
    case ErrorCode::NotUndoable:
        return Tr::tr("That cannot be taken back: a message has left.");

    case ErrorCode::Offline:
        return Tr::tr("There is no network.");
    case ErrorCode::HostNotFound:
        return Tr::tr("There is no server named %1.").arg(detail);
    case ErrorCode::ConnectionRefused:
        return with(Tr::tr("%1 does not answer."), Tr::tr("The server does not answer."));
    case ErrorCode::ConnectionLost:
        return with(Tr::tr("The connection was lost: %1."), Tr::tr("The connection was lost."));
    case ErrorCode::TlsFailed:
        return with(Tr::tr("No encrypted connection was possible: %1."), Tr::tr("No encrypted connection was possible."));
    case ErrorCode::CertificateInvalid:
        return with(Tr::tr("The server's certificate cannot be trusted: %1."),
                    Tr::tr("The server's certificate cannot be trusted."));
    case ErrorCode::AuthFailed:
        return with(Tr::tr("The server did not accept the sign-in: %1."), Tr::tr("The server did not accept the sign-in."));
    case ErrorCode::RefusedSoft:
        return with(Tr::tr("The server put it off: %1."), Tr::tr("The server put it off."));
    case ErrorCode::RefusedHard:
        return with(Tr::tr("The server refused it: %1."), Tr::tr("The server refused it."));
    case ErrorCode::OutcomeUnknown:
        return Tr::tr("The server took the message, then the line dropped. It may or may not have been sent.");
    case ErrorCode::ProtocolError:
        return with(Tr::tr("The server's answer made no sense: %1."), Tr::tr("The server's answer made no sense."));
    case ErrorCode::MessageTooLarge:
        return with(Tr::tr("The message is too large: %1."), Tr::tr("The message is too large."));
    case ErrorCode::MessageMalformed:
        return with(Tr::tr("The message cannot be sent as it is: %1."), Tr::tr("The message cannot be sent as it is."));
    }
    return {};
}

QString hint(const Error& error) {
    switch (error.code) {
    case ErrorCode::DiskFull:
        return Tr::tr("Free some space and try again.");
    case ErrorCode::FileUnreadable:
    case ErrorCode::FileUnwritable:
        return Tr::tr("Check its permissions, or choose another place.");
    case ErrorCode::UnsupportedFormat:
        return Tr::tr("Save it as CSV and try again.");
    case ErrorCode::NoHeaderRow:
        return Tr::tr("Put the column names into the first row.");
    case ErrorCode::StoreNotFound:
        return Tr::tr("Choose another file, or create a workspace.");
    case ErrorCode::StoreExists:
        return Tr::tr("Choose another name.");
    case ErrorCode::StoreLocked:
        return Tr::tr("Close it there first, or open it here read-only.");
    case ErrorCode::StoreReadOnly:
        return Tr::tr("Check the permissions of the file and its folder.");
    case ErrorCode::StoreDamaged:
        return Tr::tr("Open the latest backup; the damaged file is left as it is.");
    case ErrorCode::StoreTooNew:
        return Tr::tr("Install that version, or a newer one.");
    case ErrorCode::StoreFailed:
        return Tr::tr("Check the disk, then open the workspace again.");
    case ErrorCode::CipherMissing:
        return Tr::tr("Install Outrider again from its own package.");
    case ErrorCode::WrongPassphrase:
        return Tr::tr("Try again, or use the recovery code.");
    case ErrorCode::WrongRecoveryCode:
        return Tr::tr("It has 32 characters in groups of four.");
    case ErrorCode::WeakPassphrase:
        return Tr::tr("Take at least 8 characters; four words or more work best.");
    case ErrorCode::KeyFileMissing:
        return Tr::tr("It belongs beside the workspace; bring it back from where the workspace came from.");
    case ErrorCode::KeyFileDamaged:
        return Tr::tr("Bring it back from a backup.");
    case ErrorCode::KeychainUnavailable:
    case ErrorCode::KeychainDenied:
    case ErrorCode::KeychainEntryMissing:
        return Tr::tr("Use the passphrase instead.");
    case ErrorCode::SecretMissing:
    case ErrorCode::AuthFailed:
        return Tr::tr("Enter the password again in the mailbox's settings.");
    case ErrorCode::MissingVariable:
        return Tr::tr("Fill it in, or give the template a fallback: {{field|fallback}}.");
    case ErrorCode::UnknownVariable:
        return Tr::tr("Insert fields from the list.");
    case ErrorCode::MessageChecks:
        return Tr::tr("Put it right in the strategy's editor; its checks say where.");
    case ErrorCode::NoMailbox:
        return Tr::tr("Add one in Settings, Mailboxes.");
    case ErrorCode::NoPhoneLine:
        return Tr::tr("Add one in Settings, Mailboxes. To call it needs a number of its own and your phone's.");
    case ErrorCode::UndoConflict:
        return Tr::tr("Undo the rest, or leave it.");
    case ErrorCode::Offline:
    case ErrorCode::ConnectionLost:
    case ErrorCode::ConnectionRefused:
        return Tr::tr("It is tried again by itself.");
    case ErrorCode::HostNotFound:
        return Tr::tr("Check the server's name in the mailbox's settings.");
    case ErrorCode::CertificateInvalid:
    case ErrorCode::TlsFailed:
        return Tr::tr("Check the server's name and port; nothing was sent.");
    case ErrorCode::OutcomeUnknown:
        return Tr::tr("Say whether it was sent, or send it again.");
    case ErrorCode::Internal:
        return Tr::tr("Report it with the text above.");
    default:
        return {};
    }
}

} // namespace outrider::text
