"""The pages of the review desk that this app adds: who sees which, and officers' accounts through the forms."""
import pytest
from django.contrib.admin.models import LogEntry

from accounts.models import Authority, Notice, User
from accounts.services.notices import claim_notice, notify, record_uncertain
from accounts.tests.factories import (
    PASSWORD,
    make_authority_tree,
    make_enterprise,
    make_legal_person,
    make_natural_person,
    make_officer,
    make_operator,
)

pytestmark = pytest.mark.django_db
DESK = "/admin/accounts/"
OFFICERS = f"{DESK}user/"
NEW_PASSWORD = "Gongshi-2026-shenhe"


def values(**changes):
    make_authority_tree()
    authority = Authority.objects.get(code=changes.pop("code", "320100"))
    return {
        "login_name": "new-officer", "authority": authority.pk, "role": "reviewer", "person_name": "王五",
        "mobile": "13800001111", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD,
    } | changes  # fmt: skip


def sentences(page):
    return " ".join(str(error) for errors in page.context["adminform"].form.errors.values() for error in errors)


PAGES = ("user", "user/add", "authority", "region", "industry", "sizestandard", "notice", "accesslog", "signinlog")
EVERYBODY = {"authority", "region", "industry", "sizestandard"}


@pytest.mark.parametrize(
    ("make", "open_pages"),
    [
        (make_operator, set(PAGES)),
        (lambda: make_officer("320000", "manager"), EVERYBODY | {"user", "user/add", "accesslog", "signinlog"}),
        (lambda: make_officer("320000", "reviewer"), EVERYBODY),
        (lambda: make_officer("320000", "viewer"), EVERYBODY),
    ],
    ids=["operator", "manager", "reviewer", "viewer"],
)
def test_each_page_opens_to_those_it_is_for_and_the_menu_shows_no_other(client, make, open_pages):
    client.force_login(make())
    assert {name for name in PAGES if client.get(f"{DESK}{name}/").status_code == 200} == open_pages
    assert {name for name in PAGES if client.get(f"{DESK}{name}/").status_code == 403} == set(PAGES) - open_pages
    menu = client.get("/admin/").content.decode()
    assert {name for name in PAGES if f'href="{DESK}{name}/"' in menu} == open_pages - {"user/add"}


@pytest.mark.parametrize("make", [lambda: make_enterprise().account, make_natural_person])
def test_enterprises_and_persons_get_no_page_of_the_desk(client, make):
    client.force_login(make())
    for name in PAGES:
        assert client.get(f"{DESK}{name}/").status_code == 302


