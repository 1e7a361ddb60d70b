"""Giving titles: numbers without gaps, valid three years (domain.md §1.4)."""
from datetime import timedelta

from django.db.models import Max

from applications.enums import Tier
from applications.models import Recognition, RecognitionSeries

VALID_YEARS = 3  # domain.md §1.4, all three tiers
_PREFIXES = {Tier.INNOVATIVE: "CX", Tier.SPECIALIZED: "ZJTX", Tier.LITTLE_GIANT: "XJR"}


def valid_until(valid_from, years=VALID_YEARS):
    """Return the last day of a title that starts on ``valid_from``: the day before its third anniversary.

    Shanghai counts 2023-03 to 2026-02 (domain.md §8). 29 February ends on 28 February.
    """
    try:
        anniversary = valid_from.replace(year=valid_from.year + years)
    except ValueError:  # 29 February
        return valid_from.replace(year=valid_from.year + years, day=28)
    return anniversary - timedelta(days=1)


def renewed_from(enterprise, tier, announced_on):
    """Return the first day of a renewed title: the day after the present one ends, so that no day is lost.

    The day of the announcement when the old title has ended before it (domain.md §1.4: at expiry +3 years).
    """
    last = Recognition.objects.filter(enterprise=enterprise, tier=tier).aggregate(last=Max("valid_until"))["last"]
    return max(last + timedelta(days=1), announced_on) if last else announced_on


def recognise(*, filing, announcement, tier, renewal=False):
    """Write the recognition of one filing inside the announcement's transaction; again changes nothing.

    The number is the portal's own: prefix, code of the authority, year, five digits without gaps. A renewal is a
    title of its own with a new number (``renewed_from``); the row of the old one stays as it is.
    """
    existing = Recognition.objects.filter(filing=filing).first()
    if existing:
        return existing
    day = announcement.announced_on
    valid_from = renewed_from(filing.enterprise, tier, day) if renewal else day
    RecognitionSeries.objects.get_or_create(tier=tier, authority=announcement.authority, year=day.year)
    series = RecognitionSeries.objects.select_for_update().get(
        tier=tier, authority=announcement.authority, year=day.year
    )
    series.last += 1
    series.save(update_fields=["last"])
    return Recognition.objects.create(
        enterprise=filing.enterprise,
        tier=tier,
        number=f"{_PREFIXES[tier]}{announcement.authority.code}{day.year}{series.last:05d}",
        filing=filing,
        announcement=announcement,
        valid_from=valid_from,
        valid_until=valid_until(valid_from),
    )
