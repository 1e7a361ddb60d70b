"""Sign-in with a login name or, for a verified 法人账户, with its 统一社会信用代码 (manual, 登录账号)."""
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from stdnum.cn import uscc as uscc_rule

from accounts.enums import UserKind
from portal.tools.text import narrow


class LoginNameOrUsccBackend(ModelBackend):
    """Find an account by what was typed as 登录名或统一社会信用代码 and check its password.

    An account that is not in use is returned too, so that the login form can say so to somebody who knows the
    password; it never becomes the user of a request, because ``get_user`` drops it.
    """

    def authenticate(self, request, username=None, password=None, **credentials):
        """Return the account whose password fits, or None."""
        if username is None or password is None:
            return None
        account = find_account(username)
        if account is None:
            # An unknown name must take as long as a wrong password, or names could be found out by the clock.
            get_user_model()().set_password(password)
            return None
        return account if account.check_password(password) else None


def find_account(typed):
    """Return the account with this login name or USCC, or None.

    Full-width characters and spaces are forgiven; upper and lower case differ in a login name and not in a USCC.
    No login name can be mistaken for a USCC: names begin with a letter, a USCC begins with eight digits.
    """
    typed = "".join(narrow(typed).split())
    accounts = get_user_model().objects.all()
    if uscc_rule.is_valid(typed):
        return accounts.filter(
            uscc=uscc_rule.compact(typed), kind=UserKind.LEGAL_PERSON, real_name_verified_at__isnull=False
        ).first()
    return accounts.filter(login_name=typed).first()
