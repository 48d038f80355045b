// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/import_side.h"

#include "ui/imports/import_columns.h"
#include "ui/imports/import_rows.h"
#include "ui/text/import_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QRadioButton>

namespace outrider::imports {

using text::isolated;
using text::toQt;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int mostChanges = 6;
constexpr double needsLook = 0.75;

} // namespace

// The four counts as one bar.
class ImportSide::Shares : public QWidget {
public:
    Shares() { setFixedHeight(theme::tokens(this).size.scrollHandle); } // in a scroll area the least is what one gets
    void set(std::array<std::int64_t, 4> counts) {
        m_counts = counts;
        update();
    }
    QSize sizeHint() const override {
        const theme::Tokens& t = theme::tokens(this);
        return {t.size.detailPaneMin / 2, t.size.scrollHandle};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        std::int64_t total = 0;
        for (const std::int64_t count : m_counts)
            total += count;
        paint::drawCard(&painter, rect(), t.size.scrollHandle / 2, t.color.raised, t.color.raised);
        if (total == 0)
            return;
        const std::array colours{t.color.ok, t.color.accent, t.color.chart3, t.color.warn};
        double x = 0;
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            const double share = double(width()) * double(m_counts[i]) / double(total);
            if (m_counts[i] > 0)
                painter.fillRect(QRectF(x, 0, std::max(share - 1, 2.0), height()), colours[i]);
            x += share;
        }
    }

private:
    std::array<std::int64_t, 4> m_counts{};
};

ImportSide::ImportSide(QWidget* parent) : QWidget(parent), m_shares(new Shares) {
    const theme::Tokens& t = theme::tokens(this);
    setFixedWidth(t.size.detailPane);
    auto* column = widgets::column(this, 0);

    auto* what = new widgets::Section(tr("What will happen"));
    auto* counts = new QGridLayout;
    counts->setHorizontalSpacing(t.space.l);
    counts->setVerticalSpacing(0);
    const std::array<std::pair<QString, Ink>, 4> kinds{
        {{tr("new"), Ink::Ok}, {tr("updated"), Ink::Accent}, {tr("no change"), Ink::Text}, {tr("to review"), Ink::Warn}}};
    for (int i = 0; i < 4; ++i) {
        Count& count = m_counts.at(std::size_t(i));
        count.number = new Label(TextStyle::Title, kinds.at(std::size_t(i)).second, QStringLiteral("0"));
        count.caption = new Label(TextStyle::Meta, Ink::Muted, kinds.at(std::size_t(i)).first);
        counts->addWidget(count.number, 0, i);
        counts->addWidget(count.caption, 1, i);
    }
    what->body()->addLayout(counts);
    what->body()->addWidget(m_shares);
    column->addWidget(what);
    column->addWidget(new widgets::Line);

    m_example = new widgets::Section(tr("An example"));
    m_next = new widgets::Button(theme::Icon::ChevronRight, tr("Show another example"));
    m_example->setTrailing(m_next);
    m_exampleName = new Label(TextStyle::BodyStrong);
    m_exampleName->setEliding(true);
    m_example->body()->addWidget(m_exampleName);
    m_changes = new QWidget;
    widgets::column(m_changes, t.space.xs);
    m_example->body()->addWidget(m_changes);
    column->addWidget(m_example);
    column->addWidget(new widgets::Line);
    connect(m_next, &QAbstractButton::clicked, this, [this] {
        m_at = m_rows.empty() ? 0 : (m_at + 1) % m_rows.size();
        showExample();
    });

    auto* known = new widgets::Section(tr("Leads I have already"));
    auto* keyRow = new QWidget;
    auto* keyLayout = widgets::row(keyRow, t.space.s);
    keyLayout->addWidget(new Label(TextStyle::Body, Ink::Muted, tr("Known by")));
    m_key = new widgets::Combo(tr("Known by"));
    m_key->addChoice(tr("E-mail"), int(ImportKey::Email));
    m_key->addChoice(tr("External id"), int(ImportKey::ExternalId));
    m_key->addChoice(tr("LinkedIn profile"), int(ImportKey::LinkedIn));
    m_key->addChoice(tr("Phone"), int(ImportKey::Phone));
    keyLayout->addWidget(m_key, 1);
    known->body()->addWidget(keyRow);
    m_policies = new QButtonGroup(this);
    const std::array<std::pair<QString, ImportPolicy>, 3> policies{
        {{tr("Keep mine, fill only empty fields"), ImportPolicy::FillBlanks},
         {tr("Update mine with the file's values"), ImportPolicy::Overwrite},
         {tr("Skip them"), ImportPolicy::Skip}}};
    for (const auto& [label, policy] : policies) {
        auto* button = new QRadioButton(label);
        button->setAccessibleName(label);
        m_policies->addButton(button, int(policy));
        known->body()->addWidget(button);
    }
    column->addWidget(known);
    column->addWidget(new widgets::Line);
    connect(m_policies, &QButtonGroup::idClicked, this, &ImportSide::policyChosen);
    connect(m_key, &widgets::Combo::picked, this, [this](const QVariant& value) { Q_EMIT keyChosen(value.toInt()); });

    m_needs = new widgets::Section(tr("Needs you"));
    column->addWidget(m_needs);
    column->addStretch();
}

