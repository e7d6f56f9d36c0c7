"""Names into the 26 letters of machine-readable lines, by the tables of ICAO 9303 part 3, section 6."""

from __future__ import annotations

import re
import unicodedata

from ejlas.core.formats.mrz.layout import FILLER, LETTERS


def _pairs(table: str) -> dict[str, str]:
    return {sign: letters for sign, _, letters in (pair.partition("=") for pair in table.split())}


# Letters whose marks cannot simply be left out.
_LATIN = _pairs("Ä=AE Å=AA Æ=AE Ð=D Đ=D Ə=E Ħ=H Ĳ=IJ ĸ=Q Ł=L Ŋ=N Ø=OE Ö=OE Œ=OE ẞ=SS SS=SS Þ=TH Ŧ=T Ü=UE Ñ=N Ŀ=L ı=I")
_CYRILLIC = _pairs(
    "А=A Б=B В=V Г=G Д=D Е=E Ё=E Ж=ZH З=Z И=I І=I Й=I К=K Л=L М=M Н=N О=O П=P Р=R С=S Т=T У=U Ф=F Х=KH Ц=TS "
    "Ч=CH Ш=SH Щ=SHCH Ъ=IE Ы=Y Ь= Э=E Ю=IU Я=IA Ѵ=Y Ґ=G Ў=U Ѫ=U Ѓ=G Ђ=D Ѕ=DZ Ј=J Ќ=K Љ=LJ Њ=NJ Ћ=C Џ=DZ Є=IE "
    "Ї=I Ә=A Ғ=G Қ=K Ң=N Ө=O Ұ=U Ү=U Һ=H Ӣ=I Ӯ=U Ҳ=KH Ҷ=J"
)
_ARABIC = _pairs(
    "ء=XE آ=XAA أ=XAE ؤ=U إ=I ئ=XI ا=A ب=B ة=XTA ت=T ث=XTH ج=J ح=XH خ=XKH د=D ذ=XDH ر=R ز=Z س=S ش=XSH ص=XSS "
    "ض=XDZ ط=XTT ظ=XZZ ع=E غ=G ف=F ق=Q ك=K ل=L م=M ن=N ه=H و=W ى=XAY ي=Y ٱ=XXA ٹ=XXT ټ=XRT پ=P ځ=XKE څ=XXH "
    "چ=XC ڈ=XXD ډ=XDR ڑ=XXR ړ=XRR ږ=XRX ژ=XJ ښ=XXS ک=XKK ګ=XXK ڭ=XNG گ=XGG ں=XNN ڼ=XXN ھ=XDO ۀ=XYH ہ=XXG "
    "ۂ=XGE ۃ=XTG ی=XYA ۍ=XXY ې=Y ے=XYB ۓ=XBE"
)
_TABLE = _LATIN | _CYRILLIC | _ARABIC
_FORMAT_SIGNS = {"Cf", "Lm", "Mn"}
_DROPPED = "'’‘ʼʻ`´.,"


def mrz_letters(name: str) -> str:
    """Return a name in the letters of machine-readable lines, its words parted by single fillers.

    Where a table gives a choice, the first spelling of it is taken, and for Cyrillic that of no single language.
    """
    written = "".join(_letter(sign) for sign in unicodedata.normalize("NFC", name).upper())
    return re.sub(f"{FILLER}+", FILLER, written).strip(FILLER)


def _letter(sign: str) -> str:
    if sign in LETTERS:
        return sign
    if sign in _TABLE:
        return _TABLE[sign]
    if sign in _DROPPED or (unicodedata.category(sign) in _FORMAT_SIGNS and sign != "\u200c"):
        return ""
    # A letter with marks that no table names goes by the letter below them; all else parts words.
    bare = unicodedata.normalize("NFD", sign)[0]
    return bare if bare in LETTERS else _TABLE.get(bare, FILLER)
