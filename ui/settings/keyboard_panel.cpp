// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/keyboard_panel.h"

#include "ui/widgets/button.h"
#include "ui/widgets/form.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QMap>
#include <QScopedValueRollback>
#include <QTreeWidget>

namespace outrider::settings {

using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int idRole = Qt::UserRole + 1;

QString keysText(const QAction* action) {
    QStringList keys;
    for (const QKeySequence& one : action->shortcuts())
        keys.append(frame::keyText(one));
    return keys.join(QStringLiteral(", "));
}

// Whether two commands can act at the same place: one owner is the other, or lies in it.
bool meet(const QWidget* a, const QWidget* b) { return a == b || a->isAncestorOf(b) || b->isAncestorOf(a); }

} // namespace

KeyboardPanel::KeyboardPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Keyboard"), theme::Icon::Keyboard, tr("keys shortcuts single letters remap commands"), parent),
      m_singleKeys(new widgets::CheckRow(
          tr("Single letters act"),
          tr("S snoozes, X skips… Never while a text field has the focus. Off, only keys with Ctrl or Alt act."))),
      m_search(new widgets::SearchField(tr("Find a command"), tr("Find a command"))),
      m_tree(new QTreeWidget),
      m_command(new Label(theme::TextStyle::BodyStrong)),
      m_keys(new QKeySequenceEdit),
      m_set(new Button(Button::Kind::Secondary, tr("Use these keys"))),
      m_none(new Button(Button::Kind::Secondary, tr("No keys"))),
      m_reset(new Button(Button::Kind::Secondary, tr("The usual ones"))),
      m_clash(new Label(theme::TextStyle::Meta, Ink::Warn)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = page({});
    column->addWidget(m_singleKeys);
    column->addWidget(m_search);
    m_tree->setColumnCount(2);
    m_tree->setHeaderLabels({tr("Command"), tr("Keys")});
    m_tree->setAccessibleName(tr("Commands"));
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(0);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setMinimumHeight(t.size.row * 10);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    column->addWidget(m_tree, 1);
    column->addWidget(new widgets::Line);
    column->addWidget(m_command);
    auto* editing = new QHBoxLayout;
    editing->setSpacing(t.space.s);
    m_keys->setAccessibleName(tr("New keys"));
    if (auto* input = m_keys->findChild<QLineEdit*>())
        input->setAccessibleName(m_keys->accessibleName()); // what has the focus is the line within
    editing->addWidget(m_keys, 1);
    editing->addWidget(m_set);
    editing->addWidget(m_none);
    editing->addWidget(m_reset);
    column->addLayout(editing);
    m_clash->setWordWrap(true);
    column->addWidget(m_clash);

    connect(m_singleKeys, &widgets::CheckRow::changed, this, [this](bool on) { this->context().preferences.setSingleKeys(on); });
    connect(m_search, &QLineEdit::textChanged, this, &KeyboardPanel::filter);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &KeyboardPanel::showCurrent);
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &KeyboardPanel::showClash);
    connect(m_set, &QAbstractButton::clicked, this, [this] {
        if (!currentId().isEmpty() && !m_keys->keySequence().isEmpty())
            this->context().commands.setKeys(currentId(), {m_keys->keySequence()});
    });
    connect(m_none, &QAbstractButton::clicked, this, [this] {
        if (!currentId().isEmpty())
            this->context().commands.setKeys(currentId(), {});
    });
    connect(m_reset, &QAbstractButton::clicked, this, [this] {
        if (!currentId().isEmpty())
            this->context().commands.resetKeys(currentId());
    });
    connect(&context.commands, &frame::Commands::changed, this, [this] {
        if (isVisible())
            read();
    });
}

void KeyboardPanel::read() {
    const QScopedValueRollback reading(m_reading, true);
    const QString before = currentId();
    m_singleKeys->setChecked(context().preferences.singleKeys());
    m_tree->clear();
    QMap<QString, QMap<QString, frame::Commands::Entry>> groups; // by heading, then by id: once each
    for (const frame::Commands::Entry& entry : context().commands.all())
        groups[entry.command.group].insert(entry.command.id, entry);
    QTreeWidgetItem* current = nullptr;
    for (auto group = groups.cbegin(); group != groups.cend(); ++group) {
        auto* heading = new QTreeWidgetItem(m_tree, {group.key()});
        heading->setFlags(Qt::ItemIsEnabled);
        heading->setFirstColumnSpanned(true);
        heading->setFont(0, theme::tokens(this).font(theme::TextStyle::Section));
        heading->setExpanded(true);
        for (const frame::Commands::Entry& entry : *group) {
            auto* item = new QTreeWidgetItem(heading, {entry.command.text, keysText(entry.action)});
            item->setData(0, idRole, entry.command.id);
            item->setData(0, Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(entry.command.text, keysText(entry.action)));
            if (entry.command.id == before || current == nullptr)
                current = item;
        }
    }
    m_tree->setCurrentItem(current);
    filter();
    showCurrent();
}

void KeyboardPanel::takeFocus() { m_search->setFocus(Qt::OtherFocusReason); }

void KeyboardPanel::filter() {
    const QString words = m_search->text().trimmed();
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem* heading = m_tree->topLevelItem(i);
        bool some = false;
        for (int j = 0; j < heading->childCount(); ++j) {
            QTreeWidgetItem* item = heading->child(j);
            const bool fits = words.isEmpty() || item->text(0).contains(words, Qt::CaseInsensitive)
                              || item->text(1).contains(words, Qt::CaseInsensitive)
                              || heading->text(0).contains(words, Qt::CaseInsensitive);
            item->setHidden(!fits);
            some = some || fits;
        }
        heading->setHidden(!some);
    }
}

QString KeyboardPanel::currentId() const {
    const QTreeWidgetItem* item = m_tree->currentItem();
    return item != nullptr ? item->data(0, idRole).toString() : QString();
}

void KeyboardPanel::showCurrent() {
    const QTreeWidgetItem* item = m_tree->currentItem();
    const bool some = !currentId().isEmpty();
    m_command->setText(some ? item->text(0) : tr("Choose a command"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_keys, m_set, m_none, m_reset})
        widget->setEnabled(some);
    m_keys->clear();
    m_clash->setText({});
}

void KeyboardPanel::showClash() {
    const QStringList others = m_keys->keySequence().isEmpty() ? QStringList() : clashes(currentId(), m_keys->keySequence());
    m_clash->setText(others.isEmpty() ? QString()
                                      : tr("%1 also does: %2. The one nearer to the focus wins.")
                                            .arg(frame::keyText(m_keys->keySequence()), others.join(QStringLiteral(", "))));
    m_set->setEnabled(!m_keys->keySequence().isEmpty());
}

QStringList KeyboardPanel::clashes(const QString& id, const QKeySequence& keys) const {
    const auto all = context().commands.all();
    QStringList found;
    for (const auto& mine : all) {
        if (mine.command.id != id)
            continue;
        for (const auto& other : all) {
            if (other.command.id == id || !mine.owner || !other.owner || !meet(mine.owner, other.owner))
                continue;
            for (const QKeySequence& its : other.action->shortcuts()) {
                if ((its.matches(keys) != QKeySequence::NoMatch || keys.matches(its) != QKeySequence::NoMatch)
                    && !found.contains(other.command.text))
                    found.append(other.command.text);
            }
        }
    }
    return found;
}

} // namespace outrider::settings
