"""申报开放时间 at the desk."""
import datetime

import pytest
from django.utils import timezone

from accounts.models import Notice
from accounts.tests.factories import make_officer, make_operator
from portal.tools.errors import Refused
from reviews.models import Window
from reviews.services import windows as services
from reviews.tests.factories import make_filing, open_window

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
        ({"opens_at": moment(-9), "closes_at": moment(-5)}, "已经过去，企业无法申报"),
        ({"opens_at": ""}, "请填写开放时间。"),
        ({"opens_at": "后天"}, "开放时间应为日期和时间，例如 2026-05-08 09:00"),
        ({"opens_at": "0001-01-01T00:00"}, "开放时间的年份是 1，应在 2000 至 2100 之间，请改正。"),
        ({"closes_at": "9999-12-31T23:59"}, "截止时间的年份是 9999，应在 2000 至 2100 之间，请改正。"),
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
    assert "重叠，同一事项同一时间只能有一次开放" in answer.content.decode()
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
        times = {"opens_at": moment(10 * n), "closes_at": moment(10 * n + 5)}
        assert client.post(f"{WINDOWS}add/", posted(**times)).status_code == 302
    client.get(WINDOWS)  # takes away the message of success
    # session, account, authority, the authority above, count, rows; then the session is saved (3).
    with django_assert_num_queries(9):
        client.get(WINDOWS)


def test_an_opening_that_overlaps_another_of_the_same_kind_is_told_with_its_times(client, manager):
    other = open_window(days=30)
    answer = client.post(f"{WINDOWS}add/", posted(opens_at=moment(20), closes_at=moment(60)))
    assert answer.status_code == 422
    closes = timezone.localtime(other.closes_at).strftime("%Y-%m-%d %H:%M")
    assert f"至 {closes}）重叠" in answer.content.decode()
    assert client.post(f"{WINDOWS}add/", posted(opens_at=moment(31), closes_at=moment(60))).status_code == 302
    assert client.post(f"{WINDOWS}add/", posted(kind="test_update", opens_at=moment(1))).status_code == 302
    assert Window.objects.count() == 3


def test_the_service_refuses_an_overlap_too(manager):
    open_window(days=30)
    now = timezone.now()
    window = Window(
        kind="test_application", authority=manager.authority, period=2026, opens_at=now,
        closes_at=now + datetime.timedelta(days=3),
    )
    with pytest.raises(Refused, match="重叠"):
        services.save_window(user=manager, window=window)


def test_what_enterprises_went_by_stays_once_the_window_is_open(client, manager):
    window = open_window()
    page = client.get(f"{WINDOWS}{window.pk}/change/").content.decode()
    assert page.count("已经开放，不能修改。") == 3
    changed = posted(kind="test_update", period="2030", opens_at=moment(5), closes_at=moment(40), note="新说明")
    assert client.post(f"{WINDOWS}{window.pk}/change/", changed).status_code == 302
    fresh = Window.objects.get(pk=window.pk)
    opened = window.opens_at.replace(microsecond=0)  # a form keeps seconds
    assert (fresh.kind, fresh.period, fresh.opens_at) == (window.kind, window.period, opened)
    assert fresh.note == "新说明"


def test_a_window_that_is_over_is_only_read_and_its_history_says_who_changed_what(client, manager):
    window = open_window()
    client.post(f"{WINDOWS}{window.pk}/change/", posted(closes_at=moment(40), note="延长"))
    client.post(f"{WINDOWS}{window.pk}/close/", {"seen_closes_at": Window.objects.get().closes_at.isoformat()})
    page = client.get(f"{WINDOWS}{window.pk}/change/").content.decode()
    assert "<select" not in page
    assert "已截止" in page
    assert page.count("截止时间由") == 2
    assert "说明由 “” 改为 “延长”" in page
    assert str(manager) in page
    assert client.post(f"{WINDOWS}{window.pk}/change/", posted(closes_at=moment(90))).status_code == 403
    with pytest.raises(Refused, match="已经截止，不能修改"):
        services.save_window(user=manager, window=Window.objects.get())


def messages_of(filing):
    return list(Notice.objects.filter(recipient=filing.enterprise.account, key__startswith="window-").order_by("pk"))


def test_enterprises_with_a_draft_are_told_once_of_a_later_closing_and_of_an_early_one(client, manager):
    draft, submitted = make_filing(), make_filing(state="in_review")
    window = draft.window
    before = timezone.localtime(window.closes_at).strftime("%Y年%m月%d日 %H:%M")
    later = posted(closes_at=moment(60))
    for _ in range(2):
        assert client.post(f"{WINDOWS}{window.pk}/change/", later).status_code == 302
    message = messages_of(draft)[0]
    assert message.title == "测试申报截止时间延长"
    assert f"江苏省的“测试申报”的截止时间由 {before} 延长到" in message.body
    assert len(messages_of(draft)) == 1
    confirm = client.get(f"{WINDOWS}{window.pk}/close/")
    assert "正在填写、尚未提交的 1 家企业会收到系统消息" in confirm.content.decode()
    seen = {"seen_closes_at": confirm.context["form"]["seen_closes_at"].value()}
    for _ in range(2):
        assert client.post(f"{WINDOWS}{window.pk}/close/", seen).status_code == 302
    assert [row.title for row in messages_of(draft)] == ["测试申报截止时间延长", "测试申报已提前截止"]
    assert messages_of(submitted) == []
    assert Window.objects.get().closes_at <= timezone.now()


def test_closing_on_a_page_that_shows_another_time_is_not_carried_out(client, manager):
    window = open_window()
    client.post(f"{WINDOWS}{window.pk}/change/", posted(closes_at=moment(60)))
    answer = client.post(f"{WINDOWS}{window.pk}/close/", {"seen_closes_at": window.closes_at.isoformat()})
    assert answer.status_code == 409
    assert "截止时间刚刚被其他人修改过" in answer.content.decode()
    assert Window.objects.get().closes_at > timezone.now()
    assert client.post(f"{WINDOWS}{window.pk}/close/", {"seen_closes_at": "x"}).status_code == 422
    assert client.post(f"{WINDOWS}{window.pk}/close/", {"seen_closes_at": "2026-13-99T00:00"}).status_code == 422


@pytest.mark.parametrize(("code", "role"), [("320000", "reviewer"), ("320100", "manager"), ("000000", "manager")])
def test_nobody_else_closes_a_window_of_the_province(client, code, role):
    window = open_window()
    client.force_login(make_officer(code, role))
    seen = {"seen_closes_at": window.closes_at.isoformat()}
    assert client.get(f"{WINDOWS}{window.pk}/close/").status_code == 403
    assert client.post(f"{WINDOWS}{window.pk}/close/", seen).status_code == 403
    assert Window.objects.get().closes_at == window.closes_at


def test_a_window_that_has_not_opened_is_changed_not_closed(client, manager):
    client.post(f"{WINDOWS}add/", posted(opens_at=moment(3), closes_at=moment(9)))
    window = Window.objects.get()
    page = client.get(f"{WINDOWS}{window.pk}/close/").content.decode()
    assert "现在不在开放期间" in page
    seen = {"seen_closes_at": window.closes_at.isoformat()}
    assert client.post(f"{WINDOWS}{window.pk}/close/", seen).status_code == 409
    changed = posted(kind="test_update", opens_at=moment(4), closes_at=moment(9))
    assert client.post(f"{WINDOWS}{window.pk}/change/", changed).status_code == 302
    assert Window.objects.get().kind == "test_update"
