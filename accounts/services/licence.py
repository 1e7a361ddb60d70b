"""电子营业执照扫码登录 and 扫码认证: a QR code is made, answered once, and its licence is used once (manual §1, Q1, Q5).

A code works for settings.LICENCE_SECONDS, for one purpose, in the browser that made it, and once. What the licence
service answers counts only with its signature, for this very code, issued while the code was good.
"""
import datetime
import hashlib
import hmac
import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import RedisError
from stdnum.cn import uscc as uscc_rule

from accounts.enums import DocumentType, ScanPurpose, ScanState
from accounts.licence.gateway import get_gateway
from accounts.models import LicenceScan, User
from accounts.services.access_log import address_of
from accounts.services.real_name import LICENCE, apply_verification
from accounts.services.take_over import take_over
from portal.tools.errors import Refused

logger = logging.getLogger(__name__)

#: A confirmation of the last second still reaches us after the end.
GRACE = datetime.timedelta(seconds=30)
#: By how much the clock of the licence service may differ from ours.
SKEW = datetime.timedelta(seconds=60)

#: Codes that one address may ask for in ten minutes.
CODES_PER_WINDOW, WINDOW = 60, 600
#: Codes that were never confirmed are forgotten after this time.
KEEP = datetime.timedelta(days=7)

AGAIN = "请点击【重新获取二维码】"
SUPPORT = "技术支持电话 010-87901037、010-87901032"
EXPIRED = f"二维码：已超过有效时间，不能再使用。{AGAIN}，用电子营业执照应用重新扫码。"
USED = f"二维码：已使用过一次，不能重复使用。{AGAIN}。"
DECLINED = f"二维码：您在电子营业执照应用中选择了【拒绝】，本次没有办理。如需继续，{AGAIN}。"
SPENT = f"二维码：本次扫码没有通过，这个二维码不能再使用。{AGAIN}。"
WAITING = "二维码：还没有收到扫码确认。请用电子营业执照应用扫描二维码并选择【确认】，再点击【我已扫码确认】。"
FORGED = f"电子营业执照：返回的结果没有通过签名校验，本次没有办理，已记入日志。{AGAIN}再试；再次出现请联系{SUPPORT}。"
OUT_OF_TIME = (
    f"电子营业执照：返回结果的签发时间不在这个二维码的有效时间内，本次没有办理，已记入日志。{AGAIN}再试；"
    f"再次出现请联系{SUPPORT}。"
)
TOO_MANY = "二维码：您所在的网络 10 分钟内最多获取 {limit} 个二维码，已达上限，请 10 分钟后再试。"
UNKNOWN = (
    "统一社会信用代码：“{uscc}”（{name}）在本平台还没有法人账户，不能登录。请先点击【注册】，用户类型选择【法人】。"
)
OTHER_ENTERPRISE = (
    "统一社会信用代码：扫码的电子营业执照是“{scanned}”（{name}），本账户是“{own}”，两者不一致，没有认证。"
    "请用本企业的电子营业执照扫码；本账户的代码有误时请选择【人工实名认证】。"
)
WRONG_DOCUMENT = (
    "法定代表人证件类型：您登记的是“{document}”。【电子营业执照扫码认证】仅适用于法人类型为境内企业法人且"
    "法定代表人证件类型为身份证的用户，请选择【人工实名认证】。"
)


@dataclass(frozen=True)
class Licence:
    """An enterprise that has proved itself: what a verified answer says."""

    uscc: str
    name: str
    legal_representative: str


def count_scan(*, request):
    """Count one QR code of this request's address. Raises Refused (429) when there are too many.

    Without the cache nothing is counted: a code gives nothing away, the limit only keeps the table small.
    """
    key = f"licence-scans:{address_of(request)}:{int(time.time()) // WINDOW}"
    try:
        cache.add(key, 0, WINDOW)
        count = cache.incr(key)
    except (RedisError, ValueError) as error:  # ValueError: the key has just expired
        logger.warning("QR codes are not counted: %s", error)
        return
    if count > CODES_PER_WINDOW:
        raise Refused(TOO_MANY.format(limit=CODES_PER_WINDOW), code="too_many_scans", status=429)


@transaction.atomic
def forget_scans():
    """Delete codes that nobody confirmed, a week after they ended; return how many."""
    ended = LicenceScan.objects.filter(expires_at__lt=timezone.now() - KEEP)
    return ended.filter(state__in=[ScanState.WAITING, ScanState.REFUSED]).delete()[0]


@transaction.atomic
def start_scan(*, purpose, nonce, account=None):
    """Make a QR code for the browser that holds ``nonce``; return the scan and the text of the code.

    Raises GatewayClosed or GatewayUnreachable, and Refused for a 扫码认证 that cannot work for ``account``.
    """
    if purpose == ScanPurpose.VERIFY:
        check_document(account)
    now = timezone.now()
    scan = LicenceScan.objects.create(
        purpose=purpose, browser_hash=hash_of(nonce), account=account, created_at=now,
        expires_at=now + datetime.timedelta(seconds=settings.LICENCE_SECONDS),
    )  # fmt: skip
    return scan, get_gateway().start(scan)


def find_scan(*, token, purpose, nonce, account=None):
    """Return the scan when this browser (and for 扫码认证 this account) made it, else None."""
    scan = LicenceScan.objects.filter(token=token, purpose=purpose).first()
    if scan is None or not hmac.compare_digest(scan.browser_hash, hash_of(nonce)):
        return None
    return scan if purpose == ScanPurpose.SIGN_IN or scan.account_id == account.pk else None


