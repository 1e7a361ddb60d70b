"""实名认证: what it writes, what it refuses, 人工实名认证 and the chain to the enterprise's name."""
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import RequestState
from accounts.models import Enterprise, Notice, RealNameRecord, RealNameRequest
from accounts.services.enterprises import sync_verified_name
from accounts.services.real_name import LICENCE, apply_verification, cancel_real_name, decide_real_name
from accounts.tests.factories import (
    make_authority_tree,
    make_enterprise,
    make_legal_person,
    make_natural_person,
    make_officer,
)
from accounts.tests.request_facts import DOCUMENT, NEW, make_real_name_request, paper, typed
from accounts.tests.sms import texts_to
from accounts.uscc import invented_uscc
from portal.tools.errors import Invalid, NotPermitted, Refused, WrongState

pytestmark = pytest.mark.django_db
MOBILE = "13800001111"
CODE = invented_uscc(4_000_001)


@pytest.fixture
def account():
    """A 法人账户 that is not verified yet."""
    make_authority_tree()
    return make_legal_person(verified=False, mobile=MOBILE, uscc=CODE)


def verify(account, uscc=CODE, name="示例新名称有限公司", way=LICENCE):
    return apply_verification(account=account, uscc=uscc, name=name, legal_representative="示例人", way=way)


def test_verification_binds_code_and_name_and_is_recorded_and_told(account):
    record = verify(account, uscc=f" {CODE.lower()} ", name=" 示例新名称有限公司 ")
    account.refresh_from_db()
    assert (account.uscc, account.verified_name, account.legal_representative) == (CODE, "示例新名称有限公司", "示例人")
    assert account.real_name_verified_at
    assert (record.name_before, record.name, record.way) == ("", "示例新名称有限公司", "licence")
    assert "已通过实名认证（电子营业执照扫码认证）" in texts_to(MOBILE)[0]
    assert Notice.objects.filter(recipient=account, channel="message").count() == 1


def test_a_correction_changes_the_verified_name_and_nothing_of_the_enterprise():
    enterprise = make_enterprise()
    before = Enterprise.objects.values().get()
    old = enterprise.account.verified_name
    record = verify(enterprise.account, uscc=enterprise.uscc)
    assert Enterprise.objects.values().get() == before
    enterprise.account.refresh_from_db()
    assert enterprise.account.verified_name == "示例新名称有限公司"
    assert record.name_before == old
    assert "【实名信息同步】" in Notice.objects.filter(channel="message").get().body


