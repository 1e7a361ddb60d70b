"""企业规模: one case per row of the standard and class, every bound inclusive (domain.md §6)."""
import csv
from decimal import Decimal

import pytest

from accounts.models import SizeStandard
from accounts.reference.files import DATA
from accounts.reference.size_standards import load_size_standards
from accounts.size_class import section_of, size_class

LARGE, MEDIUM, SMALL, MICRO = "large", "medium", "small", "micro"

#: 小类, employees, revenue (万元), assets (万元) → class
CASES = [
    # 农、林、牧、渔业
    ("0111", None, "20000", None, LARGE),
    ("0111", None, "19999.99", None, MEDIUM),
    ("0111", None, "500", None, MEDIUM),
    ("0111", None, "499.99", None, SMALL),
    ("0111", None, "50", None, SMALL),
    ("0111", None, "49.99", None, MICRO),
    # 工业
    ("3841", 1000, "40000", None, LARGE),
    ("3841", 999, "40000", None, MEDIUM),
    ("3841", 1000, "39999.99", None, MEDIUM),
    ("3841", 300, "2000", None, MEDIUM),
    ("3841", 299, "90000", None, SMALL),
    ("3841", 300, "1999.99", None, SMALL),
    ("3841", 20, "300", None, SMALL),
    ("3841", 19, "300", None, MICRO),
    ("3841", 20, "299.99", None, MICRO),
    ("0610", 300, "2000", None, MEDIUM),
    ("4411", 20, "300", None, SMALL),
    # 建筑业
    ("4710", None, "80000", "80000", LARGE),
    ("4710", None, "79999.99", "80000", MEDIUM),
    ("4710", None, "80000", "79999.99", MEDIUM),
    ("4710", None, "6000", "5000", MEDIUM),
    ("4710", None, "5999.99", "5000", SMALL),
    ("4710", None, "6000", "4999.99", SMALL),
    ("4710", None, "300", "300", SMALL),
    ("4710", None, "300", "299.99", MICRO),
    # 批发业
    ("5111", 200, "40000", None, LARGE),
    ("5111", 199, "40000", None, MEDIUM),
    ("5111", 20, "5000", None, MEDIUM),
    ("5111", 19, "5000", None, SMALL),
    ("5111", 5, "1000", None, SMALL),
    ("5111", 4, "1000", None, MICRO),
    # 零售业
    ("5211", 300, "20000", None, LARGE),
    ("5211", 50, "500", None, MEDIUM),
    ("5211", 49, "500", None, SMALL),
    ("5211", 10, "100", None, SMALL),
    ("5211", 10, "99.99", None, MICRO),
    # 交通运输业
    ("5431", 1000, "30000", None, LARGE),
    ("5431", 300, "3000", None, MEDIUM),
    ("5431", 300, "2999.99", None, SMALL),
    ("5431", 20, "200", None, SMALL),
    ("5431", 19, "200", None, MICRO),
    ("5910", 300, "3000", None, MEDIUM),
    # 仓储业
    ("5920", 200, "30000", None, LARGE),
    ("5920", 100, "1000", None, MEDIUM),
    ("5920", 99, "1000", None, SMALL),
    ("5920", 20, "100", None, SMALL),
    ("5920", 19, "100", None, MICRO),
    # 邮政业
    ("6010", 1000, "30000", None, LARGE),
    ("6010", 300, "2000", None, MEDIUM),
    ("6010", 299, "2000", None, SMALL),
    ("6010", 20, "100", None, SMALL),
    ("6010", 20, "99.99", None, MICRO),
    # 住宿业
    ("6110", 300, "10000", None, LARGE),
    ("6110", 100, "2000", None, MEDIUM),
    ("6110", 99, "2000", None, SMALL),
    ("6110", 10, "100", None, SMALL),
    ("6110", 9, "100", None, MICRO),
    # 餐饮业
    ("6210", 300, "10000", None, LARGE),
    ("6210", 100, "2000", None, MEDIUM),
    ("6210", 100, "1999.99", None, SMALL),
    ("6210", 10, "100", None, SMALL),
    ("6210", 10, "99.99", None, MICRO),
    # 信息传输业
    ("6311", 2000, "100000", None, LARGE),
    ("6311", 100, "1000", None, MEDIUM),
    ("6311", 99, "1000", None, SMALL),
    ("6311", 10, "100", None, SMALL),
    ("6410", 9, "100", None, MICRO),
    # 软件和信息技术服务业
    ("6513", 300, "10000", None, LARGE),
    ("6513", 100, "1000", None, MEDIUM),
    ("6513", 100, "999.99", None, SMALL),
    ("6513", 10, "50", None, SMALL),
    ("6513", 10, "49.99", None, MICRO),
    # 房地产开发经营
    ("7010", None, "200000", "10000", LARGE),
    ("7010", None, "1000", "5000", MEDIUM),
    ("7010", None, "1000", "4999.99", SMALL),
    ("7010", None, "100", "2000", SMALL),
    ("7010", None, "99.99", "2000", MICRO),
    # 物业管理
    ("7020", 1000, "5000", None, LARGE),
    ("7020", 300, "1000", None, MEDIUM),
    ("7020", 299, "1000", None, SMALL),
    ("7020", 100, "500", None, SMALL),
    ("7020", 99, "500", None, MICRO),
    # 租赁和商务服务业
    ("7111", 300, None, "120000", LARGE),
    ("7111", 100, None, "8000", MEDIUM),
    ("7111", 100, None, "7999.99", SMALL),
    ("7111", 10, None, "100", SMALL),
    ("7111", 9, None, "100", MICRO),
    # 其他未列明行业
    ("7320", 300, None, None, LARGE),
    ("7320", 299, None, None, MEDIUM),
    ("7320", 100, None, None, MEDIUM),
    ("7320", 99, None, None, SMALL),
    ("7320", 10, None, None, SMALL),
    ("7320", 9, None, None, MICRO),
    ("7030", 10, None, None, SMALL),
]


