"""统一登录: which account an identity of the national system is (manual §1; the claims are settings.UNIFIED_LOGIN_CLAIMS).

An identity that is known keeps its account. Otherwise one with a 统一社会信用代码 is the enterprise's 法人账户, made now
when there is none, and one without is a 自然人账户. Officers sign in with their own second factor and never this way.
"""
import secrets

from django.conf import settings
from django.db import transaction
from stdnum.cn import uscc as uscc_rule

from accounts.enums import UserKind
from accounts.models import UnifiedIdentity, User
from accounts.services.real_name import UNIFIED, apply_verification
from accounts.services.take_over import take_over
from portal.tools.errors import NotPermitted, Refused
from portal.tools.locks import hold_names
from portal.tools.text import narrow, tidy

#: No 0/o, 1/l: a login name is read out on the telephone.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
OFFICER = "统一登录：该身份对应主管部门账户，不能用统一登录进入。主管部门人员请用登录名、密码和动态口令登录审核工作台。"
WRONG_USCC = (
    "统一社会信用代码：统一登录系统返回的“{uscc}”不是有效的 18 位统一社会信用代码，不能登录。请先在统一登录系统核对并"
    "修改企业的实名认证信息。"
)
NO_NAME = "企业名称：统一登录系统没有返回企业名称，不能登录。请先在统一登录系统完成企业的实名认证。"
OTHER_USCC = (
    "统一社会信用代码：统一登录系统返回的是“{claimed}”，本平台与该身份关联的账户是“{own}”，两者不一致，不能登录。"
    "请用本平台的登录名和密码登录，或联系技术支持电话 010-87901037、010-87901032。"
)
LINKED = (
    "统一社会信用代码：“{uscc}”的账户已与统一登录系统的另一个身份关联，不能用当前身份登录。请换用原来的身份，"
    "或用【电子营业执照扫码登录】。"
)


@transaction.atomic
def account_of(*, identity):
    """Return (account, taken over) of a verified identity (accounts.unified.client.Identity), linking it when new.

    An account that was registered here and never verified is verified now, see take_over. Raises NotPermitted for an
    officer's account, Refused when the identity states no usable enterprise or one that is somebody else's.
    """
    facts = _facts(identity.claims)
    names = [f"unified:{identity.issuer}:{identity.subject}"]
    hold_names(*names, *([f"unified-uscc:{facts['uscc']}"] if facts["uscc"] else []))
    known = UnifiedIdentity.objects.filter(issuer=identity.issuer, subject=identity.subject).first()
    if known is not None:
        return _known(User.objects.select_for_update(of=["self"]).get(pk=known.account_id), facts), False
    account, fresh = _enterprise(facts) if facts["uscc"] else (_person(facts), False)
    UnifiedIdentity.objects.create(account=account, issuer=identity.issuer, subject=identity.subject)
    return account, fresh


def _facts(claims):
    """Return uscc, name and legal_representative from the claims, by the names of settings.UNIFIED_LOGIN_CLAIMS."""
    names = settings.UNIFIED_LOGIN_CLAIMS
    said = {key: tidy(claims.get(names[key]) or "") for key in ("uscc", "name", "legal_representative")}
    typed = said["uscc"]
    if typed and not uscc_rule.is_valid(narrow(typed)):
        raise Refused(WRONG_USCC.format(uscc=typed[:40]), code="wrong_uscc", status=403)
    if typed and not said["name"]:
        raise Refused(NO_NAME, code="no_name", status=403)
    return {
        "uscc": uscc_rule.compact(narrow(typed)),
        "name": said["name"][: User._meta.get_field("verified_name").max_length],
        "legal_representative": said["legal_representative"][: User._meta.get_field("legal_representative").max_length],
    }


def _known(account, facts):
    """Return the linked account; a corrected name comes along, another enterprise is refused."""
    if account.is_staff:
        raise NotPermitted(OFFICER, code="officer")
    if account.is_legal_person and account.is_active:
        if facts["uscc"] != account.uscc:
            raise Refused(
                OTHER_USCC.format(claimed=facts["uscc"] or "无", own=account.uscc), code="other_uscc", status=403
            )
        if facts["name"] != account.verified_name:
            apply_verification(account=account, way=UNIFIED, **facts)
    return account


def _enterprise(facts):
    account = User.objects.select_for_update(of=["self"]).filter(uscc=facts["uscc"]).first()
    if account is None:
        account = User.objects.create_user(_free_login_name(), kind=UserKind.LEGAL_PERSON)
        apply_verification(account=account, way=UNIFIED, **facts)
        account.refresh_from_db()
        return account, False
    if UnifiedIdentity.objects.filter(account=account).exists():
        raise Refused(LINKED.format(uscc=account.uscc), code="linked", status=403)
    if account.real_name_verified_at or not account.is_active:
        return account, False
    return take_over(account=account, way=UNIFIED, **facts), True


def _person(facts):
    name = facts["name"][: User._meta.get_field("person_name").max_length]
    return User.objects.create_user(_free_login_name(), kind=UserKind.NATURAL_PERSON, person_name=name)


def _free_login_name():
    """Return a login name that nobody has; thirty-one letters to the tenth leave no room for a second try."""
    return "ty-" + "".join(secrets.choice(ALPHABET) for _ in range(10))
