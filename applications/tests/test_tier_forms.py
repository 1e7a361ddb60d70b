"""The forms of 专精特新 and 小巨人 as a whole: what is asked, in which order, in which edition."""
import pytest

from applications.forms import little_giant, specialized
from applications.standards import get
from applications.tests.filled_tiers import SHARED_SLOTS
from applications.tests.tier_forms import CODES, Desk, filled_of, typed

pytestmark = pytest.mark.django_db

#: Order of domain.md §5.2 (parts 一 to 九) for 小巨人; 佐证材料 and 声明 close both forms.
TITLES = {
    "specialized": [
        "企业基本情况", "经济效益和经营情况", "专业化", "企业数字化转型水平", "精细化", "特色化", "创新能力",
        "产业链和主导产品所属领域", "其他", "佐证材料", "真实性声明",
    ],
    "little_giant": [
        "企业基本情况", "经济效益和经营情况", "专业化", "企业数字化转型水平", "精细化", "特色化", "创新能力", "产业链配套",
        "主导产品所属领域", "其他", "佐证材料", "真实性声明",
    ],
}  # fmt: skip


def asked(code):
    """Return the names of all fields, lists and list columns of an edition."""
    form = Desk(code).fill(typed(code))
    names = {name for section in form.sections for name in (*section.fields, *section.lists)}
    return names | {f"ip.{column}" for column in form.by_key["innovation"].lists["ip"].block.row.base_fields}


@pytest.mark.parametrize("code", CODES)
def test_the_complete_example_breaks_no_rule_and_raises_no_doubt(code):
    desk = Desk(code)
    assert desk.problems(typed(code)) == {}
    assert desk.warnings(typed(code)) == {}


@pytest.mark.parametrize("code", CODES)
def test_the_parts_stand_in_the_official_order(code):
    titles = [section.title for section in Desk(code).fill({}).sections]
    assert titles == TITLES[code.partition("-")[0]]


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_asked_twice(code):
    form = Desk(code).fill({})
    names = [name for section in form.sections for name in (*section.fields, *section.lists)]
    labels = [section.fields[name].label for section in form.sections for name in section.fields]
    assert len(names) == len(set(names))
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("code", CODES)
def test_everything_that_is_asked_is_shown_on_the_page(code):
    form = Desk(code).fill(typed(code))
    for section in form.sections:
        shown = set(section.order())
        assert {*section.fields, *section.lists} <= shown, section.key


@pytest.mark.parametrize("code", CODES)
def test_every_claim_of_the_example_needs_its_evidence(code):
    problems = Desk(code).problems(typed(code), slots=())
    assert {f"{section}.{field}" for section, field in problems} == set(filled_of(code).SLOTS_BY_EDITION[code])
    assert set(SHARED_SLOTS) <= {f"{section}.{field}" for section, field in problems}
    assert all("缺少材料" in message for message in problems.values())


@pytest.mark.parametrize("code", ["specialized-2026", "little_giant-2026"])
def test_the_complete_example_meets_the_standard_of_2026(code):
    facts = Desk(code).facts(typed(code)) | {"development_score": 70, "development_score_last": None}
    assessment = get(code.replace("-", "_")).assess(facts, {"y1": "2025年", "y2": "2024年", "y3": "2023年"})
    assert assessment.verdict == "meets"


@pytest.mark.parametrize("code", ["specialized-2022", "little_giant-2022"])
def test_the_complete_example_meets_the_standard_of_2022(code):
    assessment = get(code.replace("-", "_")).assess(Desk(code).facts(typed(code)))
    assert assessment.verdict == "meets"


def test_what_only_the_standards_of_2022_read_is_not_asked_in_2026():
    only_2022 = asked("specialized-2022") - asked("specialized-2026")
    assert only_2022 == {
        "quality_award", "quality_award_name", "management_certificates", "management_certificates_other", "own_brand",
        "maker_china_500", "chain_position", "chain_position_note", "ip.high_value",
    }  # fmt: skip
    only_2022 = asked("little_giant-2022") - asked("little_giant-2026")
    assert only_2022 == {"governance", "governance_note", "own_brand", "maker_china_50"}


