"""Options that follow from figures: shares by bands, and changes against the year before (domain.md §4.2)."""
from decimal import ROUND_HALF_UP, Decimal

from applications.digital_assessment.base import Reading

#: Upper ends of the bands in percent; each band includes its upper end: [0,10] (10,20] (20,40] (40,60] (60,100].
BANDS = ((10, "b10"), (20, "b20"), (40, "b40"), (60, "b60"), (100, "b100"))
BAND_TEXTS = {
    "b10": "10%（含）以下",
    "b20": "10%（不含）至 20%（含）",
    "b40": "20%（不含）至 40%（含）",
    "b60": "40%（不含）至 60%（含）",
    "b100": "60%（不含）以上",
}
LESS, SAME, MORE = "less", "same", "more"
CHANGE_TEXTS = {LESS: "降低", SAME: "持平", MORE: "增加"}


def band_of(part, whole):
    """Return the code of the band that part / whole lies in; exact, without rounding. A whole of 0 counts as 0%."""
    return next((code for end, code in BANDS if part * 100 <= whole * end), BANDS[-1][1]) if whole else BANDS[0][1]


def change_of(last, before):
    """Return whether a value has become less, the same or more; exact, without rounding."""
    return SAME if last == before else (LESS if last < before else MORE)


def share(part, whole, name):
    """Return a function of the figures: which band ``part`` is in as a share of ``whole``."""

    def read(figures):
        above, below = figures[part], figures[whole]
        percent = above * 100 / below if below else Decimal(0)
        return Reading(band_of(above, below), f"{name} {shown(percent, 2)}%")

    return read


def change(name, unit, quotient=None, places=2):
    """Return a function of the figures: how ``quotient(figures, "last" or "before")`` has changed.

    The quotient is a pair (above, below) of Decimals; changes compare crosswise, so that no rounding decides.
    """

    def read(figures):
        (last_above, last_below), (above, below) = (quotient(figures, year) for year in ("last", "before"))
        moved = change_of(last_above * below, above * last_below)
        last, before = last_above / last_below, above / below
        digits = next((n for n in range(places, 9) if moved == SAME or shown(last, n) != shown(before, n)), 9)
        sentence = f"{name}：上年 {shown(last, digits)} {unit}，前年 {shown(before, digits)} {unit}"
        return Reading(moved, sentence)

    return read


def shown(number, places):
    """Return a Decimal for reading, rounded half up."""
    return f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


# Quotients of the questions 12 to 15. 万元 of revenue are 100 times 百元, a ton is 1,000 kg: t/万元 × 10 = kg/百元.


def energy_per_revenue(figures, year):
    """综合能源消费量 in kg 标准煤 per 百元 of revenue."""
    return figures[f"energy_{year}"] * 10, figures[f"revenue_{year}"]


def pass_rate(figures, year):
    """月均产品合格率 in percent."""
    return figures[f"pass_rate_{year}"], Decimal(1)


def revenue_per_head(figures, year):
    """人均营业收入 in 万元."""
    return figures[f"revenue_{year}"], figures[f"employees_{year}"]


def cost_per_revenue(figures, year):
    """成本 in 元 per 百元 of revenue."""
    return figures[f"cost_{year}"] * 100, figures[f"revenue_{year}"]
