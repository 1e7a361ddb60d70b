"""办理日志 and 存证校验: every decision is found, and a changed record is told."""
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from accounts.models import AccessLog
from accounts.tests.factories import make_enterprise, make_officer, make_operator
from reviews.enums import Action, State
from reviews.models import Route, RouteStep
from reviews.queries import handling_log
from reviews.tests.factories import decide, make_filing

pytestmark = pytest.mark.django_db

LOG = "/admin/reviews/reviewevent/"
CHECK = f"{LOG}verification/"


@pytest.fixture(autouse=True)
def forget():
    cache.clear()


def rows(client, **query):
    page = client.get(LOG, query)
    assert page.status_code == 200
    return [(event.get_action_display(), event.filing.enterprise_name) for event in page.context["log"].rows]


@pytest.fixture
def decided():
    """Two filings of 南京 and one of 苏州, decided by their cities."""
    passed = make_filing(make_enterprise(name="甲有限公司"), state=State.IN_REVIEW, step=2)
    returned = make_filing(make_enterprise(name="乙有限公司"), state=State.RETURNED)
    suzhou = make_filing(make_enterprise(name="丙有限公司", region="320508"), state=State.IN_REVIEW, step=2)
    return passed, returned, suzhou


def test_a_province_finds_the_decisions_of_all_its_cities_newest_first(client, decided):
    client.force_login(make_officer("320000"))
    assert rows(client) == [("通过", "丙有限公司"), ("退回", "乙有限公司"), ("通过", "甲有限公司")]
    client.force_login(make_officer("320500"))
    assert rows(client) == [("通过", "丙有限公司")]
    client.force_login(make_officer("210200"))
    assert rows(client) == []


def test_submissions_of_enterprises_are_no_decisions(client):
    make_filing(state=State.IN_REVIEW)
    client.force_login(make_officer("320000"))
    assert rows(client) == []


def test_the_filters_limit_by_authority_action_officer_and_day(client, decided):
    province = make_officer("320000")
    client.force_login(province)
    event = decided[2].events.get(action=Action.APPROVE)
    assert rows(client, authority=event.authority_id) == [("通过", "丙有限公司")]
    assert rows(client, action="return") == [("退回", "乙有限公司")]
    assert rows(client, officer=event.actor.login_name) == [("通过", "丙有限公司")]
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert len(rows(client, **{"from": today, "to": today})) == 3
    assert rows(client, to="2020-01-01") == []
    for unknown in ({"authority": "1"}, {"authority": "x"}, {"officer": "nobody"}):
        assert rows(client, **unknown) == [], unknown
    page = client.get(LOG, {"from": "昨天"})
    assert "开始日期填写的是“昨天”" in page.content.decode()
    assert len(page.context["log"].rows) == 3


def test_publicity_recognition_and_their_authority_are_in_it(client):
    make_filing(state=State.RECOGNISED)
    client.force_login(make_officer("320000"))
    assert [action for action, _ in rows(client)] == ["认定", "公示", "通过", "通过"]


def test_pages_go_on_by_keyset(client, decided, monkeypatch):
    monkeypatch.setattr(handling_log, "PER_PAGE", 2)
    client.force_login(make_officer("320000"))
    first = client.get(LOG)
    assert len(first.context["log"].rows) == 2
    second = client.get(f"{LOG}?{first.context['next_query']}")
    assert [event.filing.enterprise_name for event in second.context["log"].rows] == ["甲有限公司"]
    assert second.context["next_query"] == ""


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_the_same_queries_for_one_and_for_three(client, count, django_assert_num_queries):
    for _ in range(count):
        make_filing(state=State.IN_REVIEW, step=2)
    client.force_login(make_officer("320000"))
    # session, account, authority; the authorities of the filter, the rows; then the session is saved (3)
    with django_assert_num_queries(8):
        assert len(rows(client)) == count


def test_an_operator_and_an_enterprise_read_no_decisions(client):
    filing = make_filing(state=State.IN_REVIEW)
    for user in (make_operator(), filing.enterprise.account):
        client.force_login(user)
        assert client.get(LOG).status_code in (302, 403)


