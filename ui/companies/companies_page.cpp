// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/companies/companies_page.h"

#include "core/base/deliver.h"
#include "ui/companies/company_list_model.h"
#include "ui/companies/list_table.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace outrider::companies {

namespace {

constexpr int pageSize = 128;
constexpr int mostRead = 512; // rows, when all of it is read again
constexpr int typingMs = 120;
constexpr int gatherChangesMs = 250;

} // namespace

CompaniesPage::CompaniesPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_model(new CompanyListModel(this)),
      m_toolbar(new widgets::Toolbar),
      m_search(new widgets::SearchField(tr("Find a company"), tr("Find a company"))),
      m_stack(new QStackedWidget),
      m_table(new ListTable(m_model,
                            {{.share = 5},
                             {.share = 4},
                             {.share = 3, .first = false},
                             {.share = 3, .first = false},
                             {.digits = 4},
                             {.digits = 6},
                             {.digits = 6}},
                            tr("Companies table"))),
      m_empty(new widgets::EmptyState) {
    auto* column = widgets::column(this, 0);
    m_toolbar->setTitle(tr("Companies"));
    column->addWidget(m_toolbar);
    auto* bar = new widgets::Bar(widgets::Bar::Kind::Filter);
    m_search->setKeyHint(QStringLiteral("/"));
    bar->add(m_search);
    bar->addStretch();
    column->addWidget(bar);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_stack);
    column->addWidget(ground, 1);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    addCommands();
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(&m_typing, &QTimer::timeout, this, &CompaniesPage::read);
    connect(m_search, &QLineEdit::textEdited, this, [this] { m_typing.start(); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(gatherChangesMs);
    connect(&m_refresh, &QTimer::timeout, this, &CompaniesPage::read);
    connect(m_table, &ListTable::nearEnd, this, &CompaniesPage::readMore);
    connect(m_table, &ListTable::chosen, this, &CompaniesPage::open);
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        if (!changes.touches(EntityKind::Company) && !changes.touches(EntityKind::Lead) && !changes.touches(EntityKind::Task))
            return;
        m_stale = true;
        if (isVisible() && !m_refresh.isActive())
            m_refresh.start();
    });
}

void CompaniesPage::addCommands() {
    const auto add = [this](QWidget* owner, const char* id, const QString& text, theme::Icon icon,
                            const QList<QKeySequence>& keys, std::function<void()> run) {
        m_context.commands.add(owner,
                               {.id = QStringLiteral("companies.") + QLatin1String(id),
                                .text = text,
                                .group = tr("Companies"),
                                .icon = icon,
                                .keys = keys},
                               std::move(run));
    };
    add(this, "find", tr("Find a company"), theme::Icon::Search, {QKeySequence(Qt::Key_Slash)}, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    add(m_table, "open", tr("Open the company"), theme::Icon::Building,
        {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)}, [this] { open(m_table->currentIndex().row()); });
}

void CompaniesPage::enter() { m_table->setFocus(Qt::OtherFocusReason); }

void CompaniesPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale)
        read();
}

QString CompaniesPage::subject() const {
    const CompanyListRow* row = m_model->at(m_table->currentIndex().row());
    return row == nullptr ? QString() : text::toQt(row->name.empty() ? row->domain : row->name);
}

bool CompaniesPage::stepBack() {
    if (!m_search->text().isEmpty()) {
        m_search->clear();
        read();
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (m_search->hasFocus()) {
        m_table->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

void CompaniesPage::read() {
    m_typing.stop();
    m_stale = false;
    m_readingMore = false;
    const int asked = ++m_asked;
    const QString words = m_search->text().simplified();
    const bool other = words != m_words;
    const int limit = other ? pageSize : std::clamp(m_model->rowCount(), pageSize, mostRead);
    deliver(m_context.workspace.companies().page({.words = words.toStdString(), .limit = limit, .after = {}}), this,
            [this, asked, words, other](Result<CompanyPage> page) {
                if (asked != m_asked)
                    return;
                if (!page) {
                    m_context.tell.failed(page.error(), tr("The companies cannot be shown."));
                    return;
                }
                m_words = words;
                const CompanyListRow* current = m_model->at(m_table->currentIndex().row());
                const CompanyId id = current == nullptr ? CompanyId{} : current->id;
                m_model->set(std::move(page->rows), std::move(page->next), m_context.dates());
                const bool empty = m_model->rowCount() == 0;
                if (empty)
                    explainEmpty();
                m_stack->setCurrentIndex(empty ? 1 : 0);
                if (!empty && !m_table->currentIndex().isValid())
                    m_table->selectRow(other ? 0 : std::max(0, m_model->rowOf(id)));
                // Who has read them all knows how many there are.
                m_toolbar->setSubtitle(m_model->next().empty() && !empty
                                           ? text::counted(m_model->rowCount(), tr("company"), tr("companies"))
                                           : QString());
                if (isVisible() && focusWidget() == nullptr)
                    m_table->setFocus(Qt::OtherFocusReason);
            });
}

void CompaniesPage::readMore() {
    if (m_readingMore || m_model->next().empty())
        return;
    m_readingMore = true;
    deliver(m_context.workspace.companies().page({.words = m_words.toStdString(), .limit = pageSize, .after = m_model->next()}),
            this, [this, asked = m_asked](Result<CompanyPage> page) {
                if (asked != m_asked)
                    return;
                m_readingMore = false;
                if (page)
                    m_model->append(std::move(page->rows), std::move(page->next));
                else
                    m_context.tell.failed(page.error());
            });
}

void CompaniesPage::explainEmpty() {
    m_empty->clearButtons();
    if (!m_words.isEmpty()) {
        m_empty->setText(tr("No company matches"), tr("A name, a domain or any word of a name is found by its beginning."));
        return;
    }
    m_empty->setText(tr("No companies yet"), tr("They come with the leads who work there: from a file, or by hand."));
    auto* import = m_empty->addButton(tr("Import"), true);
    connect(import, &QAbstractButton::clicked, this, [this] { m_context.go.openImport(); });
}

void CompaniesPage::open(int row) {
    if (const CompanyListRow* company = m_model->at(row))
        m_context.go.openCompany(company->id);
}

} // namespace outrider::companies
