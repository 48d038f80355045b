// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/attachment_repository.h"

#include "core/store/archive.h"
#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
#include "core/store/repositories/message_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

MailAttachment fileOf(const char* name, std::string bytes) {
    return {.name = name,
            .mediaType = "application/pdf",
            .size = std::int64_t(bytes.size()),
            .data = std::make_shared<const std::string>(std::move(bytes))};
}

// Base64 in lines, as GMime writes it.
std::string encoded(const std::string& bytes) {
    const QByteArray plain = QByteArray::fromStdString(bytes).toBase64();
    std::string lines;
    for (qsizetype at = 0; at < plain.size(); at += 76)
        lines += plain.mid(at, 76).toStdString() + "\r\n";
    return lines;
}

std::string randomBytes(std::size_t size, std::uint64_t seed) {
    std::string bytes(size, '\0');
    SeededRandom(seed).fill(std::as_writable_bytes(std::span(bytes)));
    return bytes;
}

// A message with two files, as it would go over the wire.
struct Sent {
    explicit Sent(TempStore& store) {
        raw = "Subject: x\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n\r\n" + encoded(*files[0].data) + "\r\n--b\r\n\r\n"
              + encoded(*files[1].data) + "\r\n--b--\r\n";
        store.write([&](WriteContext& w) {
            AttachmentRepository attachments(w.db);
            attachments.store(w, files);
            const auto packed = AttachmentRepository::pack(raw, files);
            Message message{.raw = packed.raw, .at = w.now};
            MessageRepository(w.db).insert(w, message);
            attachments.setOfMessage(w, message.id, files, packed);
            id = message.id;
        });
    }

    std::vector<MailAttachment> files{fileOf("deck.pdf", randomBytes(100'000, 1)), fileOf("note.pdf", randomBytes(7, 2))};
    std::string raw;
    MessageId id;
};

std::int64_t count(TempStore& store, const char* sql) {
    return store.read([sql](ReadContext& r) { return r.db.integer(sql); });
}

std::string rawOf(TempStore& store, MessageId id) {
    return store.read([id](ReadContext& r) { return MessageRepository(r.db).raw(id); });
}

} // namespace

class AttachmentRepositoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_message_is_kept_without_its_files_and_read_with_them() {
        TempStore store;
        const Sent sent(store);
        QVERIFY(rawOf(store, sent.id) == sent.raw);
        QVERIFY(count(store, "SELECT length(raw) FROM message") < 1000);
        QCOMPARE(count(store, "SELECT count(*) FROM message_attachment WHERE raw_at IS NOT NULL"), 2);
    }

    void bytes_are_kept_once_however_many_messages_carry_them() {
        TempStore store;
        const Sent one(store);
        const Sent another(store);
        QVERIFY(one.id != another.id);
        QCOMPARE(count(store, "SELECT count(*) FROM attachment_content"), 2);
        QVERIFY(rawOf(store, another.id) == another.raw);
    }

    void a_message_encoded_otherwise_is_kept_whole() {
        const std::vector<MailAttachment> files{fileOf("a.pdf", randomBytes(1000, 3))};
        const auto packed = AttachmentRepository::pack("no base64 of it here\r\n", files);
        QCOMPARE(packed.raw, std::string("no base64 of it here\r\n"));
        QCOMPARE(packed.places, std::vector<std::int64_t>{-1});
    }

    void an_undo_takes_the_names_back_and_a_redo_finds_the_bytes() {
        TempStore store;
        StrategyVersion version;
        store.write([&](WriteContext& w) { version = addStrategy(w, "Ramps"); });
        store.write([&](WriteContext& w) {
            std::vector<MailAttachment> files{fileOf("deck.pdf", "bytes")};
            AttachmentRepository(w.db).store(w, files);
            AttachmentRepository(w.db).setOfStep(w, version.steps[0].id, files);
        });
        const auto filesOf = [&] {
            return store.read([&](ReadContext& r) { return AttachmentRepository(r.db).ofStep(version.steps[0].id); });
        };
        store.write(
            [](WriteContext& w) { return undoAction(w, nextUndo(w.db, w.action)->id, UndoPolicy::AllOrNothing).has_value(); },
            {.name = "undo"});
        QVERIFY(filesOf().empty());
        store.write(
            [](WriteContext& w) { return redoAction(w, nextRedo(w.db, w.action)->id, UndoPolicy::AllOrNothing).has_value(); },
            {.name = "redo"});
        const auto files = filesOf();
        QCOMPARE(files.size(), std::size_t(1));
        QCOMPARE(store.read([&](ReadContext& r) { return AttachmentRepository(r.db).content(files.front().hash); }),
                 std::string("bytes"));
    }

    void an_archive_takes_the_files_along() {
        TempStore from;
        const Sent sent(from);
        Progress progress;
        const std::string folder = from.dir.filePath(QStringLiteral("archive")).toStdString();
        VERIFY_OK(exportArchive(*from, ArchiveFormat::Jsonl, folder, progress));
        TempStore to;
        VERIFY_OK(importArchive(*to, folder, progress));
        QVERIFY(rawOf(to, sent.id) == sent.raw);
    }

    void what_is_missing_or_changed_is_damage() {
        TempStore store;
        const Sent sent(store);
        QVERIFY(store.read([](ReadContext& r) { return examine(r.db); }).empty());
        store.write([](WriteContext& w) { w.db.run("DELETE FROM attachment_content WHERE size = 7"); });
        const auto found = store.read([](ReadContext& r) { return examine(r.db); });
        QCOMPARE(found, std::vector<std::string>{"file of a message: note.pdf is missing"});
        const auto read =
            wait(store->read([&](ReadContext& r) -> Result<std::string> { return MessageRepository(r.db).raw(sent.id); }));
        VERIFY_ERROR(read, ErrorCode::StoreDamaged);
    }
};

OUTRIDER_TEST(AttachmentRepositoryTest)
#include "attachment_repository_test.moc"
