"""登录 and 退出, for the portal, the review desk and the pages that ask for the password again in place."""
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.backends import find_account, lock_name
from accounts.enums import SignInResult, SignInWay, UserKind
from accounts.forms.session import DeskLoginForm, LoginForm
from accounts.services.access_log import address_of
from accounts.services.lockout import seconds_locked
from accounts.services.sign_in import log_attempt
from accounts.services.sign_in import sign_in as open_session
from portal.tools.access import PUBLIC, SIGNED_IN, opens_to, safe_next, wants_json

LOGIN_TITLE = "登录"
DESK_TITLE = "主管部门登录"
LOCKED_SENTENCE = "密码已连续输错 {limit} 次，该登录名在您所在的网络暂停登录，请 {minutes} 分钟后再试。"
#: What a refused login is logged as, by the code of the form's error.
RESULTS = {
    "invalid_login": SignInResult.WRONG, "inactive": SignInResult.INACTIVE, "not_staff": SignInResult.REFUSED,
}  # fmt: skip


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
    return HttpResponseRedirect(safe_next(request) or resolve_url(settings.LOGOUT_REDIRECT_URL))


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


def locked_out(request, response=None, credentials=None):
    """Answer a login that is locked (settings.AXES_LOCKOUT_CALLABLE): 429 and the minutes that remain."""
    seconds = seconds_locked(login_name=lock_name(request, credentials), address=address_of(request))
    minutes = -(-seconds // 60)
    sentence = LOCKED_SENTENCE.format(limit=settings.AXES_FAILURE_LIMIT, minutes=max(minutes, 1))
    if wants_json(request):
        answer = JsonResponse({"ok": False, "code": "locked", "message": sentence}, status=429)
    else:
        for_desk = request.path == resolve_url("admin:login")
        context = {"sentence": sentence, "next": safe_next(request), "for_desk": for_desk}
        answer = render(request, "accounts/locked.html", context, status=429)
    answer["Retry-After"] = str(max(seconds, 1))
    return answer


def _sign_in(request, form_class, *, title):
    if request.method == "POST":
        form = form_class(request, data=request.POST)
        if form.is_valid():
            open_session(request, form.get_user(), way=SignInWay.PASSWORD)
            return _signed_in(request)
        _log_refusal(request, form)
        if wants_json(request):
            return _refused_as_json(form)
        return _login_page(request, form, title, status=422)
    if request.user.is_authenticated:
        return HttpResponseRedirect(_destination(request))
    return _login_page(request, form_class(request), title)


def _log_refusal(request, form):
    """Write a row for a login that was tried; a form with a blank field was not."""
    codes = [error.code for error in form.non_field_errors().as_data()]
    if not codes:
        return
    result = RESULTS[codes[0]]
    if request.axes_locked_out and request.axes_failures_since_start is None:
        result = SignInResult.LOCKED  # not even looked at
    typed = form.cleaned_data["username"]
    account = form.get_user() or find_account(typed)
    log_attempt(login_name=typed, account=account, way=SignInWay.PASSWORD, result=result, request=request)


def _login_page(request, form, title, status=200):
    context = {"form": form, "page_title": title, "next": safe_next(request), "for_desk": title == DESK_TITLE}
    return render(request, "accounts/login.html", context, status=status)


def _signed_in(request):
    if wants_json(request):
        return JsonResponse({"ok": True, "csrf": get_token(request), "account": request.user.pk})
    return HttpResponseRedirect(_destination(request))


def _refused_as_json(form):
    sentences = [message for messages in form.errors.values() for message in messages]
    return JsonResponse({"ok": False, "code": "not_signed_in", "message": " ".join(sentences)}, status=422)


def _destination(request):
    wanted = safe_next(request)
    if request.user.kind == UserKind.NATURAL_PERSON and not _open_to_any_account(wanted):
        return start_page(request.user)
    return wanted or start_page(request.user)


def _open_to_any_account(path):
    try:
        view = resolve(urlsplit(path).path).func
    except Resolver404:
        return False
    return getattr(view, "opens_to", None) in {PUBLIC, SIGNED_IN}
