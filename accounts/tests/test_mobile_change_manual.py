"""手机号修改 by 人工核验: the request, what is told to whom, and the decision."""
import io
import zipfile

import pytest
from django.urls import reverse

from accounts.enums import RequestState
from accounts.models import AccessLog, MobileChangeRequest, Notice
from accounts.services.mobile_change import decide_mobile_change
from accounts.tests.factories import PASSWORD, make_authority_tree, make_legal_person, make_officer
from accounts.tests.request_facts import DOCUMENT, NEW, PDF, make_mobile_request, paper, typed
from accounts.tests.sms import newest_code, texts_to
from accounts.uscc import invented_uscc
from portal.tests.files import picture_bytes
from portal.tools.errors import Invalid, NotPermitted, Refused, WrongState

pytestmark = pytest.mark.django_db
OLD = "13800001111"
PAGE = "/accounts/mobile/manual/"


@pytest.fixture
def account():
    make_authority_tree()
    return make_legal_person(mobile=OLD)


@pytest.fixture
def visitor(client, unused_address, account):
    """Somebody who has proved the new number and sees the form."""
    client.defaults["REMOTE_ADDR"] = unused_address
    client.post(PAGE, {"step": "new", "new_mobile": NEW})
    client.post(PAGE, {"step": "new_code", "code": newest_code(NEW)})
    return client


def submit(visitor, code, **changes):
    return visitor.post(PAGE, {"step": "facts"} | typed(code) | changes)


def test_a_request_gets_a_receipt_and_changes_nothing_and_the_old_number_is_warned(visitor, account):
    page = submit(visitor, account.uscc)
    row = MobileChangeRequest.objects.get()
    html = page.content.decode()
    assert row.receipt in html
    assert "南京市中小企业主管部门" in html
    assert (row.account, row.state, row.authority.short_name) == (account, RequestState.PENDING, "南京市")
    assert (row.new_mobile, row.document_number, row.evidence.read()) == (NEW, DOCUMENT, PDF)
    account.refresh_from_db()
    assert account.mobile == OLD
    assert row.receipt in texts_to(NEW)[0]
    warning = texts_to(OLD)[0]
    assert "有人为账户" in warning
    assert "审核通过前不会修改" in warning
    assert f"立即致电 南京市中小企业主管部门 {row.authority.telephone}" in warning
    assert NEW not in warning


def test_for_a_code_without_an_account_the_page_says_the_same(visitor, account):
    known = submit(visitor, account.uscc).content.decode()
    first = MobileChangeRequest.objects.get()
    visitor.post(PAGE, {"step": "new", "new_mobile": "13900008888"})
    visitor.post(PAGE, {"step": "new_code", "code": newest_code("13900008888")})
    unknown = submit(visitor, invented_uscc(77)).content.decode()
    second = MobileChangeRequest.objects.exclude(pk=first.pk).get()
    assert second.account is None
    main = known.split("<main")[1].split("</main>")[0]
    same = unknown.split("<main")[1].split("</main>")[0]
    assert main.replace(first.receipt, "").replace("139****9999", "") == same.replace(second.receipt, "").replace(
        "139****8888", ""
    )


def test_a_second_request_for_the_same_code_gets_a_neutral_sentence(visitor, account):
    make_mobile_request(account)
    refused = submit(visitor, account.uscc)
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "该代码已有一件手机号修改申请正在南京市中小企业主管部门办理" in html
    assert 'value="示例精密机械有限公司"' in html
    assert "请重新选择证明材料" in html
    assert MobileChangeRequest.objects.count() == 1
    assert texts_to(OLD) == []


