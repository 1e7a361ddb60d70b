"""【注册】: the choice of 法人 or 自然人, the form of each, and what comes next."""
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import CodePurpose, SignInWay
from accounts.forms.codes import CodeMobileForm
from accounts.forms.registration import LegalPersonForm, NaturalPersonForm
from accounts.services import registration
from accounts.services.codes import TooManyCodes, WrongCode, check_code, send_code
from accounts.services.look_ups import count_look_up
from accounts.services.sign_in import sign_in
from accounts.views.codes import answer_code_request, refuse_code_request, sent_sentence
from accounts.views.session import start_page
from portal.tools.access import PUBLIC, SIGNED_IN, opens_to
from portal.tools.errors import Refused

PERSONAL = ("password1", "password2", "code", "document_number")


@require_http_methods(["GET", "HEAD"])
@opens_to(PUBLIC)
def choose(request):
    """Ask for the kind of account and say that only a 法人账户 can file."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(start_page(request.user))
    return render(request, "accounts/register.html")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@sensitive_post_parameters(*PERSONAL)
@never_cache
def legal_person(request):
    """【注册】 法人."""
    return _register(request, LegalPersonForm, registration.register_legal_person, for_legal_person=True)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@sensitive_post_parameters(*PERSONAL)
@never_cache
def natural_person(request):
    """【注册】 自然人."""
    return _register(request, NaturalPersonForm, registration.register_natural_person, for_legal_person=False)


@require_POST
@opens_to(PUBLIC)
@never_cache
def code(request):
    """【获取验证码】 of the page's script: JSON with the seconds until the next one."""
    form = CodeMobileForm(request.POST)
    if not form.is_valid():
        return refuse_code_request(" ".join(form.errors["mobile"]))
    return answer_code_request(purpose=CodePurpose.REGISTER, mobile=form.cleaned_data["mobile"], request=request)


@require_http_methods(["GET", "HEAD"])
@opens_to(SIGNED_IN)
def done(request):
    """Say what comes next."""
    return render(request, "accounts/register_done.html")


def _register(request, form_class, service, *, for_legal_person):
    if request.user.is_authenticated:
        return HttpResponseRedirect(start_page(request.user))
    page = {"for_legal_person": for_legal_person}
    if request.method != "POST":
        return _page(request, form_class(), page)
    form = form_class(request.POST)
    if request.POST.get("action") == "code":
        return _code_without_script(request, form, page)
    form.full_clean()
    try:
        page["uscc_taken"] = _name_what_is_taken(request, form)
        if not form.errors:
            check_code(
                purpose=CodePurpose.REGISTER, mobile=form.cleaned_data["mobile"], code=form.cleaned_data["code"]
            )
            account = service(**form.account_columns())
            sign_in(request, account, way=SignInWay.PASSWORD)
            return redirect("accounts:register_done")
    except WrongCode as refusal:
        form.add_error("code", refusal.message)
    except registration.Taken as refusal:  # by somebody who was quicker by a moment
        form.add_error(refusal.field, refusal.message)
        page["uscc_taken"] = refusal.field == "uscc"
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, page, status=refusal.status)
    return _page(request, form, page, status=409 if page["uscc_taken"] else 422)


def _name_what_is_taken(request, form):
    """Add an error for a USCC or login name that another account has; return whether the USCC is.

    Told even when other fields are wrong: nobody should fill in a long form in vain. Each question is counted.
    """
    uscc, login_name = form.cleaned_data.get("uscc"), form.cleaned_data.get("login_name")
    if not (uscc or login_name):
        return False
    count_look_up(request=request)
    taken = set()
    for question in ({"uscc": uscc}, {"login_name": login_name}):
        try:
            registration.check_free(**question)
        except registration.Taken as refusal:
            form.add_error(refusal.field, refusal.message)
            taken.add(refusal.field)
    return "uscc" in taken


def _code_without_script(request, form, page):
    form.keep_errors_of("mobile")
    status = 422
    if not form.errors:
        mobile = form.cleaned_data["mobile"]
        try:
            send_code(purpose=CodePurpose.REGISTER, mobile=mobile, request=request)
            page["code_sent"], status = sent_sentence(mobile), 200
        except TooManyCodes as refusal:
            form.add_error("code", refusal.message)
            status = refusal.status
    return _page(request, form, page, status=status)


def _page(request, form, page, status=200):
    parts = [(title, [form[name] for name in names]) for title, names in form.parts]
    return render(request, "accounts/register_form.html", page | {"form": form, "parts": parts}, status=status)
