// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/facts_panel.h"

#include "core/base/deliver.h"
#include "core/domain/field.h"
#include "ui/lead_view/lead_actions.h"
#include "ui/lead_view/text_link.h"
#include "ui/text/error_text.h"
#include "ui/text/history_text.h"
#include "ui/text/tr.h"

#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace outrider::lead_view {

using text::toQt;

namespace {

struct KnownFact {
    const char* key;
    bool always = false; // also while empty
};
constexpr std::array knownFacts{
    KnownFact{"email", true},     KnownFact{"phone", true},     KnownFact{"linkedin_url", true},
    KnownFact{"job_title", true}, KnownFact{"company", true},   KnownFact{"owner", true},
    KnownFact{"language"},        KnownFact{"time_zone", true}, KnownFact{"first_name"},
    KnownFact{"last_name"},       KnownFact{"salutation"},      KnownFact{"department"},
    KnownFact{"phone_mobile"},    KnownFact{"phone_work"},      KnownFact{"email_2"},
    KnownFact{"street"},          KnownFact{"postal_code"},     KnownFact{"city"},
    KnownFact{"region"},          KnownFact{"country"},         KnownFact{"company_domain"},
    KnownFact{"score"},           KnownFact{"source"},          KnownFact{"external_id"},
};
// Shown in the head already: only behind "All fields".
constexpr std::array shownElsewhere{"first_name", "last_name", "job_title", "company", "company_domain", "score", "city"};

bool isShownElsewhere(const QString& key) {
    return std::any_of(shownElsewhere.begin(), shownElsewhere.end(),
                       [&](const char* known) { return key == QLatin1String(known); });
}

bool isAlwaysShown(const QString& key) {
    return !isShownElsewhere(key) && std::any_of(knownFacts.begin(), knownFacts.end(), [&](const KnownFact& fact) {
        return fact.always && key == QLatin1String(fact.key);
    });
}

std::string contactOf(const Lead& lead, ContactKind kind, std::string_view label) {
    const auto found = std::find_if(lead.otherContacts.begin(), lead.otherContacts.end(),
                                    [&](const ContactPoint& c) { return c.kind == kind && c.label == label; });
    return found == lead.otherContacts.end() ? std::string() : found->value;
}

std::string valueOf(const LeadDetail& detail, const QString& key) {
    const Lead& lead = detail.lead;
    const std::map<QString, std::string> values{
        {QStringLiteral("email"), lead.email},
        {QStringLiteral("phone"), lead.phone},
        {QStringLiteral("linkedin_url"), lead.linkedinUrl},
        {QStringLiteral("job_title"), lead.jobTitle},
        {QStringLiteral("company"), lead.companyName},
        {QStringLiteral("owner"), detail.ownerName},
        {QStringLiteral("language"), lead.language},
        {QStringLiteral("time_zone"), lead.timeZone.empty() ? detail.zone : lead.timeZone},
        {QStringLiteral("first_name"), lead.firstName},
        {QStringLiteral("last_name"), lead.lastName},
        {QStringLiteral("salutation"), lead.salutation},
        {QStringLiteral("department"), lead.department},
        {QStringLiteral("phone_mobile"), contactOf(lead, ContactKind::Phone, "mobile")},
        {QStringLiteral("phone_work"), contactOf(lead, ContactKind::Phone, "work")},
        {QStringLiteral("email_2"), contactOf(lead, ContactKind::Email, "2")},
        {QStringLiteral("street"), lead.street},
        {QStringLiteral("postal_code"), lead.postalCode},
        {QStringLiteral("city"), lead.city},
        {QStringLiteral("region"), lead.region},
        {QStringLiteral("country"), lead.country},
        {QStringLiteral("company_domain"), detail.company ? detail.company->domain : std::string()},
        {QStringLiteral("score"), std::to_string(lead.score)},
        {QStringLiteral("source"), lead.source},
        {QStringLiteral("external_id"), lead.externalId},
    };
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
}

// How a value reads that is kept as a code or an address.
QString shownAs(const QString& key, const QString& value) {
    if (key == QLatin1String("language") && !value.isEmpty()) {
        const QLocale locale(value);
        return locale.language() == QLocale::C ? QString() : QLocale::languageToString(locale.language());
    }
    if (key == QLatin1String("country") && value.size() == 2) {
        const auto territory = QLocale::codeToTerritory(value);
        return territory == QLocale::AnyTerritory ? QString() : QLocale::territoryToString(territory);
    }
    if (key == QLatin1String("linkedin_url"))
        return value.section(QStringLiteral("linkedin.com/"), -1);
    return {};
}

} // namespace

FactsPanel::FactsPanel(const frame::Context& context, const LeadActions& actions, QWidget* parent)
    : Section(tr("Facts"), parent),
      m_context(context),
      m_actions(actions),
      m_allLink(new TextLink(theme::TextStyle::Body, tr("All fields"), this)) {
    body()->setSpacing(theme::tokens(this).space.xs / 2);
    setTrailing(m_allLink);
    for (const KnownFact& fact : knownFacts)
        add(QString::fromLatin1(fact.key), text::fieldName(fact.key));
    row(QStringLiteral("owner"))->setChosenElsewhere(true);
    connect(row(QStringLiteral("owner")), &FactRow::chosen, this, &FactsPanel::chooseOwner);
    row(QStringLiteral("email"))->setElideMode(Qt::ElideMiddle);
    row(QStringLiteral("linkedin_url"))->setElideMode(Qt::ElideMiddle);
    connect(m_allLink, &TextLink::clicked, this, [this] {
        m_all = !m_all;
        m_allLink->setLinkText(m_all ? tr("Fewer") : tr("All fields"));
        arrange();
    });
    deliver(context.workspace.leads().customFields(), this, [this](Result<std::vector<LeadService::CustomField>> fields) {
        if (!fields)
            return;
        for (const LeadService::CustomField& field : *fields)
            m_customNames[field.key] = field.name;
        showCustomFields();
    });
}

