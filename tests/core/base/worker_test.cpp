// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/worker.h"
#include "support/test_registry.h"

#include <atomic>
#include <stdexcept>

using namespace outrider;

class WorkerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void tasks_run_in_the_order_they_were_posted() {
        std::vector<int> order;
        {
            Worker worker("order");
            for (int i = 0; i < 100; ++i)
                worker.post([&order, i] { order.push_back(i); });
        }
        QCOMPARE(order.size(), std::size_t(100));
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void run_gives_the_result_back() {
        Worker worker("answer");
        auto future = worker.run([]() -> Result<int> { return 42; });
        const auto answer = wait(std::move(future));
        VERIFY_OK(answer);
        QCOMPARE(*answer, 42);
    }

    void an_exception_becomes_an_error() {
        Worker worker("throws");
        const auto result = wait(worker.run([]() -> Result<int> { throw std::runtime_error("boom"); }));
        VERIFY_ERROR(result, ErrorCode::Internal);
        QCOMPARE(result.error().detail, std::string("boom"));
    }

    void destruction_finishes_what_is_queued() {
        std::atomic<int> done = 0;
        {
            Worker worker("drain");
            for (int i = 0; i < 50; ++i)
                worker.post([&done] { ++done; });
        }
        QCOMPARE(done.load(), 50);
    }

    void inline_mode_runs_on_the_callers_thread_at_once() {
        Worker worker("inline", WorkerMode::Inline);
        std::thread::id ranOn;
        worker.post([&ranOn] { ranOn = std::this_thread::get_id(); });
        QVERIFY(ranOn == std::this_thread::get_id());
        QVERIFY(worker.isCurrentThread());
    }

    void an_abandoned_future_counts_as_cancelled() {
        QFuture<Result<int>> future;
        {
            QPromise<Result<int>> promise;
            promise.start();
            future = promise.future();
        }
        VERIFY_ERROR(wait(future), ErrorCode::Cancelled);
    }
};

OUTRIDER_TEST(WorkerTest)
#include "worker_test.moc"