@pytest.fixture
def standards(db):
    load_size_standards()
    return list(SizeStandard.objects.all())


def test_each_row_and_class_with_its_bounds(standards):
    wrong = []
    for code, employees, revenue, assets, expected in CASES:
        figures = [employees, revenue and Decimal(revenue), assets and Decimal(assets)]
        found = size_class(code, *figures, standards=standards)
        if found.size_class != expected:
            wrong.append((code, *figures, expected, found))
    assert wrong == []


def test_every_row_of_the_standard_is_covered_by_a_case_of_each_class(standards):
    covered = {
        (size_class(code, e or 0, Decimal(r or 0), Decimal(a or 0), standards=standards).row_name, expected)
        for code, e, r, a, expected in CASES
    }
    rows = {row.industry_name for row in standards}
    assert covered == {(row, expected) for row in rows for expected in (LARGE, MEDIUM, SMALL, MICRO)}


@pytest.mark.parametrize("code", ["5311", "5320", "6610", "6940", "7040", "8310", "8411", "9111", "9700"])
def test_industries_outside_the_standard_have_no_class_and_say_so(standards, code):
    result = size_class(code, 10, Decimal(100), Decimal(100), standards=standards)
    assert (result.size_class, result.row_name, result.missing) == (None, "", ())
    assert result.explanation == f"行业 {code} 不在《中小企业划型标准规定》划型范围内，不判定企业规模。"


def test_missing_figures_are_named_with_the_labels_of_the_form(standards):
    result = size_class("3841", None, None, None, standards=standards)
    assert result.size_class is None
    assert result.missing == ("上年末从业人员", "上年度营业收入")
    assert result.explanation == "填写上年末从业人员、上年度营业收入后自动判定企业规模。"
    assert size_class("7010", None, Decimal(1), None, standards=standards).missing == ("上年末资产总额",)


def test_zero_is_a_figure_and_not_a_missing_one(standards):
    assert size_class("3841", 0, Decimal(0), None, standards=standards).size_class == MICRO


def test_the_explanation_names_the_row_the_figures_and_the_bounds(standards):
    result = size_class("3511", 120, Decimal("5600.50"), None, standards=standards)
    assert result.row_name == "工业"
    assert result.explanation == (
        "按“工业”划型标准：从业人员 120 人、营业收入 5,600.5 万元，"
        "未达到中型标准（从业人员≥300 人且营业收入≥2,000 万元），"
        "达到小型标准（从业人员≥20 人且营业收入≥300 万元），判定为小型企业。"
    )


def test_without_rows_given_the_newest_edition_in_the_database_is_used(standards):
    assert size_class("3511", 20, Decimal(300), None).size_class == SMALL
    SizeStandard.objects.create(
        key="industry",
        edition="2027",
        industry_name="工业",
        prefixes=["C"],
        bounds={"rule": "any", "sme": {"employees": 10}, "medium": {"employees": 5}, "small": {"employees": 2}},
    )
    assert size_class("3511", 20, Decimal(300), None).size_class == LARGE


def test_sections_follow_the_classification():
    with open(DATA / "industry_gbt4754_2017.csv", encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["level"] != "1"]
    assert [row["code"] for row in rows if section_of(row["code"]) != row["full_code"][0]] == []
    assert section_of("99") == section_of("00") == section_of("") == ""
