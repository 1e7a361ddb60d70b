"""The desk: requests of the own authority, what is stated beside the account, decisions, evidence."""
import pytest
from django.urls import reverse

from accounts.enums import RequestState
from accounts.models import AccessLog, MobileChangeRequest, RealNameRequest
from accounts.tests.factories import (
    make_authority_tree,
    make_enterprise,
    make_legal_person,
    make_natural_person,
    make_officer,
    make_operator,
)
from accounts.tests.request_facts import DOCUMENT, NEW, PDF, make_mobile_request, make_real_name_request
from accounts.uscc import invented_uscc

pytestmark = pytest.mark.django_db
MOBILE = "/admin/accounts/mobilechangerequest/"
NAME = "/admin/accounts/realnamerequest/"
OLD = "13800001111"
MAKERS = {MOBILE: make_mobile_request, NAME: make_real_name_request}


@pytest.fixture
def officer(client):
    found = make_officer("320100")
    client.force_login(found)
    return found


@pytest.fixture
def account():
    make_authority_tree()
    return make_enterprise().account


@pytest.mark.parametrize("address", [MOBILE, NAME])
def test_the_list_shows_what_waits_for_the_own_authority_only(client, officer, address):
    mine = MAKERS[address](make_legal_person(), enterprise_name="示例甲有限公司")
    decided = {"decided_by": officer, "decided_at": mine.created_at}
    MAKERS[address](make_legal_person(), enterprise_name="示例乙有限公司", authority=make_officer("320500").authority)
    MAKERS[address](make_legal_person(), enterprise_name="示例丙有限公司", state=RequestState.APPROVED, **decided)
    page = client.get(address).content.decode()
    assert "示例甲有限公司" in page
    assert "示例乙有限公司" not in page
    assert "示例丙有限公司" not in page
    everything = client.get(address, {"state": "all"}).content.decode()
    assert "示例丙有限公司" in everything
    assert "示例乙有限公司" not in everything
    assert NEW not in everything


@pytest.mark.parametrize("address", [MOBILE, NAME])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    client, officer, django_assert_num_queries, address, rows
):
    for _ in range(rows):
        MAKERS[address](make_legal_person())
    # session, account, authority, two counts, the page of rows; then the session is saved (2 with its savepoint).
    with django_assert_num_queries(8):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_request_takes_the_same_queries_beside_others(
    client, officer, account, django_assert_num_queries, rows
):
    found = [make_mobile_request(account, uscc=invented_uscc(n + 500)) for n in range(rows)]
    # session, account, authority, the request with all beside it; then the session is saved (3).
    with django_assert_num_queries(7):
        client.get(f"{MOBILE}{found[0].pk}/change/")


def test_the_page_sets_the_statement_beside_the_account_with_numbers_masked(client, officer, account):
    account.document_type, account.document_number, account.mobile = "id_card", DOCUMENT, OLD
    account.legal_representative = "别人"
    account.save()
    row = make_mobile_request(account)
    html = client.get(f"{MOBILE}{row.pk}/change/").content.decode()
    for shown in ("示例精密机械有限公司", account.verified_name, "江苏省南京市玄武区", "138****1111", "139****9999", "别人"):
        assert shown in html
    for secret in (NEW, OLD, DOCUMENT):
        assert secret not in html
    lines = {line.label: line.same for line in client.get(f"{MOBILE}{row.pk}/change/").context["rows"]}
    assert lines["法定代表人证件号码"] is True
    assert lines["统一社会信用代码"] is True
    assert lines["法定代表人"] is False
    assert lines["企业名称"] is False


def test_approving_by_the_page_changes_the_number_once(client, officer, account):
    row = make_mobile_request(account)
    address = f"{MOBILE}{row.pk}/approve/"
    assert "改为 139****9999" in client.get(address).content.decode()
    done = client.post(address, {"comment": ""}, follow=True)
    assert f"受理编号 {row.receipt}：已通过" in done.content.decode()
    account.refresh_from_db()
    assert account.mobile == NEW
    again = client.post(address, {"comment": ""})
    assert again.status_code == 409
    assert f"已是“已通过”，由{officer}于" in again.content.decode()


def test_rejecting_by_the_page_needs_a_reason_and_keeps_what_was_typed(client, officer, account):
    row = make_mobile_request(account)
    address = f"{MOBILE}{row.pk}/reject/"
    refused = client.post(address, {"comment": ""})
    assert refused.status_code == 422
    assert "办理意见：不予通过必须写明原因" in refused.content.decode()
    long = client.post(address, {"comment": "长" * 301})
    assert long.status_code == 422
    assert "长" * 301 in long.content.decode()
    client.post(address, {"comment": "执照过期。"})
    assert MobileChangeRequest.objects.get().comment == "执照过期。"


