// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/strategy_checks.h"

#include "core/contact/text.h"
#include "core/outreach/message_template.h"

namespace outrider {

bool isWindow(const Window& window) {
    return !window.days.none() && window.startMinute >= 0 && window.endMinute <= 24 * 60 && window.startMinute < window.endMinute;
}

std::vector<StrategyCheck> strategyFaults(const StrategyVersion& version) {
    using Severity = StrategyCheck::Severity;
    std::vector<StrategyCheck> checks;
    if (version.steps.empty())
        checks.push_back({Severity::Error, "no_steps", {}, -1});
    if (!isWindow(version.window))
        checks.push_back({Severity::Error, "window_never_opens", {}, -1});
    int previousOffset = 0;
    int position = 0;
    for (const Step& step : version.steps) {
        if (step.window && !isWindow(*step.window))
            checks.push_back({Severity::Error, "window_never_opens", {}, position});
        if (step.dayOffset < 0)
            checks.push_back({Severity::Error, "days_negative", {}, position});
        if (version.offsetBase == OffsetBase::Enrolment && step.dayOffset < previousOffset)
            checks.push_back({Severity::Error, "days_go_back", std::to_string(previousOffset), position});
        previousOffset = step.dayOffset;
        for (const std::string* text : {&step.subject, &step.body}) {
            if (const auto valid = outreach::checkTemplate(*text); !valid)
                checks.push_back({Severity::Error, std::string(name(valid.error().code)), valid.error().detail, position});
        }
        for (const Variant& variant : step.variants) {
            for (const std::string* text : {&variant.subject, &variant.body}) {
                if (const auto valid = outreach::checkTemplate(*text); !valid)
                    checks.push_back({Severity::Error, std::string(name(valid.error().code)), valid.error().detail, position});
            }
            if (contact::trimmed(variant.body).empty())
                checks.push_back({Severity::Error, "no_text", {}, position});
            if (contact::trimmed(variant.subject).empty() && (step.thread == Thread::New || position == 0))
                checks.push_back({Severity::Error, "no_subject", {}, position});
        }
        if (step.channel == Channel::Email) {
            if (contact::trimmed(step.subject).empty() && (step.thread == Thread::New || position == 0))
                checks.push_back({Severity::Error, "no_subject", {}, position});
            if (contact::trimmed(step.body).empty())
                checks.push_back({Severity::Error, "no_text", {}, position});
        }
        ++position;
    }
    return checks;
}

void adviseOnStrategy(std::vector<StrategyCheck>& checks, const StrategyVersion& version) {
    using Severity = StrategyCheck::Severity;
    constexpr int longMail = 150;
    int position = 0;
    for (const Step& step : version.steps) {
        if (step.channel == Channel::Email && !step.body.empty()) {
            int words = 0;
            int links = 0;
            int questions = 0;
            const std::string text = contact::collapsed(step.body); // the words look into it
            for (const auto word : contact::split(text, " ")) {
                ++words;
                links += word.find("http://") != std::string_view::npos || word.find("https://") != std::string_view::npos;
                questions += word.ends_with("?") ? 1 : 0;
            }
            const std::string counts = std::to_string(words) + "," + std::to_string(questions) + "," + std::to_string(links);
            checks.push_back(
                {words > longMail || links > 2 ? Severity::Warning : Severity::Fine, "mail_length", counts, position});
        }
        ++position;
    }
}

} // namespace outrider
