// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/security/key_file.h"

#include "support/test_registry.h"

#include <QFile>
#include <QTemporaryDir>

using namespace outrider;
using namespace outrider::security;

namespace {

SecureBytes secret(std::string_view text) { return SecureBytes(text); }

} // namespace

class KeyFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    SeededRandom m_random{1};
    std::string path() { return m_dir.filePath(QStringLiteral("w.outrider.keys")).toStdString(); }

private Q_SLOTS:
    void every_slot_opens_to_the_same_key() {
        const SecureBytes key = KeyFile::makeKey(m_random);
        KeyFile file = KeyFile::create(m_random);
        VERIFY_OK(file.setPassphrase(key, secret("four words or more"), m_random));
        const auto code = file.setRecoveryCode(key, m_random);
        VERIFY_OK(code);
        VERIFY_OK(file.save(path()));

        const auto loaded = KeyFile::load(path());
        VERIFY_OK(loaded);
        const auto byPassphrase = loaded->unlockWithPassphrase(secret("four words or more"));
        VERIFY_OK(byPassphrase);
        QVERIFY(*byPassphrase == key);
        const auto byCode = loaded->unlockWithRecoveryCode(*code);
        VERIFY_OK(byCode);
        QVERIFY(*byCode == key);
        QVERIFY(loaded->isKey(key));
        QVERIFY(!loaded->isKey(KeyFile::makeKey(m_random)));
    }

    void a_recovery_code_may_be_typed_as_people_type() {
        const SecureBytes key = KeyFile::makeKey(m_random);
        KeyFile file = KeyFile::create(m_random);
        const auto code = file.setRecoveryCode(key, m_random);
        VERIFY_OK(code);
        QCOMPARE(code->size(), std::size_t(32 + 7));
        std::string typed(code->view());
        for (char& c : typed) {
            if (c == '-')
                c = ' ';
            else if (c == '0')
                c = 'o';
            else if (c == '1')
                c = 'l';
            else if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c + 32);
        }
        VERIFY_OK(file.unlockWithRecoveryCode(secret("  " + typed + "\n")));
    }

    void a_wrong_secret_is_refused_by_name() {
        const SecureBytes key = KeyFile::makeKey(m_random);
        KeyFile file = KeyFile::create(m_random);
        VERIFY_OK(file.setPassphrase(key, secret("four words or more"), m_random));
        VERIFY_ERROR(file.unlockWithPassphrase(secret("four words or mare")), ErrorCode::WrongPassphrase);
        VERIFY_ERROR(file.unlockWithRecoveryCode(secret("anything")), ErrorCode::WrongRecoveryCode);
        const auto code = file.setRecoveryCode(key, m_random);
        std::string other(code->view());
        other[0] = other[0] == '2' ? '3' : '2';
        VERIFY_ERROR(file.unlockWithRecoveryCode(secret(other)), ErrorCode::WrongRecoveryCode);
    }

    void a_new_passphrase_replaces_the_old_one_and_keeps_the_key() {
        const SecureBytes key = KeyFile::makeKey(m_random);
        KeyFile file = KeyFile::create(m_random);
        VERIFY_OK(file.setPassphrase(key, secret("the first passphrase"), m_random));
        VERIFY_OK(file.setPassphrase(key, secret("the second passphrase"), m_random));
        VERIFY_ERROR(file.unlockWithPassphrase(secret("the first passphrase")), ErrorCode::WrongPassphrase);
        QVERIFY(*file.unlockWithPassphrase(secret("the second passphrase")) == key);
    }

    void a_short_passphrase_is_refused() {
        KeyFile file = KeyFile::create(m_random);
        VERIFY_ERROR(file.setPassphrase(KeyFile::makeKey(m_random), secret("seven.."), m_random), ErrorCode::WeakPassphrase);
    }

    void the_last_slot_without_a_keychain_cannot_be_removed() {
        const SecureBytes key = KeyFile::makeKey(m_random);
        KeyFile file = KeyFile::create(m_random);
        VERIFY_OK(file.setPassphrase(key, secret("four words or more"), m_random));
        file.setKeychain(key);
        VERIFY_ERROR(file.remove(SlotKind::Passphrase), ErrorCode::LastKeySlot);
        VERIFY_OK(file.setRecoveryCode(key, m_random));
        VERIFY_OK(file.remove(SlotKind::Passphrase));
        VERIFY_ERROR(file.unlockWithPassphrase(secret("four words or more")), ErrorCode::NoSuchKeySlot);
    }

    void the_file_is_its_owners_alone_and_holds_no_key() {
        const SecureBytes key = KeyFile::makeKey(m_random);
        KeyFile file = KeyFile::create(m_random);
        VERIFY_OK(file.setPassphrase(key, secret("four words or more"), m_random));
        VERIFY_OK(file.save(path()));
        QFile in(QString::fromStdString(path()));
        QCOMPARE(int(in.permissions() & 0x0FFF & ~(QFile::ReadUser | QFile::WriteUser)), 0);
        QVERIFY(in.open(QIODevice::ReadOnly));
        const QByteArray text = in.readAll();
        QVERIFY(!text.contains("four words"));
        QVERIFY(!text.contains(QByteArray(key.view().data(), qsizetype(key.size())).toHex()));
    }

    void a_slot_moved_to_another_workspace_does_not_open_it() {
        const SecureBytes key = KeyFile::makeKey(m_random);
        KeyFile file = KeyFile::create(m_random);
        VERIFY_OK(file.setPassphrase(key, secret("four words or more"), m_random));
        VERIFY_OK(file.save(path()));
        QFile in(QString::fromStdString(path()));
        QVERIFY(in.open(QIODevice::ReadOnly));
        QByteArray text = in.readAll();
        in.close();
        text.replace(QByteArray::fromStdString(file.workspaceId()), QByteArray(32, 'a'));
        QVERIFY(in.open(QIODevice::WriteOnly));
        in.write(text);
        in.close();
        const auto moved = KeyFile::load(path());
        VERIFY_OK(moved);
        VERIFY_ERROR(moved->unlockWithPassphrase(secret("four words or more")), ErrorCode::WrongPassphrase);
    }

    void a_missing_and_a_damaged_file_are_told_apart() {
        QFile::remove(QString::fromStdString(path()));
        VERIFY_ERROR(KeyFile::load(path()), ErrorCode::KeyFileMissing);
        for (const char* text :
             {"", "not json", "[]", "{}", R"({"version":9})", R"({"version":1,"workspace":"x","check":"","slots":[]})",
              R"({"version":1,"workspace":"00112233445566778899aabbccddeeff",
                                     "check":"00","slots":[{"kind":"passphrase","memory":99999999999999}]})"}) {
            QFile out(QString::fromStdString(path()));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(text);
            out.close();
            VERIFY_ERROR(KeyFile::load(path()), ErrorCode::KeyFileDamaged);
        }
    }

    void an_unwritable_folder_is_said() {
        VERIFY_ERROR(KeyFile::create(m_random).save("/proc/nowhere/w.keys"), ErrorCode::FileUnwritable);
    }

    void strength_grows_with_length_and_variety() {
        using Level = PassphraseStrength::Level;
        QCOMPARE(int(passphraseStrength("short").level), int(Level::TooShort));
        QCOMPARE(int(passphraseStrength("aaaaaaaaaa").level), int(Level::Weak));
        QCOMPARE(int(passphraseStrength("correct horse battery staple").level), int(Level::Strong));
        QVERIFY(passphraseStrength("Tr0ub4dor&3").share > passphraseStrength("troubador").share);
    }
};

OUTRIDER_TEST(KeyFileTest)
#include "key_file_test.moc"
