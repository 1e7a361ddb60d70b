"""电子营业执照扫码: the page with the QR code, what its script asks for, and the end (登录 or 实名认证).

Each page exists twice, once for 登录 (anybody) and once for 实名认证 (法人账户); accounts/urls/licence.py picks by purpose.
GET never writes: the code is made, and its answer is used, by POST.
"""
import secrets

import segno
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from accounts.enums import ScanPurpose, SignInResult, SignInWay
from accounts.licence.gateway import get_gateway
from accounts.services import licence as service
from accounts.services.sign_in import log_attempt, sign_in
from accounts.views.session import start_page
from accounts.views.taken_over import go_to_taken_over
from portal.tools.access import ENTERPRISE, PUBLIC, opens_to, safe_next
from portal.tools.errors import Refused

TITLES = {ScanPurpose.SIGN_IN: "电子营业执照扫码登录", ScanPurpose.VERIFY: "电子营业执照扫码认证"}
WHO = {ScanPurpose.SIGN_IN: PUBLIC, ScanPurpose.VERIFY: ENTERPRISE}
VERIFIED = "实名认证通过：“{name}”（{uscc}）。"
#: What the browser that made a code holds in its session: its nonce, and the text and the way on of its last codes.
SESSION_KEY = "licence"
CODES_KEPT = 4
POLL_SECONDS = 2


def by_purpose(*methods):
    """Turn a view into {purpose: view}, each declaring who may open it."""

    def decorate(view):
        return {
            purpose: require_http_methods(methods)(opens_to(who)(csrf_protect(never_cache(view))))
            for purpose, who in WHO.items()
        }

    return decorate


@by_purpose("GET", "HEAD", "POST")
def start(request, purpose):
    """Explain the scan; POST makes a code and goes on to its page."""
    if purpose == ScanPurpose.SIGN_IN and request.user.is_authenticated:
        return HttpResponseRedirect(safe_next(request) or start_page(request.user))
    gateway = get_gateway()
    if purpose == ScanPurpose.VERIFY:
        service.check_document(request.user)
    if request.method == "POST":
        return _make_code(request, purpose)
    return _page(request, purpose, "start", gateway=gateway, next=safe_next(request))


@by_purpose("GET", "HEAD")
def show(request, purpose, token):
    """Show the QR code with what is left of its time."""
    scan = _own_scan(request, purpose, token)
    state, sentence = service.state_of(scan)
    code = _held(request)["codes"].get(token)
    if code is None or state not in {"waiting", "confirmed"}:
        return _page(request, purpose, "problem", problem=sentence or service.EXPIRED, again=True, status=409)
    return _waiting(request, scan, code, "")


@by_purpose("GET", "HEAD")
def state(request, purpose, token):
    """Tell the script how the code is: state, seconds left, a sentence. Only the browser that made it is told."""
    scan = _own_scan(request, purpose, token)
    now, sentence = service.state_of(scan)
    return JsonResponse({"state": str(now), "seconds": _seconds_left(scan), "message": sentence})


@by_purpose("POST")
def finish(request, purpose, token):
    """Use the answer: sign the enterprise in, or verify the account."""
    scan = _own_scan(request, purpose, token)
    code = _held(request)["codes"].get(token) or {"content": "", "next": ""}
    try:
        licence = service.take_licence(scan=scan)
        if purpose == ScanPurpose.VERIFY:
            return _verified(request, licence)
        return _signed_in(request, licence, code["next"])
    except Refused as refusal:
        if refusal.code == "waiting" and code["content"]:
            return _waiting(request, scan, code, refusal.message)
        if purpose == ScanPurpose.SIGN_IN and refusal.code in {"untrusted", "unknown"}:
            scan.refresh_from_db()  # holds the code of a licence that was proved
            log_attempt(
                login_name=scan.uscc, account=None, way=SignInWay.LICENCE, result=SignInResult.REFUSED,
                request=request,
            )  # fmt: skip
        return _page(
            request, purpose, "problem", status=refusal.status, problem=refusal.message, refusal=refusal,
            again=refusal.code in {"expired", "used", "declined", "untrusted", "other_enterprise"},
        )  # fmt: skip


def _make_code(request, purpose):
    service.count_scan(request=request)
    account = request.user if purpose == ScanPurpose.VERIFY else None
    held = _held(request)
    nonce = held["nonce"] or secrets.token_urlsafe(32)
    scan, content = service.start_scan(purpose=purpose, nonce=nonce, account=account)
    codes = dict(list(held["codes"].items())[1 - CODES_KEPT :])
    codes[scan.token] = {"content": content, "next": safe_next(request)}
    request.session[SESSION_KEY] = {"nonce": nonce, "codes": codes}
    return redirect("accounts:scan_code", purpose, scan.token)


def _signed_in(request, licence, path):
    account, fresh = service.account_for(licence=licence)
    sign_in(request, account, way=SignInWay.LICENCE)
    request.session.pop(SESSION_KEY, None)
    if fresh:
        return go_to_taken_over(request, path)
    return HttpResponseRedirect(path or start_page(account))


def _verified(request, licence):
    service.verify_by_licence(account=request.user, licence=licence)
    messages.success(request, VERIFIED.format(name=licence.name, uscc=licence.uscc))
    return redirect("accounts:real_name")


def _held(request):
    return request.session.get(SESSION_KEY) or {"nonce": "", "codes": {}}


def _own_scan(request, purpose, token):
    nonce = _held(request)["nonce"]
    account = request.user if purpose == ScanPurpose.VERIFY else None
    scan = service.find_scan(token=token, purpose=purpose, nonce=nonce, account=account) if nonce else None
    if scan is None:
        raise Http404
    return scan


def _waiting(request, scan, code, problem):
    picture = segno.make(code["content"], error="m").svg_data_uri(scale=6, border=4, dark="#000", light="#fff")
    return _page(
        request, scan.purpose, "code", status=409 if problem else 200, scan=scan, gateway=get_gateway(),
        picture=picture, seconds=_seconds_left(scan), problem=problem, poll_seconds=POLL_SECONDS, next=code["next"],
    )  # fmt: skip


def _seconds_left(scan):
    return max(0, round((scan.expires_at - timezone.now()).total_seconds()))


def _page(request, purpose, part, *, status=200, **context):
    context |= {"purpose": str(purpose), "title": TITLES[ScanPurpose(purpose)], "back": _back(purpose)}
    return render(request, f"accounts/scan_{part}.html", context, status=status)


def _back(purpose):
    """Return where 【返回】 leads: address and label."""
    if purpose == ScanPurpose.VERIFY:
        return resolve_url("accounts:real_name"), "返回实名认证"
    return resolve_url("accounts:login"), "返回登录"
