"""SMS codes: what is sent, what is accepted, how many there are."""
import datetime
import re

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.enums import CodePurpose
from accounts.models import Notice, VerificationCode
from accounts.services import codes
from accounts.services.codes import TooManyCodes, WrongCode, check_code, send_code
from accounts.services.notices import claim_notice, resend_notice, text_of
from accounts.tasks import clean_sign_in, requeue_notices, send_notice
from accounts.tests.factories import make_legal_person, make_operator
from accounts.tests.sms import age_codes, another, newest_code, texts_to
from portal.tools.errors import WrongState

pytestmark = pytest.mark.django_db
MOBILE, OTHER = "13800001111", "13800002222"
REGISTER = CodePurpose.REGISTER
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


@pytest.fixture
def visit(rf):
    """A request of one address."""
    return lambda address="192.0.2.1": rf.post("/", REMOTE_ADDR=address)


@pytest.fixture
def send(visit):
    """Ask for a code, by default for the registration of one number from one address."""

    def ask(mobile=MOBILE, purpose=REGISTER, address="192.0.2.1", **options):
        return send_code(purpose=purpose, mobile=mobile, request=visit(address), **options)

    return ask


def check(code, mobile=MOBILE, purpose=REGISTER, account=None):
    check_code(purpose=purpose, mobile=mobile, code=code, account=account)


def refusal_of(code, **options):
    with pytest.raises(WrongCode) as refused:
        check(code, **options)
    return refused.value.message


def test_the_sms_tells_the_code_its_purpose_and_its_life_and_the_right_code_is_accepted(send):
    assert send() == 60
    code = newest_code(MOBILE)
    text = text_of(Notice.objects.get())
    assert re.fullmatch(r"\d{6}", code)
    assert f"验证码 {code}，用于【注册】，5 分钟内有效。请勿告诉任何人" in text
    check(f" {code[:3]} {code[3:]} ")
    assert VerificationCode.objects.get().used_at


def test_full_width_digits_are_accepted(send):
    send()
    check(newest_code(MOBILE).translate(str.maketrans("0123456789", "０１２３４５６７８９")))


def test_nothing_stored_tells_the_code(send, django_db_blocker):
    send()
    code, row, notice = newest_code(MOBILE), VerificationCode.objects.get(), Notice.objects.get()
    assert code not in notice.body
    assert row.code_hash != code
    assert len(row.code_hash) == 64
    raw = Notice.objects.extra(select={"raw": "secret", "raw_mobile": "mobile"}).values("raw", "raw_mobile").get()
    assert code not in raw["raw"]
    assert MOBILE not in raw["raw_mobile"]


def test_a_replayed_code_is_refused(send):
    send()
    code = newest_code(MOBILE)
    check(code)
    assert "已经使用过" in refusal_of(code)


def test_a_code_of_another_number_is_refused(send):
    send(MOBILE)
    send(OTHER)
    code = newest_code(OTHER)
    assert code != newest_code(MOBILE)
    assert "不正确" in refusal_of(code, mobile=MOBILE)
    check(code, mobile=OTHER)


def test_a_code_is_refused_for_a_number_that_has_none(send):
    send(OTHER)
    assert "尚未向该手机号发送验证码" in refusal_of(newest_code(OTHER))


def test_a_code_for_another_purpose_is_refused(send):
    send(purpose=CodePurpose.NEW_MOBILE)
    code = newest_code(MOBILE)
    assert "尚未向该手机号发送" in refusal_of(code)
    age_codes(MINUTE)
    send()
    assert "不正确" in refusal_of(code)
    check(code, purpose=CodePurpose.NEW_MOBILE)


def test_a_code_for_another_account_with_the_same_number_is_refused(send):
    first, second = make_legal_person(mobile=MOBILE), make_legal_person(mobile=MOBILE)
    send(purpose=CodePurpose.RECOVER, account=first)
    code = newest_code(MOBILE)
    assert refusal_of(code, purpose=CodePurpose.RECOVER, account=second)
    assert refusal_of(code, purpose=CodePurpose.RECOVER)
    check(code, purpose=CodePurpose.RECOVER, account=first)


def test_an_expired_code_is_refused(send):
    send()
    code = newest_code(MOBILE)
    age_codes(5 * MINUTE)
    assert "已超过 5 分钟的有效期" in refusal_of(code)


def test_only_the_newest_code_counts(send):
    send()
    old = newest_code(MOBILE)
    age_codes(MINUTE)
    send()
    new = newest_code(MOBILE)
    if old != new:
        assert "不正确" in refusal_of(old)
    check(new)