def test_records_cannot_be_changed_or_deleted(account):
    record = verify(account)
    for change in (record.delete, lambda: RealNameRecord.objects.update(name="别的")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_code_of_another_account_is_refused_with_the_ways_out(account):
    other = make_legal_person()
    with pytest.raises(Refused) as refusal:
        verify(account, uscc=other.uscc)
    for words in ("【统一社会信用代码已存在】", "【忘记密码】", "【手机号修改】", "【人工核验】", "【电子营业执照扫码登录】"):
        assert words in refusal.value.message
    assert other.login_name not in refusal.value.message
    account.refresh_from_db()
    assert account.real_name_verified_at is None
    assert not RealNameRecord.objects.exists()


def test_an_account_with_an_enterprise_cannot_become_another_enterprise():
    enterprise = make_enterprise()
    with pytest.raises(Refused, match="不一致"):
        verify(enterprise.account, uscc=CODE)


@pytest.mark.parametrize("bad", [{"uscc": "91999999000000777A"}, {"name": "  "}])
def test_a_wrong_code_or_a_blank_name_is_refused(account, bad):
    with pytest.raises(Invalid):
        verify(account, **bad)


def test_only_a_legal_person_can_be_verified():
    for other in (make_natural_person(), make_officer()):
        with pytest.raises(NotPermitted, match="只有企业的法人账户"):
            verify(other)


@pytest.fixture
def owner(client, account):
    client.force_login(account)
    return client


def submit(client, code=CODE, **changes):
    return client.post(reverse("accounts:real_name_manual"), typed(code) | {"mobile": NEW} | changes, follow=True)


def test_a_manual_request_waits_for_the_citys_officer(owner, account):
    page = submit(owner)
    row = RealNameRequest.objects.get()
    assert f"提交成功，受理编号 {row.receipt}，由南京市中小企业主管部门办理" in page.content.decode()
    assert (row.account, row.state, row.mobile, row.document_number) == (account, RequestState.PENDING, NEW, DOCUMENT)
    account.refresh_from_db()
    assert account.real_name_verified_at is None
    assert row.receipt in texts_to(MOBILE)[0]
    html = owner.get(reverse("accounts:real_name")).content.decode()
    assert "待办理" in html
    assert "已有一件申请正在办理" in html


def test_a_second_request_waits_until_the_first_is_done_or_taken_back(owner, account):
    submit(owner)
    refused = submit(owner)
    assert refused.status_code == 409
    assert "您已有一件申请正在南京市中小企业主管部门办理" in refused.content.decode()
    row = RealNameRequest.objects.get()
    page = owner.post(reverse("accounts:real_name_cancel", args=[row.pk]), follow=True)
    assert "已撤销人工实名认证申请" in page.content.decode()
    assert submit(owner).status_code == 200
    assert RealNameRequest.objects.filter(state=RequestState.PENDING).count() == 1


def test_nobody_takes_back_anothers_request_or_a_decided_one(account):
    row = make_real_name_request(account)
    with pytest.raises(WrongState):
        cancel_real_name(account=make_legal_person(), request_id=row.pk)
    decide_real_name(officer=make_officer("320100"), request_id=row.pk, approve=False, comment="不清晰。")
    with pytest.raises(WrongState):
        cancel_real_name(account=account, request_id=row.pk)


def test_a_request_for_a_code_of_another_account_shows_the_ways_out_side_by_side(owner):
    other = make_legal_person()
    refused = submit(owner, other.uscc)
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "统一社会信用代码已存在，可以这样办" in html
    for name in ("login", "recover", "mobile_change"):
        assert reverse(f"accounts:{name}") in html
    assert not RealNameRequest.objects.exists()


def test_a_mistake_in_the_form_keeps_what_was_typed(owner):
    refused = submit(owner, enterprise_name="示例甲有限公司", mobile="12345", evidence=paper("a.txt"))
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "联系手机号：您填写的“12345”格式不正确" in html
    assert "“a.txt”是 .txt 文件" in html
    assert 'value="示例甲有限公司"' in html


def test_approval_verifies_the_account_and_takes_over_the_document(account):
    row = make_real_name_request(account, enterprise_name="示例正名有限公司")
    officer = make_officer("320100")
    decide_real_name(officer=officer, request_id=row.pk, approve=True, comment="")
    account.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (RequestState.APPROVED, officer)
    assert (account.verified_name, account.document_number) == ("示例正名有限公司", DOCUMENT)
    assert RealNameRecord.objects.get().way == "manual"
    assert "已通过实名认证（人工实名认证）" in texts_to(MOBILE)[0]


def test_a_rejection_is_told_with_its_reason_to_the_number_of_the_request(account):
    row = make_real_name_request(account)
    decide_real_name(officer=make_officer("320100"), request_id=row.pk, approve=False, comment="授权书没有盖章。")
    account.refresh_from_db()
    assert account.real_name_verified_at is None
    assert "原因：授权书没有盖章。" in texts_to(NEW)[0]
    assert "人工实名认证未通过" in Notice.objects.get(channel="message").title


def test_an_approval_that_has_become_impossible_leaves_the_request_waiting(account):
    row = make_real_name_request(account, uscc=invented_uscc(4_000_009))
    make_legal_person(uscc=invented_uscc(4_000_009))
    with pytest.raises(Refused, match="统一社会信用代码已存在"), transaction.atomic():
        decide_real_name(officer=make_officer("320100"), request_id=row.pk, approve=True, comment="")
    row.refresh_from_db()
    assert row.state == RequestState.PENDING
    assert not Notice.objects.exists()


def test_another_authority_and_a_viewer_cannot_decide(account):
    row = make_real_name_request(account)
    with pytest.raises(NotPermitted) as refusal:
        decide_real_name(officer=make_officer("320500"), request_id=row.pk, approve=True, comment="")
    assert refusal.value.status == 404
    with pytest.raises(NotPermitted, match="查阅"):
        decide_real_name(officer=make_officer("320100", "viewer"), request_id=row.pk, approve=True, comment="")


def test_the_corrected_name_reaches_the_enterprise_by_synchronisation(client):
    enterprise = make_enterprise()
    account = enterprise.account
    row = make_real_name_request(account, enterprise_name="示例改名有限公司")
    decide_real_name(officer=make_officer("320100"), request_id=row.pk, approve=True, comment="")
    client.force_login(account)
    edit = reverse("accounts:enterprise_edit")
    html = client.get(edit).content.decode()
    assert '<p class="verified__name">示例改名有限公司</p>' in html
    enterprise.refresh_from_db()
    assert enterprise.name != "示例改名有限公司"
    page = client.post(edit, {"action": "sync", "seen_version": enterprise.version})
    assert "实名信息同步成功，企业名称为“示例改名有限公司”" in page.content.decode()
    enterprise.refresh_from_db()
    assert enterprise.name == "示例改名有限公司"


def test_a_recognised_enterprise_is_sent_to_the_rename_instead():
    enterprise = make_enterprise()
    verify(enterprise.account, uscc=enterprise.uscc)
    with pytest.raises(Refused, match="名称变更申请"):
        sync_verified_name(user=enterprise.account, has_title=True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_with_one_and_three_requests(owner, account, django_assert_num_queries, rows):
    for number in range(rows):
        make_real_name_request(account, state=RequestState.CANCELLED if number else RequestState.PENDING)
    # session, account, the newest request with its authority; then the session is saved (3).
    with django_assert_num_queries(6):
        owner.get(reverse("accounts:real_name"))


def test_only_a_legal_person_opens_the_pages(client):
    client.force_login(make_natural_person())
    for name in ("real_name", "real_name_manual"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 403
