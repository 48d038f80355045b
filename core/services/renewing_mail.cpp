// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/renewing_mail.h"

namespace outrider {

namespace {

using transport::SendKind;

class RenewingTransport final : public transport::MailTransport {
public:
    RenewingTransport(std::unique_ptr<transport::MailTransport> inner, std::function<void()> reject)
        : m_inner(std::move(inner)),
          m_reject(std::move(reject)) {}

    transport::SendOutcome send(const transport::Envelope& envelope, std::string_view raw, const transport::HandOver& beforeData,
                                const Progress& progress) override {
        auto outcome = m_inner->send(envelope, raw, beforeData, progress);
        if (outcome.kind != SendKind::NotSent || outcome.error.code != ErrorCode::AuthFailed
            || outcome.stage != transport::SendStage::SignIn)
            return outcome;
        m_reject();
        return m_inner->send(envelope, raw, beforeData, progress);
    }
    std::string reference() const override { return m_inner->reference(); }

private:
    const std::unique_ptr<transport::MailTransport> m_inner;
    const std::function<void()> m_reject;
};

template <typename Act>
auto twice(Act act, const std::function<void()>& reject) {
    auto result = act();
    if (result || result.error().code != ErrorCode::AuthFailed)
        return result;
    reject();
    return act();
}

class RenewingSource final : public transport::MailSource {
public:
    RenewingSource(std::unique_ptr<transport::MailSource> inner, std::function<void()> reject)
        : m_inner(std::move(inner)),
          m_reject(std::move(reject)) {}

    Result<transport::FetchReport> fetchNew(const transport::MailCursor& cursor, const transport::FetchLimits& limits,
                                            const transport::MailSink& sink, const Progress& progress,
                                            transport::MailCursor* reached) override {
        return twice([&] { return m_inner->fetchNew(cursor, limits, sink, progress, reached); }, m_reject);
    }
    Result<transport::WaitEnd> waitForMail(const transport::MailCursor& cursor, Millis most, const Progress& progress) override {
        return twice([&] { return m_inner->waitForMail(cursor, most, progress); }, m_reject);
    }
    std::optional<Millis> retryAfter() const override { return m_inner->retryAfter(); }

private:
    const std::unique_ptr<transport::MailSource> m_inner;
    const std::function<void()> m_reject;
};

} // namespace

std::unique_ptr<transport::MailTransport> renewing(std::unique_ptr<transport::MailTransport> transport,
                                                   std::function<void()> reject) {
    return std::make_unique<RenewingTransport>(std::move(transport), std::move(reject));
}

std::unique_ptr<transport::MailSource> renewing(std::unique_ptr<transport::MailSource> source, std::function<void()> reject) {
    return std::make_unique<RenewingSource>(std::move(source), std::move(reject));
}

} // namespace outrider
