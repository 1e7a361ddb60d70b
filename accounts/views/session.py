"""登录 and 退出, for the portal, the review desk and the pages that ask for the password again in place."""
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import UserKind
from accounts.forms.session import DeskLoginForm, LoginForm
from portal.tools.access import PUBLIC, SIGNED_IN, opens_to, wants_json

LOGIN_TITLE = "登录"
DESK_TITLE = "主管部门登录"


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@sensitive_post_parameters("password")
@csrf_protect
@never_cache
def sign_in(request):
    """登录: show the form, or check it and go on to ``next`` or to the account's own start page.

    A script request (X-Requested-With) is answered in JSON with a new CSRF token, so that a long form whose session
    has ended can go on saving without being left.
    """
    return _sign_in(request, LoginForm, title=LOGIN_TITLE)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@sensitive_post_parameters("password")
@csrf_protect
@never_cache
def sign_in_to_desk(request, extra_context=None):
    """The login page of the review desk (replaces the admin's own): officers and operators only."""
    if request.user.is_authenticated and not request.user.is_staff:
        return render(request, "accounts/wrong_account.html", {"for_desk": True}, status=403)
    return _sign_in(request, DeskLoginForm, title=DESK_TITLE)


@require_POST
@opens_to(PUBLIC)
@csrf_protect
@never_cache
def sign_out(request):
    """退出: end the session and go to ``next`` when it is a page of the portal, else to the home page."""
    logout(request)
    return HttpResponseRedirect(_safe_next(request) or resolve_url(settings.LOGOUT_REDIRECT_URL))


@require_http_methods(["GET", "HEAD"])
@opens_to(SIGNED_IN)
def natural_person(request):
    """Tell a 自然人账户 that it cannot file and what to do instead (manual, 登录账号)."""
    if request.user.kind != UserKind.NATURAL_PERSON:
        return redirect(start_page(request.user))
    return render(request, "accounts/wrong_account.html", {"for_desk": False})


def start_page(user):
    """Return the path where an account begins its work."""
    if user.is_staff:
        return resolve_url("admin:index")
    if user.is_legal_person:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return resolve_url("accounts:natural_person")


def _sign_in(request, form_class, *, title):
    if request.method == "POST":
        form = form_class(request, data=request.POST)
        if form.is_valid():
            login(request, form.get_user())
            return _signed_in(request)
        if wants_json(request):
            return _refused_as_json(form)
        return _login_page(request, form, title, status=422)
    if request.user.is_authenticated:
        return HttpResponseRedirect(_destination(request))
    return _login_page(request, form_class(request), title)


def _login_page(request, form, title, status=200):
    context = {"form": form, "page_title": title, "next": _safe_next(request), "for_desk": title == DESK_TITLE}
    return render(request, "accounts/login.html", context, status=status)


def _signed_in(request):
    if wants_json(request):
        return JsonResponse({"ok": True, "csrf": get_token(request), "account": request.user.pk})
    return HttpResponseRedirect(_destination(request))


def _refused_as_json(form):
    sentences = [message for messages in form.errors.values() for message in messages]
    return JsonResponse({"ok": False, "code": "not_signed_in", "message": " ".join(sentences)}, status=422)


def _destination(request):
    if request.user.kind == UserKind.NATURAL_PERSON:
        return start_page(request.user)
    return _safe_next(request) or start_page(request.user)


def _safe_next(request):
    """Return the page to go on to when it is one of the portal's own, else the empty string."""
    path = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    safe = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if safe else ""
