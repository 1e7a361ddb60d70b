"""【忘记密码】: the account and its mobile, then the code and a new password.

The session of the visitor remembers between the two steps whom he said he is, with the number encrypted. Nothing on
these pages differs between an account that exists and one that does not, until the code was right.
"""
import time

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import CodePurpose
from accounts.forms.codes import CodeAndPasswordForm
from accounts.forms.recovery import RecoveryForm
from accounts.models import User
from accounts.services.codes import TooManyCodes, WrongCode, check_code, send_code
from accounts.services.look_ups import count_look_up
from accounts.services.recovery import find_recoverable, reset_password
from accounts.views.codes import answer_code_request, refuse_code_request, sent_sentence
from portal.tools.access import PUBLIC, opens_to
from portal.tools.crypto import decrypt, encrypt
from portal.tools.errors import Invalid, Refused

KEY = "recovery"  # in the session: account (id or None), mobile (encrypted), asked_at, proven_until (epoch seconds)
PROVEN_SECONDS = 10 * 60
START_AGAIN = "请先填写登录名（或统一社会信用代码）和绑定手机号。"


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@never_cache
def start(request):
    """Step 1: send a code when account and number belong together; go on to step 2 in any case."""
    if request.method != "POST":
        return render(request, "accounts/recover.html", {"form": RecoveryForm()})
    form = RecoveryForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/recover.html", {"form": form}, status=422)
    mobile = form.cleaned_data["mobile"]
    try:
        count_look_up(request=request)
        account = find_recoverable(typed=form.cleaned_data["login_name"], mobile=mobile)
        send_code(**_asked(account, mobile, request))
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return render(request, "accounts/recover.html", {"form": form}, status=refusal.status)
    request.session[KEY] = {"account": account and account.pk, "mobile": encrypt(mobile), "asked_at": int(time.time())}
    return redirect("accounts:recover_password")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@sensitive_post_parameters("code", "password1", "password2")
@never_cache
def new_password(request):
    """Step 2: check the code and set the new password."""
    remembered = request.session.get(KEY)
    if not remembered:
        messages.info(request, START_AGAIN)
        return redirect("accounts:recover")
    account, mobile, proven = _recall(remembered)
    if request.method != "POST":
        return _page(request, CodeAndPasswordForm(proven=proven), mobile)
    form = CodeAndPasswordForm(request.POST, proven=proven)
    if request.POST.get("action") == "code" and not proven:
        return _code_without_script(request, form, account, mobile)
    if form.is_valid():
        try:
            if not proven:
                _check_code(account, mobile, form.cleaned_data["code"])
                _remember_proof(request)
            reset_password(account=account, password=form.cleaned_data["password1"])
            return _finished(request, account)
        except WrongCode as refusal:
            form.add_error("code", refusal.message)
        except Invalid as refusal:
            form = CodeAndPasswordForm(request.POST, proven=True)
            form.add_error("password1", f"新密码：{refusal.message}")
    return _page(request, form, mobile, status=422)


@require_POST
@opens_to(PUBLIC)
@never_cache
def code(request):
    """【获取验证码】 of step 2's script: another code to the same number."""
    remembered = request.session.get(KEY)
    if not remembered:
        return refuse_code_request(START_AGAIN, code="start_again", status=409)
    account, mobile, _ = _recall(remembered)
    answer = answer_code_request(certain=False, **_asked(account, mobile, request))
    if answer.status_code == 200:
        request.session[KEY] = remembered | {"asked_at": int(time.time())}
    return answer


def _asked(account, mobile, request):
    return {
        "purpose": CodePurpose.RECOVER, "mobile": mobile, "account": account, "request": request,
        "deliver": account is not None,
    }  # fmt: skip


def _check_code(account, mobile, digits):
    # Without an account every code is wrong, a guess that hits the one nobody was sent included.
    check_code(purpose=CodePurpose.RECOVER, mobile=mobile, code=digits if account else "", account=account)


def _recall(remembered):
    """Return (account or None, mobile, whether the code was right a short time ago)."""
    account = User.objects.filter(pk=remembered["account"], is_active=True).first() if remembered["account"] else None
    return account, decrypt(remembered["mobile"]), remembered.get("proven_until", 0) > time.time()


def _remember_proof(request):
    proven_until = int(time.time()) + PROVEN_SECONDS
    request.session[KEY] = request.session[KEY] | {"proven_until": proven_until}


def _finished(request, account):
    del request.session[KEY]
    sentence = f"密码已重新设置，请用新密码登录。您的登录名是 {account.login_name}。"
    if account.is_legal_person and not account.real_name_verified_at:
        sentence += "该账户尚未通过实名认证，登录时请填写登录名，暂不能用统一社会信用代码登录。"
    messages.success(request, sentence)
    return redirect("accounts:login")


def _code_without_script(request, form, account, mobile):
    form.keep_errors_of()
    try:
        send_code(**_asked(account, mobile, request))
    except TooManyCodes as refusal:
        form.add_error("code", refusal.message)
        return _page(request, form, mobile, status=refusal.status)
    request.session[KEY] = request.session[KEY] | {"asked_at": int(time.time())}
    return _page(request, form, mobile)


def _page(request, form, mobile, status=200):
    asked_at = request.session[KEY]["asked_at"]
    context = {
        "form": form,
        "sentence": sent_sentence(mobile, certain=False),
        "wait": max(0, settings.CODE_PAUSE - int(time.time() - asked_at)),
    }
    return render(request, "accounts/recover_password.html", context, status=status)