def test_a_request_without_an_account_offers_no_approval(client, officer):
    row = make_mobile_request(uscc=invented_uscc(801))
    html = client.get(f"{MOBILE}{row.pk}/change/").content.decode()
    assert "没有账户，只能【不予通过】" in html
    assert f"{MOBILE}{row.pk}/approve/" not in html
    assert client.post(f"{MOBILE}{row.pk}/approve/", {"comment": ""}).status_code == 409


@pytest.mark.parametrize("page", ["change", "approve", "reject"])
@pytest.mark.parametrize("code", ["320500", "320000", "320102", "000000"])
def test_an_officer_of_another_authority_finds_nothing(client, account, page, code):
    row = make_mobile_request(account)
    client.force_login(make_officer(code, "manager"))
    assert client.get(f"{MOBILE}{row.pk}/{page}/").status_code == 404
    if page != "change":
        assert client.post(f"{MOBILE}{row.pk}/{page}/", {"comment": "看看"}).status_code == 404
    assert client.get(reverse("accounts:request_evidence", args=["mobile-change", row.pk])).status_code == 404
    assert MobileChangeRequest.objects.get().state == RequestState.PENDING


def test_a_viewer_reads_and_does_not_decide(client, account):
    row = make_mobile_request(account)
    client.force_login(make_officer("320100", "viewer"))
    html = client.get(f"{MOBILE}{row.pk}/change/").content.decode()
    assert f"{row.pk}/approve/" not in html
    assert client.post(f"{MOBILE}{row.pk}/approve/", {"comment": ""}).status_code == 403


@pytest.mark.parametrize("make", [make_operator, make_natural_person, make_legal_person])
def test_nobody_else_reads_requests(client, account, make):
    row = make_mobile_request(account)
    client.force_login(make())
    for address in (MOBILE, NAME, f"{MOBILE}{row.pk}/change/"):
        assert client.get(address).status_code in {302, 403, 404}
    assert client.get(reverse("accounts:request_evidence", args=["mobile-change", row.pk])).status_code == 403


def test_nobody_adds_changes_or_deletes_a_request_by_the_admin(client, officer, account):
    row = make_real_name_request(account)
    assert client.get(f"{NAME}add/").status_code == 403
    assert client.post(f"{NAME}{row.pk}/change/", {"state": "approved"}).status_code == 405
    assert client.post(f"{NAME}{row.pk}/delete/", {"post": "yes"}).status_code in {403, 404}
    assert RealNameRequest.objects.get().state == RequestState.PENDING


def test_the_evidence_is_a_download_and_is_logged(client, officer, account):
    row = make_real_name_request(account)
    answer = client.get(reverse("accounts:request_evidence", args=["real-name", row.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    log = AccessLog.objects.get()
    assert (log.actor, log.action) == (officer, "下载人工实名认证申请材料")
    assert row.receipt in log.subject


def test_evidence_that_is_gone_is_said_with_a_remedy_and_an_unknown_kind_is_not_found(client, officer, account):
    row = make_mobile_request(account)
    row.evidence.storage.delete(row.evidence.name)
    gone = client.get(reverse("accounts:request_evidence", args=["mobile-change", row.pk]))
    assert gone.status_code == 410
    assert "在服务器上已找不到" in gone.content.decode()
    assert client.get(reverse("accounts:request_evidence", args=["users", row.pk])).status_code == 404


def test_the_home_of_the_desk_says_how_many_wait(client, officer):
    for _ in range(2):
        make_mobile_request(make_legal_person())
    make_real_name_request(make_legal_person())
    html = client.get("/admin/").content.decode()
    assert f'手机号修改申请：<a href="{MOBILE}">2</a> 件待办理' in html
    assert f'人工实名认证申请：<a href="{NAME}">1</a> 件待办理' in html


def test_a_number_is_shown_in_full_by_a_logged_action_only(client, officer, account):
    row = make_mobile_request(account)
    html = client.get(f"{MOBILE}{row.pk}/change/").content.decode()
    for column, value in (("document_number", DOCUMENT), ("new_mobile", NEW)):
        address = reverse("accounts:reveal", args=["mobile-change", row.pk, column])
        assert address in html
        assert value in client.post(address).content.decode()
    assert AccessLog.objects.filter(actor=officer, subject__contains=row.receipt).count() == 2
