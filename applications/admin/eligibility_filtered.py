"""按筛选条件: set 满足复核条件 for every enterprise that the filters of the list leave."""
import hashlib
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from applications.enums import Tier
from applications.forms.eligibility import ConditionsForm, FilteredForm
from applications.queries_eligibility import areas_of, filtered, lists_for, titles_for
from applications.services.eligibility import may_set_eligible
from applications.services.eligibility_lists import BY_FILTER, MOST_FILTERED, request_list
from portal.tools.errors import Refused

SHOWN = 10
TEMPLATE = "admin/applications/renewaleligibility/set_filtered.html"


def why_not(conditions):
    """Return why the conditions cannot be set as a whole, or ""."""
    if not conditions.get("tier"):
        return "请先在上面选择梯度并点击【查询】。"
    if conditions.get("eligible") == "yes":
        return "当前筛选的都是已设置的企业。"
    return ""


def set_filtered(model_admin, request):
    """GET: how many, by which conditions. POST: read again; a number that has changed is shown and nothing set."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if not may_set_eligible(request.user):
        raise PermissionDenied
    conditions_form = ConditionsForm(request.GET, areas=areas_of(request.user))
    conditions = conditions_form.conditions
    refusal = why_not(conditions)
    chosen = [] if refusal else _chosen(request.user, conditions)
    if not refusal and not chosen:
        refusal = "按当前条件没有尚未设置的企业。"
    if len(chosen) > MOST_FILTERED:
        refusal = f"按当前条件超过 {MOST_FILTERED} 家，一次最多设置 {MOST_FILTERED} 家。请增加所在地或有效期条件，分批设置。"
    form = FilteredForm(initial={"seen": len(chosen), "nonce": uuid.uuid4().hex})
    status = 409 if refusal else 200
    if request.method == "POST":
        form = FilteredForm(request.POST)
        status = 422
        if form.is_valid():
            try:
                made = _carry_out(request, conditions_form, conditions, chosen, form.cleaned_data, refusal)
            except Refused as told:
                form.add_error(None, told.message)
                form.data = request.POST.copy()
                form.data["seen"] = len(chosen)
                status = told.status
            else:
                messages.success(request, f"已提交 {len(made.rows)} 家企业，下面是办理进度。")
                return HttpResponseRedirect(
                    reverse("admin:applications_renewaleligibility_list", args=[made.pk])
                )
    back = reverse("admin:applications_renewaleligibility_changelist")
    context = {
        "title": f"将筛选出的 {len(chosen)} 家全部设置" if chosen and not refusal else "按筛选条件设置",
        "form": form, "refusal": refusal, "count": len(chosen), "shown": chosen[:SHOWN],
        "more": max(len(chosen) - SHOWN, 0), "words": conditions_form.in_words(),
        "tier": Tier(conditions["tier"]) if conditions.get("tier") else None,
        "back": f"{back}?{request.GET.urlencode()}" if request.GET else back,
    }  # fmt: skip
    return model_admin.page(request, TEMPLATE, context, status)


def _chosen(user, conditions):
    """Return (name, code) of at most MOST_FILTERED + 1 enterprises that the conditions leave and that are not set."""
    titles = filtered(titles_for(user), conditions | {"eligible": "no"})
    return list(titles.values_list("enterprise__name", "enterprise__uscc")[: MOST_FILTERED + 1])


def _carry_out(request, conditions_form, conditions, chosen, values, refusal):
    key = hashlib.sha256(f"{request.user.pk} {values['nonce']}".encode()).hexdigest()
    made_before = lists_for(request.user).filter(key=key).first()
    if made_before:
        return made_before  # the second of two clicks
    if refusal:
        raise Refused(refusal, code="filters")
    if values["seen"] != len(chosen):
        raise Refused(
            f"打开页面时按当前条件有 {values['seen']} 家，现在是 {len(chosen)} 家，没有设置。请核对后再确认。", code="stale"
        )
    rows = [[number, name, code] for number, (name, code) in enumerate(chosen, start=1)]
    name = f"{BY_FILTER}（{'；'.join(conditions_form.in_words())}）"
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return request_list(
        user=request.user, tier=conditions["tier"], note=values["note"], name=name, sha256=digest, key=key, rows=rows,
        request=request,
    )  # fmt: skip


VIEWS = [("set-filtered/", set_filtered, "set_filtered")]
