// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/quick_add.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/quick_date.h"
#include "ui/text/tr.h"
#include "ui/theme/outrider_style.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QGridLayout>
#include <QLineEdit>
#include <QTimeZone>

#include <map>

namespace outrider::shell {

namespace {

using namespace widgets;

class QuickAdd : public Sheet {
    Q_DECLARE_TR_FUNCTIONS(QuickAdd)

public:
    QuickAdd(const frame::Context& context, QWidget* window)
        : Sheet(window, tr("New lead")),
          m_context(context),
          m_grid(new QGridLayout) {
        const theme::Tokens& tokens = theme::tokens(this);
        m_grid->setHorizontalSpacing(tokens.space.l);
        m_grid->setVerticalSpacing(tokens.space.s);
        m_grid->setColumnStretch(1, 1);
        body()->addLayout(m_grid);
        add("full_name", tr("Name"), tr("First and last name"));
        add("company", tr("Company"), {});
        add("email", tr("E-mail"), {});
        add("phone", tr("Phone"), tr("+49 40 555 01 42"));
        add("job_title", tr("Title"), {});
        add("task", tr("Next step"), tr("call tue 14:00 about the berth slots"));
        addCancel(tr("Cancel"));
        m_save = addButton(Button::Kind::Primary, tr("Add lead"));
        m_save->setKeyHint(tr("Enter"));
        QObject::connect(m_save, &QAbstractButton::clicked, this, [this]() { save(); });
    }

    QLineEdit* first() const { return line("full_name"); }

private:
    void add(const char* name, const QString& label, const QString& placeholder) {
        auto* input = new QLineEdit;
        input->setPlaceholderText(placeholder);
        input->setAccessibleName(label);
        auto* words = new Label(theme::TextStyle::Body, Ink::Muted, label);
        words->setBuddy(input);
        const int row = int(m_lines.size());
        m_grid->addWidget(words, row, 0);
        m_grid->addWidget(input, row, 1);
        m_lines[name] = input;
        QObject::connect(input, &QLineEdit::textEdited, this, [this, input]() {
            mark(input, false);
            setError({});
        });
    }

    static void mark(QLineEdit* input, bool invalid) {
        input->setProperty(theme::property::invalid, invalid);
        input->update();
    }

    QLineEdit* line(const char* name) const { return m_lines.at(name); }
    QString value(const char* name) const { return line(name)->text().trimmed(); }

    void complain(const char* name, const QString& sentence) {
        mark(line(name), true);
        setError(sentence);
        line(name)->setFocus();
    }

    void save() {
        if (value("full_name").isEmpty() && value("email").isEmpty() && value("phone").isEmpty()) {
            complain("full_name", tr("A name, an e-mail address or a phone number is needed."));
            return;
        }
        const QTimeZone zone(QByteArray::fromStdString(m_context.workspace.zone()));
        const auto task = text::taskInNote(value("task"), m_context.workspace.clock().now(), zone);
        if (!value("task").isEmpty() && !task) {
            complain("task", tr("An act and a moment, such as: call tue 14:00"));
            return;
        }
        LeadService::FieldValues values;
        for (const char* name : {"full_name", "company", "email", "phone", "job_title"}) {
            if (!value(name).isEmpty())
                values[name] = value(name).toStdString();
        }
        m_save->setEnabled(false);
        deliver(m_context.workspace.leads().add(values), this, [this, task](Result<LeadId> lead) {
            m_save->setEnabled(true);
            if (lead)
                added(*lead, task);
            else
                refused(lead.error());
        });
    }

    void added(LeadId lead, const std::optional<text::QuickTask>& task) {
        const QString name =
            value("full_name").isEmpty() ? value("email").isEmpty() ? value("phone") : value("email") : value("full_name");
        frame::Notifier& tell = m_context.tell;
        if (task) {
            // The answer is for nobody: the page of the lead shows the task, and a failure is told.
            deliver(m_context.workspace.leads().addTask(lead, task->channel, task->title.toStdString(), task->dueAt),
                    parentWidget(), [&tell](Result<TaskId> id) {
                        if (!id)
                            tell.failed(id.error(), tr("The lead was added, its next step was not."));
                    });
        }
        frame::Navigator& go = m_context.go;
        finish();
        tell.done(tr("Added %1").arg(text::isolated(name)), true, theme::Icon::User);
        go.openLead(lead);
    }

    void refused(const Error& error) {
        switch (error.code) {
        case ErrorCode::InvalidEmail:
            complain("email", text::sentence(error));
            break;
        case ErrorCode::AlreadyExists:
            complain("email", tr("There is a lead with this address already."));
            break;
        case ErrorCode::InvalidPhone:
            complain("phone", text::sentence(error));
            break;
        default:
            setError(text::sentence(error) + QLatin1Char(' ') + text::hint(error));
        }
    }

    const frame::Context& m_context;
    std::map<std::string, QLineEdit*> m_lines;
    QGridLayout* m_grid;
    Button* m_save;
};

} // namespace

void openQuickAdd(const frame::Context& context, QWidget* window) {
    auto* sheet = new QuickAdd(context, window);
    sheet->open(sheet->first());
}

} // namespace outrider::shell
