import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.services.enterprises import has_title
from accounts.tests.factories import make_enterprise, make_legal_person
from applications.models import Recognition
from applications.tests.filled import KIND, TYPED, make_complete_draft, make_draft, make_submitted, type_in
from portal.tools.crypto import is_sealed, unseal
from portal.tools.errors import Invalid, Refused
from reviews.enums import State
from reviews.kinds import get_kind
from reviews.services.filings import open_filing, submit
from reviews.tests.factories import announce, decide, publicise

pytestmark = pytest.mark.django_db


def recognised(enterprise=None):
    """Bring a filing of the enterprise all the way to 认定."""
    filing = make_submitted(enterprise)
    while filing.state == State.IN_REVIEW:
        decide(filing)
    publicise(filing)
    announce(filing)
    return filing


def test_the_kind_is_registered_under_its_code():
    kind = get_kind(KIND)
    assert (kind.title, kind.document_title, kind.tier_title) == (
        "创新型中小企业申报", "创新型中小企业自评表", "创新型中小企业",
    )  # fmt: skip


def test_a_new_draft_starts_with_the_record_of_the_enterprise():
    filing = make_draft()
    basic = filing.answers["basic"]
    assert basic["name"] == filing.enterprise.name
    assert basic["uscc"] == filing.enterprise.uscc
    assert basic["registered_region"] == "320102"
    assert basic["founded_on"] == "2015-05-08"
    assert basic["has_little_giant_holding"] == "no"


def test_mobile_numbers_are_sealed_in_the_answers():
    basic = make_draft().answers["basic"]
    for name in ("legal_representative_mobile", "contact_mobile"):
        assert is_sealed(basic[name])
    assert unseal(basic["contact_mobile"]) == "13800000000"


def test_a_complete_form_has_no_problems_and_can_be_submitted():
    filing = make_complete_draft()
    assert get_kind(KIND).problems(filing) == []
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    filing.refresh_from_db()
    assert filing.state == State.IN_REVIEW
    assert filing.desk.code == "320100"
    assert filing.number.startswith("CX2026")


def test_the_self_score_and_verdict_are_kept_with_the_filing():
    filing = make_draft(values=TYPED)
    # 自主研发Ⅰ类 15 + 研发 5.36% 20 + 增长 16.3% 20 + 负债 43% 10 + 战新 10 + 主营 89% 20
    assert filing.self_score == Decimal(95)
    assert filing.verdict == "meets"


def test_a_blank_form_is_refused_at_submit_with_every_blank_named():
    filing = make_draft()
    with pytest.raises(Invalid) as refusal:
        submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    labels = [problem.label for problem in refusal.value.problems]
    assert {"2025年营业收入", "2024年营业收入", "主导产品名称", "营业执照", "2025年度审计报告"} <= set(labels)
    anchors = {problem.anchor for problem in refusal.value.problems}
    assert {"f-economy-revenue_y1", "f-evidence-licence", "f-specialization-main_product"} <= anchors


def test_an_enterprise_without_basic_information_is_sent_to_complete_it():
    account = make_legal_person()
    (blocker,) = get_kind(KIND).blockers(None, timezone.now())
    assert blocker.link == "/enterprise/edit/?next=/enterprise/filings/"
    assert blocker.link_label == "确定"
    with pytest.raises(Refused) as refusal:
        open_filing(user=account, kind_code=KIND)
    assert "完善企业基本信息" in refusal.value.message


def test_recognition_gives_a_title_for_three_years_and_blocks_a_second_application():
    filing = recognised()
    title = Recognition.objects.get(filing=filing)
    assert title.valid_until == title.valid_from.replace(year=title.valid_from.year + 3) - datetime.timedelta(days=1)
    assert has_title(filing.enterprise)
    (blocker,) = get_kind(KIND).blockers(filing.enterprise, timezone.now())
    assert title.number in blocker.reason


def test_an_enterprise_without_a_title_is_not_taken_for_recognised():
    assert not has_title(make_enterprise())


def test_the_route_follows_the_region_typed_into_the_form():
    filing = make_complete_draft()
    type_in(filing, {"basic": {"registered_region": "320508"}})
    assert get_kind(KIND).registered_region(filing).code == "320508"
    assert filing.registered_region_id == "320508"
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    filing.refresh_from_db()
    assert filing.desk.code == "320500"


def test_a_region_that_is_no_last_level_decides_no_route():
    filing = make_draft()
    type_in(filing, {"basic": {"registered_region": "320100"}})
    assert get_kind(KIND).registered_region(filing) is None


def items_of(filing):
    description = get_kind(KIND).describe(filing)
    sections = description.sections
    return description, {(section["key"], item["key"]): item for section in sections for item in section["items"]}


def test_the_description_shows_labels_values_and_units_as_a_person_reads_them():
    filing = make_complete_draft()
    description, items = items_of(filing)
    assert [section["title"] for section in description.sections] == [
        "企业基本情况", "经济效益和经营情况", "创新能力", "专业化", "直通条件", "佐证材料", "企业总体情况简介和真实性声明",
    ]  # fmt: skip
    assert items["basic", "registered_region"]["shown"] == "江苏省南京市玄武区"
    assert items["basic", "industry"]["shown"] == "3511 矿山机械制造"
    assert items["basic", "industry_class"]["shown"] == "35 专用设备制造业"
    assert items["basic", "size_class"]["shown"] == "小型"
    capital = items["basic", "registered_capital"]
    assert (capital["value"], capital["shown"], capital["unit"]) == ("1000.00", "1,000", "万元")
    assert items["basic", "listing_status"]["shown"] == "无计划"
    assert items["specialization", "emerging_industry"]["shown"] == "属于《战略性新兴产业分类》"
    assert items["statement", "declared"]["shown"] == "已声明"
    assert description.evidence_labels["evidence.audit_y2"] == "2024年度审计报告"
    assert description.assessment["total"] == "95"


def test_personal_values_leave_the_description_sealed():
    _, items = items_of(make_draft())
    item = items["basic", "contact_mobile"]
    assert item["personal"] is True
    assert is_sealed(item["value"])
    assert is_sealed(item["shown"])
    assert unseal(item["shown"]) == "13800000000"


def test_the_years_table_has_newest_year_first_and_names_missing_inputs():
    filing = make_draft(values={"economy": TYPED["economy"] | {"revenue_y2": ""}})
    _, items = items_of(filing)
    table = items["economy", "figures"]
    rows = {row["key"]: row for row in table["rows"]}
    assert table["years"] == ["2025年", "2024年", "2023年"]
    assert rows["revenue"]["values"] == ["5600", "", "4100"]
    assert rows["revenue"]["shown"] == ["5,600", "", "4,100"]
    assert rows["main_ratio"]["shown"] == ["89.29", "", "90.24"]
    assert rows["main_ratio"]["notes"][1] == "缺少：2024年营业收入"
    assert rows["main_growth"]["shown"][2] == "—"


def test_the_name_in_the_form_follows_the_record_at_the_next_save():
    filing = make_draft()
    filing.enterprise.name = "测试更名后有限公司"
    filing.enterprise.save(update_fields=["name"])
    type_in(filing, {"basic": {"name": "别人的公司"}})
    assert filing.answers["basic"]["name"] == "测试更名后有限公司"
    assert filing.enterprise_name == "测试更名后有限公司"
