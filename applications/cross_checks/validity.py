"""Certificates and titles (证书、称号) that are over, or will be before the review is likely to end."""
import datetime

from reviews.cross_checks import OURS, WARN, CrossCheck, Odd

#: (section, field) of the ends of validity that the forms ask.
ENDS = (
    ("direct", "direct_honour_until"),
    ("other", "base_title_until"),
    ("other", "specialized_until"),
    ("renewal", "renewal_until"),
)
#: An end within so many days after submission is told: reviews and 公示 take about so long.
SOON_DAYS = 90


def over(case):
    """Yield an Odd for each end before the day of submission; that day itself is still valid."""
    for section, key, day in _ends(case):
        if day < case.today:
            yield Odd(
                f"{case.reading.label(section, key)}为“{day.isoformat()}”，早于提交日“{case.today.isoformat()}”，已经到期。"
                "请核实是否有延期或新的证书；确已到期的不能作为依据。",
                section, key, WARN,
            )  # fmt: skip


def soon(case):
    """Yield an Odd for each end within SOON_DAYS after the submission, both ends included."""
    for section, key, day in _ends(case):
        if section != "renewal" and case.today <= day <= case.today + datetime.timedelta(days=SOON_DAYS):
            yield Odd(
                f"{case.reading.label(section, key)}为“{day.isoformat()}”，距提交日“{case.today.isoformat()}”"
                f"只有 {(day - case.today).days} 天，可能在审核或公示期间到期。请在公示前再次核实。",
                section, key,
            )  # fmt: skip


def _ends(case):
    return [(*place, day) for place in ENDS if (day := case.reading.day(*place)) is not None]


CHECKS = (
    CrossCheck(
        "validity.over", "证书或称号已到期",
        "荣誉、已获称号、复核的现有称号的有效期，早于提交日的需要核实，到期当日仍有效。", OURS, over,
    ),
    CrossCheck(
        "validity.soon", "证书或称号即将到期",
        f"荣誉、已获称号的有效期在提交日起 {SOON_DAYS} 天内届满的提示；复核的现有称号本来临近到期，不提示。", OURS, soon,
    ),
)  # fmt: skip
