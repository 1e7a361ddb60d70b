"""审核链 at the desk: who sets it, what it leads to, what it leaves alone."""
import pytest

from accounts.enums import AuthorityLevel
from accounts.tests.factories import make_officer, make_operator
from portal.tools.errors import NotPermitted, Refused, StaleVersion
from reviews.enums import Action, State, StepSide
from reviews.kinds import Level, get_kind
from reviews.models import Route
from reviews.services.routes import last_change, levels_for, reset_route, set_route
from reviews.tests.factories import authority, decide, make_filing, submit

pytestmark = pytest.mark.django_db

ROUTES = "/admin/reviews/route/"
KIND = "test_application"


def page_of(code="320000", kind=KIND):
    return f"{ROUTES}{kind}/{authority(code).pk}/"


def levels(code="320000", kind=KIND):
    return [level.level.value for level in levels_for(get_kind(kind), authority(code))]


def put(user, steps, code="320000", kind=KIND, **more):
    return set_route(user=user, kind_code=kind, authority_id=authority(code).pk, levels=steps, **more)


@pytest.fixture
def manager(client):
    user = make_officer("320000", "manager")
    client.force_login(user)
    return user


@pytest.fixture
def ministry():
    return make_officer("000000", "manager")


def test_a_province_sets_its_own_route_after_seeing_what_it_leads_to(client, manager):
    page = client.get(page_of()).content.decode()
    assert "示例：玄武区企业 → 南京市中小企业主管部门 → 江苏省中小企业主管部门" in page
    assert "没有修改过，使用默认审核链" in page
    steps = {"levels": ["province", "county", "city"], "seen": 0}
    preview = client.post(page_of(), steps).content.decode()
    assert "示例：玄武区企业 → 玄武区中小企业主管部门 → 南京市中小企业主管部门 → 江苏省中小企业主管部门" in preview
    assert "市级 → 省级" in preview
    assert levels() == ["city", "province"]
    assert client.post(page_of(), steps | {"_confirm": "1"}).status_code == 302
    assert levels() == ["county", "city", "province"]
    page = client.get(page_of()).content.decode()
    assert "县级 → 市级 → 省级</span>" in page.replace("-&gt;", "→")
    assert str(manager) in page
    assert levels("500000") == ["city", "province"]


def test_the_same_levels_again_change_nothing(client, manager):
    steps = {"levels": ["county", "city", "province"], "seen": 0, "_confirm": "1"}
    for _ in range(2):
        assert client.post(page_of(), steps).status_code == 302
    assert Route.history.count() == 1


def test_a_page_that_others_overtook_saves_nothing_and_shows_what_holds(client, manager):
    client.post(page_of(), {"levels": ["county", "city", "province"], "seen": 0, "_confirm": "1"})
    answer = client.post(page_of(), {"levels": ["province"], "seen": 0, "_confirm": "1"})
    assert answer.status_code == 409
    assert "刚刚被其他人修改过" in answer.content.decode()
    assert levels() == ["county", "city", "province"]
    seen = answer.context["form"]["seen"].value()
    assert client.post(page_of(), {"levels": ["province"], "seen": seen, "_confirm": "1"}).status_code == 302
    assert levels() == ["province"]