@pytest.mark.parametrize(
    "name", ["authority", "region", "industry", "sizestandard", "notice", "accesslog", "signinlog"]
)
def test_nobody_adds_or_deletes_reference_data_notices_and_log_rows(client, name):
    make_officer("000000", "manager")
    client.force_login(make_operator())
    assert client.get(f"{DESK}{name}/add/").status_code == 403
    model = {"authority": Authority}.get(name)
    if model:
        assert client.post(f"{DESK}{name}/{model.objects.first().pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_manager_opens_an_account_one_level_below(client):
    client.force_login(make_officer("320000", "manager"))
    answer = client.post(f"{OFFICERS}add/", values())
    assert answer.status_code == 302, sentences(answer)
    officer = User.objects.get(login_name="new-officer")
    assert (officer.kind, officer.authority.code, officer.role, officer.mobile) == (
        "officer", "320100", "reviewer", "13800001111",
    )  # fmt: skip
    assert officer.check_password(NEW_PASSWORD)
    assert LogEntry.objects.get().object_id == str(officer.pk)


@pytest.mark.parametrize("code", ["000000", "320102", "500103"])
def test_an_authority_outside_the_scope_is_refused_even_when_the_request_names_it(client, code):
    client.force_login(make_officer("320000", "manager"))
    page = client.post(f"{OFFICERS}add/", values(code=code))
    assert "只能选择本部门或下一级主管部门" in sentences(page)
    assert not User.objects.filter(login_name="new-officer").exists()


def test_fields_that_would_lift_an_account_are_ignored(client):
    client.force_login(make_officer("320000", "manager"))
    client.post(f"{OFFICERS}add/", values(kind="operator", is_superuser="on", uscc="919999990000000353"))
    officer = User.objects.get(login_name="new-officer")
    assert (officer.kind, officer.is_superuser, officer.uscc) == ("officer", False, None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password2": "Other-pass-2026"}, "两次输入的密码不一致"),
        ({"password1": "1234567890", "password2": "1234567890"}, "密码"),
        ({"password1": "Short-1", "password2": "Short-1"}, "至少需要 10 个字符"),
        ({"password1": "", "password2": ""}, "请填写初始密码"),
        ({"mobile": "123"}, "手机号应为 11 位数字"),
        ({"login_name": "Taken-Name"}, "“Taken-Name”已被使用"),
        ({"login_name": "王五"}, "登录名为 4 至 40 位"),
        ({"person_name": ""}, "请填写姓名"),
        ({"authority": ""}, "请选择主管部门"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_the_passwords_are_not_sent_back(client, changes, sentence):
    make_officer(login_name="taken-name")
    client.force_login(make_officer("320000", "manager"))
    page = client.post(f"{OFFICERS}add/", values(**changes))
    html = page.content.decode()
    assert page.status_code == 422
    assert sentence in sentences(page)
    assert NEW_PASSWORD not in html
    if "login_name" not in changes:
        assert 'value="new-officer"' in html


def test_a_manager_changes_an_account_and_puts_it_out_of_use(client):
    officer = make_officer("320100")
    client.force_login(make_officer("320000", "manager"))
    sent = values(role="viewer", person_name="赵六", mobile="", login_name="other", password1="", password2="")
    assert client.post(f"{OFFICERS}{officer.pk}/change/", sent).status_code == 302
    login_name = officer.login_name
    officer.refresh_from_db()
    assert (officer.role, officer.person_name, officer.mobile, officer.is_active) == ("viewer", "赵六", "", False)
    assert officer.login_name == login_name
    assert officer.check_password(PASSWORD)


def test_a_manager_resets_a_forgotten_password(client):
    officer = make_officer("320100")
    client.force_login(make_officer("320000", "manager"))
    assert client.post(f"{OFFICERS}{officer.pk}/change/", values(is_active="on")).status_code == 302
    officer.refresh_from_db()
    assert officer.check_password(NEW_PASSWORD)


def test_a_manager_cannot_change_the_own_standing(client):
    manager = make_officer("320000", "manager")
    client.force_login(manager)
    page = client.get(f"{OFFICERS}{manager.pk}/change/")
    assert set(page.context["adminform"].form.fields) == {"person_name", "mobile"}
    sent = values(role="viewer", person_name="赵六")  # and is_active is not sent
    assert client.post(f"{OFFICERS}{manager.pk}/change/", sent).status_code == 302
    manager.refresh_from_db()
    assert (manager.role, manager.authority.code, manager.is_active) == ("manager", "320000", True)
    assert (manager.person_name, manager.check_password(PASSWORD)) == ("赵六", True)


def test_a_manager_sees_the_officers_of_the_scope_and_nobody_else(client):
    manager = make_officer("320000", "manager")
    inside = [make_officer("320000"), make_officer("320100")]
    outside = [make_officer("000000"), make_officer("320102"), make_officer("500000"), make_operator()]
    outside.append(make_enterprise().account)
    client.force_login(manager)
    listed = set(client.get(OFFICERS).context["cl"].queryset)
    assert listed == {manager, *inside}
    for account in outside:
        assert client.get(f"{OFFICERS}{account.pk}/change/").status_code == 302
        assert client.post(f"{OFFICERS}{account.pk}/change/", values()).status_code == 302
        account.refresh_from_db()
        assert account.check_password(PASSWORD)
        assert account.person_name != "王五"


def test_nobody_deletes_an_account(client):
    officer = make_officer("320100")
    client.force_login(make_operator())
    assert client.post(f"{OFFICERS}{officer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(OFFICERS).content.decode()


@pytest.mark.parametrize("make", [lambda: make_enterprise().account, make_natural_person, make_operator])
def test_an_operator_reads_other_accounts_with_the_number_masked_and_changes_nothing(client, make):
    account = make()
    account.mobile = "13812345678"
    account.save()
    client.force_login(make_operator())
    page = client.get(f"{OFFICERS}{account.pk}/change/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "138****5678" in html
    assert "13812345678" not in html
    assert client.post(f"{OFFICERS}{account.pk}/change/", values()).status_code == 403


def test_the_choice_of_authorities_offers_only_the_scope(client):
    client.force_login(make_officer("320000", "manager"))
    asked = {"app_label": "accounts", "model_name": "user", "field_name": "authority", "term": ""}
    offered = client.get("/admin/autocomplete/", asked).json()["results"]
    codes = set(Authority.objects.filter(pk__in=[choice["id"] for choice in offered]).values_list("code", flat=True))
    assert codes == {"320000", "320100", "320500"}
    assert not client.get("/admin/autocomplete/", asked | {"term": "重庆"}).json()["results"]
    client.force_login(make_officer("320000", "reviewer"))
    assert not client.get("/admin/autocomplete/", asked).json()["results"]


def test_a_manager_keeps_the_own_telephone_up_to_date_and_no_other(client):
    client.force_login(make_officer("320100", "manager"))
    own, below = Authority.objects.get(code="320100"), Authority.objects.get(code="320102")
    sent = {"telephone": "025-66668888", "name": "改名", "code": "1", "is_active": ""}
    assert client.post(f"{DESK}authority/{own.pk}/change/", sent).status_code == 302
    assert client.post(f"{DESK}authority/{below.pk}/change/", sent).status_code == 403
    own.refresh_from_db()
    below.refresh_from_db()
    assert (own.telephone, own.code, own.name, own.is_active) == ("025-66668888", "320100", "南京市中小企业主管部门", True)
    assert below.telephone == "010-32010200"


def test_an_officer_sees_the_authorities_of_the_jurisdiction(client):
    client.force_login(make_officer("320100", "viewer"))
    listed = client.get(f"{DESK}authority/").context["cl"].queryset
    assert {authority.code for authority in listed} == {"320100", "320102", "320106"}


def test_an_operator_sends_an_uncertain_sms_again_and_is_told_what_became_of_each(client):
    for key in ("uncertain", "queued"):
        notify(recipient=make_legal_person(mobile="13812345678"), key=key, title=key, body="正文", sms=True)
    text = Notice.objects.get(key="uncertain:sms")
    record_uncertain(notice=claim_notice(notice_id=text.pk), answer="?")
    client.force_login(make_operator())
    page = client.get(f"{DESK}notice/{text.pk}/change/").content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page
    chosen = list(Notice.objects.filter(channel="sms").values_list("pk", flat=True))
    answer = client.post(f"{DESK}notice/", {"action": "resend", "_selected_action": chosen}, follow=True)
    html = answer.content.decode()
    assert "已将 1 条短信重新列入待发送。" in html
    assert "“queued”的状态为“待发送”" in html
    text.refresh_from_db()
    assert (text.state, text.attempts) == ("queued", 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_the_same_queries_however_many_rows(client, count, django_assert_num_queries):
    operator = make_operator()
    for number in range(count):
        make_officer("320100")
        notify(recipient=make_legal_person(), key=f"k{number}", title="标题", body="正文")
    client.force_login(operator)
    # session and account (2), capped count and rows (2), three to prolong the session
    for name in ("user", "authority", "region", "notice"):
        with django_assert_num_queries(7):
            assert client.get(f"{DESK}{name}/").status_code == 200


def test_the_page_of_an_officer_takes_the_same_queries_however_many_there_are(client, django_assert_num_queries):
    manager, officer = make_officer("320000", "manager"), make_officer("320100")
    client.force_login(manager)
    # session, account, its authority (3); the officer, found once for its boxes and once for its form, each with the
    # check of the scope (2); the authority's name in its field (1); three to prolong the session
    with django_assert_num_queries(9):
        assert client.get(f"{OFFICERS}{officer.pk}/change/").status_code == 200
    for _ in range(3):
        make_officer("320100")
    with django_assert_num_queries(9):
        assert client.get(f"{OFFICERS}{officer.pk}/change/").status_code == 200
