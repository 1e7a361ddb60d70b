"""统一登录: the way to the national system and back to the page that was wanted."""
from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.enums import SignInResult, SignInWay
from accounts.services.sign_in import log_attempt, sign_in
from accounts.services.unified import account_of
from accounts.unified import client
from accounts.unified.sign_out import mark
from accounts.views.session import start_page
from accounts.views.taken_over import go_to_taken_over
from portal.tools.access import PUBLIC, opens_to, safe_next
from portal.tools.errors import Refused

NEXT_KEY = "unified_next"


@require_http_methods(["GET", "HEAD"])
@opens_to(PUBLIC)
@never_cache
def start(request):
    """Go to the national login; nothing but this browser's session is written. 404 while it is not configured."""
    _check_open()
    if request.user.is_authenticated:
        return HttpResponseRedirect(safe_next(request) or start_page(request.user))
    request.session[NEXT_KEY] = safe_next(request)
    try:
        return client.start(request, callback=_callback(request))
    except Refused as refusal:
        return _problem(request, refusal)


@require_http_methods(["GET"])
@opens_to(PUBLIC)
@never_cache
def callback(request):
    """Take the answer of the national login, sign the account in and go on to the page that was wanted."""
    _check_open()
    path = request.session.pop(NEXT_KEY, "")
    subject = ""
    try:
        identity = client.finish(request)
        subject = identity.subject
        account, fresh = account_of(identity=identity)
        sign_in(request, account, way=SignInWay.UNIFIED)
    except Refused as refusal:
        if refusal.code != "inactive":  # sign_in has logged that
            log_attempt(
                login_name=subject, account=None, way=SignInWay.UNIFIED, result=SignInResult.REFUSED, request=request
            )
        return _problem(request, refusal)
    mark(request)
    if not account.is_legal_person:
        return HttpResponseRedirect(start_page(account))
    if fresh:
        return go_to_taken_over(request, path)
    return HttpResponseRedirect(path or start_page(account))


def _check_open():
    if not client.is_open():
        raise Http404


def _callback(request):
    """Return our absolute address for the provider: what is registered there, not what a Host header says."""
    path = reverse("accounts:unified_callback")
    return settings.SITE_URL.rstrip("/") + path if settings.SITE_URL else request.build_absolute_uri(path)


def _problem(request, refusal):
    return render(request, "accounts/unified_problem.html", {"refusal": refusal}, status=refusal.status)
