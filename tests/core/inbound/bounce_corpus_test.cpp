// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/classify.h"
#include "core/inbound/diagnosis.h"
#include "support/mail_corpus.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::inbound;
using namespace outrider::test;

namespace {

// How a half of the set is judged; every mail that is judged otherwise is told.
struct Score {
    int mails = 0;
    int bounces = 0; // known as such
    int kinds = 0;
    int saidHard = 0;
    int trulyHard = 0; // of those
    int hard = 0;
    int recipients = 0;
    int originals = 0;

    static double share(int part, int whole) { return whole == 0 ? 1 : double(part) / double(whole); }
};

Score scoreOf(const char* file) {
    Score score;
    for (const CorpusMail& mail : readMailCorpus(std::string(OUTRIDER_TEST_DATA "/mail/") + file)) {
        const Classification judged = classify(transport::parse(mail.raw));
        const bool bounce = judged.messageClass == MessageClass::Bounce;
        const std::string kind =
            bounce ? std::string(name(kindOf(judged.hard.value_or(false), judged.reason))) : std::string("no bounce");
        ++score.mails;
        score.bounces += bounce ? 1 : 0;
        score.kinds += kind == mail.kind ? 1 : 0;
        score.hard += mail.kind == "hard" ? 1 : 0;
        score.saidHard += kind == "hard" ? 1 : 0;
        score.trulyHard += kind == "hard" && mail.kind == "hard" ? 1 : 0;
        score.recipients += judged.recipient == mail.recipient ? 1 : 0;
        score.originals += judged.originalMessageId == mail.originalId ? 1 : 0;
        if (kind != mail.kind || judged.recipient != mail.recipient || judged.originalMessageId != mail.originalId)
            qInfo("%s: %s (%s), %s, %s: %s", mail.name.c_str(), kind.c_str(), judged.reason.c_str(), judged.recipient.c_str(),
                  judged.originalMessageId.c_str(), judged.evidence.c_str());
    }
    qInfo("%s: %d mails, %d bounces, kind %.3f, hard precision %.3f recall %.3f, address %.3f, Message-ID %.3f", file,
          score.mails, score.bounces, Score::share(score.kinds, score.mails), Score::share(score.trulyHard, score.saidHard),
          Score::share(score.trulyHard, score.hard), Score::share(score.recipients, score.mails),
          Score::share(score.originals, score.mails));
    return score;
}

} // namespace

// What the rules are worth, measured on mail of a hundred dialects.
class BounceCorpusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void bounces_of_many_servers_are_judged_well_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("held out") << QByteArray("bounces_held_out.txt");
        QTest::newRow("tuned on") << QByteArray("bounces_tuned_on.txt");
    }

    void bounces_of_many_servers_are_judged_well() {
        QFETCH(QByteArray, file);
        const Score score = scoreOf(file.constData());
        QVERIFY(score.mails >= 60);
        QVERIFY(Score::share(score.bounces, score.mails) >= 0.97);
        QVERIFY(Score::share(score.trulyHard, score.saidHard) >= 0.95);
        QVERIFY(Score::share(score.trulyHard, score.hard) >= 0.85);
        QVERIFY(Score::share(score.kinds, score.mails) >= 0.85);
        QVERIFY(Score::share(score.recipients, score.mails) >= 0.95);
        QVERIFY(Score::share(score.originals, score.mails) >= 0.9);
    }
};

OUTRIDER_TEST(BounceCorpusTest)
#include "bounce_corpus_test.moc"
