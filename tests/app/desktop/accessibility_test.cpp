// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/shot_list.h"
#include "app/desktop/shots.h"
#include "support/test_registry.h"

#include <QAccessible>
#include <QApplication>
#include <QHash>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QWidget>

using namespace outrider;

namespace {

// What a person does something with, or goes to by name.
bool isActedOn(QAccessible::Role role) {
    switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonDropDown:
    case QAccessible::ButtonMenu:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::SpinBox:
    case QAccessible::Slider:
    case QAccessible::Table:
    case QAccessible::List:
    case QAccessible::Tree:
    case QAccessible::PageTabList:
    case QAccessible::PageTab:
    case QAccessible::Link:
    case QAccessible::MenuItem:
    case QAccessible::Dialog:
        return true;
    default:
        return false;
    }
}

// One screen as a screen reader finds it.
class Listener {
public:
    explicit Listener(const QString& screen) : m_screen(screen) {}

    void walk(QAccessibleInterface* node, const QString& path, int depth = 0) {
        if (!node || !node->isValid() || depth > 60)
            return;
        const auto state = node->state();
        if (state.invisible || state.offscreen)
            return;
        const QString name = node->text(QAccessible::Name);
        if (isActedOn(node->role()) && !state.disabled)
            judge(node, name, path);
        if (QAccessibleTableInterface* table = node->tableInterface()) {
            judgeTable(*node, *table, name);
            return; // its children are the cells
        }
        const QString below = name.isEmpty() ? path : path + QLatin1Char('/') + name;
        for (int i = 0; i < node->childCount(); ++i)
            walk(node->child(i), below, depth + 1);
    }

    // What is called the same, does the same.
    void finish() {
        for (auto it = m_count.cbegin(); it != m_count.cend(); ++it) {
            if (it.value() > 1)
                m_faults << QStringLiteral("%1: %2 things are called %3").arg(m_screen).arg(it.value()).arg(it.key());
        }
    }

    const QStringList& faults() const { return m_faults; }
    QSet<QString> names() const { return {m_count.keyBegin(), m_count.keyEnd()}; }

private:
    void judge(QAccessibleInterface* node, const QString& name, const QString& path) {
        static const QRegularExpression speakable(QStringLiteral("[\\p{L}\\p{N}]"));
        static const QRegularExpression unspoken(
            QStringLiteral("[&\\n\\t]|^\\s|\\s$|^qt_|^Q[A-Z]\\w+$|<[a-z]+>|[\\x{E000}-\\x{F8FF}]"));
        const QString where = QStringLiteral("%1: %2 below “%3”").arg(m_screen, kind(node), path);
        if (name.trimmed().isEmpty())
            m_faults << where + QStringLiteral(" has no name");
        else if (!speakable.match(name).hasMatch())
            m_faults << where + QStringLiteral(" is called by signs alone: ") + name;
        else if (unspoken.match(name).hasMatch())
            m_faults << where + QStringLiteral(" has a name not made for saying: ") + name;
        if (node->role() != QAccessible::ComboBox) // on Unix Qt calls it by what is chosen in it
            ++m_count[QStringLiteral("%1 “%2/%3”").arg(kind(node), path, name)];
    }

    // The rows one can see: each says something, and each column what it is.
    void judgeTable(QAccessibleInterface& node, QAccessibleTableInterface& table, const QString& name) {
        // Headers are the first of the children.
        for (int i = 0; i < std::min(node.childCount(), table.columnCount() + 1); ++i) {
            QAccessibleInterface* header = node.child(i);
            if (header && header->role() == QAccessible::ColumnHeader && header->text(QAccessible::Name).trimmed().isEmpty())
                m_faults << QStringLiteral("%1: column %2 of %3 has no name").arg(m_screen).arg(i).arg(name);
        }
        for (int row = 0; row < std::min(table.rowCount(), 40); ++row) {
            bool says = false;
            for (int column = 0; column < table.columnCount(); ++column) {
                QAccessibleInterface* cell = table.cellAt(row, column);
                says = says || (cell && !cell->text(QAccessible::Name).trimmed().isEmpty());
            }
            if (!says)
                m_faults << QStringLiteral("%1: row %2 of %3 says nothing").arg(m_screen).arg(row).arg(name);
        }
    }

    static QString kind(QAccessibleInterface* node) {
        const QObject* object = node->object();
        return QString::fromLatin1(object ? object->metaObject()->className() : "element");
    }

    const QString m_screen;
    QStringList m_faults;
    QMap<QString, int> m_count;
};

} // namespace

// Every picture of the list once more, as it is heard: so a screen that is drawn for the eye alone fails here.
class AccessibilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QAccessible::setActive(true);
        const auto& app = *qobject_cast<QApplication*>(QCoreApplication::instance());
        const int code = desktop::visitShots(const_cast<QApplication&>(app), {}, [this](const QString& name, QWidget&) {
            if (name.contains(QLatin1String("components"))) // pieces for developers, many of a kind
                return true;
            Listener listener(name);
            for (QWidget* window : QApplication::topLevelWidgets()) {
                if (window->isVisible())
                    listener.walk(QAccessible::queryAccessibleInterface(window), {});
            }
            listener.finish();
            m_faults += listener.faults();
            m_names[name.section(QLatin1Char('-'), 0, -2)].append(listener.names());
            return true;
        });
        QCOMPARE(code, 0);
        QVERIFY2(m_names.size() > 60, "the list of pictures was not walked");
    }

    void whatever_can_be_acted_on_has_a_name_of_its_own() {
        for (const QString& fault : m_faults) // a message of Qt Test's would be cut off
            qWarning("%s", qPrintable(fault));
        QVERIFY(m_faults.isEmpty());
    }

    // The same screen twice, light and dark: who learnt a name finds it again.
    void names_stay_the_same() {
        QStringList faults;
        QSet<QString> changing; // what is in them, from one time to the next
        for (const desktop::Shot& shot : desktop::allShots()) {
            if (shot.changesData)
                changing.insert(QString::fromStdString(shot.name));
        }
        for (auto it = m_names.cbegin(); it != m_names.cend(); ++it) {
            QVERIFY2(it.value().size() >= 2, qPrintable(it.key()));
            if (changing.contains(it.key()))
                continue;
            auto changed = (it.value()[0] - it.value()[1]) + (it.value()[1] - it.value()[0]);
            if (!changed.isEmpty())
                faults << it.key() + QStringLiteral(": ")
                              + QStringList(changed.begin(), changed.end()).join(QStringLiteral(", "));
        }
        for (const QString& fault : faults)
            qWarning("%s", qPrintable(fault));
        QVERIFY(faults.isEmpty());
    }

private:
    QStringList m_faults;
    QMap<QString, QList<QSet<QString>>> m_names;
};

OUTRIDER_TEST(AccessibilityTest)
#include "accessibility_test.moc"
