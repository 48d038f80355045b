// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPixmap>
#include <QRect>

class QPainter;

namespace outrider::theme {

// The icon family: drawn by hand on a 24 grid, round caps and joins, stroke 1.5 at 16; SVG files in
// resources/icons, named as here in lower-kebab-case.
enum class Icon {
    None,
    Mail,
    Phone,
    LinkedIn,
    Sms,
    SquareCheck,
    CalendarCheck,
    StickyNote,
    Route,
    CircleDot,
    Clock,
    Eye,
    Reply,
    ReplyAll,
    MailQuestion,
    MailX,
    Undo,
    Redo,
    Lock,
    Unlock,
    CloudOff,
    Refresh,
    TriangleAlert,
    CircleAlert,
    CircleCheck,
    CircleInfo,
    Bookmark,
    Sun,
    Inbox,
    Users,
    User,
    Building,
    Kanban,
    Calendar,
    ChartLine,
    ListChecks,
    Settings,
    Search,
    Filter,
    Plus,
    Minus,
    Cross,
    Check,
    ChevronDown,
    ChevronRight,
    ChevronUp,
    ChevronLeft,
    ArrowLeft,
    ArrowRight,
    Play,
    Pause,
    Stop,
    Send,
    Pencil,
    Trash,
    Archive,
    Tag,
    Columns,
    Rows,
    Import,
    Export,
    More,
    History,
    Panel,
    Sliders,
    Key,
    Keyboard,
    Moon,
    Server,
    Link,
    Copy,
    Ban,
    Sparkle,
    Hash,
    File,
    Home,
    Globe,
    Timer,
    Grip,
    Skip,
    External,
    Shield,
    Merge,
    Eraser
};

// Crisp at every scale; cached. Painted in one colour.
QPixmap iconPixmap(Icon icon, const QColor& color, int size, qreal devicePixelRatio);
void paintIcon(QPainter* painter, const QRect& rect, Icon icon, const QColor& color);

// The mark: pennant and needle on a lance. Works on any ground.
void paintMark(QPainter* painter, const QRect& rect, const QColor& lance, const QColor& upper, const QColor& lower);

} // namespace outrider::theme
