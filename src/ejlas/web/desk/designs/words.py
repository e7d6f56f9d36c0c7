"""The words of the designer: elements of a card and their fields, samples, and what does not look right."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations.rules.passes import cards
from ejlas.delegations.rules.passes.cards import Align, ElementKind, Fold, Rise, Side, Weight
from ejlas.delegations.rules.states import DelegationKind
from ejlas.exports.cards.looking import Flaw
from ejlas.exports.cards.samples import Sample

ELEMENTS = {
    ElementKind.PHOTO: _("Photo"),
    ElementKind.NAME: _("Name, once in each script"),
    ElementKind.PASSPORT_NAME: _("Name as the travel document has it"),
    ElementKind.OFFICE: _in("of a person", "Office"),
    ElementKind.DELEGATION: _("Delegation"),
    ElementKind.CAPACITY: _("Capacity"),
    ElementKind.CATEGORY: _in("of passes", "Category"),
    ElementKind.LETTER: _("Letter of the category"),
    ElementKind.TOKEN: _("Use of a token"),
    ElementKind.ZONES: _("Letters of the zones"),
    ElementKind.ZONE_LIST: _("Zones with their names"),
    ElementKind.FLAG: _("Band of the flag"),
    ElementKind.CODE: _("Code for the gate"),
    ElementKind.NUMBER: _("Number"),
    ElementKind.VALID_FROM: _("Valid from"),
    ElementKind.VALID_UNTIL: _("Valid until"),
    ElementKind.DAYS: _("Days of validity"),
    ElementKind.EDITION: _("Name of the summit"),
    ElementKind.DATES: _("Days of the summit"),
    ElementKind.PLACE: _("Place"),
    ElementKind.HOST: _("Host"),
    ElementKind.MARK: _("Mark of the summit"),
    ElementKind.CONTOUR: _("Lines of the sea"),
    ElementKind.TEXT: _("Fixed words"),
    ElementKind.LINE: _("Line"),
    ElementKind.BLOCK: _("Coloured area"),
}

SIDES = {Side.FRONT: _in("of a card", "Front"), Side.BACK: _in("of a card", "Back")}
ALIGNS = {
    Align.START: _("Where lines begin"),
    Align.CENTER: _("In the middle"),
    Align.END: _("Where lines end"),
}
RISES = {Rise.TOP: _("At the top"), Rise.MIDDLE: _("In the middle"), Rise.BOTTOM: _("At the bottom")}
WEIGHTS = {Weight.REGULAR: _in("letters", "Regular"), Weight.BOLD: _in("letters", "Bold")}
FOLDS = {
    Fold.NONE: _("Both sides of a sheet"),
    Fold.SIDE: _("Beside each other, to be folded"),
    Fold.TOP: _("Above each other, to be folded"),
}
COLOURS = {
    cards.INK: _in("a colour", "Ink"),
    cards.PAPER: _in("a colour", "Paper"),
    cards.SOFT: _in("a colour", "Grey of notes"),
    cards.DEEP: _in("a colour", "Deep sea"),
    cards.CATEGORY: _in("a colour", "Of the category"),
    cards.ON_CATEGORY: _in("a colour", "Readable on the category"),
    cards.FAINT_ON_CATEGORY: _in("a colour", "Faint on the category"),
    cards.EDITION_1: _in("a colour", "First of the summit"),
    cards.EDITION_2: _in("a colour", "Second of the summit"),
}
DELEGATIONS = {
    DelegationKind.PARTY: _("Delegations of parties"),
    DelegationKind.PRESS: _("Press"),
}
SIZES = {
    "cr80": _("Bank card, lying"),
    "cr80-upright": _("Bank card, upright"),
    "a7": "A7",
    "86x120": "86 × 120",
    "96x134": "96 × 134",
    "a6": "A6",
}
# The fields of an element and of the card, as faults name them.
FIELDS = {
    "kind": _("What it is"),
    "side": _("Side"),
    "x": _("From where lines begin, mm"),
    "y": _("From the top, mm"),
    "w": _("Width, mm"),
    "h": _("Height, mm"),
    "size": _("Size of the letters, points"),
    "weight": _("Strength of the letters"),
    "align": _("Across"),
    "rise": _("In height"),
    "colour": _("Colour"),
    "lines": _("Lines at most"),
    "languages": _("Languages"),
    "text": _("Words"),
    "when": _("Only when"),
    "width": _("Width, mm"),
    "height": _("Height, mm"),
    "fold": _("How the two sides are printed"),
    "elements": _("Elements"),
    "name": _("Name of the design"),
    "kinds": _("For which cards"),
}
SAMPLES = {
    Sample.SHORT: _("A short name"),
    Sample.LONG: _("A long name and office"),
    Sample.NO_PHOTO: _("Without a photo"),
    Sample.PIN: _("Pin of a head"),
    Sample.FLOATER: _("Floater"),
    Sample.OVERPASS: _("Overpass"),
    Sample.SPARE: _("Spare for one day"),
}
FLAWS = {
    Flaw.CUT: _("The words do not fit: some are cut off. Make the box larger, or the letters smaller."),
    Flaw.SMALL_CODE: _("The code is %(value)s mm wide. Below %(least)s mm some telephones do not read it."),
    Flaw.CROWDED_CODE: _("Something stands in the white edge of the code. Readers need that edge."),
    Flaw.PALE: _("The letters hardly stand out from what lies behind: contrast %(value)s, least %(least)s."),
    Flaw.OUTSIDE: _("It stands beyond the edge of the card."),
}
