"""申报开放时间 and 审核链 at the desk."""
import datetime

import pytest
from django.utils import timezone

from accounts.tests.factories import make_officer, make_operator
from reviews.models import Route, RouteStep, Window
from reviews.tests.factories import authority, open_window

pytestmark = pytest.mark.django_db

WINDOWS = "/admin/reviews/window/"


def moment(days):
    return timezone.localtime(timezone.now() + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def posted(**changes):
    values = {
        "kind": "test_application", "period": "2026", "opens_at": moment(-1), "closes_at": moment(20), "note": "苏工信",
    }  # fmt: skip
    return values | changes


@pytest.fixture
def manager(client):
    user = make_officer("320000", "manager")
    client.force_login(user)
    return user


def test_a_province_opens_its_own_province(client, manager):
    assert "江苏省企业可以申报" in client.get(f"{WINDOWS}add/").content.decode()
    assert client.post(f"{WINDOWS}add/", posted(authority="1")).status_code == 302
    window = Window.objects.get()
    assert (window.authority, window.kind, window.note) == (manager.authority, "test_application", "苏工信")
    assert timezone.localtime(window.opens_at).strftime("%Y-%m-%dT%H:%M") == moment(-1)
    page = client.get(WINDOWS).content.decode()
    assert "开放中" in page
    assert "测试申报" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes_at": moment(-5)}, "截止时间必须晚于开放时间。"),
        ({"opens_at": ""}, "请填写开放时间。"),
        ({"opens_at": "后天"}, "开放时间应为日期和时间，例如 2026-05-08 09:00"),
        ({"period": "26"}, "年度应在 2000 至 2100 之间"),
        ({"kind": "x"}, "x"),
    ],
)
def test_a_mistake_is_told_at_the_form_with_what_was_typed(client, manager, changes, sentence):
    answer = client.post(f"{WINDOWS}add/", posted(note="我的说明") | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "我的说明" in page
    assert not Window.objects.exists()


def test_the_same_opening_twice_is_told_at_the_form(client, manager):
    opens_at = moment(3)
    assert client.post(f"{WINDOWS}add/", posted(opens_at=opens_at)).status_code == 302
    answer = client.post(f"{WINDOWS}add/", posted(opens_at=opens_at))
    assert answer.status_code == 422
    assert "已有相同开放时间的记录" in answer.content.decode()
    assert Window.objects.count() == 1


def test_a_manager_prolongs_the_own_window(client, manager):
    window = open_window()
    answer = client.post(f"{WINDOWS}{window.pk}/change/", posted(closes_at=moment(90)))
    assert answer.status_code == 302
    window.refresh_from_db()
    assert timezone.localtime(window.closes_at).strftime("%Y-%m-%dT%H:%M") == moment(90)
    assert window.authority == manager.authority


@pytest.mark.parametrize(("code", "role"), [("320000", "reviewer"), ("320000", "viewer"), ("320100", "manager")])
def test_others_of_the_province_read_only(client, code, role):
    window = open_window()
    client.force_login(make_officer(code, role))
    assert "开放中" in client.get(WINDOWS).content.decode()
    page = client.get(f"{WINDOWS}{window.pk}/change/").content.decode()
    assert "测试申报" in page
    assert "<select" not in page
    before = window.closes_at
    assert client.post(f"{WINDOWS}{window.pk}/change/", posted(closes_at=moment(90))).status_code == 403
    assert client.get(f"{WINDOWS}add/").status_code == 403
    assert client.post(f"{WINDOWS}{window.pk}/delete/", {"post": "yes"}).status_code == 403
    window.refresh_from_db()
    assert window.closes_at == before


def test_a_window_of_the_nation_is_read_by_all_and_changed_by_the_ministry(client, manager):
    nation = open_window(code="000000")
    assert "全国" in client.get(WINDOWS).content.decode()
    assert client.post(f"{WINDOWS}{nation.pk}/change/", posted()).status_code == 403


def test_a_window_of_another_province_is_not_shown(client, manager):
    other = open_window(code="210200")
    assert "大连" not in client.get(WINDOWS).content.decode()
    assert client.post(f"{WINDOWS}{other.pk}/change/", posted()).status_code in (302, 403, 404)
    assert Window.objects.get().note == ""


def test_operators_read_every_window(client):
    open_window()
    open_window(code="210200")
    client.force_login(make_operator())
    page = client.get(WINDOWS).content.decode()
    assert "江苏省" in page
    assert "大连市" in page


@pytest.mark.parametrize("windows", [1, 3])
def test_the_windows_take_the_same_queries_for_one_and_three(client, manager, django_assert_num_queries, windows):
    for n in range(windows):
        assert client.post(f"{WINDOWS}add/", posted(opens_at=moment(n))).status_code == 302
    client.get(WINDOWS)  # takes away the message of success
    # session, account, authority, the authority above, count, rows; then the session is saved (3).
    with django_assert_num_queries(9):
        client.get(WINDOWS)


def test_routes_show_the_default_until_the_province_has_its_own(client, manager):
    rows = client.get("/admin/reviews/route/").context["rows"]
    shown = {row.kind.code: (row.province, row.levels, row.is_own) for row in rows}
    assert shown["test_application"] == ("江苏省", ["市级", "省级"], False)
    assert shown["test_giant"] == ("江苏省", ["市级", "省级", "部级"], False)
    route = Route.objects.create(kind="test_application", province=authority("320000"))
    for position, level in enumerate(("county", "city", "province"), start=1):
        RouteStep.objects.create(route=route, position=position, level=level)
    rows = client.get("/admin/reviews/route/").context["rows"]
    assert {row.kind.code: (row.levels, row.is_own) for row in rows}["test_application"] == (
        ["县级", "市级", "省级"], True,
    )  # fmt: skip
    client.force_login(make_operator())
    rows = [row for row in client.get("/admin/reviews/route/").context["rows"] if row.kind.code == "test_application"]
    assert [(row.province, row.is_own) for row in rows] == [("", False), ("江苏省", True)]
