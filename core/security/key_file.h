// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::security {

// The ways to open a workspace, after LUKS's key slots: the file is encrypted with one random 32-byte
// key which never changes; each slot holds that key, wrapped by something the person has. So a new
// passphrase re-encrypts nothing, and a lost keychain is not the end.
//
// Kept beside the store as "<store>.keys": JSON, readable by its owner only, replaced atomically.
// Passphrase and recovery code go through Argon2id (libsodium crypto_pwhash, parameters in the file)
// and wrap by XChaCha20-Poly1305 with the workspace's id and the slot's kind as associated data.
enum class SlotKind {
    Passphrase,
    Recovery,
    Keychain, // the key itself is in the system's keychain; see keychain.h
};

std::string_view name(SlotKind kind);

class KeyFile {
public:
    // A new key file for a new workspace, with no slots yet.
    static KeyFile create(Random& random);

    // KeyFileMissing, KeyFileDamaged, FileUnreadable.
    static Result<KeyFile> load(const std::string& path);

    // Owner-only permissions; the old file stays until the new one is whole on the disk.
    Result<> save(const std::string& path) const;

    // A fresh random key; made once, when the workspace is.
    static SecureBytes makeKey(Random& random);

    // Each replaces the slot of its kind.
    Result<> setPassphrase(const SecureBytes& key, const SecureBytes& passphrase, Random& random);
    // Returns the code to print: 32 characters in groups of four. It is stored nowhere.
    Result<SecureBytes> setRecoveryCode(const SecureBytes& key, Random& random);
    void setKeychain(const SecureBytes& key);
    // LastKeySlot: it is the only one that needs no keychain.
    Result<> remove(SlotKind kind);

    // WrongPassphrase, WrongRecoveryCode, NoSuchKeySlot. Takes a quarter of a second by design.
    Result<SecureBytes> unlockWithPassphrase(const SecureBytes& passphrase) const;
    // Accepts any case, spaces and dashes, and O for 0, I and L for 1.
    Result<SecureBytes> unlockWithRecoveryCode(const SecureBytes& code) const;

    // Whether that is this workspace's key: what a keychain returns is checked before it is used.
    bool isKey(const SecureBytes& key) const;

    bool has(SlotKind kind) const;
    const std::string& workspaceId() const { return m_workspaceId; }

private:
    struct Slot {
        SlotKind kind = SlotKind::Passphrase;
        std::string salt;    // bytes
        std::string nonce;   // bytes
        std::string wrapped; // bytes
        unsigned long long operations = 0;
        std::size_t memory = 0; // bytes
    };

    Result<> wrap(SlotKind kind, const SecureBytes& key, const SecureBytes& secret, Random& random);
    Result<SecureBytes> unwrap(SlotKind kind, const SecureBytes& secret, ErrorCode wrong) const;
    const Slot* slot(SlotKind kind) const;
    std::string associatedData(SlotKind kind) const;
    void setCheck(const SecureBytes& key);

    std::string m_workspaceId; // 32 hex digits
    std::string m_check;       // keyed hash of the id under the key
    std::vector<Slot> m_slots;
};

// How good a passphrase is, for the bar under its field. Length and variety only; no word lists.
struct PassphraseStrength {
    enum class Level { TooShort, Weak, Fair, Strong };
    Level level = Level::TooShort;
    double share = 0; // 0 to 1, for the bar
};
PassphraseStrength passphraseStrength(std::string_view passphrase);

} // namespace outrider::security
