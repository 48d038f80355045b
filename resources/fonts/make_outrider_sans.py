#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes "Outrider Sans" from Inter: the same letters, but digits of equal width without asking.

Qt 6.4 cannot switch OpenType features on (QFont::setFeature came with 6.7), and numbers in columns must
be comparable. So the character map is pointed at the glyphs Inter's own `tnum` feature would choose.
Inter is under the SIL Open Font License 1.1 with a reserved name, hence the new one.

usage: make_outrider_sans.py IN.otf OUT.otf
"""
import sys

from fontTools.ttLib import TTFont

FAMILY = "Outrider Sans"
STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold"}


def tabular(font):
    """What `tnum` replaces: glyph name -> glyph name."""
    gsub = font["GSUB"].table
    replaced = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                replaced.update(getattr(table, "mapping", {}))
    return replaced


def main(source, target):
    font = TTFont(source, recalcTimestamp=False)
    replaced = tabular(font)
    for table in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in table.cmap:
                table.cmap[code] = replaced.get(table.cmap[code], table.cmap[code])

    weight = font["OS/2"].usWeightClass
    style = STYLES[weight]
    # Legacy and typographic names alike, so that every system files the weights under one family.
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}",
             6: f"OutriderSans-{style}", 16: FAMILY, 17: style}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 13, 14) or record.nameID in names]
    for record in list(table.names):
        if record.nameID in names:
            table.setName(names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID)
    for number in (16, 17):
        table.setName(names[number], number, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [names[6]]
        cff.topDictIndex[0].FamilyName = FAMILY
        cff.topDictIndex[0].FullName = names[4]
    font.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
