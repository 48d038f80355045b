// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_registry.h"

#include <cstdio>
#include <string_view>
#include <vector>

namespace outrider::test {

std::map<std::string, MakeTest>& registry() {
    static std::map<std::string, MakeTest> tests;
    return tests;
}

Registration::Registration(const char* sourceFile, MakeTest make) {
    std::string_view stem = sourceFile;
    stem.remove_prefix(stem.find_last_of('/') + 1);
    stem = stem.substr(0, stem.rfind("_test.cpp"));
    if (!registry().emplace(stem, std::move(make)).second)
        qFatal("two tests in one executable are called %s", std::string(stem).c_str());
}

int runRegistered(int argc, char** argv) {
    std::vector<char*> rest(argv, argv + argc);
    std::string only;
    if (argc > 1 && argv[1][0] != '-') {
        only = argv[1];
        rest.erase(rest.begin() + 1);
        if (!registry().contains(only)) {
            std::fprintf(stderr, "no test %s here\n", only.c_str());
            return 2;
        }
    }
    int failed = 0;
    for (const auto& [name, make] : registry()) {
        if (only.empty() || name == only) {
            const auto test = make();
            failed += QTest::qExec(test.get(), int(rest.size()), rest.data());
        }
    }
    return failed == 0 ? 0 : 1;
}

} // namespace outrider::test
