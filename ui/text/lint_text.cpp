// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/lint_text.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QHash>
#include <QLocale>

#include <functional>

namespace outrider::text {

namespace {

QString word(const LintFinding& finding, std::size_t i = 0) {
    return i < finding.words.size() ? isolated(toQt(finding.words[i])) : QString();
}

QString list(const LintFinding& finding) {
    QStringList words;
    for (const std::string& one : finding.words)
        words.append(Tr::tr("“%1”").arg(isolated(toQt(one))));
    return words.join(QStringLiteral(", "));
}

// "12: what was expected"
QString expected(const LintFinding& finding) {
    const QString detail = finding.words.empty() ? QString() : toQt(finding.words.back());
    const auto colon = detail.indexOf(QLatin1String(": "));
    return colon < 0 ? detail : detail.mid(colon + 2);
}

QString countries(const LintFinding& finding) {
    QStringList names;
    for (const std::string& code : finding.words) {
        const QLocale::Territory territory = QLocale::codeToTerritory(toQt(code));
        names.append(territory == QLocale::AnyTerritory ? toQt(code) : QLocale::territoryToString(territory));
    }
    return names.join(QStringLiteral(", "));
}

QString leads(int count) { return counted(count, Tr::tr("lead"), Tr::tr("leads")); }

struct Words {
    std::function<QString(const LintFinding&)> sentence;
    std::function<QString(const LintFinding&)> advice;
};

const QHash<QString, Words>& words() {
    using F = const LintFinding&;
    static const QHash<QString, Words> all{
        {QStringLiteral("merge_syntax"),
         {[](F f) { return Tr::tr("The fields are not well-formed: %1").arg(expected(f)); },
          [](F) { return Tr::tr("Write a field as {{first_name|there}}, and close every section that is opened."); }}},
        {QStringLiteral("choice_syntax"),
         {[](F f) { return Tr::tr("A choice is not well-formed: %1").arg(expected(f)); },
          [](F) { return Tr::tr("Write a choice as {Hi|Hello}; a brace that is text has a backslash in front."); }}},
        {QStringLiteral("unknown_field"),
         {[](F f) { return Tr::tr("There is no field “%1”").arg(word(f)); },
          [](F) { return Tr::tr("Insert a field from the list, or give it a fallback: {{field|fallback}}."); }}},
        {QStringLiteral("unknown_snippet"),
         {[](F f) { return Tr::tr("There is no snippet “%1”").arg(word(f)); },
          [](F) { return Tr::tr("Make the snippet, or take it out of the text."); }}},
        {QStringLiteral("broken_snippet"),
         {[](F f) { return Tr::tr("The snippet “%1” cannot be filled in").arg(word(f)); },
          [](F) { return Tr::tr("Put its fields and choices right in Settings, Messages."); }}},
        {QStringLiteral("same_choice"),
         {[](F f) { return Tr::tr("A choice has “%1” twice").arg(word(f)); },
          [](F) { return Tr::tr("Twice makes it twice as frequent; take one out if that is not meant."); }}},
        {QStringLiteral("long_subject"),
         {[](F f) { return Tr::tr("The subject has %1 characters").arg(f.count); },
          [](F f) { return Tr::tr("Keep it below %1; a phone shows about half of that.").arg(f.limit); }}},
        {QStringLiteral("subject_lines"),
         {[](F) { return Tr::tr("The subject has several lines"); }, [](F) { return Tr::tr("They are sent as one line."); }}},
        {QStringLiteral("false_reply"),
         {[](F) { return Tr::tr("The subject looks like an answer, but begins a conversation"); },
          [](F) { return Tr::tr("A subject that misleads is against the law in many places; take “Re:” out."); }}},
        {QStringLiteral("long_text"),
         {[](F f) { return Tr::tr("The text has %1 words").arg(f.count); },
          [](F f) { return Tr::tr("Messages below %1 words are answered more often.").arg(f.limit); }}},
        {QStringLiteral("many_links"),
         {[](F f) { return Tr::tr("The text has %1 links").arg(f.count); },
          [](F f) { return Tr::tr("Keep %1 at most; many links count as advertising.").arg(f.limit); }}},
        {QStringLiteral("first_mail_link"),
         {[](F) { return Tr::tr("The first message has a link"); },
          [](F) {
              return Tr::tr("Who does not know you yet does not follow it, and filters count it; offer it in a later step.");
          }}},
        {QStringLiteral("short_link"),
         {[](F f) { return Tr::tr("The link by %1 hides where it leads").arg(word(f)); },
          [](F) { return Tr::tr("Link to the page itself; many filters refuse shortened links."); }}},
        {QStringLiteral("number_link"),
         {[](F f) { return Tr::tr("The link %1 leads to a number, not a name").arg(word(f)); },
          [](F) { return Tr::tr("Link to a host by its name."); }}},
        {QStringLiteral("insecure_link"),
         {[](F f) { return Tr::tr("The link %1 is not encrypted").arg(word(f)); }, [](F) { return Tr::tr("Use https."); }}},
        {QStringLiteral("broken_link"),
         {[](F f) { return Tr::tr("The link %1 leads nowhere").arg(word(f)); },
          [](F) { return Tr::tr("Write the whole address, with https:// in front."); }}},
        {QStringLiteral("link_mismatch"),
         {[](F f) { return Tr::tr("The link shows %1 and leads to %2").arg(word(f), word(f, 1)); },
          [](F) { return Tr::tr("Phishing looks like that; show where it leads, or words."); }}},
        {QStringLiteral("picture"),
         {[](F) { return Tr::tr("Pictures are not sent inside the text"); },
          [](F) { return Tr::tr("Attach the file, or describe it."); }}},
        {QStringLiteral("html"),
         {[](F f) { return Tr::tr("HTML such as %1 is sent as it stands there").arg(word(f)); },
          [](F) { return Tr::tr("Write **bold**, *italic*, [text](https://…) and - lists in a formatted message."); }}},
        {QStringLiteral("markup_in_plain"),
         {[](F f) { return Tr::tr("%1 is sent as it stands there, for the message is plain text").arg(word(f)); },
          [](F) { return Tr::tr("Send the strategy formatted, or write it in words."); }}},
        {QStringLiteral("capitals"),
         {[](F f) { return Tr::tr("Written in capitals: %1").arg(list(f)); },
          [](F) { return Tr::tr("Capitals read as shouting, and filters count them."); }}},
        {QStringLiteral("exclamations"),
         {[](F f) {
              return f.count > 0 ? Tr::tr("%1 exclamation marks").arg(f.count) : Tr::tr("Several exclamation marks in a row");
          },
          [](F) { return Tr::tr("A full stop is enough."); }}},
        {QStringLiteral("spam_words"),
         {[](F f) { return Tr::tr("Sounds like advertising: %1").arg(list(f)); },
          [](F) { return Tr::tr("Say what it is for them, in other words."); }}},
        {QStringLiteral("repeated_word"),
         {[](F f) { return Tr::tr("“%1” stands there twice").arg(word(f)); }, [](F) { return Tr::tr("Take one out."); }}},
        {QStringLiteral("field_missing"),
         {[](F f) {
              return Tr::tr("%1 of %2 have no %3")
                  .arg(QString::number(f.count), leads(f.limit),
                       fieldName(f.words.empty() ? std::string_view() : std::string_view(f.words.front())).toLower());
          },
          [](F) { return Tr::tr("Their message waits until it is filled in; a fallback lets it go: {{field|fallback}}."); }}},
        {QStringLiteral("files_too_large"),
         {[](F f) { return Tr::tr("The files are %1 MB together, more than one message can carry").arg(f.count); },
          [](F f) { return Tr::tr("Keep them below %1 MB, or link to them.").arg(f.limit); }}},
        {QStringLiteral("files_large"),
         {[](F f) { return Tr::tr("The files are %1 MB together").arg(f.count); },
          [](F f) { return Tr::tr("Above %1 MB many mailboxes put a message aside; link to them.").arg(f.limit); }}},
        {QStringLiteral("refused_file"),
         {[](F f) { return Tr::tr("Mail servers refuse files such as %1").arg(word(f)); },
          [](F) { return Tr::tr("Send a PDF, or a link."); }}},
        {QStringLiteral("first_mail_file"),
         {[](F f) { return Tr::tr("The first message has a file, %1").arg(word(f)); },
          [](F) { return Tr::tr("Who does not know you yet does not open it; offer it, and send it in a later step."); }}},
        {QStringLiteral("no_mailbox"),
         {[](F) { return Tr::tr("There is no mailbox, so nothing is known of signature and opt-out line"); },
          [](F) { return Tr::tr("Add one in Settings, Mailboxes."); }}},
        {QStringLiteral("no_opt_out"),
         {[](F f) {
              return f.words.empty() ? Tr::tr("No line says how to opt out")
                                     : Tr::tr("No line says how to opt out, and the law asks for one for %1 in %2")
                                           .arg(leads(f.count), countries(f));
          },
          [](F) { return Tr::tr("Write it in Settings, Mailboxes: “Tell me, and I will not write again.”"); }}},
        {QStringLiteral("no_postal_address"),
         {[](F f) {
              return f.words.empty()
                         ? Tr::tr("No postal address stands under the messages")
                         : Tr::tr("No postal address stands under the messages, and the law asks for one for %1 in %2")
                               .arg(leads(f.count), countries(f));
          },
          [](F f) {
              return f.words.empty() ? Tr::tr("The United States and Canada ask for one; write it in Settings, Messages.")
                                     : Tr::tr("Write it in Settings, Messages.");
          }}},
    };
    return all;
}

} // namespace

QString lintSentence(const LintFinding& finding) {
    const auto found = words().constFind(toQt(finding.rule));
    return found == words().constEnd() ? toQt(finding.rule) : found->sentence(finding);
}

QString lintAdvice(const LintFinding& finding) {
    const auto found = words().constFind(toQt(finding.rule));
    return found == words().constEnd() ? QString() : found->advice(finding);
}

QString lintPlace(const LintFinding& finding) {
    QString step = finding.step < 0 ? QString() : Tr::tr("Step %1").arg(finding.step + 1);
    if (finding.variant > 0)
        step = Tr::tr("%1, variant %2").arg(step, QChar(u'A' + finding.variant));
    QString place;
    switch (finding.place) {
    case LintFinding::Place::Strategy:
        break;
    case LintFinding::Place::Subject:
        place = Tr::tr("subject");
        break;
    case LintFinding::Place::Body:
        place = Tr::tr("text");
        break;
    case LintFinding::Place::Footer:
        return Tr::tr("Under every message");
    case LintFinding::Place::Attachments:
        place = Tr::tr("files");
        break;
    }
    if (step.isEmpty())
        return Tr::tr("All messages");
    return place.isEmpty() ? step : Tr::tr("%1, %2").arg(step, place);
}

QStringList lintRules() {
    QStringList rules = words().keys();
    rules.sort();
    return rules;
}

} // namespace outrider::text
