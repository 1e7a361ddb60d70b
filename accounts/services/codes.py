"""SMS codes: six digits to one number for one purpose, valid for minutes, usable once.

Only a keyed hash of a code is stored. How many are sent is counted by rows, per number, account and address, under a
lock, so that parallel requests do not exceed a limit.
"""
import datetime
import secrets
from hmac import compare_digest

from celery import signature
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.enums import CodePurpose
from accounts.models import VerificationCode
from accounts.services.access_log import address_of
from accounts.services.notices import SECRET_PLACE, SEND_TASK, send_text
from portal.tools.crypto import blind_index
from portal.tools.errors import Refused
from portal.tools.locks import hold_names
from portal.tools.queueing import enqueue_on_commit
from portal.tools.text import narrow

DIGITS = 6
#: What the limits are counted over: the last 24 hours, not the calendar day, so that midnight doubles nothing.
DAY = datetime.timedelta(hours=24)
#: Rows older than this are of no use to any limit.
KEEP = datetime.timedelta(days=7)

LIMIT_SENTENCES = {
    "mobile": "手机号：该手机号 24 小时内最多获取 {limit} 次验证码，已达上限，请{wait}后再试。",
    "account": "短信验证码：该账户 24 小时内最多获取 {limit} 次验证码，已达上限，请{wait}后再试。",
    "address": "短信验证码：您所在的网络 24 小时内最多获取 {limit} 次验证码，已达上限，请{wait}后再试，或更换网络。",
}
PAUSE_SENTENCE = "短信验证码：刚刚已获取过验证码，请{wait}后再次获取。收不到短信时，请先检查手机号和手机信号。"
ASK_AGAIN = "请点击【获取验证码】重新获取。"


class TooManyCodes(Refused):
    """A limit of codes is reached. ``wait``: seconds until the next one may be asked for."""

    status = 429
    code = "too_many_codes"

    def __init__(self, message, *, wait):
        super().__init__(message)
        self.wait = wait


class WrongCode(Refused):
    """The code is not the one that was sent, or is not valid any more."""

    status = 422
    code = "wrong_code"


@transaction.atomic
def send_code(*, purpose, mobile, account=None, request, deliver=True):
    """Send a code to ``mobile`` and return the seconds until the next one may be asked for.

    ``account``: whose password or number it is about; the same must be given to ``check_code``. With
    ``deliver=False`` no SMS goes out but everything else happens, the work in the database and at the broker
    included: to a stranger an unknown account looks and feels like a known one. Raises TooManyCodes.
    """
    address = address_of(request)
    # A number that no account has: the limit of the account is looked at for a stranger too, and takes as long.
    nobody = None if deliver else -secrets.randbelow(2**31) - 1
    holders = {"mobile": blind_index(mobile), "account": account.pk if account else nobody, "address": address}
    hold_names(*(f"code {kind} {holder}" for kind, holder in holders.items() if holder))
    now = timezone.now()
    _check_limits(holders, now)
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    row = VerificationCode.objects.create(
        purpose=purpose,
        mobile=mobile,
        mobile_index=holders["mobile"],
        account=account,
        address=address,
        code_hash=_hash(purpose, mobile, digits),
        created_at=now,
        expires_at=now + datetime.timedelta(seconds=settings.CODE_SECONDS),
    )
    with transaction.atomic():
        text = _write_text(row, digits)
        if not deliver:
            transaction.set_rollback(True)
    if not deliver:
        enqueue_on_commit(signature(SEND_TASK), text.pk)  # a row that is not there: the worker does nothing
    return settings.CODE_PAUSE


def check_code(*, purpose, mobile, code, account=None):
    """Accept ``code`` and use it up, or raise WrongCode with what to do.

    Only the newest code of this number, purpose and account counts. A wrong try is committed here, so this must be
    called outside any transaction and after everything else about the request was found right: a code is usable once.
    """
    with transaction.atomic(durable=True):
        row = (
            VerificationCode.objects.select_for_update(of=["self"])
            .filter(mobile_index=blind_index(mobile), purpose=purpose, account=account)
            .order_by("-id")
            .first()
        )
        problem = _problem_of(row, _hash(purpose, mobile, "".join(narrow(code).split())))
    if problem:
        raise WrongCode(problem)


