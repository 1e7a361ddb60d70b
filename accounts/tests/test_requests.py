"""进度查询 of a request, and which authority decides it."""
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import RequestState
from accounts.models import Region
from accounts.services.requests import desk_of
from accounts.tests.factories import make_authority_tree, make_legal_person, make_officer
from accounts.tests.request_facts import make_mobile_request, make_real_name_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    make_authority_tree()
    return make_legal_person()


@pytest.fixture
def ask(client, unused_address):
    client.defaults["REMOTE_ADDR"] = unused_address
    return lambda receipt, proof: client.post(reverse("accounts:request_state"), {"receipt": receipt, "proof": proof})


def test_receipt_with_four_digits_or_uscc_says_where_the_request_is(ask, account):
    row = make_mobile_request(account)
    for proof in ("9999", "９９９９", account.uscc, f" {account.uscc.lower()} "):
        page = ask(row.receipt.lower(), proof)
        html = page.content.decode()
        assert page.status_code == 200
        assert "等待南京市中小企业主管部门办理" in html
        assert row.authority.telephone in html
        assert row.enterprise_name not in html


def test_decided_requests_say_when_by_whom_and_why(ask, account):
    decided = {"decided_by": make_officer("320100"), "decided_at": timezone.now(), "comment": "证件不清晰。"}
    row = make_real_name_request(account, state=RequestState.REJECTED, **decided)
    html = ask(row.receipt, "9999").content.decode()
    assert f"南京市中小企业主管部门于{timezone.localdate():%Y年%m月%d日}审核未通过。原因：证件不清晰。" in html
    assert "人工实名认证申请" in html
    done = make_mobile_request(account, state=RequestState.APPROVED, **decided)
    assert "绑定手机号已改为新手机号" in ask(done.receipt, account.uscc).content.decode()
    cancelled = make_real_name_request(account, state=RequestState.CANCELLED)
    assert "申请人已撤销" in ask(cancelled.receipt, "9999").content.decode()


@pytest.mark.parametrize("proof", ["9998", "999", "139****9999", "13900009999"])
def test_without_the_right_proof_an_existing_receipt_looks_like_none(ask, account, proof):
    row = make_mobile_request(account)
    wrong, none = ask(row.receipt, proof), ask("SJ20260101AAAAAAAA", proof)
    assert wrong.status_code == none.status_code == 404
    assert f"没有找到与受理编号“{row.receipt}”" in wrong.content.decode()
    assert 'value="SJ20260101AAAAAAAA"' in none.content.decode()


def test_too_many_questions_of_one_address_are_refused(ask, account, settings):
    settings.LOOK_UPS_PER_HOUR = 2
    row = make_mobile_request(account)
    assert [ask(row.receipt, proof).status_code for proof in ("0000", "0001", "9999")] == [404, 404, 429]
    assert row.receipt in ask(row.receipt, "9999").content.decode()


@pytest.mark.parametrize(
    ("region", "desk"), [("320102", "南京市"), ("320508", "苏州市"), ("210202", "中山区"), ("500103", "渝中区")]
)
def test_the_citys_authority_decides(account, region, desk):
    assert desk_of(Region.objects.get(code=region)).short_name == desk


def test_a_place_without_a_city_is_decided_by_its_own_authority(account):
    assert desk_of(Region.objects.get(code="320000")).short_name == "江苏省"
