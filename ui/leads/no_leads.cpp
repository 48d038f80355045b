// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/no_leads.h"

#include "core/base/deliver.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QLocale>

namespace outrider::leads {

NoLeads::NoLeads(const frame::Context& context, QWidget* parent) : EmptyState(parent), m_context(context) {}

void NoLeads::explain(const Filter& filter, const Vocabulary& words) {
    ++m_question;
    clearButtons();
    if (filter.matchesEverything()) {
        setText(tr("No leads yet"), tr("Drop a CSV file anywhere in this window."));
        connect(addButton(tr("Import"), false), &QAbstractButton::clicked, this, [this] { m_context.go.openImport(); });
        connect(addButton(tr("New lead"), false), &QAbstractButton::clicked, this, [this] { m_context.go.newLead(); });
        return;
    }
    setText(tr("No lead matches"), {});
    const std::vector<FilterNode> parts = partsOf(filter);
    if (parts.size() > 1)
        advise(parts, words);
    addClear();
}

void NoLeads::addClear() {
    connect(addButton(tr("Clear the filter"), false), &QAbstractButton::clicked, this, [this] { Q_EMIT filterWanted({}); });
}

// The one condition without which there would be most.
void NoLeads::advise(const std::vector<FilterNode>& parts, const Vocabulary& words) {
    struct Best {
        qint64 count = 0;
        std::size_t part = 0;
        std::size_t open = 0;
    };
    auto best = std::make_shared<Best>();
    best->open = parts.size();
    const auto without = [parts](std::size_t part) {
        std::vector<FilterNode> others = parts;
        others.erase(others.begin() + std::ptrdiff_t(part));
        return filterOf(std::move(others));
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        deliver(m_context.workspace.leads().count(without(i)), this,
                [this, i, best, parts, words, without, question = m_question](Result<std::int64_t> count) {
                    if (count && *count > best->count) {
                        best->count = *count;
                        best->part = i;
                    }
                    if (--best->open > 0 || question != m_question || best->count == 0)
                        return;
                    setText(tr("No lead matches"), tr("Without %1 there would be %2.")
                                                       .arg(text::isolated(chipText(parts[best->part], words).whole()),
                                                            QLocale().toString(best->count)));
                    clearButtons();
                    connect(addButton(tr("Take that filter off"), false), &QAbstractButton::clicked, this,
                            [this, filter = without(best->part)] { Q_EMIT filterWanted(filter); });
                    addClear();
                });
    }
}

} // namespace outrider::leads