def test_the_button_on_the_filing_tells_that_its_record_is_whole_and_is_logged(client):
    filing = make_filing(state=State.IN_REVIEW)
    officer = make_officer("320100", "viewer")
    client.force_login(officer)
    assert f"/admin/reviews/filing/{filing.pk}/verify/" in client.get(
        f"/admin/reviews/filing/{filing.pk}/change/"
    ).content.decode()
    page = client.post(f"/admin/reviews/filing/{filing.pk}/verify/", follow=True)
    assert "存证校验通过" in page.content.decode()
    row = AccessLog.objects.latest("id")
    assert (row.actor, row.action, row.subject) == (officer, "存证校验", f"{filing} 完整")
    assert client.get(f"/admin/reviews/filing/{filing.pk}/verify/").status_code == 405
    client.force_login(make_officer("320500"))
    assert client.post(f"/admin/reviews/filing/{filing.pk}/verify/").status_code == 404


def test_a_forged_record_is_told_on_the_filing_and_on_the_page_of_verification(client):
    filing = make_filing(state=State.IN_REVIEW, step=2)
    forge("UPDATE reviews_reviewevent SET comment = 'forged' WHERE sequence = 2")
    client.force_login(make_officer("320000", "manager"))
    page = client.post(f"/admin/reviews/filing/{filing.pk}/verify/", follow=True).content.decode()
    assert "发现 1 处不符" in page
    page = client.post(CHECK, {"number": filing.number.lower()}).content.decode()
    assert "第 2 条记录的内容与摘要不符" in page
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify_chains")
    assert "1 处不符" in client.get(CHECK).content.decode()
    client.force_login(make_operator())
    assert f"{filing.number}：第 2 条记录" in client.get(CHECK).content.decode()


def test_the_state_of_the_last_full_check_is_shown(client):
    client.force_login(make_officer("000000", "manager"))
    assert "没有最近的全面校验结果" in client.get(CHECK).content.decode()
    make_filing(state=State.IN_REVIEW)
    call_command("verify_chains")
    page = client.get(CHECK).content.decode()
    assert "全部完整" in page
    assert "<dd>1</dd>" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda: make_officer("000000", "manager"), 200), (lambda: make_officer("320000", "manager"), 200),
        (lambda: make_operator(), 200), (lambda: make_officer("320000", "reviewer"), 403),
        (lambda: make_officer("320100", "manager"), 403),
    ],
)  # fmt: skip
def test_the_page_of_verification_opens_to_operators_and_managers_of_ministry_and_province(client, who, status):
    client.force_login(who())
    assert client.get(CHECK).status_code == status


def test_a_number_that_is_not_in_the_jurisdiction_is_refused_and_stays(client):
    filing = make_filing(state=State.IN_REVIEW)
    client.force_login(make_officer("210200", "manager"))
    answer = client.post(CHECK, {"number": filing.number})
    assert answer.status_code == 422
    assert f"没有找到申报编号“{filing.number}”" in answer.content.decode()
    assert f'value="{filing.number}"' in answer.content.decode()
    assert "请填写申报编号" in client.post(CHECK, {"number": ""}).content.decode()


def test_changes_of_windows_and_routes_can_be_read(client):
    filing = make_filing(state=State.RECOGNISED)
    province = make_officer("320000", "manager")
    client.force_login(province)
    window = filing.province.windows.first()
    page = client.get(f"/admin/reviews/window/{window.pk}/history/")
    assert page.context["entries"][-1].kind == "新建"
    route = Route.objects.create(kind="test_application", province=filing.province)
    RouteStep.objects.create(route=route, position=1, level="province")
    page = client.get(f"/admin/reviews/route/{route.pk}/history/")
    assert "江苏省 测试申报" in page.content.decode()
    assert [entry.part for entry in page.context["entries"]] == ["层级", ""]


def forge(statement):
    """Change a record past the triggers, as somebody with the database in his hands would."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_a_decision_by_the_province_shows_the_province(client):
    filing = make_filing(state=State.IN_REVIEW, step=2)
    decide(filing)
    client.force_login(make_officer("320000"))
    page = client.get(LOG, {"authority": filing.province_id})
    assert [event.authority_id for event in page.context["log"].rows] == [filing.province_id]
