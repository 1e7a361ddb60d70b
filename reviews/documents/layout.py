"""How the sections of a snapshot are put on paper: a cover, numbered parts in the official order, what follows them.

A kind whose form has an official shape names its PaperLayout (FilingKind.document_layout); any other prints its
sections one after the other.
"""
from dataclasses import dataclass

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


@dataclass(frozen=True)
class Part:
    """A numbered part: the sections it holds, by key. ``signed`` puts 盖章, 签字 and 日期 under it.

    ``opinion`` names who fills a part by hand: an empty box with their seal. ``lists_files`` prints 佐证材料清单 in it.
    """

    title: str
    sections: tuple[str, ...] = ()
    signed: bool = False
    opinion: str = ""
    lists_files: bool = False


@dataclass(frozen=True)
class PaperLayout:
    """The parts in order. ``cover`` are the lines of a title page, each with the key of what fills it, "" for a blank.

    ``issuer`` stands at the foot of the title page. With ``assessment_first`` the self-assessment stands before the
    parts, otherwise behind them.
    """

    parts: tuple[Part, ...]
    cover: tuple[tuple[str, str], ...] = ()
    issuer: str = ""
    assessment_first: bool = True


def numeral(number):
    """Return a number from 1 to 19 as parts are numbered: 一, 十, 十一."""
    if number > len(_NUMERALS):
        return _NUMERALS[-1] + _NUMERALS[number - len(_NUMERALS) - 1]
    return _NUMERALS[number - 1]
