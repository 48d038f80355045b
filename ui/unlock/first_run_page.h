// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/workspace_opening.h"

#include <QStackedWidget>
#include <QWidget>

#include <memory>

class QCheckBox;
class QLineEdit;

namespace outrider::widgets {
class Button;
class Card;
class Field;
class Label;
class SecretField;
class ProgressLine;
} // namespace outrider::widgets

namespace outrider::unlock {

class ChoiceCard;

// The first start: make a workspace, practise, bring data along, or open a file. Making one ends with
// its recovery code, which is shown once.
class FirstRunPage : public QWidget {
    Q_OBJECT

public:
    // `path`: where the new workspace goes.
    FirstRunPage(Environment& environment, std::string path, QWidget* parent = nullptr);

    enum class Choice { Create, Practise, BringData, OpenFile };
    void choose(Choice choice);

Q_SIGNALS:
    // Made, and its recovery code put away. `import`: goes on with a file of leads.
    void created(std::shared_ptr<outrider::Workspace> workspace, bool import);
    void practiceWanted();
    void fileWanted(); // to be asked for and opened

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makePitch();
    QWidget* makeStart();
    QWidget* makeCode();
    void goOn();
    void create();
    void showStrength();
    void showCode();
    void saveCode(const QString& path);
    void finish();
    Choice choice() const;

    Environment& m_environment;
    const std::string m_path;
    std::shared_ptr<CreatedWorkspace> m_made;
    QWidget* m_pitch;
    QStackedWidget* m_steps;
    QList<ChoiceCard*> m_choices;
    widgets::Card* m_form;
    QLineEdit* m_person;
    QLineEdit* m_email;
    QLineEdit* m_name;
    widgets::SecretField* m_passphrase;
    widgets::ProgressLine* m_strength;
    widgets::Label* m_strengthWord;
    QCheckBox* m_keychain;
    widgets::Label* m_error;
    widgets::Label* m_next;
    widgets::Button* m_continue;
    widgets::Label* m_code;
    widgets::Label* m_codeNote;
    QCheckBox* m_kept;
    widgets::Button* m_start;
};

} // namespace outrider::unlock
