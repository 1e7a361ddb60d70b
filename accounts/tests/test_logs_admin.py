"""登录日志 and 操作日志 in the review desk: who reads whose rows, and that nobody changes one."""
import pytest

from accounts.enums import SignInResult, SignInWay
from accounts.models import AccessLog, SignInLog
from accounts.services.access_log import log_access
from accounts.services.sign_in import log_attempt
from accounts.tests.factories import make_enterprise, make_officer, make_operator

pytestmark = pytest.mark.django_db
LOGS = ("signinlog", "accesslog")
UA = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def rows(rf):
    """One row of each log for officers of several authorities, an enterprise, and a name that nobody has."""
    request = rf.get("/", REMOTE_ADDR="192.0.2.9", headers={"User-Agent": UA})
    people = {code: make_officer(code, "manager", login_name=f"manager-{code}") for code in (
        "000000", "320000", "320100", "320102", "320500", "500000",
    )}  # fmt: skip
    people["enterprise"] = make_enterprise(login_name="nanjing-01").account
    for account in people.values():
        attempt(request, account.login_name, account)
        log_access(actor=account, action="下载佐证材料", subject="营业执照.pdf", request=request)
    attempt(request, "nobody-here", None, SignInResult.WRONG)
    return people


def attempt(request, name, account, result=SignInResult.SUCCESS):
    log_attempt(login_name=name, account=account, way=SignInWay.PASSWORD, result=result, request=request)


def listed(client, log, **query):
    page = client.get(f"/admin/accounts/{log}/", query)
    assert page.status_code == 200
    return list(page.context["cl"].result_list)


def names(client, log, **query):
    return {
        row.login_name if log == "signinlog" else row.actor.login_name
        for row in listed(client, log, **query)
    }  # fmt: skip


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("000000", {"000000", "320000", "320100", "320102", "320500", "500000"}),
        ("320000", {"320000", "320100", "320102", "320500"}),
        ("320100", {"320100", "320102"}),
        ("320102", {"320102"}),
    ],
)
def test_a_manager_reads_the_rows_of_the_own_officers_and_of_those_below(client, rows, log, code, seen):
    client.force_login(rows[code])
    assert names(client, log) == {f"manager-{number}" for number in seen}


@pytest.mark.parametrize("log", LOGS)
def test_an_operator_reads_all_rows(client, rows, log):
    client.force_login(make_operator())
    everybody = {account.login_name for account in rows.values()}
    assert names(client, log) == everybody | ({"nobody-here"} if log == "signinlog" else set())


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("role", ["viewer", "reviewer"])
def test_other_officers_read_no_log(client, log, role):
    client.force_login(make_officer("320000", role))
    assert client.get(f"/admin/accounts/{log}/").status_code == 403


@pytest.mark.parametrize("log", LOGS)
def test_a_row_outside_the_scope_does_not_open(client, rows, log):
    model = {"signinlog": SignInLog, "accesslog": AccessLog}[log]
    person = {"signinlog": "account", "accesslog": "actor"}[log]
    client.force_login(rows["320100"])
    own, other = (model.objects.get(**{person: rows[code]}) for code in ("320102", "320500"))
    page = client.get(f"/admin/accounts/{log}/{own.pk}/change/")
    assert page.status_code == 200
    assert "192.0.2.9" in page.content.decode()
    assert client.get(f"/admin/accounts/{log}/{other.pk}/change/").status_code == 302
    assert client.post(f"/admin/accounts/{log}/{own.pk}/change/", {"address": "192.0.2.1"}).status_code == 403
    assert client.post(f"/admin/accounts/{log}/{own.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("log", LOGS)
def test_a_login_name_finds_the_rows_of_that_account(client, rows, log):
    client.force_login(make_operator())
    assert names(client, log, q=" nanjing-01 ") == {"nanjing-01"}
    assert names(client, log, q="Nanjing-01") == set()
    client.force_login(rows["320100"])
    assert names(client, log, q="manager-320102") == {"manager-320102"}
    assert names(client, log, q="manager-320500") == set()


def test_attempts_with_a_name_that_nobody_has_are_found_by_operators(client, rows):
    client.force_login(make_operator())
    assert names(client, "signinlog", q="nobody-here") == {"nobody-here"}
    client.force_login(rows["000000"])
    assert names(client, "signinlog", q="nobody-here") == set()


def test_the_filters_are_by_date_way_and_result(client, rows):
    client.force_login(make_operator())
    assert names(client, "signinlog", result__exact="wrong") == {"nobody-here"}
    assert names(client, "signinlog", way__exact="licence") == set()
    assert len(listed(client, "signinlog", at__gte="2000-01-01 00:00:00+08:00")) == 8
    assert listed(client, "signinlog", at__lt="2000-01-01 00:00:00+08:00") == []
    page = client.get("/admin/accounts/signinlog/").content.decode()
    for text in ("登录日志", "今天", "过去7天", "用户名或密码错误", "没有这个账户", "输入完整的登录名", "Firefox"):
        assert text in page, text
    assert "操作日志" in client.get("/admin/accounts/accesslog/").content.decode()


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_the_same_queries_however_many_rows(client, rf, log, count, django_assert_num_queries):
    request = rf.get("/")
    manager = make_officer("320000", "manager")
    for _ in range(count):
        officer = make_officer("320100")
        attempt(request, officer.login_name, officer)
        log_access(actor=officer, action="下载佐证材料", subject="营业执照.pdf")
    client.force_login(manager)
    # session, account, its authority for the header (3), capped count and rows (2), three to prolong the session
    with django_assert_num_queries(8):
        assert len(listed(client, log)) == count
    # and the account that is searched for
    with django_assert_num_queries(9):
        assert len(listed(client, log, q=officer.login_name)) == 1
