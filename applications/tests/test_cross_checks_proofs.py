"""核验 of rights, ends of validity, size class and the 数字化水平评测."""
import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tests.factories import make_enterprise
from applications.cross_checks import digital, earlier, rights, size, validity
from applications.digital_assessment import CURRENT
from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from applications.tests.checked import case, found, payload, right


def ip(*rows):
    return payload(lists={"innovation.ip": list(rows)})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ZL202010000001.1", "ZL 2020 1000 0001.1"),
        ("ZL202010000001.1", "202010000001X"),
        ("202010000001", "ZL202010000001.1"),
        ("2023SR0000001", "2023sr0000001"),
    ],
)
def test_one_right_under_two_spellings_of_its_number_is_told(one, two):
    (odd,) = found(rights.repeated, ip(right(one, name="甲"), right(two, name="乙")))
    assert f"“{one}”、“{two}”" in odd.message
    assert (odd.section, odd.field, odd.severity) == ("innovation", "ip", "warn")


def test_other_numbers_are_other_rights():
    assert found(rights.repeated, ip(right("ZL202010000001.1", name="甲"), right("ZL202010000002.X", name="乙"))) == []
    assert found(rights.repeated, payload()) == []


def test_the_same_name_with_another_number_is_a_notice_unless_the_kind_differs():
    (odd,) = found(rights.repeated, ip(right("ZL202010000001.1"), right("ZL202010000002.X")))
    assert odd.severity == "notice"
    assert "“一种控制方法”（ZL202010000001.1、ZL202010000002.X）" in odd.message
    other = right("ZL202020000002.X", kind="实用新型专利（Ⅱ类）")
    assert found(rights.repeated, ip(right("ZL202010000001.1"), other)) == []


@pytest.mark.parametrize(
    ("kind", "granted", "is_over"),
    [
        ("发明专利（Ⅰ类）", "2006-11-23", True),
        ("发明专利（Ⅰ类）", "2006-11-24", False),  # the last day
        ("实用新型专利（Ⅱ类）", "2016-11-23", True),
        ("实用新型专利（Ⅱ类）", "2016-11-24", False),
        ("外观设计专利（Ⅱ类）", "2011-11-23", True),
        ("外观设计专利（Ⅱ类）", "2011-11-24", False),
        ("软件著作权（Ⅱ类）", "1990-01-01", False),
        ("发明专利（Ⅰ类）", "", False),
    ],
)
def test_a_patent_whose_term_must_be_over_is_told(kind, granted, is_over):
    odds = found(rights.over, ip(right("ZL1", kind=kind, granted_on=granted)))
    assert bool(odds) is is_over
    for odd in odds:
        assert f"“ZL1”授权日期“{granted}”" in odd.message


def test_a_number_filed_before_with_another_name_is_told():
    before = ip(right("ZL1", name="一种旧方法"), right("ZL2"))
    (odd,) = found(earlier.rights_of_the_same_number, ip(right("ZL1", name="一种新方法"), right("ZL2")), before=before)
    assert "“ZL1”的名称本次为“一种新方法”，上次为“一种旧方法”" in odd.message
    assert "ZL2" not in odd.message
    assert found(earlier.rights_of_the_same_number, before, before=before) == []
    assert found(earlier.rights_of_the_same_number, ip(right("ZL9", name="别的")), before=before) == []
    assert found(earlier.rights_of_the_same_number, before) == []


@pytest.mark.parametrize("place", ["direct.direct_honour_until", "other.base_title_until", "other.specialized_until"])
def test_a_certificate_is_over_after_its_last_day_and_soon_within_ninety(place):
    def both(day):
        content = payload(fields={place: day})
        return [[odd.message for odd in found(check, content)] for check in (validity.over, validity.soon)]

    over, soon = both("2026-11-23")
    assert soon == []
    assert "为“2026-11-23”，早于提交日“2026-11-24”，已经到期" in over[0]
    assert both("2026-11-24")[0] == []
    assert "只有 0 天" in both("2026-11-24")[1][0]
    assert "只有 90 天" in both("2027-02-22")[1][0]
    assert both("2027-02-23") == [[], []]
    assert both("") == [[], []]