FactRow* FactsPanel::add(const QString& key, const QString& label) {
    auto* fact = new FactRow(key, label, this);
    m_rows.insert(key, fact);
    m_order.append(key);
    body()->addWidget(fact);
    connect(fact, &FactRow::committed, this, &FactsPanel::save);
    return fact;
}

void FactsPanel::show(const LeadDetail& detail) {
    if (m_detail && m_detail->lead.id != detail.lead.id) {
        for (FactRow* fact : std::as_const(m_rows))
            fact->finish({}); // an input of another lead
    }
    m_detail = detail;
    for (const QString& key : std::as_const(m_order)) {
        if (key.startsWith(toQt(customFieldPrefix)))
            continue;
        QString origin;
        if (key == QLatin1String("time_zone") && detail.lead.timeZone.empty()) {
            const std::string& from = detail.zoneOrigin;
            origin = from == "phone"     ? tr("by the phone number")
                     : from == "region"  ? tr("by the region")
                     : from == "country" ? tr("by the country")
                                         : tr("yours, for lack of another");
        }
        const QString value = toQt(valueOf(detail, key));
        row(key)->setValue(value, origin, shownAs(key, value));
    }
    showCustomFields();
    readSources();
}

void FactsPanel::readSources() {
    deliver(m_context.workspace.history().provenance(m_detail->lead.id), this,
            [this, lead = m_detail->lead.id](Result<std::vector<FieldOrigin>> origins) {
                if (!origins || m_detail->lead.id != lead)
                    return;
                const text::Dates dates = m_context.dates();
                for (const FieldOrigin& origin : *origins) {
                    FactRow* fact = row(toQt(origin.field));
                    if (fact == nullptr || (origin.field == "time_zone" && m_detail->lead.timeZone.empty()))
                        continue;
                    const QString when = origin.entry.at == Instant{} ? QString() : dates.moment(origin.entry.at);
                    const QString whole = text::originText(origin);
                    fact->setSource(text::originBrief(origin), when.isEmpty() ? whole : tr("%1, %2").arg(whole, when));
                }
            });
}

void FactsPanel::showCustomFields() {
    if (!m_detail)
        return;
    const auto& custom = m_detail->lead.custom;
    for (const auto& [key, value] : custom)
        m_customNames.try_emplace(key, std::string());
    for (const auto& [key, name] : m_customNames) {
        const std::string field = std::string(customFieldPrefix) + key;
        FactRow* fact = row(toQt(field));
        if (fact == nullptr)
            fact = add(toQt(field), name.empty() ? text::fieldName(field) : toQt(name));
        const auto value = custom.find(key);
        fact->setValue(value == custom.end() ? QString() : toQt(value->second));
    }
    arrange();
}

void FactsPanel::arrange() {
    int width = 0;
    for (const QString& key : std::as_const(m_order)) {
        FactRow* fact = row(key);
        const bool wanted =
            m_all || fact->isEditing() || isAlwaysShown(key) || (!fact->value().isEmpty() && !isShownElsewhere(key));
        fact->setVisible(wanted);
        if (wanted)
            width = std::max(width, fact->labelWidth());
    }
    const int most = theme::tokens(this).size.detailPane / 3;
    for (FactRow* fact : std::as_const(m_rows))
        fact->setLabelWidth(std::min(width, most));
}

void FactsPanel::editFirst() {
    for (const QString& key : std::as_const(m_order)) {
        if (row(key)->isVisible()) {
            row(key)->edit();
            return;
        }
    }
}

bool FactsPanel::cancelEditing() {
    for (FactRow* fact : std::as_const(m_rows)) {
        if (fact->isEditing()) {
            fact->cancel();
            return true;
        }
    }
    return false;
}

void FactsPanel::save(const QString& key, const QString& value) {
    if (!m_detail)
        return;
    deliver(m_context.workspace.leads().edit(m_detail->lead.id, {{key.toStdString(), value.toStdString()}}), this,
            [this, key, lead = m_detail->lead.id](Result<> result) {
                if (m_detail && m_detail->lead.id == lead)
                    row(key)->finish(result ? QString() : text::sentence(result.error()));
                if (result)
                    m_context.tell.done(tr("%1 changed").arg(text::fieldName(key.toStdString())), true, theme::Icon::Pencil);
                else if (!m_detail || m_detail->lead.id != lead)
                    m_context.tell.failed(result.error(), tr("The lead was not changed"));
            });
}

void FactsPanel::chooseOwner() {
    deliver(m_context.workspace.leads().owners(), this, [this](Result<std::vector<Member>> owners) {
        if (!owners || !m_detail)
            return;
        QList<widgets::Popup::Entry> entries;
        for (const Member& owner : *owners)
            entries.append({.text = toQt(owner.name),
                            .icon = theme::Icon::User,
                            .checked = owner.id == m_detail->lead.owner,
                            .run = [this, lead = m_detail->lead, owner] { m_actions.setOwner(lead, owner); }});
        widgets::Popup::open(row(QStringLiteral("owner")), tr("Owner"), entries);
    });
}

} // namespace outrider::lead_view
