// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/source_formats.h"

#include <algorithm>
#include <iterator>

namespace outrider::exchange {

namespace {

// clang-format off
// Columns whose meaning their words tell rightly ("Home City") need not be listed; listed are those
// that make a product known, and those whose words mislead.
constexpr KnownColumn outriderColumns[]{{outriderIdColumn, ""}};
constexpr std::string_view outriderSignature[]{"=outrider_id"};

constexpr KnownColumn vcardColumns[]{ // as VcardReader names them
    {"Full Name", "full_name"}, {"Name Prefix", "salutation"}, {"First Name", "first_name"},
    {"Middle Name", "middle_name"}, {"Last Name", "last_name"}, {"Name Suffix", ""}, {"Nickname", ""},
    {"Organization Name", "company"}, {"Organization Department", "department"}, {"Job Title", "job_title"},
    {"Role", ""}, {"LinkedIn URL", "linkedin_url"}, {"Website", "company_website"}, {"Social Profile", ""},
    {"Time Zone", "time_zone"}, {"Language", "language"}, {"Categories", "tags"}, {"Notes", "notes"},
    {"Birthday", ""}, {"Anniversary", ""}, {"UID", "external_id"}, {"Last Modified", ""},
};

constexpr KnownColumn linkedinConnectionsColumns[]{
    {"First Name", "first_name"}, {"Last Name", "last_name"}, {"URL", "linkedin_url"},
    {"Email Address", "email"}, {"Company", "company"}, {"Position", "job_title"},
    {"Connected On", "linkedin_connected_on"},
};

constexpr KnownColumn phantombusterSalesnavColumns[]{
    {"profileUrl", "sales_nav_url"}, {"fullName", "full_name"}, {"firstName", "first_name"},
    {"lastName", "last_name"}, {"companyName", "company"}, {"title", "job_title"}, {"companyId", ""},
    {"companyUrl", ""}, {"regularCompanyUrl", "company_linkedin_url"}, {"summary", ""},
    {"titleDescription", ""}, {"industry", "company_industry"}, {"companyLocation", ""},
    {"location", "location"}, {"durationInRole", ""}, {"durationInCompany", ""},
    {"pastExperienceCompanyName", ""}, {"pastExperienceCompanyUrl", ""}, {"pastExperienceCompanyTitle", ""},
    {"pastExperienceDate", ""}, {"pastExperienceDuration", ""}, {"connectionDegree", ""},
    {"profileImageUrl", ""}, {"sharedConnectionsCount", ""}, {"name", ""}, {"vmid", ""},
    {"linkedInProfileUrl", ""}, {"isPremium", ""}, {"isOpenLink", ""}, {"query", ""}, {"timestamp", ""},
    {"defaultProfileUrl", "linkedin_url"},
};

constexpr KnownColumn salesnavExtensionColumns[]{
    {"Name", "full_name"}, {"Sales Navigator URL", "sales_nav_url"}, {"Job Title", "job_title"},
    {"Company", "company"}, {"Company Sales Navigator URL", ""}, {"Lead Source", "source"},
    {"Record Type", ""},
};

constexpr KnownColumn apolloFullColumns[]{
    {"First Name", "first_name"}, {"Last Name", "last_name"}, {"Title", "job_title"},
    {"Company Name", "company"}, {"Company Name for Emails", "company_short"}, {"Email", "email"},
    {"Email Status", "email_verification"}, {"Primary Email Source", ""}, {"Email Confidence", ""},
    {"Primary Email Catch-all Status", ""}, {"Primary Email Last Verified At", ""}, {"Seniority", ""},
    {"Departments", "department"}, {"Contact Owner", "owner"}, {"Work Direct Phone", "phone_work"},
    {"Home Phone", "phone_home"}, {"Mobile Phone", "phone_mobile"}, {"Corporate Phone", "company_phone"},
    {"Other Phone", "phone_other"}, {"Stage", "source_stage"}, {"Lists", "tags"}, {"Last Contacted", ""},
    {"Account Owner", ""}, {"# Employees", "company_employees"}, {"Industry", "company_industry"},
    {"Keywords", ""}, {"Person Linkedin Url", "linkedin_url"}, {"Website", "company_website"},
    {"Company Linkedin Url", "company_linkedin_url"}, {"Facebook Url", ""}, {"Twitter Url", ""},
    {"City", "city"}, {"State", "region"}, {"Country", "country"}, {"Company Address", ""},
    {"Company City", "company_city"}, {"Company State", "company_region"},
    {"Company Country", "company_country"}, {"Company Phone", "company_phone"}, {"Technologies", ""},
    {"Annual Revenue", "company_revenue"}, {"Total Funding", ""}, {"Latest Funding", ""},
    {"Latest Funding Amount", ""}, {"Last Raised At", ""}, {"Subsidiary of", ""}, {"Email Sent", ""},
    {"Email Open", ""}, {"Email Bounced", "history_bounced"}, {"Replied", "history_replied"}, {"Demoed", ""},
    {"Number of Retail Locations", ""}, {"Apollo Contact Id", "external_id"},
    {"Apollo Account Id", "company_external_id"}, {"Secondary Email", "email_2"},
    {"Secondary Email Source", ""}, {"Tertiary Email", "email_3"}, {"Tertiary Email Source", ""},
    {"Company", "company"}, {"Do Not Call", "suppress_phone"}, {"Email Unsubscribed", "suppress_email"},
};

constexpr KnownColumn hubspotDealsColumns[]{
    {"Record ID", ""}, {"Deal Name", ""}, {"Deal Stage", "source_stage"}, {"Amount", ""},
    {"Deal owner", "owner"}, {"Close Date", ""}, {"Create Date", ""}, {"Last Activity Date", ""},
    {"Associated Company IDs", "company_external_ids"}, {"Associated Company IDs (Primary)", ""},
    {"Associated Contact IDs", ""},
};

constexpr KnownColumn hubspotCompaniesColumns[]{
    {"Record ID", "company_external_id"}, {"Company name", "company"},
    {"Company Domain Name", "company_domain"}, {"Website URL", "company_website"}, {"Company owner", "owner"},
    {"Create Date", ""}, {"Legal entity address", ""}, {"Industry", "company_industry"},
    {"City", "company_city"}, {"State/Region", "company_region"}, {"Country/Region", "company_country"},
    {"Phone Number", "company_phone"}, {"Number of Employees", "company_employees"},
    {"Annual Revenue", "company_revenue"}, {"LinkedIn Company Page", "company_linkedin_url"},
    {"Street Address", ""}, {"Postal Code", ""}, {"Lifecycle Stage", "source_stage"},
    {"Lead Status", "source_status"}, {"Description", "notes"},
};

constexpr KnownColumn hubspotContactsColumns[]{
    {"Record ID", "external_id"}, {"First Name", "first_name"}, {"Last Name", "last_name"},
    {"Email", "email"}, {"Phone Number", "phone_work"}, {"Contact owner", "owner"},
    {"Lead Status", "source_status"}, {"Marketing contact status", ""}, {"Create Date", "source_created_at"},
    {"Last Modified Date", ""}, {"Last Activity Date", ""}, {"Lifecycle Stage", "source_stage"},
    {"Original Source", "source"}, {"Original Source Drill-Down 1", ""}, {"Original Source Drill-Down 2", ""},
    {"Job Title", "job_title"}, {"Company Name", "company"}, {"Associated Company", "&company"},
    {"Associated Company IDs", "company_external_ids"}, {"Associated Deal", ""}, {"Associated Deal IDs", ""},
    {"Mobile Phone Number", "phone_mobile"}, {"Work email", "email_2"}, {"Street Address", "street"},
    {"City", "city"}, {"State/Region", "region"}, {"Postal Code", "postal_code"},
    {"Country/Region", "country"}, {"Website URL", "company_website"}, {"Annual Revenue", "company_revenue"},
    {"GDPR consent", "source_consent_status"}, {"Lead Score", "score"},
    {"Unsubscribed from all email", "suppress_email"}, {"Email hard bounce reason", "history_bounced"},
    {"Invalid email address", "history_bounced"}, {"Recent Sales Email Replied Date", "history_replied"},
    {"Time Zone", "time_zone"}, {"Preferred language", "language"}, {"Email Domain", ""},
    {"LinkedIn URL", "linkedin_url"}, {"HubSpot Score", "score"}, {"Industry", "company_industry"},
};

constexpr KnownColumn zohoLeadsColumns[]{
    {"Record Id", "external_id"}, {"Lead Owner.id", ""}, {"Lead Owner", "owner"}, {"Company", "company"},
    {"First Name", "first_name"}, {"Last Name", "last_name"}, {"Lead Name", "full_name"},
    {"Full Name", "full_name"}, {"Title", "job_title"}, {"Email", "email"}, {"Secondary Email", "email_2"},
    {"Phone", "phone_work"}, {"Mobile", "phone_mobile"}, {"Fax", ""}, {"Website", "company_website"},
    {"Lead Source", "source"}, {"Lead Status", "source_status"}, {"Industry", "company_industry"},
    {"No. of Employees", "company_employees"}, {"Annual Revenue", "company_revenue"}, {"Rating", ""},
    {"Created By.id", ""}, {"Created By", ""}, {"Modified By.id", ""}, {"Modified By", ""},
    {"Created Time", "source_created_at"}, {"Modified Time", ""}, {"Salutation", "salutation"},
    {"Email Opt Out", "suppress_email"}, {"Skype ID", ""}, {"Twitter", ""}, {"Last Activity Time", ""},
    {"Tag", "tags"}, {"Unsubscribed Mode", "suppress_email"}, {"Unsubscribed Time", "suppress_email"},
    {"Street", "street"}, {"City", "city"}, {"State", "region"}, {"Zip Code", "postal_code"},
    {"Country", "country"}, {"Description", "notes"}, {"Is Converted", ""}, {"Converted Date Time", ""},
    {"Change Log Time", ""}, {"Locked", ""},
};

constexpr KnownColumn zohoContactsColumns[]{
    {"Record Id", "external_id"}, {"Contact Owner.id", ""}, {"Contact Owner", "owner"},
    {"Lead Source", "source"}, {"First Name", "first_name"}, {"Last Name", "last_name"},
    {"Contact Name", "full_name"}, {"Full Name", "full_name"}, {"Account Name.id", "company_external_id"},
    {"Account Name", "company"}, {"Vendor Name.id", ""}, {"Vendor Name", ""}, {"Email", "email"},
    {"Secondary Email", "email_2"}, {"Title", "job_title"}, {"Department", "department"},
    {"Phone", "phone_work"}, {"Home Phone", "phone_home"}, {"Other Phone", "phone_other"},
    {"Mobile", "phone_mobile"}, {"Fax", ""}, {"Date of Birth", ""}, {"Assistant", ""}, {"Asst Phone", ""},
    {"Email Opt Out", "suppress_email"}, {"Created By.id", ""}, {"Created By", ""}, {"Modified By.id", ""},
    {"Modified By", ""}, {"Created Time", "source_created_at"}, {"Modified Time", ""},
    {"Salutation", "salutation"}, {"Skype ID", ""}, {"Twitter", ""}, {"Last Activity Time", ""},
    {"Tag", "tags"}, {"Unsubscribed Mode", "suppress_email"}, {"Unsubscribed Time", "suppress_email"},
    {"Mailing Street", "street"}, {"Mailing City", "city"}, {"Mailing State", "region"},
    {"Mailing Zip", "postal_code"}, {"Mailing Country", "country"}, {"Description", "notes"},
    {"Reporting To.id", ""}, {"Reporting To", ""}, {"Change Log Time", ""}, {"Locked", ""},
};

constexpr KnownColumn salesforceContactApiColumns[]{
    {"Id", "external_id"}, {"IsDeleted", "@deleted"}, {"MasterRecordId", ""},
    {"AccountId", "company_external_id"}, {"LastName", "last_name"}, {"FirstName", "first_name"},
    {"Salutation", "salutation"}, {"MiddleName", "middle_name"}, {"Suffix", ""}, {"Name", "full_name"},
    {"OtherStreet", ""}, {"OtherCity", ""}, {"OtherState", ""}, {"OtherPostalCode", ""}, {"OtherCountry", ""},
    {"MailingStreet", "street"}, {"MailingCity", "city"}, {"MailingState", "region"},
    {"MailingPostalCode", "postal_code"}, {"MailingCountry", "country"}, {"Phone", "phone_work"}, {"Fax", ""},
    {"MobilePhone", "phone_mobile"}, {"HomePhone", "phone_home"}, {"OtherPhone", "phone_other"},
    {"AssistantPhone", ""}, {"ReportsToId", ""}, {"Email", "email"}, {"Title", "job_title"},
    {"Department", "department"}, {"AssistantName", ""}, {"LeadSource", "source"}, {"Birthdate", ""},
    {"Description", "notes"}, {"OwnerId", ""}, {"HasOptedOutOfEmail", "suppress_email"},
    {"HasOptedOutOfFax", ""}, {"DoNotCall", "suppress_phone"}, {"CreatedDate", "source_created_at"},
    {"CreatedById", ""}, {"LastModifiedDate", ""}, {"LastModifiedById", ""}, {"SystemModstamp", ""},
    {"LastActivityDate", ""}, {"LastCURequestDate", ""}, {"LastCUUpdateDate", ""}, {"LastViewedDate", ""},
    {"LastReferencedDate", ""}, {"EmailBouncedReason", "history_bounced"},
    {"EmailBouncedDate", "history_bounced"}, {"IsEmailBounced", "history_bounced"}, {"PhotoUrl", ""},
    {"Jigsaw", ""}, {"JigsawContactId", ""}, {"IndividualId", ""},
};

constexpr KnownColumn salesforceLeadApiColumns[]{
    {"Id", "external_id"}, {"IsDeleted", "@deleted"}, {"MasterRecordId", ""}, {"LastName", "last_name"},
    {"FirstName", "first_name"}, {"Salutation", "salutation"}, {"Name", "full_name"}, {"Title", "job_title"},
    {"Company", "company"}, {"Street", "street"}, {"City", "city"}, {"State", "region"},
    {"PostalCode", "postal_code"}, {"Country", "country"}, {"Latitude", ""}, {"Longitude", ""},
    {"Address", ""}, {"Phone", "phone_work"}, {"MobilePhone", "phone_mobile"}, {"Fax", ""},
    {"Email", "email"}, {"Website", "company_website"}, {"PhotoUrl", ""}, {"Description", "notes"},
    {"LeadSource", "source"}, {"Status", "source_status"}, {"Industry", "company_industry"}, {"Rating", ""},
    {"AnnualRevenue", "company_revenue"}, {"NumberOfEmployees", "company_employees"}, {"OwnerId", ""},
    {"IsConverted", ""}, {"ConvertedDate", ""}, {"ConvertedAccountId", ""}, {"ConvertedContactId", ""},
    {"ConvertedOpportunityId", ""}, {"IsUnreadByOwner", ""}, {"CreatedDate", "source_created_at"},
    {"CreatedById", ""}, {"LastModifiedDate", ""}, {"LastModifiedById", ""}, {"SystemModstamp", ""},
    {"LastActivityDate", ""}, {"LastViewedDate", ""}, {"LastReferencedDate", ""}, {"Jigsaw", ""},
    {"JigsawContactId", ""}, {"CleanStatus", ""}, {"CompanyDunsNumber", ""}, {"DandbCompanyId", ""},
    {"EmailBouncedReason", "history_bounced"}, {"EmailBouncedDate", "history_bounced"},
    {"HasOptedOutOfEmail", "suppress_email"}, {"HasOptedOutOfFax", ""}, {"DoNotCall", "suppress_phone"},
    {"IsEmailBounced", "history_bounced"}, {"MiddleName", "middle_name"}, {"Suffix", ""},
};

constexpr KnownColumn salesforceLeadReportColumns[]{
    {"Salutation", "salutation"}, {"First Name", "first_name"}, {"Last Name", "last_name"},
    {"Title", "job_title"}, {"Company / Account", "company"}, {"Street", "street"},
    {"Address Line 1", "street"}, {"City", "city"}, {"State/Province", "region"},
    {"Zip/Postal Code", "postal_code"}, {"Country", "country"}, {"Phone", "phone_work"},
    {"Mobile", "phone_mobile"}, {"Fax", ""}, {"Email", "email"}, {"Website", "company_website"},
    {"Lead Source", "source"}, {"Lead Status", "source_status"}, {"Rating", ""},
    {"Industry", "company_industry"}, {"Annual Revenue", "company_revenue"},
    {"No. of Employees", "company_employees"}, {"Employees", "company_employees"}, {"Lead Owner", "owner"},
    {"Lead Owner Alias", ""}, {"Owner Role", ""}, {"Description", "notes"},
    {"Email Opt Out", "suppress_email"}, {"Fax Opt Out", ""}, {"Do Not Call", "suppress_phone"},
    {"Email Bounced Date", "history_bounced"}, {"Email Bounced Reason", "history_bounced"},
    {"Create Date", "source_created_at"}, {"Created Date", "source_created_at"}, {"Created By", ""},
    {"Last Modified", ""}, {"Last Modified By", ""}, {"Last Modified Date", ""}, {"Last Activity", ""},
    {"Last Activity Date", ""}, {"Converted", ""}, {"Converted Date", ""}, {"Unread By Owner", ""},
    {"Lead ID", "external_id"}, {"Campaign", ""}, {"Deleted", "@deleted"},
};

constexpr KnownColumn salesforceContactReportColumns[]{
    {"Salutation", "salutation"}, {"First Name", "first_name"}, {"Middle Name", "middle_name"},
    {"Last Name", "last_name"}, {"Suffix", ""}, {"Title", "job_title"}, {"Department", "department"},
    {"Account Name", "company"}, {"Mailing Street", "street"}, {"Mailing Address Line 1", "street"},
    {"Mailing City", "city"}, {"Mailing State/Province", "region"},
    {"Mailing Zip/Postal Code", "postal_code"}, {"Mailing Country", "country"}, {"Phone", "phone_work"},
    {"Mobile", "phone_mobile"}, {"Home Phone", "phone_home"}, {"Other Phone", "phone_other"},
    {"Asst. Phone", ""}, {"Assistant", ""}, {"Fax", ""}, {"Email", "email"}, {"Lead Source", "source"},
    {"Contact Owner", "owner"}, {"Contact Owner Alias", ""}, {"Account Owner", ""},
    {"Account Owner Alias", ""}, {"Reports To", ""}, {"Birthdate", ""}, {"Description", "notes"},
    {"Contact Description", "notes"}, {"Email Opt Out", "suppress_email"}, {"Fax Opt Out", ""},
    {"Do Not Call", "suppress_phone"}, {"Email Bounced Date", "history_bounced"},
    {"Email Bounced Reason", "history_bounced"}, {"Created Date", "source_created_at"}, {"Last Activity", ""},
    {"Last Modified Date", ""}, {"Contact ID", "external_id"}, {"Account ID", "company_external_id"},
};

constexpr KnownColumn pipedriveDealsColumns[]{
    {"Deal - ID", ""}, {"Deal - Title", ""}, {"Deal - Value", ""}, {"Deal - Stage", "source_stage"},
    {"Deal - Status", "source_status"}, {"Deal - Owner", "owner"}, {"Deal - Contact person", "full_name"},
    {"Deal - Deal created", ""}, {"Deal - Lost reason", ""}, {"Person - Email - Work", "email"},
    {"Person - Phone - Work", "phone_work"}, {"Deal - Organization", "company"},
    {"Organization - Name", "company"}, {"Person - Name", "full_name"},
};

constexpr KnownColumn pipedrivePeopleColumns[]{
    {"Person - ID", "external_id"}, {"Person - Name", "full_name"}, {"Person - First name", "first_name"},
    {"Person - Last name", "last_name"}, {"Person - Email - Work", "email"},
    {"Person - Email - Home", "email_2"}, {"Person - Email - Other", "email_3"},
    {"Person - Phone - Work", "phone_work"}, {"Person - Phone - Home", "phone_home"},
    {"Person - Phone - Mobile", "phone_mobile"}, {"Person - Phone - Other", "phone_other"},
    {"Person - Organization", "company"}, {"Person - Owner", "owner"}, {"Person - Label", "tags"},
    {"Person - Title", "job_title"}, {"Person - Website", "company_website"}, {"Person - City", "city"},
    {"Person - State", "region"}, {"Person - Marketing status", "source_consent_status"},
    {"Person - Double opt-in", ""}, {"Person - Person created", "source_created_at"},
    {"Person - Last activity date", ""}, {"Person - Email", "email"}, {"Person - Phone", "phone_work"},
    {"Person - Labels", "tags"}, {"Person - Created", "source_created_at"},
    {"Organization - Name", "company"}, {"Organization - ID", "company_external_id"},
    {"Pipedrive System ID - Person", "external_id"}, {"Note - Content", "notes"}, {"Activity - Subject", ""},
    {"Person - Country", "country"}, {"Person - Zip/Postal code", "postal_code"},
};

constexpr KnownColumn pipedriveOrgsColumns[]{
    {"Organization - ID", "company_external_id"}, {"Organization - Name", "company"},
    {"Organization - Address", ""}, {"Organization - Owner", "owner"}, {"Organization - Label", "tags"},
    {"Organization - Website", "company_website"}, {"Organization - Industry", "company_industry"},
    {"Organization - Labels", "tags"}, {"Pipedrive System ID - Organization", "company_external_id"},
};

constexpr KnownColumn zoominfoContactsColumns[]{
    {"ZoomInfo Contact ID", "external_id"}, {"Last Name", "last_name"}, {"First Name", "first_name"},
    {"Middle Name", "middle_name"}, {"Salutation", "salutation"}, {"Suffix", ""}, {"Job Title", "job_title"},
    {"Job Title Hierarchy Level", ""}, {"Management Level", ""}, {"Job Start Date", ""}, {"Job Function", ""},
    {"Department", "department"}, {"Company Division Name", ""}, {"Direct Phone Number", "phone_work"},
    {"Email Address", "email"}, {"Email Domain", ""}, {"Mobile phone", "phone_mobile"},
    {"Last Job Change Type", ""}, {"Last Job Change Date", ""}, {"Previous Job Title", ""},
    {"Previous Company Name", ""}, {"Previous Company ZoomInfo Company ID", ""},
    {"Previous Company LinkedIn Profile", ""}, {"Highest Level of Education", ""},
    {"Contact Accuracy Score", ""}, {"Contact Accuracy Grade", ""}, {"ZoomInfo Contact Profile URL", ""},
    {"LinkedIn Contact Profile URL", "linkedin_url"}, {"Notice Provided Date", ""},
    {"Person Street", "street"}, {"Person City", "city"}, {"Person State", "region"},
    {"Person Zip Code", "postal_code"}, {"Country", "country"},
    {"ZoomInfo Company ID", "company_external_id"}, {"Company Name", "company"}, {"Company Description", ""},
    {"Website", "company_website"}, {"Founded Year", ""}, {"Company HQ Phone", "company_phone"}, {"Fax", ""},
    {"Ticker", ""}, {"Revenue (in 000s USD)", ""}, {"Revenue Range (in USD)", "company_revenue"},
    {"Employees", "company_employees"}, {"Employee Range", ""}, {"SIC Code 1", ""}, {"NAICS Code 1", ""},
    {"Primary Industry", "company_industry"}, {"Primary Sub-Industry", ""}, {"All Industries", ""},
    {"All Sub-Industries", ""}, {"ZoomInfo Company Profile URL", ""},
    {"LinkedIn Company Profile URL", "company_linkedin_url"}, {"Facebook Company Profile URL", ""},
    {"Twitter Company Profile URL", ""}, {"Ownership Type", ""}, {"Business Model", ""},
    {"Total Funding Amount (in 000s USD)", ""}, {"Recent Funding Amount (in 000s USD)", ""},
    {"Company Street Address", ""}, {"Company City", "company_city"}, {"Company State", "company_region"},
    {"Company Zip Code", ""}, {"Company Country", "company_country"}, {"Full Address", ""},
    {"Number of Locations", ""}, {"Query Name", ""},
};

constexpr KnownColumn freshsalesColumns[]{
    {"Id", "external_id"}, {"First name", "first_name"}, {"Last name", "last_name"},
    {"Job title", "job_title"}, {"Email", "email"}, {"Emails", "email"}, {"Work", "phone_work"},
    {"Mobile", "phone_mobile"}, {"Other phone numbers", "phone_other"}, {"Account", "company"},
    {"Accounts", "company"}, {"Sales account", "company"}, {"Sales owner", "owner"},
    {"Lifecycle stage", "source_stage"}, {"Status", "source_status"}, {"Contact status", "source_status"},
    {"Subscription status", "source_consent_status"}, {"Subscription types", ""},
    {"Do not disturb", "suppress_email"}, {"Unsubscribe reason", "suppress_email"},
    {"Other unsubscribe reason", "suppress_email"}, {"Source", "source"}, {"Campaign", ""}, {"Medium", ""},
    {"Keyword", ""}, {"Address", "street"}, {"City", "city"}, {"State", "region"}, {"Zipcode", "postal_code"},
    {"Country", "country"}, {"Time zone", "time_zone"}, {"Facebook", ""}, {"Twitter", ""},
    {"LinkedIn", "linkedin_url"}, {"Tags", "tags"}, {"Territory", ""}, {"Last contacted time", ""},
    {"Last contacted mode", ""}, {"Last activity type", ""}, {"Last activity date", ""},
    {"Recent note", "notes"}, {"Created at", "source_created_at"}, {"Updated at", ""}, {"Score", ""},
    {"Customer fit", ""}, {"External ID", ""},
};

constexpr KnownColumn closeLeadsColumns[]{
    {"id", "external_id"}, {"display_name", "company"}, {"name", "company"},
    {"status_label", "source_status"}, {"status_id", ""}, {"description", "notes"},
    {"url", "company_website"}, {"html_url", ""}, {"primary_contact_name", "full_name"},
    {"primary_contact_first_name", "first_name"}, {"primary_contact_last_name", "last_name"},
    {"primary_contact_title", "job_title"}, {"primary_contact_primary_phone", "phone_work"},
    {"primary_contact_primary_phone_type", ""}, {"primary_contact_other_phones", "phone_other"},
    {"primary_contact_primary_email", "email"}, {"primary_contact_primary_email_type", ""},
    {"primary_contact_other_emails", "email_2"}, {"primary_address_1", "street"},
    {"primary_address_city", "city"}, {"primary_address_state", "region"},
    {"primary_address_zip", "postal_code"}, {"primary_address_country", "country"}, {"created_by", ""},
    {"created_by_name", ""}, {"updated_by", ""}, {"updated_by_name", ""},
    {"date_created", "source_created_at"}, {"date_updated", ""},
};

constexpr KnownColumn closeContactsColumns[]{
    {"id", "external_id"}, {"lead_id", "company_external_id"}, {"lead_name", "company"}, {"lead_url", ""},
    {"name", "full_name"}, {"contact_name", "full_name"}, {"first_name", "first_name"},
    {"last_name", "last_name"}, {"title", "job_title"}, {"primary_phone", "phone_work"},
    {"primary_phone_type", ""}, {"primary_phone_formatted", ""}, {"other_phones", "phone_other"},
    {"primary_email", "email"}, {"primary_email_type", ""}, {"other_emails", "email_2"}, {"primary_url", ""},
    {"date_created", "source_created_at"}, {"date_updated", ""},
};

constexpr KnownColumn copperPeopleColumns[]{
    {"Copper ID", "external_id"}, {"Name", "full_name"}, {"Prefix", "salutation"},
    {"First Name", "first_name"}, {"Middle Name", "middle_name"}, {"Last Name", "last_name"}, {"Suffix", ""},
    {"Title", "job_title"}, {"Company", "company"}, {"Company Id", "company_external_id"},
    {"Contact Type", ""}, {"Details", "notes"}, {"Street", "street"}, {"City", "city"}, {"State", "region"},
    {"Postal Code", "postal_code"}, {"Country", "country"}, {"Work Email", "email"},
    {"Personal Email", "email_2"}, {"Other Email", "email_3"}, {"Email", "email"},
    {"Work Phone", "phone_work"}, {"Mobile Phone", "phone_mobile"}, {"Home Phone", "phone_home"},
    {"Other Phone", "phone_other"}, {"Work Website", "company_website"}, {"LinkedIn", "linkedin_url"},
    {"Twitter", ""}, {"Facebook", ""}, {"YouTube", ""}, {"Tags", "tags"}, {"Owned By", "owner"},
    {"Owner Id", ""}, {"Status", "source_status"}, {"Source", "source"}, {"Interaction Count", ""},
    {"Inactive Days", ""}, {"Last Contacted", ""}, {"Created At", "source_created_at"}, {"Updated At", ""},
};

constexpr KnownColumn mailchimpColumns[]{
    {"Email Address", "email"}, {"First Name", "first_name"}, {"Last Name", "last_name"},
    {"Address", "street"}, {"Phone Number", "phone_work"}, {"Company", "company"}, {"Birthday", ""},
    {"MEMBER_RATING", ""}, {"OPTIN_TIME", ""}, {"OPTIN_IP", ""}, {"CONFIRM_TIME", ""}, {"CONFIRM_IP", ""},
    {"LATITUDE", ""}, {"LONGITUDE", ""}, {"GMTOFF", ""}, {"DSTOFF", ""}, {"TIMEZONE", "time_zone"},
    {"CC", "country"}, {"REGION", "region"}, {"LAST_CHANGED", ""}, {"LEID", "external_id"}, {"EUID", ""},
    {"NOTES", "notes"}, {"TAGS", "tags"}, {"UNSUB_TIME", "suppress_email"},
    {"UNSUB_CAMPAIGN_TITLE", "suppress_email"}, {"UNSUB_CAMPAIGN_ID", ""}, {"UNSUB_REASON", "suppress_email"},
    {"UNSUB_REASON_OTHER", "suppress_email"}, {"CLEAN_TIME", "history_bounced"},
    {"CLEAN_CAMPAIGN_TITLE", "history_bounced"}, {"CLEAN_CAMPAIGN_ID", ""},
};

constexpr KnownColumn googleContacts2024Columns[]{
    {"First Name", "first_name"}, {"Middle Name", "middle_name"}, {"Last Name", "last_name"},
    {"Phonetic First Name", ""}, {"Phonetic Middle Name", ""}, {"Phonetic Last Name", ""},
    {"Name Prefix", "salutation"}, {"Name Suffix", ""}, {"Nickname", ""}, {"File As", ""},
    {"Organization Name", "company"}, {"Organization Title", "job_title"},
    {"Organization Department", "department"}, {"Birthday", ""}, {"Notes", "notes"}, {"Photo", ""},
    {"Labels", "tags"}, {"E-mail 1 - Label", ""}, {"E-mail 1 - Value", "email"}, {"E-mail 2 - Label", ""},
    {"E-mail 2 - Value", "email_2"}, {"Phone 1 - Label", ""}, {"Phone 1 - Value", "phone_by_label"},
    {"Phone 2 - Label", ""}, {"Phone 2 - Value", "phone_by_label"}, {"Phone 3 - Label", ""},
    {"Phone 3 - Value", "phone_by_label"}, {"Address 1 - Label", ""}, {"Address 1 - Formatted", ""},
    {"Address 1 - Street", "street"}, {"Address 1 - City", "city"}, {"Address 1 - PO Box", ""},
    {"Address 1 - Region", "region"}, {"Address 1 - Postal Code", "postal_code"},
    {"Address 1 - Country", "country"}, {"Address 1 - Extended Address", ""}, {"Relation 1 - Label", ""},
    {"Relation 1 - Value", ""}, {"Relation 2 - Label", ""}, {"Relation 2 - Value", ""},
    {"Relation 3 - Label", ""}, {"Relation 3 - Value", ""}, {"Website 1 - Label", ""},
    {"Website 1 - Value", "company_website"}, {"Website 2 - Label", ""}, {"Website 2 - Value", ""},
    {"Event 1 - Label", ""}, {"Event 1 - Value", ""}, {"Event 2 - Label", ""}, {"Event 2 - Value", ""},
    {"Custom Field 1 - Label", ""}, {"Custom Field 1 - Value", ""},
};

constexpr KnownColumn googleContactsLegacyColumns[]{
    {"Name", "full_name"}, {"Given Name", "first_name"}, {"Additional Name", "middle_name"},
    {"Family Name", "last_name"}, {"Yomi Name", ""}, {"Given Name Yomi", ""}, {"Additional Name Yomi", ""},
    {"Family Name Yomi", ""}, {"Name Prefix", "salutation"}, {"Name Suffix", ""}, {"Initials", ""},
    {"Nickname", ""}, {"Short Name", ""}, {"Maiden Name", ""}, {"Birthday", ""}, {"Gender", ""},
    {"Location", "location"}, {"Billing Information", ""}, {"Directory Server", ""}, {"Mileage", ""},
    {"Occupation", ""}, {"Hobby", ""}, {"Sensitivity", ""}, {"Priority", ""}, {"Subject", ""},
    {"Notes", "notes"}, {"Language", "language"}, {"Photo", ""}, {"Group Membership", "tags"},
    {"E-mail 1 - Type", ""}, {"E-mail 1 - Value", "email"}, {"Phone 1 - Type", ""},
    {"Phone 1 - Value", "phone_by_label"}, {"Address 1 - Type", ""}, {"Address 1 - Formatted", ""},
    {"Address 1 - Street", "street"}, {"Address 1 - City", "city"}, {"Address 1 - PO Box", ""},
    {"Address 1 - Region", "region"}, {"Address 1 - Postal Code", "postal_code"},
    {"Address 1 - Country", "country"}, {"Address 1 - Extended Address", ""}, {"Organization 1 - Type", ""},
    {"Organization 1 - Name", "company"}, {"Organization 1 - Yomi Name", ""},
    {"Organization 1 - Title", "job_title"}, {"Organization 1 - Department", "department"},
    {"Organization 1 - Symbol", ""}, {"Organization 1 - Location", ""},
    {"Organization 1 - Job Description", ""},
};

constexpr KnownColumn outlookDesktopColumns[]{
    {"Title", "salutation"}, {"First Name", "first_name"}, {"Middle Name", "middle_name"},
    {"Last Name", "last_name"}, {"Suffix", ""}, {"Company", "company"}, {"Department", "department"},
    {"Job Title", "job_title"}, {"Business Street", "street"}, {"Business Street 2", ""},
    {"Business Street 3", ""}, {"Business City", "city"}, {"Business State", "region"},
    {"Business Postal Code", "postal_code"}, {"Business Country/Region", "country"},
    {"Assistant's Phone", ""}, {"Business Fax", ""}, {"Business Phone", "phone_work"},
    {"Business Phone 2", ""}, {"Callback", ""}, {"Car Phone", ""}, {"Company Main Phone", "company_phone"},
    {"Home Fax", ""}, {"Home Phone", "phone_home"}, {"Home Phone 2", ""}, {"ISDN", ""},
    {"Mobile Phone", "phone_mobile"}, {"Other Fax", ""}, {"Other Phone", "phone_other"}, {"Pager", ""},
    {"Radio Phone", ""}, {"TTY/TDD Phone", ""}, {"Telex", ""}, {"Account", ""}, {"Anniversary", ""},
    {"Assistant's Name", ""}, {"Billing Information", ""}, {"Birthday", ""}, {"Business Address PO Box", ""},
    {"Categories", "tags"}, {"Children", ""}, {"Directory Server", ""}, {"E-mail Address", "email"},
    {"E-mail Type", ""}, {"E-mail Display Name", ""}, {"E-mail 2 Address", "email_2"}, {"E-mail 2 Type", ""},
    {"E-mail 2 Display Name", ""}, {"E-mail 3 Address", "email_3"}, {"E-mail 3 Type", ""},
    {"E-mail 3 Display Name", ""}, {"Gender", ""}, {"Government ID Number", ""}, {"Hobby", ""},
    {"Home Address PO Box", ""}, {"Initials", ""}, {"Internet Free Busy", ""}, {"Keywords", ""},
    {"Language", "language"}, {"Location", "location"}, {"Manager's Name", ""}, {"Mileage", ""},
    {"Notes", "notes"}, {"Office Location", ""}, {"Organizational ID Number", ""},
    {"Other Address PO Box", ""}, {"Priority", ""}, {"Private", ""}, {"Profession", ""}, {"Referred By", ""},
    {"Sensitivity", ""}, {"Spouse", ""}, {"User 1", ""}, {"User 2", ""}, {"User 3", ""}, {"User 4", ""},
    {"Web Page", "company_website"},
};

constexpr KnownColumn outlookCsvFromGoogleColumns[]{
    {"First Name", "first_name"}, {"Middle Name", "middle_name"}, {"Last Name", "last_name"},
    {"Title", "salutation"}, {"Suffix", ""}, {"Initials", ""}, {"Web Page", "company_website"},
    {"Gender", ""}, {"Birthday", ""}, {"Anniversary", ""}, {"Location", "location"}, {"Language", "language"},
    {"Internet Free Busy", ""}, {"Notes", "notes"}, {"E-mail Address", "email"},
    {"E-mail 2 Address", "email_2"}, {"E-mail 3 Address", "email_3"}, {"Home Phone", "phone_home"},
    {"Home Phone 2", ""}, {"Mobile Phone", "phone_mobile"}, {"Pager", ""}, {"Home Fax", ""},
    {"Home Address PO Box", ""}, {"Spouse", ""}, {"Children", ""}, {"Manager's Name", ""},
    {"Assistant's Name", ""}, {"Referred By", ""}, {"Company Main Phone", "company_phone"},
    {"Business Phone", "phone_work"}, {"Business Phone 2", ""}, {"Business Fax", ""},
    {"Assistant's Phone", ""}, {"Company", "company"}, {"Job Title", "job_title"},
    {"Department", "department"}, {"Office Location", ""}, {"Organizational ID Number", ""},
    {"Profession", ""}, {"Account", ""}, {"Business Street", "street"}, {"Business Street 2", ""},
    {"Business Street 3", ""}, {"Business Address PO Box", ""}, {"Business City", "city"},
    {"Business State", "region"}, {"Business Postal Code", "postal_code"}, {"Business Country", "country"},
    {"Other Phone", "phone_other"}, {"Other Fax", ""}, {"Other Address PO Box", ""}, {"Callback", ""},
    {"Car Phone", ""}, {"ISDN", ""}, {"Radio Phone", ""}, {"TTY/TDD Phone", ""}, {"Telex", ""},
    {"User 1", ""}, {"User 2", ""}, {"User 3", ""}, {"User 4", ""}, {"Keywords", ""}, {"Mileage", ""},
    {"Hobby", ""}, {"Billing Information", ""}, {"Directory Server", ""}, {"Sensitivity", ""},
};

constexpr KnownColumn thunderbirdColumns[]{
    {"First Name", "first_name"}, {"Last Name", "last_name"}, {"Display Name", "full_name"}, {"Nickname", ""},
    {"Primary Email", "email"}, {"Secondary Email", "email_2"}, {"Screen Name", ""},
    {"Work Phone", "phone_work"}, {"Home Phone", "phone_home"}, {"Fax Number", ""}, {"Pager Number", ""},
    {"Mobile Number", "phone_mobile"}, {"Home Address 2", ""}, {"Work Address", "street"},
    {"Work Address 2", ""}, {"Work City", "city"}, {"Work State", "region"}, {"Work ZipCode", "postal_code"},
    {"Work Country", "country"}, {"Job Title", "job_title"}, {"Department", "department"},
    {"Organization", "company"}, {"Web Page 1", "company_website"}, {"Web Page 2", ""}, {"Birth Year", ""},
    {"Birth Month", ""}, {"Birth Day", ""}, {"Custom 1", ""}, {"Custom 2", ""}, {"Custom 3", ""},
    {"Custom 4", ""}, {"Notes", "notes"},
};

constexpr KnownColumn lemlistColumns[]{
    {"email", "email"}, {"firstName", "first_name"}, {"lastName", "last_name"}, {"companyName", "company"},
    {"icebreaker", "custom:icebreaker"}, {"subject1", "custom:subject1"}, {"body1", "custom:body1"},
    {"subject2", "custom:subject2"}, {"body2", "custom:body2"}, {"subject3", "custom:subject3"},
    {"body3", "custom:body3"}, {"subject4", "custom:subject4"}, {"body4", "custom:body4"},
};

constexpr KnownColumn instantlyColumns[]{
    {"email", "email"}, {"firstName", "first_name"}, {"lastName", "last_name"}, {"companyName", "company"},
    {"icebreaker", "custom:icebreaker"},
};

// clang-format on
constexpr std::string_view linkedinConnectionsSignature[]{"First Name", "Last Name", "URL", "Connected On"};
constexpr std::string_view phantombusterSalesnavSignature[]{"profileUrl", "vmid", "defaultProfileUrl"};
constexpr std::string_view salesnavExtensionSignature[]{"Sales Navigator URL", "Record Type", "Name"};
constexpr std::string_view apolloFullSignature[]{"Person Linkedin Url",
                                                 "Seniority|Departments|Contact Owner|Apollo Contact Id|Lists|Keywords|Stage",
                                                 "First Name|Last Name|Email", "Company|Company Name|Title"};
constexpr std::string_view apolloShortSignature[]{"Person Linkedin Url", "# Employees", "First Name|Last Name|Email"};
constexpr std::string_view hubspotDealsSignature[]{"Deal Name", "Deal Stage", "Record ID|Amount|Deal owner|Pipeline|Close Date"};
constexpr std::string_view hubspotCompaniesSignature[]{"Record ID", "Company name", "Company owner"};
constexpr std::string_view hubspotContactsSignature[]{
    "Record ID", "Lead Status|Lifecycle Stage|Contact owner|Create Date|Associated Company IDs", "First Name|Last Name|Email"};
constexpr std::string_view zohoLeadsSignature[]{"Record Id", "Lead Owner", "Lead Owner.id|Lead Status|Created Time|Lead Name",
                                                "Last Name|Company|Email"};
constexpr std::string_view zohoContactsSignature[]{
    "Record Id", "Contact Owner", "Contact Owner.id|Account Name.id|Created Time|Vendor Name", "Last Name|Email"};
constexpr std::string_view salesforceContactApiSignature[]{"Id", "AccountId", "LastName"};
constexpr std::string_view salesforceLeadApiSignature[]{"Id", "LastName", "LeadSource|Status", "OwnerId"};
constexpr std::string_view salesforceLeadReportSignature[]{"Company / Account", "Last Name",
                                                           "Lead Status|Lead Source|Lead Owner|Email Opt Out"};
constexpr std::string_view salesforceContactReportSignature[]{
    "Account Name", "Last Name", "Contact ID|Contact Owner|Asst. Phone|Mailing Street|Mailing City|Email Opt Out",
    "First Name|Email|Title"};
constexpr std::string_view pipedriveDealsSignature[]{"Deal - *"};
constexpr std::string_view pipedrivePeopleSignature[]{"Person - *"};
constexpr std::string_view pipedriveOrgsSignature[]{"Organization - *"};
constexpr std::string_view zoominfoContactsSignature[]{"ZoomInfo Contact ID", "Company Name", "Last Name|First Name"};
constexpr std::string_view freshsalesSignature[]{"Sales owner", "Lifecycle stage|Subscription status",
                                                 "First name|Last name|Emails|Email"};
constexpr std::string_view closeLeadsSignature[]{"display_name", "status_label",
                                                 "primary_contact_name|primary_contact_primary_email|html_url"};
constexpr std::string_view closeContactsSignature[]{"lead_name", "primary_email", "lead_id|other_emails|primary_phone"};
constexpr std::string_view copperPeopleSignature[]{"Copper ID", "Name|First Name", "Owned By|Details|Contact Type|Tags"};
constexpr std::string_view mailchimpSignature[]{"Email Address", "MEMBER_RATING", "LEID"};
constexpr std::string_view googleContacts2024Signature[]{"E-mail 1 - Label|Phone 1 - Label|Address 1 - Label",
                                                         "Organization Name", "First Name"};
constexpr std::string_view googleContactsLegacySignature[]{"Given Name", "Family Name",
                                                           "Group Membership|E-mail 1 - Type|Organization 1 - Name"};
constexpr std::string_view outlookDesktopSignature[]{"E-mail Address", "E-mail Type", "E-mail Display Name"};
constexpr std::string_view outlookCsvFromGoogleSignature[]{"Internet Free Busy", "Home Address", "E-mail Address"};
constexpr std::string_view thunderbirdSignature[]{"Display Name", "Primary Email", "Secondary Email"};
constexpr std::string_view vcardSignature[]{"=BEGIN:VCARD"}; // no table has it: its reader says so
constexpr std::string_view lemlistSignature[]{"=email", "=firstName", "=icebreaker", "=subject1"};
constexpr std::string_view instantlySignature[]{"=email", "=firstName", "=companyName"};

constexpr SourceFormat formats[]{
    {outriderFormat, RowObject::Person, outriderSignature, outriderColumns},
    {"linkedin_connections", RowObject::Person, linkedinConnectionsSignature, linkedinConnectionsColumns},
    {"phantombuster_salesnav", RowObject::Person, phantombusterSalesnavSignature, phantombusterSalesnavColumns},
    {"salesnav_extension", RowObject::Person, salesnavExtensionSignature, salesnavExtensionColumns},
    {"apollo_full", RowObject::Person, apolloFullSignature, apolloFullColumns},
    {"apollo_short", RowObject::Person, apolloShortSignature, apolloFullColumns},
    {"hubspot_deals", RowObject::Deal, hubspotDealsSignature, hubspotDealsColumns},
    {"hubspot_companies", RowObject::Company, hubspotCompaniesSignature, hubspotCompaniesColumns},
    {"hubspot_contacts", RowObject::Person, hubspotContactsSignature, hubspotContactsColumns},
    {"zoho_leads", RowObject::Person, zohoLeadsSignature, zohoLeadsColumns},
    {"zoho_contacts", RowObject::Person, zohoContactsSignature, zohoContactsColumns},
    {"salesforce_contact_api", RowObject::Person, salesforceContactApiSignature, salesforceContactApiColumns},
    {"salesforce_lead_api", RowObject::Person, salesforceLeadApiSignature, salesforceLeadApiColumns},
    {"salesforce_lead_report", RowObject::Person, salesforceLeadReportSignature, salesforceLeadReportColumns},
    {"salesforce_contact_report", RowObject::Person, salesforceContactReportSignature, salesforceContactReportColumns},
    {"pipedrive_deals", RowObject::Deal, pipedriveDealsSignature, pipedriveDealsColumns},
    {"pipedrive_people", RowObject::Person, pipedrivePeopleSignature, pipedrivePeopleColumns},
    {"pipedrive_orgs", RowObject::Company, pipedriveOrgsSignature, pipedriveOrgsColumns},
    {"zoominfo_contacts", RowObject::Person, zoominfoContactsSignature, zoominfoContactsColumns},
    {"freshsales", RowObject::Person, freshsalesSignature, freshsalesColumns},
    {"close_leads", RowObject::Person, closeLeadsSignature, closeLeadsColumns},
    {"close_contacts", RowObject::Person, closeContactsSignature, closeContactsColumns},
    {"copper_people", RowObject::Person, copperPeopleSignature, copperPeopleColumns},
    {"mailchimp", RowObject::Person, mailchimpSignature, mailchimpColumns},
    {"google_contacts_2024", RowObject::Person, googleContacts2024Signature, googleContacts2024Columns},
    {"google_contacts_legacy", RowObject::Person, googleContactsLegacySignature, googleContactsLegacyColumns},
    {"outlook_desktop", RowObject::Person, outlookDesktopSignature, outlookDesktopColumns},
    {"outlook_csv_from_google", RowObject::Person, outlookCsvFromGoogleSignature, outlookCsvFromGoogleColumns},
    {"thunderbird", RowObject::Person, thunderbirdSignature, thunderbirdColumns},
    {vcardFormat, RowObject::Person, vcardSignature, vcardColumns},
    {"lemlist", RowObject::Person, lemlistSignature, lemlistColumns, true},
    {"instantly", RowObject::Person, instantlySignature, instantlyColumns, true},
};

constexpr std::pair<std::string_view, std::string_view> titles[]{
    {outriderFormat, "Outrider"},
    {"linkedin_connections", "LinkedIn connections"},
    {"phantombuster_salesnav", "PhantomBuster Sales Navigator"},
    {"salesnav_extension", "Sales Navigator"},
    {"apollo_full", "Apollo"},
    {"apollo_short", "Apollo"},
    {"hubspot_deals", "HubSpot deals"},
    {"hubspot_companies", "HubSpot companies"},
    {"hubspot_contacts", "HubSpot contacts"},
    {"zoho_leads", "Zoho leads"},
    {"zoho_contacts", "Zoho contacts"},
    {"salesforce_contact_api", "Salesforce contacts"},
    {"salesforce_lead_api", "Salesforce leads"},
    {"salesforce_lead_report", "Salesforce leads"},
    {"salesforce_contact_report", "Salesforce contacts"},
    {"pipedrive_deals", "Pipedrive deals"},
    {"pipedrive_people", "Pipedrive people"},
    {"pipedrive_orgs", "Pipedrive organizations"},
    {"zoominfo_contacts", "ZoomInfo contacts"},
    {"freshsales", "Freshsales"},
    {"close_leads", "Close leads"},
    {"close_contacts", "Close contacts"},
    {"copper_people", "Copper people"},
    {"mailchimp", "Mailchimp audience"},
    {"google_contacts_2024", "Google Contacts"},
    {"google_contacts_legacy", "Google Contacts"},
    {"outlook_desktop", "Outlook contacts"},
    {"outlook_csv_from_google", "Google Contacts for Outlook"},
    {"thunderbird", "Thunderbird address book"},
    {vcardFormat, "vCard"},
    {"lemlist", "lemlist"},
    {"instantly", "Instantly"},
};

} // namespace

std::span<const SourceFormat> sourceFormats() { return formats; }

const SourceFormat* findSourceFormat(std::string_view key) {
    const auto* found =
        std::find_if(std::begin(formats), std::end(formats), [key](const SourceFormat& f) { return f.key == key; });
    return found == std::end(formats) ? nullptr : found;
}

std::string_view titleOf(std::string_view key) {
    const auto* found =
        std::find_if(std::begin(titles), std::end(titles), [key](const auto& title) { return title.first == key; });
    return found == std::end(titles) ? std::string_view() : found->second;
}

} // namespace outrider::exchange
