"""Reads of the requests that officers decide: 手机号修改 by 人工核验, and 人工实名认证."""
import re
from dataclasses import dataclass

from stdnum.cn import uscc as uscc_rule

from accounts.enums import RequestState
from accounts.models import MobileChangeRequest, RealNameRequest
from portal.tools.crypto import mask
from portal.tools.text import narrow

KINDS = (MobileChangeRequest, RealNameRequest)
#: Rows counted for the home page of the desk; beyond it the page says "100+".
COUNT_CAP = 100


def for_officer(rows, user):
    """Limit requests to those that the officer's own authority decides; fails closed."""
    if not (user.is_authenticated and user.is_active and user.is_officer):
        return rows.none()
    return rows.filter(authority=user.authority_id)


def may_decide(user, request):
    """Tell whether the user may approve or reject this request."""
    return user.is_authenticated and user.may_decide and user.authority_id == request.authority_id


def waiting_for(user):
    """Return [(model, count as text)] of what waits for the officer's authority, one query each."""
    found = []
    for kind in KINDS:
        rows = for_officer(kind.objects.filter(state=RequestState.PENDING), user).order_by()
        count = rows[: COUNT_CAP + 1].count()
        found.append((kind, str(count) if count <= COUNT_CAP else f"{COUNT_CAP}+"))
    return found


def pending_of(account):
    """Return the account's 人工实名认证申请 that is 待办理, or None."""
    return (
        RealNameRequest.objects.filter(account=account, state=RequestState.PENDING)
        .select_related("authority", "region")
        .first()
    )


def last_request_of(account):
    """Return the account's newest 人工实名认证申请, or None."""
    return RealNameRequest.objects.filter(account=account).select_related("authority", "region").first()


def find_request(receipt, proof):
    """Return the request with this 受理编号 when ``proof`` fits it, else None.

    ``proof`` is the last four digits of the number that gets the answer, or the 统一社会信用代码 that was stated.
    """
    receipt = re.sub(r"[\s-]", "", narrow(receipt)).upper()
    proof = re.sub(r"\s", "", narrow(proof)).upper()
    for kind in KINDS:
        found = kind.objects.select_related("authority").filter(receipt=receipt).first()
        if found is not None:
            return found if proof in {answer_mobile(found)[-4:], uscc_rule.compact(found.uscc)} else None
    return None


def answer_mobile(request):
    """Return the number to which the answer of a request goes."""
    return request.new_mobile if isinstance(request, MobileChangeRequest) else request.mobile


@dataclass(frozen=True)
class Compared:
    """One line of the desk's comparison. ``same`` is None when there is nothing to compare, and ``note`` says why.

    ``column`` names the column of the request whose masked value may be shown in full.
    """

    label: str
    stated: str
    held: str
    same: bool | None
    note: str = ""
    column: str = ""


def compare(request):
    """Return what a request states beside what its account has, numbers masked; the comparison is of the whole ones.

    ``request`` should come with account, enterprise and region loaded.
    """
    account = request.account
    enterprise = getattr(account, "enterprise", None)
    lines = [
        ("统一社会信用代码", request.uscc, getattr(account, "uscc", None) or "", str),
        ("企业名称", request.enterprise_name, _held_name(account), str),
        ("法定代表人", request.legal_representative, _held_representative(account, enterprise), str),
        (
            "法定代表人证件类型",
            request.get_document_type_display(),
            account.get_document_type_display() if account else "",
            str,
        ),
        ("企业注册地", request.region.full_name, _held_region(enterprise), str),
        ("法定代表人证件号码", request.document_number, getattr(account, "document_number", ""), mask, "document_number"),
    ]
    found = [_compared(*line) for line in lines]
    mobile = getattr(account, "mobile", "")
    if isinstance(request, MobileChangeRequest):
        note = "通过后替换" if mobile else "账户没有登记"
        return [*found, Compared("新手机号", mask(request.new_mobile), mask(mobile), None, note, "new_mobile")]
    return [*found, _compared("联系手机号", request.mobile, mobile, mask, "mobile")]


def _compared(label, stated, held, show, column=""):
    same, note = (stated == held, "") if held else (None, "账户没有登记")
    return Compared(label, show(stated), show(held), same, note, column)


def _held_name(account):
    return (account.verified_name or account.declared_name) if account else ""


def _held_representative(account, enterprise):
    return getattr(account, "legal_representative", "") or getattr(enterprise, "legal_representative", "")


def _held_region(enterprise):
    region = getattr(enterprise, "registered_region", None)
    return region.full_name if region else ""