def test_after_five_wrong_tries_the_right_code_is_worthless(send):
    send()
    code = newest_code(MOBILE)
    said = [refusal_of(another(code)) for _ in range(5)]
    assert [sentence.count("还可以再试") for sentence in said] == [1, 1, 1, 1, 0]
    assert "还可以再试 4 次" in said[0]
    assert "作废" in said[4]
    assert "已输错 5 次" in refusal_of(code)
    assert VerificationCode.objects.get().attempts == 5


@pytest.mark.django_db(transaction=True)
def test_a_check_inside_a_transaction_that_could_forget_the_wrong_try_is_impossible(send):
    send()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        check("000000")


def test_a_second_code_within_a_minute_is_refused_with_the_seconds_to_wait(send):
    send()
    age_codes(datetime.timedelta(seconds=20))
    with pytest.raises(TooManyCodes) as refused:
        send(purpose=CodePurpose.NEW_MOBILE)
    assert refused.value.status == 429
    assert 38 <= refused.value.wait <= 40
    assert f"请 {refused.value.wait} 秒后再次获取" in refused.value.message
    send(OTHER)
    age_codes(datetime.timedelta(seconds=40))
    send()


def test_the_eleventh_code_of_a_day_to_a_number_is_refused_and_the_day_is_the_last_24_hours(send):
    for _ in range(10):
        send()
        age_codes(MINUTE)
    with pytest.raises(TooManyCodes) as refused:
        send(address="192.0.2.77")
    assert "24 小时内最多获取 10 次验证码" in refused.value.message
    assert "23 小时 50 分钟后再试" in refused.value.message
    assert len(texts_to(MOBILE)) == 10
    age_codes(DAY - 11 * MINUTE)
    with pytest.raises(TooManyCodes):
        send()
    age_codes(MINUTE)
    send()


def test_the_eleventh_code_of_an_account_is_refused_whatever_the_number(send):
    account = make_legal_person()
    for n in range(10):
        send(f"1380000{n:04d}", account=account)
    with pytest.raises(TooManyCodes) as refused:
        send(OTHER, account=account)
    assert "该账户 24 小时内最多获取 10 次" in refused.value.message
    send(OTHER)


def test_the_fifty_first_code_of_an_address_is_refused_whatever_the_number(send):
    for n in range(50):
        send(f"1380000{n:04d}", address="192.0.2.5")
    with pytest.raises(TooManyCodes) as refused:
        send(OTHER, address="192.0.2.5")
    assert "您所在的网络 24 小时内最多获取 50 次" in refused.value.message
    send(OTHER, address="192.0.2.6")


def test_without_delivery_no_sms_goes_out_but_limits_and_checks_are_the_same(
    send, monkeypatch, django_capture_on_commit_callbacks
):
    handed_over = []
    monkeypatch.setattr(send_notice, "apply_async", lambda args, *rest, **options: handed_over.extend(args))
    with django_capture_on_commit_callbacks(execute=True):
        assert send(deliver=False) == 60
    assert Notice.objects.count() == 0
    assert len(handed_over) == 1
    assert claim_notice(notice_id=handed_over[0]) is None
    assert "还可以再试 4 次" in refusal_of("000000") or VerificationCode.objects.get().used_at
    with pytest.raises(TooManyCodes):
        send()


def test_a_code_is_wiped_from_the_outbox_when_it_is_sent(send, settings, tmp_path):
    settings.SMS_FILE = tmp_path / "sms.log"
    send()
    code, notice = newest_code(MOBILE), Notice.objects.get()
    send_notice(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.secret) == ("sent", "")
    assert code in settings.SMS_FILE.read_text()
    assert "{secret}" not in settings.SMS_FILE.read_text()


@pytest.mark.parametrize("sweep", [True, False])
def test_a_code_that_could_not_be_sent_in_time_is_not_sent_later(send, settings, tmp_path, sweep):
    settings.SMS_FILE = tmp_path / "sms.log"
    send()
    notice = Notice.objects.get()
    Notice.objects.update(expires_at=timezone.now())
    if sweep:
        requeue_notices()
    else:
        send_notice(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.secret, notice.attempts) == ("failed", "", 0)
    assert not settings.SMS_FILE.exists()
    with pytest.raises(WrongState, match="不能重新发送"):
        resend_notice(notice_id=notice.pk, actor=make_operator())


def test_old_codes_are_deleted_and_those_that_a_limit_counts_stay(send):
    send()
    age_codes(codes.KEEP)
    send()
    clean_sign_in()
    assert VerificationCode.objects.count() == 1
    assert VerificationCode.objects.get().created_at > timezone.now() - MINUTE


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, " 1 秒"), (59, " 59 秒"), (60, " 1 分钟"), (3601, " 1 小时 1 分钟"), (86400, " 24 小时")]
)
def test_waits_are_said_as_people_say_them(seconds, words):
    assert codes.in_words(seconds) == words
