"""Sign-in with a login name or, for a verified 法人账户, with its 统一社会信用代码 (manual, 登录账号)."""
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from stdnum.cn import uscc as uscc_rule

from accounts.enums import UserKind
from accounts.second_factor import with_binding
from portal.tools.text import narrow

LOCK_NAME_LENGTH = 255  # column of django-axes


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

    def get_user(self, user_id):
        """Return the account of a session, with the id of its second factor (accounts.second_factor), or None."""
        account = with_binding(get_user_model().objects.filter(pk=user_id)).first()
        return account if account is not None and self.user_can_authenticate(account) else None


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


def lock_name(request, credentials):
    """Return the name that failures are counted by (settings.AXES_USERNAME_CALLABLE).

    All that an account can be called by is one name, so that login name and USCC do not give two rows of tries and a
    success by either forgets the failures of both. Looked up once per request and name.
    """
    typed = (credentials or {}).get("username") or ""
    names = request.__dict__.setdefault("lock_names", {})
    if typed not in names:
        account = find_account(typed)
        names[typed] = account.login_name if account else "".join(narrow(typed).split())[:LOCK_NAME_LENGTH]
    return names[typed]
