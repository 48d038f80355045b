// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/problem.h"

#include "core/domain/field.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"

#include <QCoreApplication>

namespace outrider::today {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Problem)
};

bool isFieldOfLead(const std::string& key) {
    const Field* field = findField(key);
    return customFieldKey(key).has_value() || (field != nullptr && field->editable);
}

Problem missing(const QString& sentence, const std::string& field) {
    return {.sentence = sentence, .verb = Words::tr("Fill in"), .way = Problem::Way::FillIn, .field = text::toQt(field)};
}

Problem ofDraft(const Error& error) {
    switch (error.code) {
    case ErrorCode::MissingVariable:
        if (error.detail == "subject")
            return {.sentence = Words::tr("It has no subject."),
                    .verb = Words::tr("Write one"),
                    .way = Problem::Way::EditText,
                    .field = {}};
        if (isFieldOfLead(error.detail))
            return missing(Words::tr("No %1 for the template.").arg(text::fieldName(error.detail).toLower()), error.detail);
        return {.sentence = Words::tr("No %1 for the template.").arg(text::fieldName(error.detail).toLower()),
                .verb = Words::tr("Edit the text"),
                .way = Problem::Way::EditText,
                .field = {}};
    case ErrorCode::NoAddressForChannel:
        return missing(Words::tr("No e-mail address."), "email");
    case ErrorCode::NoMailbox:
        return {
            .sentence = text::sentence(error), .verb = Words::tr("Add a mailbox"), .way = Problem::Way::AddMailbox, .field = {}};
    default:
        return {.sentence = text::sentence(error),
                .verb = Words::tr("Open the strategy"),
                .way = Problem::Way::OpenStrategy,
                .field = {}};
    }
}

} // namespace

Problem problemOf(const TaskDetail& task) {
    const Lead& lead = task.lead.lead;
    switch (task.task.channel) {
    case Channel::Email:
        if (lead.reach != Reach::Ok || task.lead.emailSuppression)
            return {.sentence = text::sentence(Error(ErrorCode::LeadSuppressed, lead.email)), .verb = {}, .field = {}};
        if (task.draft && task.draft->problem)
            return ofDraft(*task.draft->problem);
        break;
    case Channel::Call:
    case Channel::Sms:
        if (lead.reach == Reach::DoNotContact || task.lead.phoneSuppression)
            return {.sentence = text::sentence(Error(ErrorCode::LeadSuppressed, lead.phone)), .verb = {}, .field = {}};
        if (lead.phone.empty())
            return missing(Words::tr("No phone number."), "phone");
        break;
    case Channel::LinkedIn:
        if (lead.linkedinUrl.empty()) {
            Problem problem = missing(Words::tr("No LinkedIn profile."), "linkedin_url");
            problem.blocks = false;
            return problem;
        }
        break;
    case Channel::Task:
        break;
    }
    return {};
}

} // namespace outrider::today
