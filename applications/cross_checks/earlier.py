"""Figures and rights against the last filing of the same enterprise, of whatever tier: the years that both have."""
from applications.cross_checks.reading import HEADS, MONEY
from applications.cross_checks.words import difference, percent, quoted
from reviews.cross_checks import NOTICE, OURS, WARN, CrossCheck, Odd

#: Differences up to this are roundings and later adjustments, % of the earlier figure; beyond GREAT it is 需要核实.
TOLERATED, GREAT = 1, 10
#: Differences up to this are never told, by unit.
SMALLEST = {MONEY: 1, HEADS: 1}
#: Columns of a right that its certificate fixes.
FIXED_COLUMNS = (("kind", "种类"), ("name", "名称"), ("granted_on", "授权日期"))


def figures_of_the_same_years(case):
    """Yield an Odd for each row whose figures of years that were filed before are other ones now."""
    if case.earlier is None:
        return
    for key, row in case.reading.rows.items():
        before = case.earlier.reading.rows.get(key)
        if before is None or before.unit != row.unit:
            continue
        told, great = [], False
        for year, now in row.figures.items():
            then = before.figures.get(year)
            if then is None or abs(now - then) <= SMALLEST.get(row.unit, 0):
                continue
            by = difference(now, then)
            if by is not None and by <= TOLERATED:
                continue
            great = great or by is None or by > GREAT
            share = "" if by is None else f"，相差 {percent(abs(now - then), abs(then))}"
            told.append(f"{year}年本次为{quoted(now, row.unit)}，上次为{quoted(then, row.unit)}{share}")
        if told:
            yield Odd(
                f"{row.label}与上次提交（{case.earlier.name}）不一致：{'；'.join(told)}。"
                "请对照审计报告核实以哪次为准，必要时退回企业说明调整原因。",
                row.section, key, WARN if great else NOTICE,
            )  # fmt: skip


def rights_of_the_same_number(case):
    """Yield one Odd for the rights whose number was filed before with other words on the certificate."""
    if case.earlier is None:
        return
    before = {row["number"]: row for row in case.earlier.reading.records("innovation", "ip")}
    told = []
    for row in case.reading.records("innovation", "ip"):
        other = before.get(row["number"], {})
        told += [
            f"“{row['number']}”的{label}本次为“{row[column]}”，上次为“{other[column]}”"
            for column, label in FIXED_COLUMNS
            if other.get(column, row[column]) != row[column]
        ]
    if told:
        yield Odd(
            f"知识产权与上次提交（{case.earlier.name}）不一致：{'；'.join(told)}。请对照证书或登记簿核实。",
            "innovation", "ip",
        )  # fmt: skip


CHECKS = (
    CrossCheck(
        "earlier.figures",
        "与上次提交的同年度数据不一致",
        "两次填报都有的年度（例如本次的上上年度即去年申报的上年度），逐项与本企业上一次提交的其他申报件比对，不分梯度；"
        f"相差不超过 {TOLERATED}%，或不超过 1 万元、1 人的不提示，超过 {GREAT}% 的列为需要核实。年度信息更新的数据暂未纳入比对。",
        OURS,
        figures_of_the_same_years,
    ),
    CrossCheck(
        "earlier.ip",
        "同一授权号的知识产权与上次填报不一致",
        "本次知识产权名单中的授权号或登记号，与本企业上一次提交的名单比对；号码相同而种类、名称或授权日期不同的提示。"
        "其他企业的名单没有按号码检索的索引，不比对。",
        OURS,
        rights_of_the_same_number,
    ),
)
