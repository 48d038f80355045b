// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/key_file.h"

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace outrider::security {

namespace {

using nlohmann::json;

constexpr int fileVersion = 1;
constexpr std::size_t keySize = 32;
constexpr std::size_t saltSize = crypto_pwhash_SALTBYTES;
constexpr std::size_t nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
// About 300 ms on the machines people use; OWASP asks for a third of it.
constexpr unsigned long long operations = 3;
constexpr std::size_t memory = std::size_t(64) << 20;
// A damaged or hostile file must not make us take the whole machine.
constexpr unsigned long long maxOperations = 64;
constexpr std::size_t maxMemory = std::size_t(1) << 30;
constexpr qint64 maxFileSize = 64 * 1024;

// Crockford's base 32: no I, L, O or U to misread.
constexpr std::string_view codeDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t codeLength = 32; // 160 bits
constexpr std::size_t codeGroup = 4;

std::string toHex(std::string_view bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    out.pop_back();
    return out;
}

std::optional<std::string> fromHex(std::string_view hex) {
    std::string out(hex.size() / 2, '\0');
    std::size_t size = 0;
    if (sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), hex.data(), hex.size(), nullptr, &size, nullptr)
            != 0
        || size != out.size() || hex.size() % 2 != 0)
        return std::nullopt;
    return out;
}

const unsigned char* bytesOf(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string randomBytes(Random& random, std::size_t size) {
    std::string out(size, '\0');
    random.fill(std::as_writable_bytes(std::span(out)));
    return out;
}

std::optional<SlotKind> slotKind(std::string_view text) {
    for (const SlotKind kind : {SlotKind::Passphrase, SlotKind::Recovery, SlotKind::Keychain}) {
        if (name(kind) == text)
            return kind;
    }
    return std::nullopt;
}

} // namespace

std::string_view name(SlotKind kind) {
    switch (kind) {
    case SlotKind::Passphrase:
        return "passphrase";
    case SlotKind::Recovery:
        return "recovery";
    case SlotKind::Keychain:
        return "keychain";
    }
    return {};
}

KeyFile KeyFile::create(Random& random) {
    KeyFile file;
    file.m_workspaceId = toHex(randomBytes(random, 16));
    return file;
}

SecureBytes KeyFile::makeKey(Random& random) {
    SecureBytes key(keySize);
    random.fill(key.bytes());
    return key;
}

Result<KeyFile> KeyFile::load(const std::string& path) {
    QFile in(QString::fromStdString(path));
    if (!in.exists())
        return fail(ErrorCode::KeyFileMissing, path);
    if (!in.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path);
    const auto damaged = [&path](const char* what) { return fail(ErrorCode::KeyFileDamaged, path + ": " + what); };
    if (in.size() > maxFileSize)
        return damaged("too large");
    const json document = json::parse(in.readAll().toStdString(), nullptr, false);
    if (!document.is_object())
        return damaged("not JSON");
    if (document.value("version", 0) != fileVersion)
        return damaged("an unknown version");
    KeyFile file;
    file.m_workspaceId = document.value("workspace", std::string());
    const auto check = fromHex(document.value("check", std::string()));
    if (file.m_workspaceId.size() != 32 || !check || check->size() != crypto_generichash_BYTES || !document.contains("slots")
        || !document["slots"].is_array())
        return damaged("parts are missing");
    file.m_check = *check;
    for (const json& entry : document["slots"]) {
        if (!entry.is_object())
            return damaged("a slot is not readable");
        Slot slot;
        const auto kind = slotKind(entry.value("kind", std::string()));
        if (!kind)
            continue; // of a later release; not ours to judge
        slot.kind = *kind;
        if (*kind != SlotKind::Keychain) {
            const auto salt = fromHex(entry.value("salt", std::string()));
            const auto nonce = fromHex(entry.value("nonce", std::string()));
            const auto wrapped = fromHex(entry.value("wrapped", std::string()));
            slot.operations = entry.value("operations", 0ULL);
            slot.memory = entry.value("memory", std::size_t(0));
            if (!salt || salt->size() != saltSize || !nonce || nonce->size() != nonceSize || !wrapped
                || wrapped->size() != keySize + tagSize || slot.operations < crypto_pwhash_OPSLIMIT_MIN
                || slot.operations > maxOperations || slot.memory < crypto_pwhash_MEMLIMIT_MIN || slot.memory > maxMemory)
                return damaged("a slot is not readable");
            slot.salt = *salt;
            slot.nonce = *nonce;
            slot.wrapped = *wrapped;
        }
        file.m_slots.push_back(std::move(slot));
    }
    return file;
}

