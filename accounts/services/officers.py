"""Writing officers' accounts (主管部门账户). Nobody can lift an account, the own one least of all, above its manager."""
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import UserKind
from accounts.models import User
from accounts.models.enterprise import mobile_rule
from accounts.queries.officers import login_name_taken, may_manage_authority, may_manage_officer
from portal.tools.errors import Invalid, NotPermitted

SCOPE_SENTENCE = "您只能管理本部门和下一级主管部门的账户。"
SELF_SENTENCE = "不能修改自己的主管部门、角色或在用状态，请由本部门其他管理人员或上级主管部门办理。"
TAKEN_SENTENCE = "登录名“{}”已被使用（不区分大小写），请换一个。"


@transaction.atomic
def create_officer(*, actor, authority, role, login_name, password, person_name="", mobile=""):
    """Open an officer's account and return it.

    Raises NotPermitted outside the actor's scope, Invalid with the problems of the values.
    """
    if not may_manage_authority(actor, authority):
        raise NotPermitted(SCOPE_SENTENCE)
    if login_name_taken(login_name):
        raise _invalid("login_name", TAKEN_SENTENCE.format(login_name))
    officer = User(
        login_name=login_name,
        kind=UserKind.OFFICER,
        authority=authority,
        role=role,
        person_name=person_name,
        mobile=mobile,
    )
    _set_password(officer, password)
    _check(officer)
    officer.save()
    return officer


@transaction.atomic
def update_officer(*, actor, officer, authority=None, role=None, person_name=None, mobile=None, password=None):
    """Change the values that are given (None leaves one as it is) and return the officer.

    A new password ends the officer's sessions. The own authority, role and password are out of reach here.
    Raises NotPermitted, Invalid.
    """
    officer = _locked(actor, officer)
    authority = authority or officer.authority
    role = role or officer.role
    if officer.pk == actor.pk and (authority.pk != officer.authority_id or role != officer.role):
        raise NotPermitted(SELF_SENTENCE)
    if officer.pk == actor.pk and password:
        raise NotPermitted("修改自己的密码请用页面右上角的【修改密码】，需要先输入原密码。")
    if not may_manage_authority(actor, authority):
        raise NotPermitted(SCOPE_SENTENCE)
    officer.authority, officer.role = authority, role
    if person_name is not None:
        officer.person_name = person_name
    if mobile is not None:
        officer.mobile = mobile
    if password:
        _set_password(officer, password)
    _check(officer)
    officer.save()
    return officer


@transaction.atomic
def set_officer_active(*, actor, officer, active):
    """Put an officer's account in or out of use; out of use ends its sessions at once. Raises NotPermitted."""
    officer = _locked(actor, officer)
    if officer.pk == actor.pk:
        raise NotPermitted(SELF_SENTENCE)
    officer.is_active = active
    officer.save(update_fields=["is_active"])
    return officer


def _locked(actor, officer):
    officer = User.objects.select_for_update(of=["self"]).select_related("authority").get(pk=officer.pk)
    if not may_manage_officer(actor, officer):
        raise NotPermitted(SCOPE_SENTENCE)
    return officer


def _set_password(officer, password):
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise _invalid("password", " ".join(error.messages)) from error
    officer.set_password(password)


def _check(officer):
    try:
        officer.full_clean()
        if officer.mobile:
            mobile_rule(officer.mobile)
    except ValidationError as error:
        raise _invalid("officer", " ".join(error.messages)) from error


def _invalid(field, sentence):
    return Invalid(sentence, [{"section": "", "field": field, "label": "", "message": sentence}])
