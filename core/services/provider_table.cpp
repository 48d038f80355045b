// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/provider_table.h"

#include "core/store/repositories/setting_repository.h"

#include <nlohmann/json.hpp>

#include <array>

namespace outrider {

using nlohmann::json;

namespace {

struct SettingField {
    const char* key;
    std::string ProviderSettings::*value;
};

constexpr std::array<SettingField, 4> settingFields{{{"client_id", &ProviderSettings::clientId},
                                                     {"authorize_url", &ProviderSettings::authorizeUrl},
                                                     {"token_url", &ProviderSettings::tokenUrl},
                                                     {"api_url", &ProviderSettings::apiUrl}}};

} // namespace

ProviderSettings builtInProvider(Provider provider) {
    switch (provider) {
    case Provider::Google:
        return {.clientId = OUTRIDER_GOOGLE_CLIENT_ID,
                .authorizeUrl = "https://accounts.google.com/o/oauth2/v2/auth",
                .tokenUrl = "https://oauth2.googleapis.com/token",
                .apiUrl = "https://gmail.googleapis.com"};
    case Provider::Microsoft:
        return {.clientId = OUTRIDER_MICROSOFT_CLIENT_ID,
                .authorizeUrl = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
                .tokenUrl = "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                .apiUrl = "https://graph.microsoft.com/v1.0"};
    case Provider::Resend:
        return {.apiUrl = "https://api.resend.com"};
    case Provider::Twilio:
        return {.apiUrl = "https://api.twilio.com/2010-04-01"};
    case Provider::None:
        break;
    }
    return {};
}

std::string providerSettingKey(Provider provider) { return "provider." + std::string(name(provider)); }

ProviderSettings providerSettings(store::Connection& db, Provider provider) {
    ProviderSettings settings = builtInProvider(provider);
    const json stored = json::parse(store::SettingRepository(db).get(providerSettingKey(provider)), nullptr, false);
    if (!stored.is_object())
        return settings;
    for (const SettingField& field : settingFields) {
        const auto found = stored.find(field.key);
        if (found != stored.end() && found->is_string())
            settings.*field.value = found->get<std::string>();
    }
    return settings;
}

std::string providerSettingJson(Provider provider, const ProviderSettings& settings) {
    const ProviderSettings builtIn = builtInProvider(provider);
    json out = json::object();
    for (const SettingField& field : settingFields) {
        if (settings.*field.value != builtIn.*field.value)
            out[field.key] = settings.*field.value;
    }
    return out.dump();
}

transport::OAuthClient oauthClient(AccountKind kind, const ProviderSettings& settings, const std::string& caFile) {
    transport::OAuthClient client{
        .clientId = settings.clientId, .authorizeUrl = settings.authorizeUrl, .tokenUrl = settings.tokenUrl, .caFile = caFile};
    switch (kind) {
    case AccountKind::Gmail: // IMAP and SMTP know no narrower one
        client.scopes = "https://mail.google.com/ openid email";
        break;
    case AccountKind::GmailApi:
        client.scopes =
            "https://www.googleapis.com/auth/gmail.compose https://www.googleapis.com/auth/gmail.readonly openid email";
        break;
    case AccountKind::Microsoft:
        client.scopes = "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All offline_access"
                        " openid email profile";
        break;
    case AccountKind::Graph:
        client.scopes = "https://graph.microsoft.com/Mail.Send https://graph.microsoft.com/Mail.Read offline_access openid email"
                        " profile";
        break;
    case AccountKind::Servers:
    case AccountKind::Resend:
    case AccountKind::Twilio:
        break;
    }
    if (providerOf(kind) == Provider::Google) // a refresh token is given only with consent
        client.extra = {{"access_type", "offline"}, {"prompt", "consent"}};
    if (providerOf(kind) == Provider::Microsoft)
        client.redirectHost = "localhost"; // the only one that may be registered with any port
    return client;
}

void applyServers(Mailbox& mailbox) {
    mailbox.auth = signsInByBrowser(mailbox.account) ? AuthMethod::XOAuth2 : mailbox.auth;
    switch (mailbox.account) {
    case AccountKind::Gmail:
        if (mailbox.smtp.host.empty())
            mailbox.smtp = {"smtp.gmail.com", 465, TlsMode::Implicit};
        if (mailbox.imap.host.empty())
            mailbox.imap = {"imap.gmail.com", 993, TlsMode::Implicit};
        break;
    case AccountKind::Microsoft:
        if (mailbox.smtp.host.empty())
            mailbox.smtp = {"smtp.office365.com", 587, TlsMode::StartTls};
        if (mailbox.imap.host.empty())
            mailbox.imap = {"outlook.office365.com", 993, TlsMode::Implicit};
        break;
    case AccountKind::GmailApi:
    case AccountKind::Graph:
    case AccountKind::Twilio:
        mailbox.smtp = {};
        mailbox.imap = {};
        break;
    case AccountKind::Resend:
        mailbox.smtp = {};
        break;
    case AccountKind::Servers:
        break;
    }
}

std::string accessTokenName(MailboxId id) { return secretName(id) + "/access"; }

std::string imapSecretName(MailboxId id) { return secretName(id) + "/imap"; }

std::string clientSecretName(Provider provider) { return "provider/" + std::string(name(provider)) + "/client-secret"; }

} // namespace outrider