void ImportSide::setOptions(const ImportOptions& options) {
    if (auto* button = m_policies->button(int(options.policy)))
        button->setChecked(true);
    m_key->setValue(int(options.key));
}

void ImportSide::setCounting(bool on) {
    for (const Count& count : m_counts) {
        if (on)
            count.number->setText(QStringLiteral("…"));
    }
}

void ImportSide::show(const ImportPreview& preview) {
    const QLocale locale;
    const std::array<std::int64_t, 4> counts{preview.added, preview.updated, preview.unchanged + preview.duplicates,
                                             preview.errors};
    for (std::size_t i = 0; i < counts.size(); ++i)
        m_counts.at(i).number->setText(locale.toString(qlonglong(counts[i])));
    m_shares->set(counts);

    m_rows.clear();
    for (const auto kind : {ImportPreview::Row::Kind::Update, ImportPreview::Row::Kind::New, ImportPreview::Row::Kind::Error}) {
        for (const ImportPreview::Row& row : preview.examples) {
            if (row.kind == kind)
                m_rows.push_back(row);
        }
    }
    m_at = 0;
    showExample();

    while (QLayoutItem* item = m_needs->body()->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    const auto need = [this](const QString& sentence, bool review) {
        const theme::Tokens& t = theme::tokens(this);
        auto* line = new QWidget;
        auto* row = widgets::row(line, t.space.s);
        row->addWidget(new widgets::IconLabel(theme::Icon::TriangleAlert, Ink::Warn));
        auto* label = new Label(TextStyle::Body, Ink::Text, sentence);
        label->setEliding(true);
        row->addWidget(label, 1);
        if (review) {
            auto* button = new widgets::Button(widgets::Button::Kind::Ghost, tr("Review"));
            button->setSize(widgets::Button::Size::Small);
            button->setAccessibleName(tr("Review rows"));
            connect(button, &QAbstractButton::clicked, this, &ImportSide::reviewAsked);
            row->addWidget(button);
        }
        m_needs->body()->addWidget(line);
    };
    int listed = 0;
    for (const ImportColumn& column : preview.columns) {
        if (!column.field.empty() && column.confidence < needsLook && listed < 3) {
            need(tr("%1: is it %2?").arg(isolated(toQt(column.header)), fieldTitle(column.field)), false);
            ++listed;
        }
    }
    if (preview.errors > 0)
        need(text::counted(preview.errors, tr("row to review"), tr("rows to review")), true);
    if (preview.suppressed > 0)
        need(tr("%1 not to be written to or called").arg(text::counted(preview.suppressed, tr("lead is"), tr("leads are"))),
             false);
    m_needs->setVisible(m_needs->body()->count() > 0);
}

void ImportSide::showExample() {
    auto* column = static_cast<QVBoxLayout*>(m_changes->layout());
    while (QLayoutItem* item = column->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    m_example->setVisible(!m_rows.empty());
    if (m_rows.empty())
        return;
    const theme::Tokens& t = theme::tokens(this);
    const QLocale locale;
    const ImportPreview::Row& row = m_rows[m_at];
    m_next->setEnabled(m_rows.size() > 1);
    using Kind = ImportPreview::Row::Kind;
    m_example->setTitle(row.kind == Kind::New      ? tr("Row %1, a new lead").arg(locale.toString(qlonglong(row.rowNumber)))
                        : row.kind == Kind::Update ? tr("Row %1, updates a lead").arg(locale.toString(qlonglong(row.rowNumber)))
                                                   : tr("Row %1, to review").arg(locale.toString(qlonglong(row.rowNumber))));
    const QString name = row.company.empty() ? toQt(row.name) : tr("%1, %2").arg(toQt(row.name), toQt(row.company));
    m_exampleName->setText(name);
    m_exampleName->setVisible(!name.isEmpty());
    if (!row.problem.empty()) {
        auto* label = new Label(TextStyle::Body, Ink::Warn, ImportRowsModel::tr("To review"));
        label->setText(text::importProblem(row.problem, row.detail));
        label->setWordWrap(true);
        column->addWidget(label);
    }
    int shown = 0;
    for (const auto& change : row.changes) {
        if (++shown > mostChanges)
            break;
        auto* line = new QWidget;
        auto* parts = widgets::row(line, t.space.s);
        auto* field = new Label(TextStyle::Body, Ink::Muted, text::fieldName(change.field));
        field->setFixedWidth(t.size.detailPane / 4);
        field->setEliding(true);
        parts->addWidget(field);
        auto* value = new Label(TextStyle::Body, change.kept ? Ink::Text : change.before.empty() ? Ink::Ok : Ink::Text);
        value->setText(change.kept             ? tr("%1 stays").arg(isolated(toQt(change.before)))
                       : change.before.empty() ? toQt(change.after)
                                               : tr("%1 → %2").arg(isolated(toQt(change.before)), isolated(toQt(change.after))));
        value->setEliding(true);
        parts->addWidget(value, 1);
        column->addWidget(line);
    }
}

} // namespace outrider::imports
