"""【注册】 of 法人账户 and 自然人账户. What is stated here counts for nothing before 实名认证."""
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import UserKind
from accounts.models import User
from accounts.queries.officers import login_name_taken
from portal.tools.errors import Invalid, Refused
from portal.tools.locks import hold_names

USCC_TAKEN = "统一社会信用代码已存在：“{}”已有注册账户，不能重复注册。代码无误的，请按【统一社会信用代码已存在】列出的办法登录。"
LOGIN_NAME_TAKEN = "登录名：“{}”已被使用（不区分大小写），请换一个。"


class Taken(Refused):
    """What must be one account's only belongs to another. ``field``: uscc or login_name."""

    code = "taken"

    def __init__(self, message, *, field):
        super().__init__(message)
        self.field = field


def register_legal_person(
    *, uscc, declared_name, legal_representative, document_type, document_number, login_name, password, mobile
):
    """Open a 法人账户 without 实名认证 and return it. Raises Taken, Invalid."""
    return _register(
        password,
        kind=UserKind.LEGAL_PERSON,
        uscc=uscc,
        declared_name=declared_name,
        legal_representative=legal_representative,
        document_type=document_type,
        document_number=document_number,
        login_name=login_name,
        mobile=mobile,
    )


def register_natural_person(*, person_name, login_name, password, mobile):
    """Open a 自然人账户, which may sign in and may not file, and return it. Raises Taken, Invalid."""
    return _register(
        password, kind=UserKind.NATURAL_PERSON, person_name=person_name, login_name=login_name, mobile=mobile
    )


def check_free(*, login_name=None, uscc=None):
    """Raise Taken when an account has this USCC or, in whatever case, this login name. A caller that is a page counts
    the question first (accounts.services.look_ups)."""
    if uscc and User.objects.filter(uscc=uscc).exists():
        raise Taken(USCC_TAKEN.format(uscc), field="uscc")
    if login_name and login_name_taken(login_name):
        raise Taken(LOGIN_NAME_TAKEN.format(login_name), field="login_name")


def _register(password, **columns):
    # The hash takes a third of a second on purpose: not while the names are held.
    account = User(password=make_password(password), **columns)
    try:
        return _save(account)
    except IntegrityError:
        # Somebody who does not hold names, an account manager for instance, was quicker.
        check_free(login_name=account.login_name, uscc=account.uscc)
        raise


@transaction.atomic
def _save(account):
    hold_names(f"login name {account.login_name.lower()}", f"uscc {account.uscc or ''}")
    check_free(login_name=account.login_name, uscc=account.uscc)
    try:
        account.full_clean(exclude=["password"], validate_unique=False)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    account.save()
    return account
