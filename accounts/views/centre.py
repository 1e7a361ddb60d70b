"""用户中心 (manual 图4): account, 实名认证, 绑定手机号, devices, password, last sign-ins."""
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms.password import PasswordChangeForm
from accounts.queries.devices import devices_of, last_sign_ins
from accounts.queries.requests import pending_of
from accounts.services.devices import change_password, sign_out_device, sign_out_elsewhere
from portal.tools.access import SIGNED_IN, opens_to
from portal.tools.crypto import mask
from portal.tools.errors import Invalid


@require_safe
@opens_to(SIGNED_IN)
@never_cache
def centre(request):
    """用户中心."""
    account = request.user
    context = {
        "mobile": mask(account.mobile),
        "devices": devices_of(account, here=request.session.session_key),
        "sign_ins": last_sign_ins(account),
        "pending": pending_of(account) if account.is_legal_person else None,
    }
    return render(request, "accounts/centre.html", context)


@require_POST
@opens_to(SIGNED_IN)
def sign_out_devices(request):
    """【退出其他设备】: all others, or the one named by ``device``."""
    here, token = request.session.session_key, request.POST.get("device", "")
    if token:
        ended = sign_out_device(account=request.user, token=token, keep=here)
        done = "该设备已退出登录。" if ended else "该设备已经不在登录状态。"
    else:
        ended = sign_out_elsewhere(account=request.user, keep=here)
        done = f"其他 {ended} 台设备已退出登录。" if ended else "没有其他设备在登录状态。"
    messages.success(request, done)
    return redirect("accounts:centre")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(SIGNED_IN)
@sensitive_post_parameters("old", "new", "again")
@never_cache
def password(request):
    """修改密码: this session stays signed in, all others end."""
    form, status = PasswordChangeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_password(
                    account=request.user,
                    old=form.cleaned_data["old"],
                    new=form.cleaned_data["new"],
                    request=request,
                )
            except Invalid as invalid:
                for problem in invalid.problems:
                    form.add_error(problem["field"], problem["message"])
            else:
                messages.success(request, "密码修改成功，其他设备已退出登录。")
                return redirect("accounts:centre")
    return render(request, "accounts/password.html", {"form": form}, status=status)