def test_what_only_the_standards_of_2026_read_is_not_asked_in_2022():
    only_2026 = asked("specialized-2026") - asked("specialized-2022")
    assert only_2026 == {
        "market_standing", "market_share_scope", "market_share", "market_rank", "market_note", "ip.holder_rank",
    }  # fmt: skip
    only_2026 = asked("little_giant-2026") - asked("little_giant-2022")
    assert only_2026 == {"market_share_scope", "market_rank", "ip.holder_rank", "ip.self_applied"}


@pytest.mark.parametrize("module", [specialized, little_giant])
def test_a_renewal_asks_the_same_and_shows_the_present_title(module):
    for code, edition in module.RENEWAL_EDITIONS.items():
        sections = [section.key for section in edition.sections]
        assert sections.pop(1) == "renewal"
        assert sections == [section.key for section in module.EDITIONS[code].sections]
        desk = Desk(code, edition)
        present = {"renewal_title": "专精特新中小企业", "renewal_number": "R1", "renewal_from": "2023-01-01"}
        assert desk.problems(typed(code) | {"renewal": present}) == {}


def test_the_present_title_and_the_digital_level_cannot_be_typed():
    code = "specialized-2026"
    form = Desk(code, specialized.RENEWAL_EDITIONS[code]).fill(typed(code))
    assert form.by_key["renewal"].accept({"renewal_number": "R1"}, {"renewal_number": "X"}) == {"renewal_number": "R1"}
    assert form.by_key["digital"].accept({"digital_level": "1"}, {"digital_level": "4"}) == {"digital_level": "1"}


def test_the_digital_level_is_a_number_for_the_standard_and_words_for_the_reader():
    form = Desk("specialized-2026").fill(typed("specialized-2026"))
    assert form.facts["digital_level"] == 3
    assert str(form.facts["digital_score"]) == "68.5"
    assert form.by_key["digital"]["digital_level"].value() == "三级（集成级）"


def test_without_an_assessment_the_enterprise_is_sent_to_it():
    code = "little_giant-2026"
    blank = {"digital_level": "", "digital_score": "", "digital_date": ""}
    problems = Desk(code).problems(typed(code), digital=blank)
    assert list(problems) == [("digital", "digital_level")]
    assert "【去自评】" in problems["digital", "digital_level"]


def test_the_province_decides_what_is_asked_as_regional_indicator():
    desk = Desk("specialized-2022")
    assert "regional_1" not in desk.fill(typed("specialized-2022")).by_key["distinction"].fields
    desk.basic["registered_region"] = "510104"
    section = desk.fill(typed("specialized-2022")).by_key["distinction"]
    assert section.fields["regional_1"].label == "属于“5+1”工业、“4+6”服务业、“10+3”农业体系情况"
    assert section.order() == ["regional_1", "regional_2", "regional_3", "regional_files"]
    problems = desk.problems(typed("specialized-2022"))
    assert {("distinction", f"regional_{n}") for n in (1, 2, 3)} <= set(problems)


def test_computed_figures_stand_where_the_official_form_has_them():
    form = Desk("little_giant-2026").fill(typed("little_giant-2026"))
    shown = {key: derived.shown for (section, key), derived in form.derived.items() if section == "specialization"}
    assert shown == {
        "main_ratio": "95.35%",
        "main_growth_average": "10.63%",
        "revenue_compound_growth": "9.29%",
        "top_share": "84.88%",
    }
    assert form.derived["refinement", "debt_ratio"].shown == "39.80%"
    assert form.derived["innovation", "ip_class1_effective_shown"].shown == "5 项"


def test_a_missing_figure_is_named_where_the_computed_one_should_stand():
    economy = typed("little_giant-2026")["economy"] | {"revenue_y1": ""}
    form = Desk("little_giant-2026").fill(typed("little_giant-2026") | {"economy": economy})
    assert form.derived["specialization", "main_ratio"].note == "缺少：2025年营业收入"
