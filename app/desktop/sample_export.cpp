// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/sample_export.h"

#include <QFile>

namespace outrider::desktop {

QString writeSampleExport(const QString& folder) {
    QFile file(folder + QStringLiteral("/contacts-export-2026-11.csv"));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    QByteArray csv =
        "Record ID;First Name;Last Name;Email;Job Title;Company Name;Phone Number;Mobile Phone Number;City;Country/Region;"
        "Contact owner;Lead Status;Create Date;Last Activity Date;Dock count;Hot score;Unsubscribed from all email\r\n"
        "77120451;Zoë;Brandt;z.brandt@nordwind-logistik.example;VP Operations;Nordwind Logistik;+49 40 5550 118;;Hamburg;Germany;"
        "Mara Lindqvist;Open;2026-03-02;12/11/2026;12;71;false\r\n"
        "77120452;Łukasz;Wójcik;l.wojcik@baltterm.example;Kierownik zmiany;Bałtycki Terminal Kontenerowy;+48 601 555 020;;Gdynia;"
        "Poland;mara;In progress;2026-03-04;11/11/2026;4;12;false\r\n"
        "77120453;涼子;山田;r.yamada@minato-butsuryu.example;物流部長;株式会社ミナト物流;+81 3 5555 0142;;東京;Japan;Mara "
        "L.;Open;"
        "2026-03-04;03/11/2026;7;88;false\r\n"
        "77120454;Ola;Nordmann;not an address;Terminalsjef;Fjordhavn AS;;;Bergen;Norway;;New;2026-04-11;;3;;false\r\n"
        "77120455;;;;;;;;Kiel;Germany;;New;2026-04-11;;;;false\r\n"
        "77120456;Imke;Petersen;i.petersen@kaispedition.example;Leiterin Versand;Kai-Spedition GmbH;0431 555 "
        "0199;;Kiel;Germany;;New;"
        "2026-04-12;;2;34;true\r\n";
    for (int i = 0; i < 240; ++i) {
        const QByteArray n = QByteArray::number(i);
        const QByteArray id = QByteArray::number(77121000 + i);
        csv += id + ";Robin;Example " + n + ";robin" + n + "@terminal" + QByteArray::number(i % 37)
               + ".example;Yard Supervisor;Terminal " + QByteArray::number(i % 37) + " BV;+31 10 555 "
               + QByteArray::number(1000 + i) + ";;Rotterdam;Netherlands;Mara Lindqvist;New;2026-05-"
               + QByteArray::number(10 + i % 18) + ";;" + QByteArray::number(i % 9) + ";" + QByteArray::number(i % 100)
               + ";false\r\n";
    }
    return file.write(csv) == csv.size() ? file.fileName() : QString();
}

} // namespace outrider::desktop