Result<> KeyFile::save(const std::string& path) const {
    json slots = json::array();
    for (const Slot& slot : m_slots) {
        json entry{{"kind", name(slot.kind)}};
        if (slot.kind != SlotKind::Keychain) {
            entry["kdf"] = "argon2id";
            entry["operations"] = slot.operations;
            entry["memory"] = slot.memory;
            entry["salt"] = toHex(slot.salt);
            entry["nonce"] = toHex(slot.nonce);
            entry["wrapped"] = toHex(slot.wrapped);
        }
        slots.push_back(std::move(entry));
    }
    const json document{
        {"version", fileVersion}, {"workspace", m_workspaceId}, {"check", toHex(m_check)}, {"slots", std::move(slots)}};
    QSaveFile out(QString::fromStdString(path));
    const std::string text = document.dump(2) + "\n";
    if (!out.open(QIODevice::WriteOnly) || !out.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || out.write(text.data(), qint64(text.size())) != qint64(text.size()) || !out.commit())
        return fail(out.error() == QFileDevice::ResourceError ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, path);
    return {};
}

std::string KeyFile::associatedData(SlotKind kind) const { return m_workspaceId + ':' + std::string(name(kind)); }

const KeyFile::Slot* KeyFile::slot(SlotKind kind) const {
    const auto found = std::find_if(m_slots.begin(), m_slots.end(), [kind](const Slot& s) { return s.kind == kind; });
    return found == m_slots.end() ? nullptr : &*found;
}

bool KeyFile::has(SlotKind kind) const { return slot(kind) != nullptr; }

void KeyFile::setCheck(const SecureBytes& key) {
    m_check.resize(crypto_generichash_BYTES);
    crypto_generichash(reinterpret_cast<unsigned char*>(m_check.data()), m_check.size(), bytesOf(m_workspaceId),
                       m_workspaceId.size(), key.raw(), key.size());
}

bool KeyFile::isKey(const SecureBytes& key) const {
    if (key.size() != keySize || m_check.size() != crypto_generichash_BYTES)
        return false;
    std::array<unsigned char, crypto_generichash_BYTES> check{};
    crypto_generichash(check.data(), check.size(), bytesOf(m_workspaceId), m_workspaceId.size(), key.raw(), key.size());
    return sodium_memcmp(check.data(), m_check.data(), check.size()) == 0;
}

