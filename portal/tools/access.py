"""Every page declares who may open it.

``@opens_to(ENTERPRISE)`` on a view both enforces and documents; a test walks the URL configuration and fails for
a view without a declaration (pages of the admin are declared by the admin site itself).
"""
import functools

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.tools.errors import NotPermitted

PUBLIC = "public"  # anybody
SIGNED_IN = "signed_in"  # any account
ENTERPRISE = "enterprise"  # 法人账户
OFFICER = "officer"  # 主管部门人员
STAFF = "staff"  # 主管部门人员和运维人员

NATURAL_PERSON_SENTENCE = "自然人账户不能办理企业业务。请退出后用企业的法人账户登录。"
OFFICER_SENTENCE = "您登录的是主管部门账户，不能办理企业业务。请进入审核工作台，或退出后用企业的法人账户登录。"
ENTERPRISE_SENTENCE = "该页面仅供主管部门人员使用。企业请从【企业申报主页】办理业务。"

#: What an account has to do after its password before anything else opens; registered by accounts.
_next_step = None


def register_next_step(function):
    """Set the function that returns, for a request of a signed-in account, the address to visit first or None."""
    global _next_step
    _next_step = function


def opens_to(who, *, before_second_factor=False):
    """Declare and enforce who may open a view: PUBLIC, SIGNED_IN, ENTERPRISE, OFFICER or STAFF.

    A visitor who is not signed in goes to the login page and comes back; a script request gets 401 as JSON so that
    the page can keep what was typed. An account that still owes its second factor goes there, unless the view says
    ``before_second_factor``. Raises NotPermitted for an account of another kind.
    """

    def decorate(view):
        @functools.wraps(view)
        def guarded(request, *args, **kwargs):
            if who != PUBLIC:
                if not request.user.is_authenticated:
                    return _ask_to_sign_in(request)
                _check(request.user, who)
                step = None if before_second_factor or _next_step is None else _next_step(request)
                if step:
                    return _ask_for_step(request, step)
            return view(request, *args, **kwargs)

        guarded.opens_to = who
        guarded.before_second_factor = before_second_factor
        return guarded

    return decorate


def wants_json(request):
    """Tell whether the request came from the portal's own script."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _ask_to_sign_in(request):
    if wants_json(request):
        return JsonResponse({"code": "signed_out", "message": "登录已失效，请重新登录。您填写的内容仍保留在本页。"}, status=401)
    return redirect_to_login(request.get_full_path())


def _ask_for_step(request, step):
    if wants_json(request):
        return JsonResponse({"code": "second_factor", "message": "请先输入动态口令，再继续操作。"}, status=401)
    return HttpResponseRedirect(step)


def safe_next(request):
    """Return the page to go on to (``next``) when it is one of the portal's own, else the empty string."""
    path = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    safe = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if safe else ""


def _check(user, who):
    if who == ENTERPRISE and not user.is_legal_person:
        raise NotPermitted(OFFICER_SENTENCE if user.is_officer else NATURAL_PERSON_SENTENCE)
    if (who == OFFICER and not user.is_officer) or (who == STAFF and not user.is_staff):
        raise NotPermitted(ENTERPRISE_SENTENCE)
