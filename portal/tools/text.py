"""Cleaning what people type: full-width digits and letters, thousands separators, stray spaces."""
import unicodedata

#: Digits of the largest number that every bigint column takes.
MOST_DIGITS = 18
_NUMBER_NOISE = str.maketrans("", "", ",， \u00a0\u3000\t%％")


def tidy(text):
    """Strip spaces at both ends and drop control characters (line breaks stay)."""
    text = "".join(char for char in str(text) if char in "\n\t" or unicodedata.category(char) != "Cc")
    return text.strip()


def narrow(text):
    """Turn full-width digits, letters and punctuation into their ASCII form (１２．５ -> 12.5)."""
    return unicodedata.normalize("NFKC", str(text)).strip()


def narrow_number(text):
    """Turn a pasted figure into plain digits: '１，２３４．５ %' -> '1234.5'."""
    return narrow(text).translate(_NUMBER_NOISE)


def is_id(text):
    """Tell whether a text out of an address or a form can be the id of a row: plain digits, not too many."""
    text = str(text)
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
