// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mail_reading.h"

#include "core/domain/lead.h"
#include "core/services/inbox_service.h"
#include "core/services/service_context.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/transport/mail_html.h"
#include "core/transport/parsed_mail.h"

namespace outrider {

using namespace outrider::store;

QFuture<Result<ShownMail>> InboxService::shown(MessageId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<ShownMail> {
        MessageRepository messages(r.db);
        const auto message = messages.find(id);
        if (!message)
            return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
        const std::string raw = messages.raw(id);
        ShownMail shown;
        shown.text = message->text;
        if (raw.empty())
            return shown;
        const transport::ParsedMail parsed = transport::parse(raw);
        if (!parsed.text.empty())
            shown.text = parsed.text;
        shown.truncated = parsed.truncated;
        if (auto clean = transport::cleanMailHtml(raw)) {
            shown.html = std::move(clean->html);
            shown.imagesLeftOut = clean->imagesLeftOut;
            shown.truncated = shown.truncated || clean->truncated;
            for (transport::MailLink& link : clean->links)
                shown.links.push_back({std::move(link.text), std::move(link.url), std::move(link.host), link.misleading});
        }
        return shown;
    });
}

QFuture<Result<JudgedMail>> InboxService::judged(MessageId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<JudgedMail> {
        MessageRepository messages(r.db);
        const auto message = messages.find(id);
        if (!message)
            return fail(ErrorCode::NotFound, "message " + std::to_string(id.value));
        JudgedMail judged{.message = *message, .leadName = {}, .effect = messages.effectOf(*message)};
        if (const auto lead = LeadRepository(r.db).find(message->lead))
            judged.leadName = displayName(*lead);
        return judged;
    });
}

} // namespace outrider
