"""【重设动态口令】: the page on which a manager or an operator takes a lost second factor away."""
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from accounts.second_factor import with_binding
from accounts.services.second_factor import may_reset, reset_second_factor
from portal.tools.errors import NotPermitted, Refused

SCOPE_SENTENCE = "您不能重设这个账户的动态口令：本人的须由他人重设，其他部门的由该部门或其上级管理人员重设。"


def reset_page(model_admin, request, object_id):
    """GET: what will happen. POST: reset, and back to the account with the result."""
    account = with_binding(model_admin.get_queryset(request)).filter(pk=object_id).first()
    if account is None:
        raise Http404
    if not may_reset(request.user, account):
        raise NotPermitted(SCOPE_SENTENCE)
    if request.method == "POST":
        try:
            reset_second_factor(actor=request.user, account=account, request=request)
            messages.success(request, f"已重设“{account}”的动态口令，其已登录的设备均已退出，下次登录时重新绑定。")
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("admin:accounts_user_change", account.pk)
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts, "account": account, "title": "重设动态口令"
    }
    request.current_app = model_admin.admin_site.name
    return render(request, "admin/accounts/user/reset_second_factor.html", context)
