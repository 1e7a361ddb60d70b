"""手机号修改 (manual Q3, 图5, 图6): the choice, 手机核验 in four steps, 人工核验 in three."""
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.codes import SpokenForm
from accounts.forms.mobile_change import CodeForm, ManualForm, NewMobileForm, OldMobileForm
from accounts.models import User
from accounts.services import mobile_change as services
from accounts.steps import forget_steps, read_steps, write_steps
from portal.tools.access import PUBLIC, opens_to
from portal.tools.crypto import mask
from portal.tools.errors import Refused

PHONE, MANUAL = "mobile-phone", "mobile-manual"
AGAIN_SENT = "已重新发送验证码到 {mobile}，请按最新一条短信填写。"
#: Step of the task -> (form, title).
PHONE_STEPS = {
    "old": (OldMobileForm, "核验原手机号"),
    "old_code": (CodeForm, "填写原手机号收到的验证码"),
    "new": (NewMobileForm, "填写新手机号"),
    "new_code": (CodeForm, "填写新手机号收到的验证码"),
}
MANUAL_STEPS = {
    "new": (NewMobileForm, "验证新手机号"),
    "new_code": (CodeForm, "填写新手机号收到的验证码"),
    "facts": (ManualForm, "填写企业信息并上传证明材料"),
}
#: Field that a refusal of the service is shown at.
FIELDS = {"old": "old_mobile", "old_code": "code", "new": "new_mobile", "new_code": "code"}


@require_safe
@opens_to(PUBLIC)
@never_cache
def choice(request):
    """手机号修改: choose the way of verification."""
    return render(request, "accounts/mobile_change.html")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@never_cache
def phone(request):
    """手机核验: code to the old number, then to the new one; only then the number changes."""
    kept = _phone_state(request)
    if request.method == "POST":
        return _post(request, PHONE, PHONE_STEPS, kept, _phone_work)
    return _page(request, PHONE, PHONE_STEPS, kept)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@never_cache
def manual(request):
    """人工核验: the new number proves itself, then data and evidence go to an officer."""
    kept = read_steps(request, MANUAL) or {"step": "new"}
    if request.method == "POST":
        return _post(request, MANUAL, MANUAL_STEPS, kept, _manual_work)
    return _page(request, MANUAL, MANUAL_STEPS, kept)


def _phone_state(request):
    """Return what is kept; it is forgotten when somebody else has signed in meanwhile."""
    kept = read_steps(request, PHONE)
    me = request.user.pk if request.user.is_authenticated else None
    if kept and kept["signed_in"] == me:
        return kept
    return {"step": "old", "signed_in": me}


def _post(request, task, steps, kept, work):
    """Take one step: restart, send the code again, or do what the step's form asks."""
    if request.POST.get("action") == "restart":
        forget_steps(request, task)
        return redirect(request.path)
    if request.POST.get("step") != kept["step"]:
        return redirect(request.path)  # a page of an earlier step, or a second click: show where the task really is
    form = steps[kept["step"]][0](request.POST, request.FILES)
    if request.POST.get("action") == "again":
        return _again(request, task, steps, kept, work)
    if kept["step"] == "old" and request.user.is_authenticated:
        form = None
    elif not form.is_valid():
        return _page(request, task, steps, kept, form, status=422)
    try:
        done = work(request, kept, form.cleaned_data if form else {}, form)
    except Refused as refusal:
        return _refused(request, task, steps, kept, form, refusal)
    if done is not None:
        forget_steps(request, task)
        return done
    write_steps(request, task, kept)
    return redirect(request.path)


def _again(request, task, steps, kept, work):
    """【重新获取验证码】 at a step that waits for a code."""
    before = {"old_code": "old", "new_code": "new"}.get(kept["step"])
    if before is None:
        return redirect(request.path)
    try:
        work(request, kept | {"step": before}, {"login": kept.get("login"), FIELDS[before]: kept[FIELDS[before]]}, None)
    except Refused as refusal:
        return _refused(request, task, steps, kept, CodeForm({"code": ""}), refusal)
    messages.success(request, AGAIN_SENT.format(mobile=mask(kept[FIELDS[before]])))
    return redirect(request.path)


def _phone_work(request, kept, typed, form):
    """Do one step of 手机核验 and note in ``kept`` what comes next; return the answer after the last one."""
    match kept["step"]:
        case "old":
            _send_old(request, kept, typed)
        case "old_code":
            services.check_old_code(account=_account(kept), mobile=kept["old_mobile"], code=typed["code"])
            kept["step"] = "new"
        case "new":
            services.send_new_code(mobile=typed["new_mobile"], account=_account(kept), request=request)
            kept |= {"step": "new_code", "new_mobile": typed["new_mobile"]}
        case "new_code":
            return _change(request, kept, typed["code"])
    return None


def _send_old(request, kept, typed):
    if request.user.is_authenticated:
        account, login, mobile = request.user, request.user.login_name, request.user.mobile
        services.send_bound_code(account=account, request=request)
    else:
        login, mobile = typed["login"], typed["old_mobile"]
        account = services.send_old_code(typed=login, mobile=mobile, request=request)
    kept |= {"step": "old_code", "login": login, "old_mobile": mobile, "account": account.pk if account else None}


def _change(request, kept, code):
    keep = request.session.session_key if request.user.is_authenticated else None
    services.change_by_phone(
        account=_account(kept), old_mobile=kept["old_mobile"], new_mobile=kept["new_mobile"], code=code, keep=keep
    )
    messages.success(request, f"手机号修改成功，绑定手机号已改为 {mask(kept['new_mobile'])}。")
    return redirect("accounts:centre" if request.user.is_authenticated else "accounts:login")


def _account(kept):
    return User.objects.get(pk=kept["account"]) if kept.get("account") else None


def _manual_work(request, kept, typed, form):
    """Do one step of 人工核验; return the page with the 受理编号 after the last one."""
    match kept["step"]:
        case "new":
            services.send_new_code(mobile=typed["new_mobile"], request=request)
            kept |= {"step": "new_code", "new_mobile": typed["new_mobile"]}
        case "new_code":
            services.check_new_code(mobile=kept["new_mobile"], code=typed["code"])
            kept["step"] = "facts"
        case "facts":
            row = services.submit_mobile_change(
                facts=form.facts, new_mobile=kept["new_mobile"], uploads=typed["evidence"], request=request
            )
            return render(request, "accounts/mobile_change_done.html", {"row": row, "mobile": mask(row.new_mobile)})
    return None


def _refused(request, task, steps, kept, form, refusal):
    """Show the refusal at the field it is about; without a form (nothing was to be typed) above the page."""
    field = FIELDS.get(kept["step"]) if form is not None else None
    form = form if form is not None else SpokenForm({})
    form.errors.pop("code", None)  # of a code that was not asked for yet
    form.add_error(field, refusal.message)
    return _page(request, task, steps, kept, form, status=refusal.status)


def _page(request, task, steps, kept, form=None, status=200):
    names = list(steps)
    form_class, title = steps[kept["step"]]
    context = {
        "form": form if form is not None else form_class(),
        "step": kept["step"],
        "number": names.index(kept["step"]) + 1,
        "of": len(names),
        "title": title,
        "way": "手机核验" if task == PHONE else "人工核验",
        "old_mobile": mask(kept.get("old_mobile") or getattr(request.user, "mobile", "")),
        "new_mobile": mask(kept.get("new_mobile", "")),
    }
    return render(request, "accounts/mobile_change_step.html", context, status=status)
