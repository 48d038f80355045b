// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/page_cache.h"

#include "support/test_registry.h"

using outrider::models::PageCache;

class PageCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_page_not_used_longest_makes_room() {
        PageCache<int> cache(3);
        for (int i = 0; i < 3; ++i)
            cache.put(i, i * 10);
        QVERIFY(cache.find(0) != nullptr); // 1 is now the oldest
        cache.put(7, 70);
        QCOMPARE(cache.size(), std::size_t(3));
        QVERIFY(cache.find(1) == nullptr);
        QCOMPARE(*cache.find(0), 0);
        QCOMPARE(*cache.find(7), 70);
    }

    void a_stale_page_can_be_read_until_it_is_replaced() {
        PageCache<int> cache(2);
        cache.put(4, 40);
        QVERIFY(cache.isFresh(4));
        cache.markAllStale();
        QVERIFY(!cache.isFresh(4));
        QCOMPARE(*cache.find(4), 40);
        cache.put(4, 41);
        QVERIFY(cache.isFresh(4));
        QCOMPARE(*cache.find(4), 41);
    }

    void pages_behind_the_end_are_forgotten() {
        PageCache<int> cache(8);
        for (int i = 0; i < 5; ++i)
            cache.put(i, i);
        cache.removeFrom(2);
        QVERIFY(cache.find(1) != nullptr);
        QVERIFY(cache.find(2) == nullptr);
        QCOMPARE(cache.size(), std::size_t(2));
    }
};

OUTRIDER_TEST(PageCacheTest)
#include "page_cache_test.moc"