def hash_of(nonce):
    """Return what is stored of a browser's nonce."""
    return hashlib.sha256(nonce.encode()).hexdigest()


def state_of(scan):
    """Return (state, refusal sentence or ""): a ScanState value or "expired". Writes nothing."""
    if scan.state == ScanState.USED:
        return ScanState.USED, USED
    if scan.state == ScanState.REFUSED:
        return ScanState.REFUSED, SPENT
    return _state_with(scan, get_gateway().poll(scan))


def take_licence(*, scan):
    """Use the answer to the code up and return its Licence.

    Raises Refused with the code ``waiting``, ``expired``, ``used``, ``declined`` or ``untrusted`` (wrong signature,
    other code, out of time). All but ``waiting`` need a new code. The code is spent even when what follows fails.
    """
    gateway = get_gateway()
    result = gateway.poll(scan)
    trusted = result is not None and gateway.verify_signature(result)
    refusal = _spend(scan.pk, result, trusted)
    if refusal is not None:
        raise refusal
    return Licence(uscc_rule.compact(result.uscc), result.enterprise_name, result.legal_representative)


@transaction.atomic
def account_for(*, licence):
    """Return (account, taken over) of the enterprise for 扫码登录.

    An account that nobody had verified is verified now: the licence proves the enterprise. Whoever registered it may
    be somebody else, so its password, bound mobile and open sessions end (``taken over``).
    An account out of use stays as it is; sign_in refuses it. Raises Refused for a code without account.
    """
    account = User.objects.select_for_update(of=["self"]).filter(uscc=licence.uscc).first()
    if account is None:
        raise Refused(
            UNKNOWN.format(uscc=licence.uscc, name=licence.name), code="unknown", status=404,
            link=reverse("accounts:register"), link_label="注册",
        )  # fmt: skip
    if account.real_name_verified_at or not account.is_active:
        return account, False
    return take_over(account=account, way=LICENCE, **_facts(licence)), True


@transaction.atomic
def verify_by_licence(*, account, licence):
    """【电子营业执照扫码认证】: verify the account, or correct its verified name, with what the licence says.

    Raises Refused for the licence of another enterprise or a document that the way does not fit (manual Q5), and
    whatever apply_verification refuses (统一社会信用代码已存在).
    """
    account = User.objects.select_for_update(of=["self"]).get(pk=account.pk)
    check_document(account)
    if account.uscc and account.uscc != licence.uscc:
        raise Refused(
            OTHER_ENTERPRISE.format(scanned=licence.uscc, name=licence.name, own=account.uscc),
            code="other_enterprise", link=reverse("accounts:real_name_manual"), link_label="人工实名认证",
        )  # fmt: skip
    apply_verification(account=account, way=LICENCE, **_facts(licence))
    return account


def check_document(account):
    """Raise Refused unless the legal representative has an ID card; an account that states none is let through."""
    if account.document_type not in {"", DocumentType.ID_CARD}:
        raise Refused(
            WRONG_DOCUMENT.format(document=account.get_document_type_display()), code="wrong_document",
            link=reverse("accounts:real_name_manual"), link_label="人工实名认证",
        )  # fmt: skip


def _state_with(scan, result):
    now = timezone.now()
    if now > scan.expires_at + (GRACE if result else datetime.timedelta()):
        return "expired", EXPIRED
    if result is None:
        return ScanState.WAITING, WAITING
    return (ScanState.REFUSED, DECLINED) if result.refused else (ScanState.CONFIRMED, "")


@transaction.atomic
def _spend(pk, result, trusted):
    """Write what became of the code; return the refusal, or None when the licence may be used."""
    scan = LicenceScan.objects.select_for_update().get(pk=pk)
    if scan.state == ScanState.USED:
        return Refused(USED, code="used")
    if scan.state == ScanState.REFUSED:
        return Refused(SPENT, code="used")
    state, sentence = _state_with(scan, result)
    if state in {ScanState.WAITING, "expired"}:
        return Refused(sentence, code=str(state))
    refusal = _distrust(scan, result, trusted) or (Refused(DECLINED, code="declined") if result.refused else None)
    if refusal is not None:
        scan.state = ScanState.REFUSED
    else:
        scan.state, scan.confirmed_at, scan.used_at = ScanState.USED, result.issued_at, timezone.now()
        scan.uscc = uscc_rule.compact(result.uscc)
        scan.enterprise_name, scan.legal_representative = result.enterprise_name, result.legal_representative
    scan.save()
    return refusal


def _distrust(scan, result, trusted):
    """Return the refusal of a result that does not prove anything, after logging it, or None."""
    if not trusted or result.token != scan.token:
        sentence, why = FORGED, "signature or code does not fit"
    elif not scan.created_at - SKEW <= result.issued_at <= min(scan.expires_at, timezone.now()) + SKEW:
        sentence, why = OUT_OF_TIME, f"issued at {result.issued_at.isoformat()}"
    elif not result.refused and not (uscc_rule.is_valid(result.uscc) and result.enterprise_name):
        sentence, why = FORGED, "no valid licence in it"
    else:
        return None
    logger.warning("Licence scan %s refused: %s", scan.pk, why)
    return Refused(sentence, code="untrusted", status=403)


def _facts(licence):
    return {"uscc": licence.uscc, "name": licence.name, "legal_representative": licence.legal_representative}