def test_the_form_waits_for_the_new_numbers_code(client, account, unused_address):
    client.defaults["REMOTE_ADDR"] = unused_address
    assert submit(client, account.uscc).status_code == 302
    assert not MobileChangeRequest.objects.exists()
    client.post(PAGE, {"step": "new", "new_mobile": NEW})
    assert submit(client, account.uscc).status_code == 302
    assert not MobileChangeRequest.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"uscc": "91999999000000777Z"}, "统一社会信用代码：您填写的“91999999000000777Z”"),
        ({"document_number": "999999199001011231"}, "法定代表人证件号码：您填写的“999999199001011231”校验码"),
        ({"region": "320100"}, "企业注册地：您选择的“江苏省南京市”不是最末一级"),
        ({"enterprise_name": ""}, "企业名称：此项必填，请填写。"),
        ({"evidence": ""}, "证明材料：此项必填，请选择。"),
        ({"evidence": paper("a.exe")}, "证明材料：“a.exe”是 .exe 文件"),
        ({"evidence": paper("a.pdf", b"MZ....")}, "证明材料：“a.pdf”的内容不是 pdf 格式"),
        ({"evidence": paper("a.pdf", b"")}, "“a.pdf”是空文件"),
        ({"evidence": paper("../../etc/a.pdf", PDF + b"0" * 10 * 1024 * 1024)}, "“a.pdf”有 10.0 MB，超过单个文件上限"),
        ({"evidence": [paper("a.pdf"), paper("b.zip", b"PK\x03\x04")]}, "“b.zip”不是可以打开的 zip"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(visitor, account, changes, sentence):
    refused = submit(visitor, account.uscc, **changes)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert sentence in html
    if "enterprise_name" not in changes:
        assert 'value="示例精密机械有限公司"' in html
    assert not MobileChangeRequest.objects.exists()


def test_several_files_are_packed_into_one_archive(visitor, account):
    submit(visitor, account.uscc, evidence=[paper("营业执照.pdf"), paper("证件.jpg", picture_bytes("JPEG"))])
    row = MobileChangeRequest.objects.get()
    assert row.evidence_name == "示例精密机械有限公司证明材料.zip"
    with zipfile.ZipFile(io.BytesIO(row.evidence.read())) as archive:
        assert archive.namelist() == ["1-营业执照.pdf", "2-证件.jpg"]
        assert archive.read("1-营业执照.pdf") == PDF


def test_approval_changes_the_number_ends_sessions_and_answers_the_new_number(client, account):
    row = make_mobile_request(account)
    client.force_login(account)
    officer = make_officer("320100")
    decide_mobile_change(officer=officer, request_id=row.pk, approve=True, comment="")
    account.refresh_from_db()
    row.refresh_from_db()
    assert (account.mobile, row.state, row.decided_by) == (NEW, RequestState.APPROVED, officer)
    assert account.check_password(PASSWORD)
    assert client.get(reverse("accounts:centre")).status_code == 302
    assert row.receipt in texts_to(NEW)[0]
    assert "由本号码改为 139****9999" in texts_to(OLD)[0]
    assert AccessLog.objects.get(actor=officer).action == "手机号修改申请：已通过"


def test_an_account_that_nobody_verified_loses_its_password_too():
    make_authority_tree()
    squatter = make_legal_person(mobile=OLD, verified=False)
    row = make_mobile_request(squatter)
    decide_mobile_change(officer=make_officer("320100"), request_id=row.pk, approve=True, comment="")
    squatter.refresh_from_db()
    assert squatter.mobile == NEW
    assert not squatter.has_usable_password()


def test_a_rejection_changes_nothing_and_tells_the_new_number_why(account):
    row = make_mobile_request(account)
    officer = make_officer("320100")
    with pytest.raises(Invalid, match="必须写明原因"):
        decide_mobile_change(officer=officer, request_id=row.pk, approve=False, comment=" ")
    decide_mobile_change(officer=officer, request_id=row.pk, approve=False, comment="营业执照不清晰。")
    account.refresh_from_db()
    assert account.mobile == OLD
    assert "原因：营业执照不清晰。" in texts_to(NEW)[0]
    assert texts_to(OLD) == []


def test_a_code_without_an_account_can_only_be_rejected():
    make_authority_tree()
    row = make_mobile_request(uscc=invented_uscc(78))
    officer = make_officer("320100")
    with pytest.raises(Refused, match="只能【不予通过】"):
        decide_mobile_change(officer=officer, request_id=row.pk, approve=True, comment="")
    decide_mobile_change(officer=officer, request_id=row.pk, approve=False, comment="没有账户，请先注册。")
    assert Notice.objects.get().recipient is None


def test_a_request_is_decided_once_and_only_by_its_own_authority(account):
    row = make_mobile_request(account)
    for stranger in (make_officer("320500"), make_officer("320000"), make_officer("320102")):
        with pytest.raises(NotPermitted) as refusal:
            decide_mobile_change(officer=stranger, request_id=row.pk, approve=True, comment="")
        assert refusal.value.status == 404
    with pytest.raises(NotPermitted, match="查阅"):
        decide_mobile_change(officer=make_officer("320100", "viewer"), request_id=row.pk, approve=True, comment="")
    officer = make_officer("320100")
    decide_mobile_change(officer=officer, request_id=row.pk, approve=True, comment="")
    with pytest.raises(WrongState, match="已是“已通过”"):
        decide_mobile_change(officer=officer, request_id=row.pk, approve=False, comment="反悔")
    assert MobileChangeRequest.objects.get().state == RequestState.APPROVED
    assert len(texts_to(NEW)) == 1
