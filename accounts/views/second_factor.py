"""动态口令: the step after the password for officers and operators, and binding an authenticator."""
from base64 import b32encode

import segno
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.forms.second_factor import BindForm, CodeForm, RebindForm, RecoveryForm
from accounts.queries.second_factor import binding_state, last_message
from accounts.second_factor import has_passed, is_bound
from accounts.services.second_factor import bind, candidate_key, check_code, check_recovery_code
from portal.tools.access import STAFF, opens_to, safe_next
from portal.tools.errors import Refused

#: From so few recovery codes on the officer is told to make new ones.
FEW_CODES = 3


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(STAFF, before_second_factor=True)
@never_cache
@sensitive_post_parameters()
def totp(request):
    """Ask for the code (or with ?recovery=1 for a recovery code); a session that has passed sees its binding."""
    if not is_bound(request.user):
        return redirect(_with_next("accounts:totp_enrol", request))
    if has_passed(request):
        return HttpResponseRedirect(safe_next(request)) if safe_next(request) else _state(request)
    by_paper = "recovery" in request.GET
    form = (RecoveryForm if by_paper else CodeForm)(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _passed(request, form.cleaned_data["code"], by_paper)
            except Refused as refusal:
                form.add_error("code", refusal.message)
                status = refusal.status
    context = {
        "form": form,
        "by_paper": by_paper,
        "next": safe_next(request),
        "other_way": _other_way(request, by_paper),
    }
    return render(request, "accounts/second_factor.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(STAFF, before_second_factor=True)
@never_cache
@sensitive_post_parameters()
def totp_enrol(request):
    """Show the QR code to bind, check a first code, and then show the recovery codes once."""
    if is_bound(request.user) and not has_passed(request):
        return redirect(_with_next("accounts:totp", request))
    form_class = RebindForm if is_bound(request.user) else BindForm
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = bind(request=request, code=form.cleaned_data["code"], password=form.cleaned_data.get("password"))
            context = {"codes": codes, "next": safe_next(request) or reverse("admin:index")}
            return render(request, "accounts/recovery_codes.html", context)
        except Refused as refusal:
            problems = getattr(refusal, "problems", None) or [{"field": None}]
            form.add_error(problems[0]["field"], refusal.message)
    device = TOTPDevice(
        user=request.user, key=candidate_key(session_key=request.session.session_key, account=request.user)
    )
    secret = b32encode(device.bin_key).decode()
    context = {
        "form": form,
        "next": safe_next(request),
        "is_again": is_bound(request.user),
        "message": last_message(request.user),
        "picture": segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="#fff"),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "issuer": "优质中小企业梯度培育平台",
    }
    return render(request, "accounts/second_factor_enrol.html", context, status=422 if form.errors else 200)


def _passed(request, code, by_paper):
    """Check the code with the service and go on. Raises Refused."""
    if by_paper:
        left = check_recovery_code(request=request, code=code)
        messages.warning(request, f"已用恢复码登录，还剩 {left} 个恢复码。手机遗失或更换时，请尽快重新绑定动态口令。")
        if left <= FEW_CODES:
            return redirect("accounts:totp")
    else:
        check_code(request=request, code=code)
    return HttpResponseRedirect(safe_next(request) or reverse("admin:index"))


def _state(request):
    context = binding_state(request.user)
    context["is_few"] = context["left"] <= FEW_CODES
    return render(request, "accounts/second_factor_state.html", context)


def _with_next(name, request, **query):
    query |= {"next": safe_next(request)} if safe_next(request) else {}
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


def _other_way(request, by_paper):
    return _with_next("accounts:totp", request, **({} if by_paper else {"recovery": 1}))
