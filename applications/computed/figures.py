"""Reading a fact as a number, and showing a number as a person reads it."""
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext

#: More digits than any figure of a form has, so that showing a number never fails or rounds twice.
_SHOWING_PRECISION = 80


def number(facts: Mapping, key: str) -> Decimal | None:
    """Read one fact as a Decimal; None when it is blank.

    Raises TypeError for a float, a bool or text and ValueError for NaN or infinity: the form cleans what people type,
    so those are mistakes of the caller.
    """
    value = facts.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise TypeError(f"fact {key} must be a Decimal or an int, not {type(value).__name__}")
    value = Decimal(value)
    if not value.is_finite():
        raise ValueError(f"fact {key} must be finite, not {value}")
    return value


def plain(value: Decimal) -> str:
    """Show a Decimal without exponent and trailing zeros: 12.50 -> '12.5', 1E+3 -> '1000'."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def amount(text: str, unit: str) -> str:
    """Put a unit behind a figure that is already text: '3%', '100 万元', '3' without a unit."""
    return text + unit if unit in ("", "%") else f"{text} {unit}"


def round_percent(value: Decimal) -> Decimal:
    """Round a percentage half-up to 2 decimals, or to as many more as keep it off a whole percent that it is not.

    Every threshold of the standards is a whole percent. A figure that only rounds to one would be read as reaching
    it (2.996 as "3.00", 55.004 as "55.00"), so such a figure keeps its digits: 2.996, 55.004.
    """
    with localcontext(prec=_SHOWING_PRECISION):
        digits = 2
        rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
        while rounded != value and rounded == rounded.to_integral_value():
            digits += 1
            rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def show_percent(value: Decimal) -> str:
    """Show a percentage as a person reads it, e.g. '2.80%' (see ``round_percent``)."""
    return f"{round_percent(value):f}%"
