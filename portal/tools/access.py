"""Every page declares who may open it.

``@opens_to(ENTERPRISE)`` on a view both enforces and documents; a test walks the URL configuration and fails for
a view without a declaration (pages of the admin are declared by the admin site itself).
"""
import functools

from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse

from portal.tools.errors import NotPermitted

PUBLIC = "public"  # anybody
SIGNED_IN = "signed_in"  # any account
ENTERPRISE = "enterprise"  # 法人账户
OFFICER = "officer"  # 主管部门人员

NATURAL_PERSON_SENTENCE = "自然人账户不能办理企业业务。请退出后用企业的法人账户登录。"
OFFICER_SENTENCE = "您登录的是主管部门账户，不能办理企业业务。请进入审核工作台，或退出后用企业的法人账户登录。"
ENTERPRISE_SENTENCE = "该页面仅供主管部门人员使用。企业请从【企业申报主页】办理业务。"


def opens_to(who):
    """Declare and enforce who may open a view: PUBLIC, SIGNED_IN, ENTERPRISE or OFFICER.

    A visitor who is not signed in goes to the login page and comes back; a script request gets 401 as JSON so that
    the page can keep what was typed. Raises NotPermitted for an account of another kind.
    """

    def decorate(view):
        @functools.wraps(view)
        def guarded(request, *args, **kwargs):
            if who != PUBLIC:
                if not request.user.is_authenticated:
                    return _ask_to_sign_in(request)
                _check(request.user, who)
            return view(request, *args, **kwargs)

        guarded.opens_to = who
        return guarded

    return decorate


def wants_json(request):
    """Tell whether the request came from the portal's own script."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _ask_to_sign_in(request):
    if wants_json(request):
        return JsonResponse({"code": "signed_out", "message": "登录已失效，请重新登录。您填写的内容仍保留在本页。"}, status=401)
    return redirect_to_login(request.get_full_path())


def _check(user, who):
    if who == ENTERPRISE and not user.is_legal_person:
        raise NotPermitted(OFFICER_SENTENCE if user.is_officer else NATURAL_PERSON_SENTENCE)
    if who == OFFICER and not user.is_officer:
        raise NotPermitted(ENTERPRISE_SENTENCE)
