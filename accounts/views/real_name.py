"""【用户中心】-【实名认证】: its state and the two ways (manual Q2, Q5)."""
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.real_name import RealNameForm
from accounts.queries.requests import last_request_of
from accounts.services.real_name import cancel_real_name, submit_real_name
from accounts.services.requests import telephone
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import Refused


@require_safe
@opens_to(ENTERPRISE)
@never_cache
def real_name(request):
    """实名认证: state, what became of the last request, and the two ways."""
    row = last_request_of(request.user)
    context = {"row": row, "telephone": telephone(row.authority) if row else ""}
    return render(request, "accounts/real_name.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(ENTERPRISE)
@never_cache
def manual(request):
    """人工实名认证: data and evidence for an officer. Nothing changes before approval."""
    if request.method != "POST":
        return _form_page(request, RealNameForm(initial=_initial(request.user)))
    form = RealNameForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    values = form.cleaned_data
    try:
        row = submit_real_name(
            account=request.user,
            facts=form.facts,
            mobile=values["mobile"],
            uploads=values["evidence"],
            request=request,
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _form_page(request, form, status=refusal.status, refusal=refusal)
    messages.success(request, f"提交成功，受理编号 {row.receipt}，由{row.authority.name}办理。")
    return redirect("accounts:real_name")


@require_POST
@opens_to(ENTERPRISE)
def cancel(request, request_id):
    """【撤销申请】: take back a request that is 待办理."""
    cancel_real_name(account=request.user, request_id=request_id)
    messages.success(request, "已撤销人工实名认证申请。")
    return redirect("accounts:real_name")


def _initial(account):
    """Fill in what the account has stated already; numbers are typed anew."""
    enterprise = getattr(account, "enterprise", None)
    return {
        "uscc": account.uscc,
        "enterprise_name": account.verified_name or account.declared_name,
        "legal_representative": account.legal_representative,
        "document_type": account.document_type,
        "region": enterprise.registered_region_id if enterprise else None,
    }


def _form_page(request, form, status=200, refusal=None):
    context = {"form": form, "refusal": refusal}
    return render(request, "accounts/real_name_manual.html", context, status=status)