Result<> KeyFile::wrap(SlotKind kind, const SecureBytes& key, const SecureBytes& secret, Random& random) {
    Slot made{.kind = kind,
              .salt = randomBytes(random, saltSize),
              .nonce = randomBytes(random, nonceSize),
              .wrapped = std::string(keySize + tagSize, '\0'),
              .operations = operations,
              .memory = memory};
    SecureBytes wrappingKey(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    if (crypto_pwhash(wrappingKey.raw(), wrappingKey.size(), secret.view().data(), secret.size(), bytesOf(made.salt),
                      made.operations, made.memory, crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        return fail(ErrorCode::Internal, "not enough memory for the key derivation");
    const std::string data = associatedData(kind);
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(made.wrapped.data()), nullptr, key.raw(),
                                               key.size(), bytesOf(data), data.size(), nullptr, bytesOf(made.nonce),
                                               wrappingKey.raw());
    std::erase_if(m_slots, [kind](const Slot& s) { return s.kind == kind; });
    m_slots.push_back(std::move(made));
    setCheck(key);
    return {};
}

Result<SecureBytes> KeyFile::unwrap(SlotKind kind, const SecureBytes& secret, ErrorCode wrong) const {
    const Slot* found = slot(kind);
    if (found == nullptr)
        return fail(ErrorCode::NoSuchKeySlot, std::string(name(kind)));
    SecureBytes wrappingKey(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    if (crypto_pwhash(wrappingKey.raw(), wrappingKey.size(), secret.view().data(), secret.size(), bytesOf(found->salt),
                      found->operations, found->memory, crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        return fail(ErrorCode::Internal, "not enough memory for the key derivation");
    SecureBytes key(keySize);
    const std::string data = associatedData(kind);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(key.raw(), nullptr, nullptr, bytesOf(found->wrapped), found->wrapped.size(),
                                                   bytesOf(data), data.size(), bytesOf(found->nonce), wrappingKey.raw())
        != 0)
        return fail(wrong);
    return key;
}

Result<> KeyFile::setPassphrase(const SecureBytes& key, const SecureBytes& passphrase, Random& random) {
    if (passphraseStrength(passphrase.view()).level == PassphraseStrength::Level::TooShort)
        return fail(ErrorCode::WeakPassphrase, "shorter than 8 characters");
    return wrap(SlotKind::Passphrase, key, passphrase, random);
}

Result<SecureBytes> KeyFile::setRecoveryCode(const SecureBytes& key, Random& random) {
    SecureBytes digits(codeLength);
    SecureBytes printed(codeLength + codeLength / codeGroup - 1);
    std::size_t at = 0;
    for (std::size_t i = 0; i < codeLength; ++i) {
        const char digit = codeDigits[random.below(codeDigits.size())];
        digits.raw()[i] = static_cast<unsigned char>(digit);
        if (i > 0 && i % codeGroup == 0)
            printed.raw()[at++] = '-';
        printed.raw()[at++] = static_cast<unsigned char>(digit);
    }
    OUTRIDER_TRY(wrap(SlotKind::Recovery, key, digits, random));
    return printed;
}

void KeyFile::setKeychain(const SecureBytes& key) {
    if (!has(SlotKind::Keychain))
        m_slots.push_back({.kind = SlotKind::Keychain});
    setCheck(key);
}

Result<> KeyFile::remove(SlotKind kind) {
    if (!has(kind))
        return fail(ErrorCode::NoSuchKeySlot, std::string(name(kind)));
    const bool another = std::any_of(m_slots.begin(), m_slots.end(),
                                     [kind](const Slot& s) { return s.kind != kind && s.kind != SlotKind::Keychain; });
    if (!another)
        return fail(ErrorCode::LastKeySlot);
    std::erase_if(m_slots, [kind](const Slot& s) { return s.kind == kind; });
    return {};
}

Result<SecureBytes> KeyFile::unlockWithPassphrase(const SecureBytes& passphrase) const {
    return unwrap(SlotKind::Passphrase, passphrase, ErrorCode::WrongPassphrase);
}

Result<SecureBytes> KeyFile::unlockWithRecoveryCode(const SecureBytes& code) const {
    SecureBytes digits(codeLength);
    std::size_t count = 0;
    for (char c : code.view()) {
        if (c == '-' || c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        if (count == codeLength || codeDigits.find(c) == std::string_view::npos)
            return fail(ErrorCode::WrongRecoveryCode);
        digits.raw()[count++] = static_cast<unsigned char>(c);
    }
    if (count != codeLength)
        return fail(ErrorCode::WrongRecoveryCode);
    return unwrap(SlotKind::Recovery, digits, ErrorCode::WrongRecoveryCode);
}

PassphraseStrength passphraseStrength(std::string_view passphrase) {
    constexpr std::size_t minimum = 8;
    std::size_t length = 0;
    std::set<char> kinds;
    std::set<char> different;
    for (const char c : passphrase) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) // characters, not bytes
            ++length;
        different.insert(c);
        kinds.insert(c == ' ' ? ' ' : c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : c >= '0' && c <= '9' ? '0' : '!');
    }
    if (length < minimum)
        return {PassphraseStrength::Level::TooShort, double(length) / 32.0};
    // A rough count of bits: what each character adds, less when it repeats.
    const double perCharacter = 1.5 + 0.7 * double(kinds.size());
    const double bits = perCharacter * double(std::min(length, 2 * different.size()));
    const double share = std::min(1.0, bits / 70.0);
    const auto level = bits < 30   ? PassphraseStrength::Level::Weak
                       : bits < 50 ? PassphraseStrength::Level::Fair
                                   : PassphraseStrength::Level::Strong;
    return {level, share};
}

} // namespace outrider::security
