"""【企业主页】-【编辑】: 完善企业基本信息 (manual §2, 图11)."""
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts.forms.enterprise import EnterpriseForm
from accounts.queries import enterprise_of
from accounts.services.enterprises import (
    check_editable,
    check_verified,
    has_title,
    save_enterprise,
    sync_verified_name,
)
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import StaleVersion
from portal.tools.text import is_id

STALE_STATUS, INVALID_STATUS = 409, 422


@opens_to(ENTERPRISE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request):
    """Show and save 企业基本情况; 【实名信息同步】 keeps what is typed and not saved yet."""
    check_verified(request.user)
    enterprise = enterprise_of(request.user)
    check_editable(enterprise)
    if request.method == "POST":
        return _sync(request, enterprise) if request.POST.get("action") == "sync" else _save(request, enterprise)
    return _page(request, enterprise, EnterpriseForm.of(enterprise), _version(enterprise))


def _save(request, enterprise):
    form = EnterpriseForm.of(enterprise, request.POST)
    seen = _seen_version(request)
    if not form.is_valid():
        return _page(request, enterprise, form, seen, status=INVALID_STATUS)
    try:
        save_enterprise(user=request.user, cleaned=form.cleaned_data, seen_version=seen)
    except StaleVersion as stale:
        context = {"stale": stale.message, "differences": form.differences(stale.current)}
        return _page(request, stale.current, form, stale.current.version, status=STALE_STATUS, **context)
    messages.success(request, "保存成功")
    return redirect(_next(request) or "applications:home")


def _sync(request, enterprise):
    seen, before = _seen_version(request), _version(enterprise)
    synced = sync_verified_name(user=request.user, has_title=has_title(enterprise))
    # The page that asked has seen the change of the name; a change by another window it has not.
    if seen == before:
        seen = _version(synced)
    form = EnterpriseForm(initial=request.POST.dict())  # what was typed, not judged before 【保存】
    request.user.refresh_from_db(fields=["verified_name"])
    return _page(request, synced, form, seen, synced_name=request.user.verified_name)


def _page(request, enterprise, form, seen_version, status=200, **context):
    context |= {
        "enterprise": enterprise,
        "form": form,
        "seen_version": seen_version,
        "next": _next(request),
        "title": "编辑企业基本情况" if enterprise and enterprise.is_complete else "完善企业基本信息",
        "size": form.size_result(),
        "back": _next(request) or reverse("applications:home"),
        "menu_current": "home",
    }
    return render(request, "accounts/enterprise_edit.html", context, status=status)


def _version(enterprise):
    return enterprise.version if enterprise else 0


def _seen_version(request):
    """Return the version the page was made from; a missing or broken one never fits."""
    text = request.POST.get("seen_version", "")
    return int(text) if is_id(text) else -1


def _next(request):
    """Return the address to go on to after 【保存】 when it lies on this site, else ""."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else ""
