// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/widgets/basics.h"

#include <QWidget>

class QScrollArea;

namespace outrider::settings {

// One part of the settings. Read when it is shown, and again when the workspace changes what it shows;
// what a person sets is saved at once unless the part has a Save button.
class Panel : public QWidget {
    Q_OBJECT

public:
    Panel(const frame::Context& context, const QString& title, theme::Icon icon, const QString& keywords,
          QWidget* parent = nullptr);

    const QString& title() const { return m_title; }
    theme::Icon icon() const { return m_icon; }
    // What it is found by, beside its title.
    bool matches(const QString& words) const;

    virtual void read() {}
    virtual bool concerns(const ChangeSet&) const { return false; }
    // Whether leaving would lose something; the panel then asks by itself.
    virtual bool mayLeave() { return true; }
    virtual bool hasUnsaved() const { return false; }
    // Where work starts in it.
    virtual void takeFocus();

protected:
    const frame::Context& context() const { return m_context; }
    // A scrolling column, no wider than text is set, with the panel's title on top.
    QVBoxLayout* page(const QString& explanation);
    // Tells that something was saved, or why not.
    void told(const Result<>& result, const QString& done, const QString& what = {});

private:
    const frame::Context& m_context;
    const QString m_title;
    const theme::Icon m_icon;
    const QString m_keywords;
};

// A muted line that wraps.
widgets::Label* explanation(const QString& text);

} // namespace outrider::settings