@pytest.mark.parametrize(
    ("kind", "steps", "sentence"),
    [
        (KIND, [], "没有选择任何一级"), (KIND, ["city"], "最后一级须为省级，现在是市级"),
        (KIND, ["city", "province", "ministry"], "最后一级须为省级，现在是部级"),
        ("test_giant", ["city", "province"], "最后一级须为部级，现在是省级"),
        ("test_giant", ["city", "ministry"], "须经省级初核推荐后报部级"), (KIND, ["village"], "没有“village”这一级"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("confirm", [{}, {"_confirm": "1"}])
def test_levels_that_cannot_be_are_told_at_the_form(client, ministry, kind, steps, sentence, confirm):
    client.force_login(ministry)
    answer = client.post(page_of(kind=kind), {"levels": steps, "seen": 0} | confirm)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Route.objects.exists()


@pytest.mark.parametrize("steps", [["province", "city"], ["city", "city", "province"]])
def test_the_service_refuses_levels_out_of_order_and_twice(manager, steps):
    with pytest.raises(Refused, match="顺序不对"):
        put(manager, steps)


def test_a_municipality_starts_with_its_districts_and_is_told_that_it_has_no_counties(client):
    client.force_login(make_officer("500000", "manager"))
    answer = client.post(page_of("500000"), {"levels": ["county", "city", "province"], "seen": 0}).content.decode()
    assert "示例：渝中区企业 → 渝中区中小企业主管部门 → 重庆市中小企业主管部门" in answer
    assert "本地区没有县级主管部门，县级这一步会被跳过" in answer


def test_an_authority_without_an_officer_who_decides_is_named(client, manager):
    make_officer("320100", "reviewer")
    make_officer("320500", "viewer")
    page = client.get(page_of()).content.decode()
    assert "市级有 1 个部门没有可以办理审核的人员：苏州市。" in page


@pytest.mark.parametrize(
    ("code", "role"), [("320000", "reviewer"), ("320100", "manager"), ("320000", "viewer")]
)
def test_others_of_the_province_read_only(client, code, role):
    officer = make_officer(code, role)
    client.force_login(officer)
    page = client.get(page_of()).content.decode()
    assert "谁可以修改" in page
    assert 'name="levels"' not in page
    assert client.post(page_of(), {"levels": ["province"], "seen": 0, "_confirm": "1"}).status_code == 403
    assert client.post(f"{page_of()}reset/", {"seen": 0}).status_code == 403
    with pytest.raises(NotPermitted):
        put(officer, ["province"])
    assert not Route.objects.exists()


def test_a_province_sets_neither_the_nation_nor_another_province(client, manager):
    assert client.get(page_of("500000")).status_code == 404
    assert client.post(page_of("000000"), {"levels": ["province"], "seen": 0, "_confirm": "1"}).status_code == 403
    for code in ("000000", "500000", "320100"):
        with pytest.raises(NotPermitted):
            put(manager, ["province"], code)


def test_the_ministry_sets_the_nation_and_a_province_keeps_its_own(client, ministry):
    put(make_officer("320000", "manager"), ["county", "city", "province"])
    client.force_login(ministry)
    assert client.post(page_of("000000"), {"levels": ["province"], "seen": 0, "_confirm": "1"}).status_code == 302
    assert (levels(), levels("500000")) == (["county", "city", "province"], ["province"])
    put(ministry, ["city", "province"], "500000")
    assert levels("500000") == ["city", "province"]
    found = client.get(ROUTES, {"kind": KIND, "province": "320000"})
    assert found.url == page_of()


def test_reset_takes_the_setting_away_and_the_history_stays(client, manager):
    client.post(page_of(), {"levels": ["county", "city", "province"], "seen": 0, "_confirm": "1"})
    confirm = client.get(f"{page_of()}reset/")
    assert "市级 → 省级" in confirm.content.decode()
    seen = {"seen": confirm.context["form"]["seen"].value()}
    assert client.post(f"{page_of()}reset/", {"seen": 0}).status_code == 409
    for _ in range(2):
        assert client.post(f"{page_of()}reset/", seen).status_code == 302
    assert levels() == ["city", "province"]
    page = client.get(page_of()).content.decode()
    assert page.index("恢复默认</span>") < page.index("县级 → 市级 → 省级</span>")


def test_a_filing_under_way_keeps_its_steps_and_a_resubmission_takes_the_new_route(manager):
    stays, returned = make_filing(state=State.IN_REVIEW), make_filing(state=State.IN_REVIEW)
    put(manager, ["county", "city", "province"])
    decide(stays)
    assert (stays.desk.code, stays.state) == ("320000", State.IN_REVIEW)
    assert [step.authority.code for step in stays.steps.filter(round=1)] == ["320100", "320000"]
    decide(returned, Action.RETURN, comment="请补充。")
    submit(returned)
    assert [step.authority.code for step in returned.steps.filter(round=2)] == ["320102", "320100", "320000"]
    assert returned.desk.code == "320102"


def test_a_relocation_is_shown_and_cannot_be_set(client, manager, monkeypatch):
    kind = get_kind(KIND)
    both = (Level(AuthorityLevel.PROVINCE), Level(AuthorityLevel.PROVINCE, StepSide.DESTINATION))
    monkeypatch.setattr(kind, "default_levels", both)
    assert "注册地省级 → 迁入地省级" in client.get(ROUTES).content.decode()
    assert "审核链不能修改" in client.get(page_of()).content.decode()
    assert client.post(page_of(), {"levels": ["province"], "seen": 0}).status_code == 403
    with pytest.raises(Refused, match="双方审核"):
        put(manager, ["province"])


def test_routes_show_the_default_until_the_province_has_its_own(client, manager):
    rows = {row.kind.code: row for row in client.get(ROUTES).context["rows"]}
    assert (rows[KIND].place, rows[KIND].words, rows[KIND].is_own) == ("江苏省", "市级 → 省级", False)
    assert rows["test_giant"].words == "市级 → 省级 → 部级"
    put(manager, ["county", "city", "province"])
    rows = {row.kind.code: row for row in client.get(ROUTES).context["rows"]}
    assert (rows[KIND].words, rows[KIND].is_own) == ("县级 → 市级 → 省级", True)
    client.force_login(make_operator())
    rows = [row for row in client.get(ROUTES).context["rows"] if row.kind.code == KIND]
    assert [(row.place, row.is_own, row.may_set) for row in rows] == [("全国（默认）", False, False), ("江苏省", True, False)]


@pytest.mark.parametrize("routes", [1, 3])
def test_the_table_takes_the_same_queries_for_one_and_three(client, ministry, django_assert_num_queries, routes):
    for code in ("320000", "500000", "210200")[:routes]:
        put(ministry, ["province"], code)
    client.force_login(ministry)
    # session, account, authority; the ministry, routes, steps, provinces; then the session is saved (3).
    with django_assert_num_queries(10):
        rows = client.get(ROUTES).context["rows"]
    assert sum(row.is_own for row in rows) == routes


@pytest.mark.parametrize("changes", [1, 3])
def test_a_route_takes_the_same_queries_after_one_change_and_three(client, manager, django_assert_num_queries, changes):
    for steps in (["province"], ["city", "province"], ["county", "city", "province"])[3 - changes :]:
        put(manager, steps)
    # session, account, authority, the route's province; routes, steps, changes, two examples, warnings; session (3).
    address = page_of()
    with django_assert_num_queries(13):
        assert len(client.get(address).context["view"].changes) == changes


def test_unknown_kinds_and_authorities_have_no_page(client, manager):
    assert client.get(f"{ROUTES}unknown/{authority('320000').pk}/").status_code == 404
    assert client.get(page_of("320100")).status_code == 404
    assert last_change(get_kind(KIND), authority("320000")) == 0
    assert reset_route(user=manager, kind_code=KIND, authority_id=authority("320000").pk) is False
    route = put(manager, ["province"])
    assert client.get(f"{ROUTES}{route.pk}/change/").url == page_of()
    with pytest.raises(StaleVersion):
        put(manager, ["city", "province"], seen=0)
