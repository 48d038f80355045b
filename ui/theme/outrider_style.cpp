// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/outrider_style.h"

#include "ui/theme/icons.h"
#include "ui/theme/style_parts.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPixmapCache>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTextEdit>
#include <QToolTip>

#include <algorithm>

namespace outrider::theme {

namespace {

QString kindOf(const QWidget* widget, const QStyleOption* option) {
    if (widget) {
        const QString kind = widget->property(property::kind).toString();
        if (!kind.isEmpty())
            return kind;
    }
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    if (button && button->features.testFlag(QStyleOptionButton::Flat))
        return QStringLiteral("ghost");
    if (button && button->features.testFlag(QStyleOptionButton::DefaultButton))
        return QStringLiteral("primary");
    return QStringLiteral("secondary");
}

int controlHeight(const Tokens& t, const QWidget* widget) {
    const QString size = widget ? widget->property(property::controlSize).toString() : QString();
    if (size == QLatin1String("small"))
        return t.size.controlSmall;
    return size == QLatin1String("large") ? t.size.controlLarge : t.size.control;
}

bool isPartOfAnother(const QWidget* lineEdit) {
    const QWidget* parent = lineEdit ? lineEdit->parentWidget() : nullptr;
    return qobject_cast<const QComboBox*>(parent) || qobject_cast<const QAbstractSpinBox*>(parent);
}

bool isTextArea(const QWidget* widget) {
    return qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QTextEdit*>(widget);
}

Icon arrowIcon(QStyle::PrimitiveElement element) {
    switch (element) {
    case QStyle::PE_IndicatorArrowUp:
        return Icon::ChevronUp;
    case QStyle::PE_IndicatorArrowLeft:
        return Icon::ChevronLeft;
    case QStyle::PE_IndicatorArrowRight:
        return Icon::ChevronRight;
    default:
        return Icon::ChevronDown;
    }
}

} // namespace

OutriderStyle::OutriderStyle(Tokens tokens)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))),
      m_tokens(std::move(tokens)) {}

QPalette OutriderStyle::standardPalette() const {
    const Colors& c = m_tokens.color;
    QPalette palette(c.text, c.surface, c.line, c.control, c.line, c.text, c.onAccent, c.surface, c.bg);
    palette.setColor(QPalette::AlternateBase, c.surface);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Highlight, c.selected);
    palette.setColor(QPalette::HighlightedText, c.onSelected);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::ToolTipBase, c.inverse);
    palette.setColor(QPalette::ToolTipText, c.onInverse);
    palette.setColor(QPalette::Midlight, c.raised);
    palette.setColor(QPalette::Shadow, c.control);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, c.selectedIdle);
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, c.text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
                            QPalette::PlaceholderText, QPalette::Link})
        palette.setColor(QPalette::Disabled, role, c.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.selectedIdle);
    return palette;
}

void OutriderStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if (auto* area = qobject_cast<QAbstractScrollArea*>(widget); area && !isTextArea(area)) {
        // Areas are split by lines their owners draw. A popup's list has its frame from the popup.
        area->setFrameShape(QFrame::NoFrame);
        if (qobject_cast<QAbstractItemView*>(area))
            area->viewport()->setAttribute(Qt::WA_Hover);
    }
    if (auto* header = qobject_cast<QHeaderView*>(widget)) {
        header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
        header->setHighlightSections(false);
    }
    // What can be acted on has a name, also where no page gave it one.
    if (auto* bar = qobject_cast<QScrollBar*>(widget); bar && bar->accessibleName().isEmpty())
        bar->setAccessibleName(bar->orientation() == Qt::Vertical ? tr("Scroll up and down") : tr("Scroll sideways"));
}

void OutriderStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                  const QWidget* widget) const {
    const Tokens& t = m_tokens;
    switch (element) {
    case PE_FrameFocusRect:
    case PE_FrameGroupBox:
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
    case PE_PanelItemViewRow:
    case PE_IndicatorHeaderArrow: // the label draws it beside its text
        return;
    case PE_PanelScrollAreaCorner:
        parts::scrollGround(painter, option->rect, widget);
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (isPartOfAnother(widget) || (frame && frame->lineWidth <= 0))
            return;
        parts::inputFrame(painter, t, *option, widget);
        return;
    }
    case PE_Frame:
        if (isTextArea(widget))
            parts::inputFrame(painter, t, *option, widget);
        else
            parts::box(painter, option->rect, 0, {}, t.color.line);
        return;
    case PE_FrameMenu:
    case PE_PanelMenu:
        parts::box(painter, option->rect, 0, t.color.surface, t.isHighContrast() ? t.color.text : t.color.line);
        return;
    case PE_PanelTipLabel:
    case PE_FrameWindow:
        painter->fillRect(option->rect, element == PE_PanelTipLabel ? t.color.inverse : t.color.line);
        return;
    case PE_IndicatorCheckBox:
        parts::checkIndicator(painter, t, *option, false);
        return;
    case PE_IndicatorItemViewItemCheck:
        parts::checkIndicator(painter, t, *option, option->state.testFlag(State_Selected));
        return;
    case PE_IndicatorRadioButton:
        parts::radioIndicator(painter, t, *option);
        return;
    case PE_PanelItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option))
            parts::row(painter, t, *item);
        return;
    case PE_PanelButtonCommand:
        parts::buttonFrame(painter, t, *option, kindOf(widget, option));
        return;
    case PE_PanelButtonTool:
        parts::toolButton(painter, t, *option);
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight:
    case PE_IndicatorSpinUp:
    case PE_IndicatorSpinDown:
        paintIcon(painter, option->rect, arrowIcon(element),
                  option->state.testFlag(State_Enabled) ? t.color.muted : t.color.disabled);
        return;
    case PE_IndicatorBranch:
        if (option->state.testFlag(State_Children)) {
            QRect rect(0, 0, t.size.iconSmall, t.size.iconSmall);
            rect.moveCenter(option->rect.center());
            paintIcon(painter, rect, option->state.testFlag(State_Open) ? Icon::ChevronDown : Icon::ChevronRight, t.color.muted);
        }
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void OutriderStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
    const Tokens& t = m_tokens;
    switch (element) {
    case CE_PushButtonBevel:
        parts::buttonFrame(painter, t, *option, kindOf(widget, option));
        return;
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            parts::buttonLabel(painter, t, *button, kindOf(widget, option));
        return;
    case CE_ComboBoxLabel:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            parts::comboLabel(painter, t, *combo, subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget));
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            parts::headerSection(painter, t, *header);
        } else {
            QStyleOptionHeader empty;
            empty.rect = option->rect;
            parts::headerSection(painter, t, empty);
        }
        return;
    case CE_HeaderLabel:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            parts::headerLabel(painter, t, *header);
        return;
    case CE_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            parts::menuItem(painter, t, *item);
        return;
    case CE_MenuEmptyArea:
    case CE_ScrollBarAddLine:
    case CE_ScrollBarSubLine:
    case CE_FocusFrame:
    case CE_SizeGrip:
        return;
    case CE_ProgressBar:
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            parts::progressBar(painter, t, *bar);
        return;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel:
        return;
    case CE_Splitter: {
        QRect line = option->rect;
        if (option->state.testFlag(State_Horizontal)) {
            line.setLeft(option->rect.center().x());
            line.setWidth(t.size.hairline);
        } else {
            line.setTop(option->rect.center().y());
            line.setHeight(t.size.hairline);
        }
        painter->fillRect(line, option->state.testFlag(State_MouseOver) ? t.color.control : t.color.line);
        return;
    }
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void OutriderStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                       const QWidget* widget) const {
    switch (control) {
    case CC_ComboBox:
        if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option))
            parts::comboBox(painter, m_tokens, *combo, widget);
        return;
    case CC_SpinBox:
        if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option))
            parts::spinBox(painter, m_tokens, *spin, subControlRect(control, option, SC_SpinBoxUp, widget),
                           subControlRect(control, option, SC_SpinBoxDown, widget), widget);
        return;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            parts::scrollBar(painter, m_tokens, *bar, subControlRect(control, option, SC_ScrollBarSlider, widget), widget);
        return;
    case CC_Slider:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option))
            parts::slider(painter, m_tokens, *slider, subControlRect(control, option, SC_SliderGroove, widget),
                          subControlRect(control, option, SC_SliderHandle, widget));
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QSize OutriderStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                      const QWidget* widget) const {
    const Tokens& t = m_tokens;
    const int padding = t.space.s;
    switch (type) {
    case CT_PushButton:
        return {size.width() + 2 * (padding + 2 + t.size.hairline), std::max(controlHeight(t, widget), size.height())};
    case CT_LineEdit: {
        if (isPartOfAnother(widget))
            return size;
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth <= 0)
            return {size.width(), std::max(size.height(), t.lineHeight(TextStyle::Body))};
        return {size.width() + 2 * padding, std::max(controlHeight(t, widget), size.height())};
    }
    case CT_ComboBox:
        return {size.width() + 2 * padding + t.space.xs + t.size.icon, std::max(controlHeight(t, widget), size.height())};
    case CT_SpinBox:
        return {size.width() + 2 * padding + t.size.icon, std::max(controlHeight(t, widget), size.height())};
    case CT_CheckBox:
    case CT_RadioButton: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), std::max(base.height(), t.lineHeight(TextStyle::Body))};
    }
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            return parts::menuItemSize(t, *item, size);
        break;
    case CT_HeaderSection: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), t.size.tableHeader};
    }
    case CT_ItemViewItem: {
        const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {base.width(), std::max(base.height(), t.size.row)};
    }
    case CT_ProgressBar:
        return {size.width(), t.size.progress};
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect OutriderStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                                    const QWidget* widget) const {
    const Tokens& t = m_tokens;
    const QRect rect = option->rect;
    const int padding = t.space.s;
    const int arrow = t.size.icon + t.space.xs;
    if (control == CC_ComboBox) {
        switch (sub) {
        case SC_ComboBoxArrow:
            return visualRect(option->direction, rect, QRect(rect.right() - arrow - 2, rect.top(), arrow, rect.height()));
        case SC_ComboBoxEditField:
            return visualRect(option->direction, rect, rect.adjusted(padding, 1, -arrow - t.space.xs, -1));
        default:
            return rect;
        }
    }
    if (control == CC_SpinBox) {
        const QRect buttons(rect.right() - arrow, rect.top() + 1, arrow, rect.height() - 2);
        switch (sub) {
        case SC_SpinBoxUp:
            return visualRect(option->direction, rect, QRect(buttons.topLeft(), QSize(arrow, buttons.height() / 2)));
        case SC_SpinBoxDown:
            return visualRect(option->direction, rect, buttons.adjusted(0, buttons.height() / 2, 0, 0));
        case SC_SpinBoxEditField:
            return visualRect(option->direction, rect, rect.adjusted(padding - 2, 1, -arrow - 1, -1));
        default:
            return rect;
        }
    }
    if (control == CC_Slider) {
        const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (!slider || sub == SC_SliderTickmarks)
            return {};
        const bool horizontal = slider->orientation == Qt::Horizontal;
        const int side = std::min({t.size.checkbox, rect.width(), rect.height()});
        if (sub == SC_SliderGroove)
            return horizontal ? rect.adjusted(side / 2, 0, -side / 2, 0) : rect.adjusted(0, side / 2, 0, -side / 2);
        const int length = (horizontal ? rect.width() : rect.height()) - side;
        const int at =
            sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition, length, slider->upsideDown);
        return horizontal ? QRect(rect.left() + at, rect.center().y() - side / 2 + 1, side, side)
                          : QRect(rect.center().x() - side / 2 + 1, rect.top() + at, side, side);
    }
    if (control == CC_ScrollBar) {
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        if (!bar)
            return rect;
        const bool horizontal = bar->orientation == Qt::Horizontal;
        const int length = horizontal ? rect.width() : rect.height();
        switch (sub) {
        case SC_ScrollBarAddLine:
        case SC_ScrollBarSubLine:
        case SC_ScrollBarFirst:
        case SC_ScrollBarLast:
            return {};
        case SC_ScrollBarGroove:
            return rect;
        default:
            break;
        }
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        int handle = length;
        if (range > 0) {
            handle = int(qint64(bar->pageStep) * length / (range + bar->pageStep));
            handle = std::clamp(handle, std::min(pixelMetric(PM_ScrollBarSliderMin, option, widget), length), length);
        }
        const int start =
            sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
        QRect part;
        if (sub == SC_ScrollBarSlider)
            part = horizontal ? QRect(start, 0, handle, rect.height()) : QRect(0, start, rect.width(), handle);
        else if (sub == SC_ScrollBarSubPage)
            part = horizontal ? QRect(0, 0, start, rect.height()) : QRect(0, 0, rect.width(), start);
        else
            part = horizontal ? QRect(start + handle, 0, length - start - handle, rect.height())
                              : QRect(0, start + handle, rect.width(), length - start - handle);
        return visualRect(option->direction, rect, part.translated(rect.topLeft()));
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

QRect OutriderStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    if (element == SE_LineEditContents && !isPartOfAnother(widget)) {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth <= 0)
            return option->rect;
        const int side = m_tokens.space.s - 2; // QLineEdit itself keeps 2 px free
        return option->rect.adjusted(side, 1, -side, -1);
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

int OutriderStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    const Tokens& t = m_tokens;
    switch (metric) {
    case PM_ScrollBarExtent:
        return t.space.s;
    case PM_ScrollBarSliderMin:
        return 2 * t.space.l;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return t.size.checkbox;
    case PM_SplitterWidth:
        return t.size.hairline; // the handle's hit area is widened by QSplitter
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return t.size.checkbox;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return t.space.s;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return t.size.icon;
    case PM_HeaderMarkSize:
        return t.size.iconCheck;
    case PM_HeaderMargin:
        return t.space.xs;
    case PM_HeaderDefaultSectionSizeVertical:
        return t.size.row;
    case PM_MenuPanelWidth:
        return t.size.hairline;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return t.space.xs;
    case PM_ToolTipLabelFrameWidth:
        return t.space.xs;
    case PM_FocusFrameHMargin:
        return t.space.s - 1; // item views add one: their text stands under the header's
    case PM_DefaultFrameWidth:
        return t.size.hairline;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ScrollView_ScrollBarSpacing:
    case PM_TabBarTabShiftVertical:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return widget && widget->isWindow() ? t.space.l : 0;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return t.space.s;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int OutriderStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const {
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
    case SH_ItemView_ArrowKeysNavigateIntoChildren:
    case SH_ScrollBar_LeftClickAbsolutePosition:
    case SH_Menu_MouseTracking:
    case SH_Menu_Scrollable:
    case SH_ComboBox_ListMouseTracking:
        return 1;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_ScrollBar_Transient:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_Table_GridLineColor:
        return int(m_tokens.color.line.rgb());
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

void applyTheme(QApplication& app, const Tokens& tokens) {
    QPixmapCache::clear();
    auto* style = new OutriderStyle(tokens);
    app.setStyle(style);
    app.setPalette(style->standardPalette());
    app.setFont(tokens.font(TextStyle::Body));
    app.setFont(tokens.font(TextStyle::MetaStrong), "QHeaderView");
    QToolTip::setPalette(style->standardPalette());
    QToolTip::setFont(tokens.font(TextStyle::Meta));
}

} // namespace outrider::theme
