// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mail_card.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace outrider::widgets {

using text::toQt;
using theme::TextStyle;

namespace {

// "Tobias Rühl <t.ruehl@example>" is shown by its name alone.
QString personOf(const QString& address) {
    const QString name = address.section(QLatin1Char('<'), 0, 0).trimmed().remove(QLatin1Char('"'));
    return name.isEmpty() ? address.trimmed() : name;
}

struct Block {
    bool quoted = false;
    QString text;
};

bool isQuoted(const QString& line) { return line.startsWith(QLatin1Char('>')); }

// The text in turns of what was written and what is quoted in it ("> …"), with the line that introduces a quote.
QList<Block> blocksOf(const QString& text) {
    QList<Block> blocks;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const bool introduces = lines[i].trimmed().endsWith(QLatin1Char(':')) && i + 1 < lines.size() && isQuoted(lines[i + 1]);
        const bool quoted = introduces || isQuoted(lines[i]);
        QString line = lines[i];
        if (isQuoted(line))
            line = line.startsWith(QLatin1String("> ")) ? line.mid(2) : line.mid(1);
        if (blocks.isEmpty() || blocks.last().quoted != quoted)
            blocks.append({quoted, line});
        else
            blocks.last().text += QLatin1Char('\n') + line;
    }
    for (Block& block : blocks)
        block.text = block.text.trimmed();
    blocks.removeIf([](const Block& block) { return block.text.isEmpty(); });
    return blocks;
}

Label* wordsIn(Ink ink, const QString& text) {
    auto* words = new Label(TextStyle::Body, ink, text);
    words->setWordWrap(true);
    words->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    return words;
}

} // namespace

MailCard::MailCard(const Message& message, QWidget* parent) : Card(parent) {
    const theme::Tokens& t = theme::tokens(this);
    const bool outbound = message.direction == Direction::Outbound;
    setAccessibleName(tr("Message"));
    auto* all = column(this, 0);

    auto* headRow = new QHBoxLayout;
    headRow->setContentsMargins(t.space.m, t.space.s, t.space.m, t.space.s);
    headRow->setSpacing(t.space.s);
    auto* who = new Label(TextStyle::BodyStrong, Ink::Text, personOf(toQt(outbound ? message.to : message.from)));
    who->setEliding(true);
    auto* subject = new Label(TextStyle::Body, Ink::Muted, toQt(message.subject));
    subject->setEliding(true);
    if (outbound)
        headRow->addWidget(new Label(TextStyle::Body, Ink::Muted, tr("To")));
    headRow->addWidget(who);
    headRow->addWidget(subject, 1);
    all->addLayout(headRow);
    all->addWidget(new Line);

    auto* body = new QVBoxLayout;
    body->setContentsMargins(t.space.m, t.space.m, t.space.m, t.space.m);
    body->setSpacing(t.space.s);
    for (const Block& block : blocksOf(toQt(message.text))) {
        if (!block.quoted) {
            body->addWidget(wordsIn(Ink::Text, block.text));
            continue;
        }
        auto* quote = new QWidget;
        quote->setAccessibleName(tr("Quoted"));
        auto* row = new QHBoxLayout(quote);
        row->setContentsMargins(0, t.space.xs, 0, t.space.xs);
        row->setSpacing(t.space.m);
        row->addWidget(new Line(Qt::Vertical));
        row->addWidget(wordsIn(Ink::Muted, block.text), 1);
        body->addWidget(quote);
    }
    if (message.quotedLines > 0) {
        auto* quoted = new QHBoxLayout;
        quoted->setSpacing(t.space.s);
        auto* dots = new Button(theme::Icon::More, tr("Show quoted lines"));
        dots->setSize(Button::Size::Small);
        quoted->addWidget(dots);
        quoted->addWidget(
            new Label(TextStyle::Body, Ink::Muted, text::counted(message.quotedLines, tr("quoted line"), tr("quoted lines"))));
        quoted->addStretch(1);
        body->addLayout(quoted);
        connect(dots, &QPushButton::clicked, this, &MailCard::wholeWanted);
    }
    all->addLayout(body, 1);
}

} // namespace outrider::widgets
