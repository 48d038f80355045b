// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/deliver.h"
#include "core/base/worker.h"
#include "support/test_registry.h"

#include <QThread>

using namespace outrider;

class DeliverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void the_result_arrives_on_the_receivers_thread() {
        Worker worker("deliver");
        QObject receiver;
        int got = 0;
        QThread* thread = nullptr;
        deliver(worker.run([]() -> Result<int> { return 7; }), &receiver, [&](Result<int> result) {
            got = *result;
            thread = QThread::currentThread();
        });
        QTRY_COMPARE(got, 7);
        QCOMPARE(thread, QThread::currentThread());
    }

    void a_dead_receiver_is_never_called() {
        QPromise<Result<int>> promise;
        promise.start();
        bool called = false;
        {
            QObject receiver;
            deliver(promise.future(), &receiver, [&](const Result<int>&) { called = true; });
        }
        promise.addResult(Result<int>(1));
        promise.finish();
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void an_abandoned_promise_is_delivered_as_cancelled() {
        QObject receiver;
        bool cancelled = false;
        {
            QPromise<Result<int>> promise;
            promise.start();
            deliver(promise.future(), &receiver,
                    [&](const Result<int>& result) { cancelled = !result && result.error().code == ErrorCode::Cancelled; });
        }
        QTRY_VERIFY(cancelled);
    }
};

OUTRIDER_TEST(DeliverTest)
#include "deliver_test.moc"
