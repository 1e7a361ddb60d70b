"""并入: an authority goes into another of its level."""
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

from accounts.models import Authority
from portal.tools.errors import Refused
from reviews.admin.oversight.shared import FOLDER, open_authority, overseer_only
from reviews.forms.oversight import MergeForm, MergePairForm
from reviews.queries.oversight import merge_candidates, merge_effects, merge_history
from reviews.services.rerouting import merge_authority


def merge(model_admin, request):
    """GET: choose two, then see what moves. POST: do it with the reason."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    overseer_only(request)
    if not request.user.may_publish:
        raise PermissionDenied
    area = _area(request)
    candidates = list(merge_candidates(area)) if area else []
    chosen = request.GET if request.method != "POST" else request.POST
    is_chosen = "source" in chosen or "target" in chosen
    pair = MergePairForm(chosen if is_chosen else None, authorities=candidates)
    context = {
        "title": "主管部门并入",
        "area": area,
        "provinces": _provinces(request.user),
        "pair": pair,
        "history": merge_history(request.user),
    }
    if request.method == "POST":
        return _carry_out(model_admin, request, pair, context)
    if not is_chosen:
        return model_admin.page(request, f"{FOLDER}/merge.html", context)
    if not pair.is_valid():
        return model_admin.page(request, f"{FOLDER}/merge.html", context, 422)
    return model_admin.page(request, f"{FOLDER}/merge.html", context | _effects(pair) | {"form": MergeForm()})


def _carry_out(model_admin, request, pair, context):
    form = MergeForm(request.POST)
    source, target = (_number(request.POST.get(name, "")) for name in ("source", "target"))
    done = Authority.objects.filter(pk=source, merged_into=target).select_related("merged_into").first()
    if done is None and pair.is_valid() and not form.is_valid():
        return model_admin.page(request, f"{FOLDER}/merge.html", context | _effects(pair) | {"form": form}, 422)
    try:
        moved = merge_authority(
            user=request.user, source_id=source, target_id=target, reason=request.POST.get("reason", "")
        )
    except Refused as refusal:
        effects = _effects(pair) | {"form": form} if pair.is_valid() else {"typed": request.POST.get("reason", "")}
        return model_admin.page(
            request, f"{FOLDER}/merge.html", context | effects | {"refusal": refusal.message}, refusal.status
        )
    rows = Authority.objects.in_bulk([source, target])
    words = f"{rows[source].name}已并入{rows[target].name}"
    messages.success(request, f"{words}。" if done else f"{words}，改派了 {moved} 件待审核的申报。")
    return HttpResponseRedirect(reverse("admin:reviews_filing_oversight_merge"))


def _effects(pair):
    rows = Authority.objects.in_bulk([pair.cleaned_data["source"], pair.cleaned_data["target"]])
    source, target = rows[pair.cleaned_data["source"]], rows[pair.cleaned_data["target"]]
    return {"source": source, "target": target, "effects": merge_effects(source)}


def _area(request):
    """Return the authority whose cities and counties are offered: the ministry chooses a province first."""
    if request.user.authority.level != "ministry":
        return request.user.authority
    asked = request.GET.get("province") or request.POST.get("province")
    return open_authority(request, asked) if asked else None


def _provinces(user):
    if user.authority.level != "ministry":
        return []
    return list(Authority.objects.filter(parent=user.authority_id).order_by("code").values_list("pk", "short_name"))


def _number(value):
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


VIEWS = [("oversight/merge/", merge, "oversight_merge")]
