"""改派 and 并入 as pages: who may, what is said before and after, pages that are out of date."""
import pytest

from accounts.enums import OfficerRole
from accounts.models import Authority, Notice
from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import Action, State
from reviews.models import Filing, ReviewEvent
from reviews.services.rerouting import merge_authority
from reviews.tests.factories import authority, decide, make_filing, officer_of

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/filing/"
MERGE = f"{LIST}oversight/merge/"


@pytest.fixture
def manager(client):
    officer = make_officer("320000", OfficerRole.MANAGER)
    client.force_login(officer)
    return officer


@pytest.fixture
def filing():
    return make_filing(make_enterprise(name="南京改派有限公司"), state=State.IN_REVIEW)


def page_of(filing):
    return f"{LIST}{filing.pk}/reroute/"


def posted(filing, code="320500", **changes):
    values = {"seen_version": filing.version, "authority": authority(code).pk, "comment": "机构改革"}
    return values | changes


def test_a_manager_of_the_province_moves_a_filing_and_the_enterprise_is_told(client, manager, filing):
    page = client.get(page_of(filing)).content.decode()
    assert "苏州市中小企业主管部门" in page
    assert "玄武区" not in page
    assert "确认后会发生什么" in page
    for _ in range(2):
        answer = client.post(page_of(filing), posted(filing), follow=True)
        assert "改派到苏州市中小企业主管部门" in answer.content.decode()
    filing.refresh_from_db()
    assert (filing.desk.code, filing.city.code) == ("320500", "320500")
    assert ReviewEvent.objects.filter(filing=filing, action=Action.REROUTE).count() == 1
    assert Notice.objects.filter(recipient=filing.enterprise.account, title="审核部门变更").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"comment": ""}, "请填写改派原因"),
        ({"comment": "改" * 501}, "改派原因最多 500 个字，现在有 501 个字"),
        ({"authority": ""}, "请选择改派到"),
        ({"authority": "999999"}, "不在可选范围内"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(client, manager, filing, changes, sentence):
    answer = client.post(page_of(filing), posted(filing, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert changes.get("comment", "机构改革") in answer.content.decode()
    filing.refresh_from_db()
    assert filing.desk.code == "320100"


@pytest.mark.parametrize(("code", "role"), [("320000", OfficerRole.REVIEWER), ("320100", OfficerRole.MANAGER)])
def test_who_is_no_manager_above_is_told_and_refused(client, filing, code, role):
    client.force_login(make_officer(code, role))
    answer = client.get(page_of(filing))
    assert answer.status_code == 409
    assert "只有省级或部级主管部门" in answer.content.decode()
    assert client.post(page_of(filing), posted(filing)).status_code == 403
    filing.refresh_from_db()
    assert filing.desk.code == "320100"


def test_another_province_does_not_see_the_page(client, filing):
    client.force_login(make_officer("210000", OfficerRole.MANAGER))
    assert client.get(page_of(filing)).status_code == 404


def test_a_filing_decided_in_between_stays_where_it_went(client, manager, filing):
    values = posted(filing)
    decide(filing)
    answer = client.post(page_of(filing), values)
    assert answer.status_code == 409
    assert "您这次的操作没有生效" in answer.content.decode()
    assert "机构改革" in answer.content.decode()
    filing.refresh_from_db()
    assert filing.desk.code == "320000"
    assert "没有其他同层级部门" in client.get(page_of(filing)).content.decode()


def test_an_authority_merged_while_the_page_was_open_takes_no_filing(client, manager, filing):
    extra = Authority(
        code="320600", name="南通市中小企业主管部门", short_name="南通市", level="city", parent=manager.authority
    )
    extra.save()
    merge_authority(user=manager, source_id=authority("320500").pk, target_id=extra.pk, reason="改革")
    answer = client.post(page_of(filing), posted(filing))
    assert answer.status_code == 422
    assert "可能刚刚停用或并入其他部门" in answer.content.decode()


def test_a_manager_moved_to_another_authority_moves_no_filing(client, manager, filing):
    manager.authority = authority("320100")
    manager.save()
    assert client.post(page_of(filing), posted(filing)).status_code == 403


def test_overseers_find_both_on_the_filing_page(client, manager, filing):
    page = client.get(f"{LIST}{filing.pk}/change/").content.decode()
    assert page_of(filing) in page
    assert f"{LIST}{filing.pk}/remind/" in page
    client.force_login(make_officer("320000", OfficerRole.VIEWER))
    page = client.get(f"{LIST}{filing.pk}/change/").content.decode()
    assert page_of(filing) not in page
    assert f"{LIST}{filing.pk}/remind/" not in page
    client.force_login(make_officer("320100"))
    assert f"{LIST}{filing.pk}/remind/" not in client.get(f"{LIST}{filing.pk}/change/").content.decode()


def pair(source="320100", target="320500", **more):
    return {"source": authority(source).pk, "target": authority(target).pk} | more


def test_a_merger_says_what_moves_and_then_moves_it(client, manager, filing):
    make_filing(state=State.REJECTED)
    officer_of(authority("320100"))
    page = client.get(MERGE, pair()).content.decode()
    effects = dict(client.get(MERGE, pair()).context["effects"])
    assert effects == {
        "待审核的申报件（改派，逐件留下记录）": 1, "所属申报件（含已办结）": 2, "行政区划": 1, "下级主管部门": 2,
        "主管部门人员": 1,
    }  # fmt: skip
    assert "南京市中小企业主管部门并入苏州市中小企业主管部门" in page
    answer = client.post(MERGE, pair(reason="苏编〔2026〕1号"), follow=True)
    assert "改派了 1 件待审核的申报" in answer.content.decode()
    assert "并入记录" in answer.content.decode()
    assert [row.name for row in answer.context["history"]] == ["南京市中小企业主管部门"]
    filing.refresh_from_db()
    assert filing.desk.code == "320500"
    assert Filing.objects.filter(city__code="320500").count() == 2
    again = client.post(MERGE, pair(reason="苏编〔2026〕1号"), follow=True)
    assert "南京市中小企业主管部门已并入苏州市中小企业主管部门。" in again.content.decode()


@pytest.mark.parametrize(
    ("source", "target", "sentence"),
    [
        ("320100", "320100", "请选择两个不同的主管部门"),
        ("320100", "320508", "只能并入同一层级"),
        ("320100", "210202", "不在可选范围内"),
    ],
)
def test_two_that_do_not_fit_are_named(client, manager, source, target, sentence):
    answer = client.get(MERGE, pair(source, target))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_merger_needs_its_reason(client, manager):
    answer = client.post(MERGE, pair(reason=" "))
    assert answer.status_code == 422
    assert "请填写并入的依据" in answer.content.decode()
    assert authority("320100").is_active


def test_a_merger_of_what_went_elsewhere_in_between_is_refused(client, manager):
    merge_authority(user=manager, source_id=authority("320106").pk, target_id=authority("320102").pk, reason="改革")
    answer = client.post(MERGE, pair("320106", "320508", reason="苏编〔2026〕2号"))
    assert answer.status_code == 422
    assert "已经停用" in answer.content.decode()
    assert "苏编〔2026〕2号" in answer.content.decode()


def test_only_managers_of_the_authority_above_merge(client):
    client.force_login(make_officer("320000"))
    assert client.get(MERGE).status_code == 403
    assert client.post(MERGE, pair(reason="改革")).status_code == 403
    client.force_login(make_officer("320102", OfficerRole.MANAGER))
    assert client.get(MERGE).status_code == 404
    client.force_login(make_officer("320100", OfficerRole.MANAGER))
    assert client.post(MERGE, pair(reason="改革")).status_code == 403
    assert client.post(MERGE, pair("320106", "320102", reason="改革")).status_code == 302


def test_the_ministry_chooses_a_province_first(client):
    client.force_login(make_officer("000000", OfficerRole.MANAGER))
    page = client.get(MERGE).content.decode()
    assert "列出市县部门" in page
    assert "苏州市" not in page
    province = authority("320000").pk
    assert "苏州市" in client.get(MERGE, {"province": province}).content.decode()
    assert client.post(MERGE, pair(reason="改革", province=province)).status_code == 302
    assert authority("320100").merged_into.code == "320500"
