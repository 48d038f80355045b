// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unlock/first_run_page.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/unlock/choice_card.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/secret_field.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QSaveFile>
#include <QScrollArea>
#include <QStyle>

#include <algorithm>

namespace outrider::unlock {

using namespace widgets;

namespace {

class MarkAndName : public QWidget {
public:
    MarkAndName() {
        const theme::Tokens& tokens = theme::tokens(this);
        auto* line = row(this, tokens.space.s);
        line->addSpacing(tokens.space.xl + tokens.space.s);
        line->addWidget(new Label(theme::TextStyle::Title, Ink::Text, QStringLiteral("Outrider")));
        line->addStretch(1);
        setMinimumHeight(tokens.space.xl);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        const int side = tokens.space.xl;
        const QRect mark = QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, QSize(side, side), rect());
        theme::paintMark(&painter, mark, tokens.color.text, tokens.color.chart1, tokens.color.chart2);
    }
};

Label* wrapped(theme::TextStyle style, Ink ink, const QString& text) {
    auto* label = new Label(style, ink, text);
    label->setWordWrap(true);
    return label;
}

// Centred, and no wider than a form is read with ease.
QVBoxLayout* centred(QWidget* page, const theme::Tokens& tokens) {
    auto* around = column(page, 0, QMargins(tokens.space.xl, tokens.space.xl, tokens.space.xl, tokens.space.xl));
    auto* middle = new QWidget;
    middle->setMaximumWidth(tokens.size.detailPaneMax + 2 * tokens.space.l + tokens.space.s);
    auto* across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(middle, 1000);
    across->addStretch(1);
    around->addStretch(1);
    around->addLayout(across);
    around->addStretch(2);
    return column(middle, tokens.space.m);
}

void say(Label* label, const QString& sentence) {
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) {
        QAccessibleEvent alert(label, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

} // namespace

FirstRunPage::FirstRunPage(Environment& environment, std::string path, QWidget* parent)
    : QWidget(parent),
      m_environment(environment),
      m_path(std::move(path)),
      m_steps(new QStackedWidget) {
    auto* sides = row(this, 0);
    m_pitch = makePitch();
    sides->addWidget(m_pitch, 1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    m_steps->addWidget(makeStart());
    m_steps->addWidget(makeCode());
    scroll->setWidget(m_steps);
    m_steps->setAutoFillBackground(false);
    sides->addWidget(scroll, 2);
    choose(Choice::Create);
}

QWidget* FirstRunPage::makePitch() {
    auto* side = new Area(Area::Ground::Bg, Qt::RightEdge);
    const theme::Tokens& tokens = theme::tokens(this);
    const int edge = tokens.space.xxl + tokens.space.l;
    auto* rows = column(side, tokens.space.m, QMargins(edge, tokens.space.xxl, edge, tokens.space.xxl));
    rows->addWidget(new MarkAndName);
    rows->addSpacing(tokens.space.xxl + tokens.space.xl);
    rows->addWidget(wrapped(theme::TextStyle::Display, Ink::Text, tr("Know who is next.\nSend it yourself.")));
    rows->addWidget(wrapped(theme::TextStyle::Body, Ink::Muted,
                            tr("Your leads, strategies and messages stay in one encrypted file on this computer. Outrider works "
                               "without a network and without an account.")));
    rows->addSpacing(tokens.space.xl);
    const auto fact = [&](theme::Icon icon, const QString& text) {
        auto* line = new QWidget;
        auto* pair = row(line, tokens.space.s);
        pair->addWidget(new IconLabel(icon));
        pair->addWidget(wrapped(theme::TextStyle::Body, Ink::Text, text), 1);
        rows->addWidget(line);
    };
    fact(theme::Icon::Lock, tr("Encrypted with a key only you hold"));
    fact(theme::Icon::CloudOff, tr("Works offline, sends when you are back"));
    fact(theme::Icon::Undo, tr("Undo for everything but a sent message"));
    rows->addStretch(1);
    rows->addWidget(wrapped(theme::TextStyle::Meta, Ink::Muted,
                            tr("Version %1. Free software, GPL-3.0-or-later").arg(QStringLiteral(OUTRIDER_VERSION))));
    return side;
}

QWidget* FirstRunPage::makeStart() {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* page = new QWidget;
    QVBoxLayout* rows = centred(page, tokens);
    rows->addWidget(new Label(theme::TextStyle::Meta, Ink::Muted, tr("Step 1 of 2")));
    rows->addWidget(new Label(theme::TextStyle::Display, Ink::Text, tr("How do you want to start?")));
    rows->addSpacing(tokens.space.s);
    const auto card = [&](theme::Icon icon, const QString& title, const QString& sentence) {
        auto* choice = new ChoiceCard(icon, title, sentence, QString::number(m_choices.size() + 1));
        const auto which = Choice(m_choices.size());
        m_choices.append(choice);
        rows->addWidget(choice);
        connect(choice, &QAbstractButton::clicked, this, [this, which]() { choose(which); });
    };
    card(theme::Icon::Plus, tr("Create a workspace"), tr("Two minutes. A name and a passphrase, mail comes later."));
    card(theme::Icon::Sparkle, tr("Practise first"), tr("Invented leads and tasks. Nothing is ever sent from here."));
    card(theme::Icon::Import, tr("Bring my data"), tr("A CSV file, or an export from another CRM. Can be undone."));
    card(theme::Icon::File, tr("Open a workspace or a backup"), tr("An .outrider file, with its .keys file beside it."));

    m_form = new Card;
    auto* grid = new QGridLayout(m_form);
    grid->setContentsMargins(tokens.space.l, tokens.space.l, tokens.space.l, tokens.space.l);
    grid->setHorizontalSpacing(tokens.space.l);
    grid->setVerticalSpacing(tokens.space.s);
    grid->setColumnStretch(1, 1);
    int line = 0;
    const auto field = [&](const QString& label, QWidget* input) {
        input->setAccessibleName(label);
        auto* name = new Label(theme::TextStyle::Body, Ink::Muted, label);
        name->setBuddy(input);
        grid->addWidget(name, line, 0);
        grid->addWidget(input, line++, 1);
    };
    m_person = new QLineEdit;
    field(tr("Your name"), m_person);
    m_email = new QLineEdit;
    m_email->setInputMethodHints(Qt::ImhEmailCharactersOnly);
    m_email->setPlaceholderText(tr("The address you sell from"));
    field(tr("E-mail"), m_email);
    m_name = new QLineEdit;
    m_name->setPlaceholderText(tr("Your company, say"));
    field(tr("Workspace"), m_name);
    m_passphrase = new SecretField(tr("Passphrase"));
    field(tr("Passphrase"), m_passphrase);
    auto* strength = new QWidget;
    auto* strengthRow = row(strength, tokens.space.s);
    m_strength = new ProgressLine;
    m_strength->setFixedWidth(2 * tokens.space.xxl);
    m_strengthWord = new Label(theme::TextStyle::Meta, Ink::Muted);
    strengthRow->addWidget(m_strength);
    strengthRow->addWidget(m_strengthWord, 1);
    grid->addWidget(strength, line++, 1);
    m_keychain = new QCheckBox(tr("Open without asking on this computer"));
    m_keychain->setAccessibleName(m_keychain->text());
    grid->addWidget(new Label(theme::TextStyle::Body, Ink::Muted, tr("Keychain")), line, 0);
    grid->addWidget(m_keychain, line++, 1);
    rows->addSpacing(tokens.space.s);
    rows->addWidget(m_form);
    m_error = wrapped(theme::TextStyle::Meta, Ink::Danger, {});
    m_error->hide();
    rows->addWidget(m_error);

    auto* foot = new QWidget;
    auto* footRow = row(foot, tokens.space.l);
    m_next = wrapped(theme::TextStyle::Meta, Ink::Muted, {});
    m_continue = new Button(Button::Kind::Primary, tr("Continue"));
    m_continue->setSize(Button::Size::Large);
    m_continue->setKeyHint(tr("Enter"));
    footRow->addWidget(m_next, 1);
    footRow->addWidget(m_continue);
    rows->addSpacing(tokens.space.s);
    rows->addWidget(foot);

    connect(m_continue, &QAbstractButton::clicked, this, &FirstRunPage::goOn);
    connect(m_passphrase, &QLineEdit::textChanged, this, &FirstRunPage::showStrength);
    connect(m_passphrase, &SecretField::capsLockChanged, this, &FirstRunPage::showStrength);
    for (QLineEdit* input : {m_person, m_email, m_name, static_cast<QLineEdit*>(m_passphrase)})
        connect(input, &QLineEdit::textEdited, this, [this]() { say(m_error, {}); });
    showStrength();
    return page;
}

QWidget* FirstRunPage::makeCode() {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* page = new QWidget;
    QVBoxLayout* rows = centred(page, tokens);
    rows->addWidget(new Label(theme::TextStyle::Meta, Ink::Muted, tr("Step 2 of 2")));
    rows->addWidget(new Label(theme::TextStyle::Display, Ink::Text, tr("Keep this recovery code")));
    rows->addWidget(
        wrapped(theme::TextStyle::Body, Ink::Muted,
                tr("It opens the file when the passphrase is forgotten or the computer is gone. It is shown only now, "
                   "and without it or the passphrase nobody can open the file.")));
    auto* card = new Card;
    auto* cardRows = column(card, tokens.space.m, QMargins(tokens.space.l, tokens.space.l, tokens.space.l, tokens.space.l));
    m_code = wrapped(theme::TextStyle::Mono, Ink::Text, {});
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setAlignment(Qt::AlignHCenter);
    cardRows->addWidget(m_code);
    auto* verbs = new QWidget;
    auto* verbRow = row(verbs, tokens.space.s);
    auto* copy = new Button(Button::Kind::Secondary, tr("Copy"));
    copy->setGlyph(theme::Icon::Copy);
    copy->setAccessibleName(tr("Copy the recovery code"));
    auto* save = new Button(Button::Kind::Secondary, tr("Save to a file…"));
    save->setGlyph(theme::Icon::File);
    save->setAccessibleName(tr("Save the recovery code to a file"));
    verbRow->addWidget(copy);
    verbRow->addWidget(save);
    verbRow->addStretch(1);
    cardRows->addWidget(verbs);
    m_codeNote = wrapped(theme::TextStyle::Meta, Ink::Muted, {});
    cardRows->addWidget(m_codeNote);
    rows->addWidget(card);
    m_kept = new QCheckBox(tr("I have kept it, away from this computer"));
    m_kept->setAccessibleName(m_kept->text());
    rows->addWidget(m_kept);
    auto* foot = new QWidget;
    auto* footRow = row(foot, tokens.space.l);
    footRow->addStretch(1);
    m_start = new Button(Button::Kind::Primary, tr("Start"));
    m_start->setSize(Button::Size::Large);
    m_start->setKeyHint(tr("Enter"));
    m_start->setEnabled(false);
    footRow->addWidget(m_start);
    rows->addWidget(foot);

    connect(m_kept, &QCheckBox::toggled, m_start, &QWidget::setEnabled);
    connect(m_start, &QAbstractButton::clicked, this, &FirstRunPage::finish);
    connect(copy, &QAbstractButton::clicked, this, [this]() {
        QGuiApplication::clipboard()->setText(m_code->text());
        say(m_codeNote, tr("Copied. Put it where only you find it; the clipboard is not such a place."));
    });
    connect(save, &QAbstractButton::clicked, this, [this]() {
        auto* dialog = new QFileDialog(window(), tr("Save the recovery code"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->selectFile(tr("outrider-recovery-code.txt"));
        connect(dialog, &QFileDialog::fileSelected, this, &FirstRunPage::saveCode);
        dialog->open();
    });
    return page;
}

void FirstRunPage::choose(Choice choice) {
    m_choices[int(choice)]->setChecked(true);
    const bool makes = choice == Choice::Create || choice == Choice::BringData;
    m_form->setVisible(makes);
    say(m_error, {});
    switch (choice) {
    case Choice::Create:
        m_next->setText(tr("Next: a recovery code to keep. Without it or the passphrase, nobody can open the file."));
        break;
    case Choice::BringData:
        m_next->setText(tr("Next: a recovery code to keep, then your file."));
        break;
    case Choice::Practise:
        m_next->setText(tr("The prospects are invented and answer by themselves. It stays apart from your own workspace."));
        break;
    case Choice::OpenFile:
        m_next->setText(tr("Next: the file, and its passphrase."));
        break;
    }
    if (makes && isVisible())
        m_person->setFocus();
}

FirstRunPage::Choice FirstRunPage::choice() const {
    const auto at = std::ranges::find_if(m_choices, [](const ChoiceCard* card) { return card->isChecked(); });
    return Choice(at - m_choices.begin());
}

void FirstRunPage::showStrength() {
    using Level = PassphraseHint::Level;
    const auto secret = m_passphrase->copy();
    const PassphraseHint hint = passphraseHint(secret ? secret->view() : std::string_view());
    QString word;
    Ink ink = Ink::Muted;
    switch (hint.level) {
    case Level::TooShort:
        word = !secret ? tr("4 words or more work best") : tr("Too short: at least 8 characters");
        break;
    case Level::Weak:
        word = tr("Weak. 4 words or more work best");
        ink = Ink::Warn;
        break;
    case Level::Fair:
        word = tr("Fair. 4 words or more work best");
        break;
    case Level::Strong:
        word = tr("Strong");
        ink = Ink::Ok;
        break;
    }
    if (m_passphrase->capsLockIsOn())
        word += QStringLiteral(". ") + tr("Caps Lock is on");
    m_strength->setFraction(hint.share);
    m_strengthWord->setInk(ink);
    m_strengthWord->setText(word);
}

void FirstRunPage::goOn() {
    switch (choice()) {
    case Choice::Create:
    case Choice::BringData:
        create();
        break;
    case Choice::Practise:
        Q_EMIT practiceWanted();
        break;
    case Choice::OpenFile:
        Q_EMIT fileWanted();
        break;
    }
}

void FirstRunPage::create() {
    const auto refuse = [this](QWidget* where, const QString& sentence) {
        say(m_error, sentence);
        where->setFocus();
    };
    const QString person = m_person->text().trimmed();
    const QString email = m_email->text().trimmed();
    const auto passphrase = m_passphrase->copy();
    if (person.isEmpty())
        return refuse(m_person, tr("Your name stands under what you send."));
    if (!email.isEmpty() && (email.count(QLatin1Char('@')) != 1 || email.endsWith(QLatin1Char('@'))))
        return refuse(m_email, tr("That is not an e-mail address: %1.").arg(text::isolated(email)));
    if (!passphrase && !m_keychain->isChecked())
        return refuse(m_passphrase, tr("A passphrase is needed, or the keychain."));
    if (passphrase && passphraseHint(passphrase->view()).level == PassphraseHint::Level::TooShort)
        return refuse(m_passphrase, text::sentence(Error(ErrorCode::WeakPassphrase)) + QLatin1Char(' ')
                                        + text::hint(Error(ErrorCode::WeakPassphrase)));
    const QString name = m_name->text().trimmed();
    CreateWorkspace request{.path = m_path,
                            .name = (name.isEmpty() ? person : name).toStdString(),
                            .personName = person.toStdString(),
                            .personEmail = email.toStdString(),
                            .passphrase = passphrase,
                            .keychain = m_keychain->isChecked()};
    m_continue->setEnabled(false);
    m_continue->setText(tr("Making the workspace…"));
    deliver(createWorkspace(m_environment, std::move(request)), this, [this](Result<std::shared_ptr<CreatedWorkspace>> made) {
        m_continue->setEnabled(true);
        m_continue->setText(tr("Continue"));
        if (!made) {
            say(m_error, text::sentence(made.error()) + QLatin1Char(' ') + text::hint(made.error()));
            return;
        }
        m_passphrase->forget();
        m_made = std::move(*made);
        showCode();
    });
}

void FirstRunPage::showCode() {
    m_code->setText(QString::fromUtf8(m_made->recoveryCode.view().data(), qsizetype(m_made->recoveryCode.size())));
    say(m_codeNote,
        m_made->keychain ? QString() : tr("%1 The passphrase opens the file.").arg(text::sentence(m_made->keychain.error())));
    m_steps->setCurrentIndex(1);
    m_kept->setFocus();
}

void FirstRunPage::saveCode(const QString& path) {
    QSaveFile file(path);
    const QString words =
        tr("Recovery code of the Outrider workspace “%1”\n%2\n\n%3\n\nIt opens the file without the passphrase. "
           "Keep it away from the computer.\n")
            .arg(m_name->text().trimmed().isEmpty() ? m_person->text().trimmed() : m_name->text().trimmed(),
                 QString::fromStdString(m_path), m_code->text());
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(words.toUtf8()) < 0 || !file.commit()) {
        const Error error(ErrorCode::FileUnwritable, path.toStdString());
        say(m_codeNote, text::sentence(error) + QLatin1Char(' ') + text::hint(error));
        return;
    }
    say(m_codeNote, tr("Saved to %1. Print it or move it to another place.").arg(text::isolated(path)));
}

void FirstRunPage::finish() {
    if (!m_made || !m_kept->isChecked())
        return;
    m_code->setText({});
    const bool import = choice() == Choice::BringData;
    const std::shared_ptr<CreatedWorkspace> made = std::move(m_made);
    Q_EMIT created(std::shared_ptr<Workspace>(std::move(made->workspace)), import);
}

void FirstRunPage::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        if (m_steps->currentIndex() == 0 && m_continue->isEnabled())
            goOn();
        else if (m_steps->currentIndex() == 1)
            finish();
        return;
    }
    // Digits reach here only when no field has the focus.
    if (m_steps->currentIndex() == 0 && key >= Qt::Key_1 && key < Qt::Key_1 + int(m_choices.size())) {
        choose(Choice(key - Qt::Key_1));
        return;
    }
    QWidget::keyPressEvent(event);
}

void FirstRunPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const theme::Tokens& tokens = theme::tokens(this);
    m_pitch->setVisible(width() >= 2 * tokens.size.detailPaneMax);
}

void FirstRunPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_person->setFocus();
}

void FirstRunPage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme::tokens(this).color.surface);
}

} // namespace outrider::unlock