def test_a_title_that_is_being_renewed_is_told_when_over_but_not_when_soon():
    field = "renewal.renewal_until"
    assert found(validity.over, payload(fields={field: "2026-11-01"}))
    assert found(validity.soon, payload(fields={field: "2026-12-01"})) == []


def test_an_assessment_is_old_after_a_year():
    def old(day):
        return found(digital.old_assessment, payload(fields={"digital.digital_date": day}))

    assert old("2025-11-24") == []
    (odd,) = old("2025-11-23")
    assert "“2025-11-23”" in odd.message
    assert "已有 366 天" in odd.message
    assert old("") == []
    assert found(digital.old_assessment, payload()) == []


def assessed(enterprise, day=datetime.date(2026, 3, 2), **questions):
    moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    return DigitalAssessment.objects.create(
        enterprise=enterprise, edition=CURRENT.code, stage=AssessmentStage.COMPLETE, score=Decimal("60"), level=2,
        stage_one_ended_at=moment, completed_at=moment, questions=questions,
    )  # fmt: skip


def digital_case(enterprise, **rows):
    made = case(payload(fields={"digital.digital_date": "2026-03-02"}, **rows))
    made.enterprise = enterprise
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("revenue", "severity"),
    [("5250", None), ("4750", None), ("5251", "notice"), ("6000", "notice"), ("6001", "warn"), ("", None)],
)
def test_revenue_is_compared_with_that_of_the_assessment_for_the_same_year(revenue, severity):
    enterprise = make_enterprise()
    assessed(enterprise, revenue_last="5000", revenue_before="4100")
    odds = list(digital.figures_of_the_assessment(digital_case(enterprise, revenue=(revenue, "4100", ""))))
    assert [odd.severity for odd in odds] == ([severity] if severity else [])
    for odd in odds:
        assert f"2025年本表为“{int(revenue):,}”万元，评测为“5,000”万元" in odd.message
        assert "2024年" not in odd.message


@pytest.mark.django_db
def test_an_assessment_made_a_year_earlier_is_compared_with_the_years_it_asked_for():
    enterprise = make_enterprise()
    assessed(enterprise, datetime.date(2025, 6, 1), employees_last="50", employees_before="120")
    (odd,) = digital.figures_of_the_assessment(digital_case(enterprise, employees=("100", "100", "120")))
    assert "2024年本表为“100”人，评测为“50”人" in odd.message
    assert "2025年" not in odd.message


@pytest.mark.django_db
def test_a_form_without_the_assessment_and_an_assessment_without_answers_are_passed_over():
    enterprise = make_enterprise()
    assessed(enterprise)
    assert list(digital.figures_of_the_assessment(digital_case(enterprise, revenue=("1", "", "")))) == []
    without = case(payload(revenue=("9", "", "")))
    without.enterprise = enterprise
    assert list(digital.figures_of_the_assessment(without)) == []


def sized(revenue, employees=("120", "120", "120"), record="small"):
    content = payload(
        fields={"basic.industry": "3511"}, revenue=revenue, employees=employees, total_assets=("1", "1", "1")
    )
    return found(size.class_by_year, content, record=record)


@pytest.mark.django_db
def test_a_year_with_the_figures_of_a_large_enterprise_is_told():
    make_enterprise()
    assert sized(("5600", "39999", "39999"), ("120", "1000", "1000")) == []
    (odd,) = sized(("5600", "40000", "5000"), ("120", "1000", "120"))
    assert "2025年判定为“小型”，2024年判定为“大型”" in odd.message
    assert (odd.field, odd.severity) == ("size_class", "notice")
    assert [odd.severity for odd in sized(("40000", "1", "1"), ("1000", "1", "1"), record="large")] == ["warn"]


@pytest.mark.django_db
def test_another_class_than_that_of_the_record_is_told():
    make_enterprise()
    (odd,) = sized(("5600", "5600", "5600"), record="medium")
    assert "判定为“小型”，【企业主页】登记的数据判定为“中型”" in odd.message
    assert sized(("5600", "5600", "5600"), record="") == []
    assert sized(("", "", ""), record="medium") == []
