"""Growth within a year that is out of the ordinary. The form itself asks the enterprise from 1,000% on (请核实)."""
from dataclasses import dataclass

from applications.cross_checks.words import percent, quoted
from reviews.cross_checks import NOTICE, OURS, WARN, CrossCheck, Odd


@dataclass(frozen=True)
class Limit:
    """``percent`` is the growth that needs no question; a year that starts below ``base`` (万元, 人) is left out."""

    percent: int
    base: int


#: By row of the form.
LIMITS = {
    "employees": Limit(100, 20),
    "rd_staff": Limit(100, 10),
    "revenue": Limit(100, 500),
    "main_revenue": Limit(100, 500),
    "net_profit": Limit(300, 100),
    "total_assets": Limit(200, 500),
    "rd_expense": Limit(150, 50),
}
#: From this multiple of the limit on it is 需要核实.
GREAT = 2


def fast_growth(case):
    """Yield an Odd for each row that grew faster than its limit in a year; exactly the limit is fine."""
    for key, limit in LIMITS.items():
        row = case.reading.rows.get(key)
        told, great = [], False
        for year, now in (row.figures if row else {}).items():
            base = row.figures.get(year - 1)
            if base is None or base < limit.base or case.is_asked_already(row.section, key, year):
                continue
            growth = (now - base) * 100 / base
            if growth <= limit.percent:
                continue
            great = great or growth > limit.percent * GREAT
            then, rise = quoted(base, row.unit), percent(now - base, base)
            told.append(f"{year}年{quoted(now, row.unit)}比 {year - 1} 年{then}增长 {rise}")
        if told:
            yield Odd(
                f"{row.label}增长较快：{'；'.join(told)}，超过 {limit.percent}%。"
                "请对照审计报告、纳税或社保证明核实，关注是否有合并、收购。",
                row.section, key, WARN if great else NOTICE,
            )  # fmt: skip


_WORDS = "，".join(
    f"{name}超过 {LIMITS[key].percent}%（基数不低于 {LIMITS[key].base} {unit}）"
    for key, name, unit in (
        ("employees", "全职员工数量", "人"), ("rd_staff", "研发人员数量", "人"), ("revenue", "营业收入", "万元"),
        ("main_revenue", "主营业务收入", "万元"), ("net_profit", "净利润总额", "万元"),
        ("total_assets", "资产总额", "万元"), ("rd_expense", "研发费用总额", "万元"),
    )
)  # fmt: skip
CHECKS = (
    CrossCheck(
        "growth.fast",
        "年度增长异常",
        f"近三年数据与上一年比较的增长率：{_WORDS}；超过限值 {GREAT} 倍的列为需要核实。"
        "填报时已请企业核实过的同一数据（例如增长超过 1,000%）不重复提示。",
        OURS,
        fast_growth,
    ),
)
