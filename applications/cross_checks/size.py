"""企业规模 by the rows of 中小企业划型标准 (accounts/size_class.py) for each year, and against the record."""
from accounts.enums import SizeClass
from accounts.queries import size_standards
from accounts.size_class import SizeResult, size_class
from reviews.cross_checks import NOTICE, WARN, CrossCheck, Odd

SOURCE = "《中小企业划型标准规定》（工信部联企业〔2011〕300号）；不一致的处理系本平台自定"


def class_by_year(case):
    """Yield an Odd for years whose figures make a large enterprise, and for another class than the record's."""
    standards = size_standards()
    results = {year: _result(case, year, standards) for year in case.reading.years}
    large = {year: result for year, result in results.items() if result.size_class == SizeClass.LARGE}
    place = {"section": "basic", "field": "size_class"}
    if large:
        newest = case.reading.years[0]
        year = max(large)
        now = results[newest].size_class
        known = f"{newest}年判定为“{now.label}”，" if now and year != newest else ""
        yield Odd(
            f"按本表数据，{known}{year}年判定为“大型”：{large[year].explanation}请核实企业是否属于中小企业，"
            "关注是否由大型企业分立、划转，必要时对照合并报表。",
            severity=WARN if year == newest else NOTICE, **place,
        )  # fmt: skip
    filed, record = next(iter(results.values())).size_class if results else None, case.enterprise.size_class
    if filed and record and filed != record:
        yield Odd(
            f"按本表上年度数据判定为“{filed.label}”，【企业主页】登记的数据判定为“{SizeClass(record).label}”。"
            "登记数据可能没有更新；请对照审计报告和社保证明核实从业人员、营业收入和资产总额。",
            **place,
        )


def _result(case, year, standards):
    code = case.reading.text("basic", "industry")
    if not code:
        return SizeResult(None, "", "")
    figures = (case.reading.figure(key, year) for key in ("employees", "revenue", "total_assets"))
    return size_class(code, *figures, standards=standards)


CHECKS = (
    CrossCheck(
        "size.class", "企业规模存疑",
        "按所属行业和各年度全职员工数量、营业收入、资产总额分别划型：任一年度为大型的提示（上年度为大型的需要核实）；"
        "上年度的规模与【企业主页】登记数据判定的规模不同的提示。", SOURCE, class_by_year,
    ),
)  # fmt: skip