@transaction.atomic
def delete_old_codes():
    """Delete codes that no limit counts any more; return how many."""
    return VerificationCode.objects.filter(created_at__lt=timezone.now() - KEEP).delete()[0]


def in_words(seconds):
    """Return a span of time as people say it, rounded up: 45 秒, 3 分钟, 2 小时 5 分钟."""
    if seconds < 60:
        return f" {max(int(seconds), 1)} 秒"
    minutes = -(-int(seconds) // 60)
    hours, minutes = divmod(minutes, 60)
    return (f" {hours} 小时" if hours else "") + (f" {minutes} 分钟" if minutes else "")


def _check_limits(holders, now):
    newest = _sent_to("mobile", holders["mobile"]).order_by("-created_at").values_list("created_at", flat=True).first()
    if newest:
        wait = _seconds(newest + datetime.timedelta(seconds=settings.CODE_PAUSE) - now)
        if wait > 0:
            raise TooManyCodes(PAUSE_SENTENCE.format(wait=in_words(wait)), wait=wait)
    for kind, limit in settings.CODE_LIMITS.items():
        if not holders[kind]:
            continue
        sent = _sent_to(kind, holders[kind]).filter(created_at__gt=now - DAY).order_by("-created_at")
        times = list(sent.values_list("created_at", flat=True)[:limit])
        if len(times) >= limit:
            wait = _seconds(times[-1] + DAY - now)
            raise TooManyCodes(LIMIT_SENTENCES[kind].format(limit=limit, wait=in_words(wait)), wait=wait)


def _sent_to(kind, holder):
    column = {"mobile": "mobile_index"}.get(kind, kind)
    return VerificationCode.objects.filter(**{column: holder})


def _write_text(row, digits):
    minutes = settings.CODE_SECONDS // 60
    return send_text(
        mobile=row.mobile,
        key=f"code:{row.pk}",
        title="短信验证码",
        body=(
            f"验证码 {SECRET_PLACE}，用于【{CodePurpose(row.purpose).label}】，{minutes} 分钟内有效。"
            "请勿告诉任何人；如非本人操作，请忽略本短信。"
        ),
        secret=digits,
        expires_at=row.expires_at,
        recipient=row.account,
    )


def _problem_of(row, code_hash):
    """Return what is wrong with a try, counting it on the locked row, or None after using the code up."""
    if row is None:
        return f"短信验证码：尚未向该手机号发送验证码，或手机号已改动。{ASK_AGAIN}"
    if row.used_at:
        return f"短信验证码：该验证码已经使用过，不能再次使用。{ASK_AGAIN}"
    if row.expires_at <= timezone.now():
        return f"短信验证码：该验证码已超过 {settings.CODE_SECONDS // 60} 分钟的有效期。{ASK_AGAIN}"
    if row.attempts >= settings.CODE_ATTEMPTS:
        return f"短信验证码：该验证码已输错 {settings.CODE_ATTEMPTS} 次，不能再用。{ASK_AGAIN}"
    if not compare_digest(row.code_hash, code_hash):
        VerificationCode.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
        left = settings.CODE_ATTEMPTS - row.attempts - 1
        if not left:
            return f"短信验证码：您填写的验证码不正确，已输错 {settings.CODE_ATTEMPTS} 次，该验证码作废。{ASK_AGAIN}"
        return f"短信验证码：您填写的验证码不正确，还可以再试 {left} 次。请按最新一条短信填写 {DIGITS} 位数字。"
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    return None


def _hash(purpose, mobile, digits):
    return blind_index(f"{purpose}:{mobile}:{digits}")


def _seconds(span):
    return -(-span // datetime.timedelta(seconds=1))
