"""The pages of a publicity list: new, entries, 【修改日期】, 【开始公示】, 【移出公示】, 【公告】."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from portal.tools.errors import Refused
from reviews.enums import PublicityState
from reviews.forms import AnnounceForm, PublicityForm, ReasonForm, RescheduleForm, VersionForm
from reviews.forms.publicity import DaysForm
from reviews.kinds import get_kind
from reviews.queries.publicity import entries_of, lists_for
from reviews.services import publicity as services
from reviews.services.working_days import knows_year

FOLDER = "admin/reviews/publicitylist"
ENTRIES_PER_PAGE = 100
#: Which field of the new-list form a refusal of the service belongs to.
FIELD_OF_CODE = {
    "starts_in_the_past": "starts_on", "ends_before": "ends_on", "nothing_to_publicise": "kind",
    "working_days": "working_days", "ends_too_early": "ends_on",
}  # fmt: skip
WEEKDAYS = "一二三四五六日"


def open_list(request, list_id):
    """Return the list if the officer may read it. Raises Http404."""
    return get_object_or_404(lists_for(request.user).select_related("authority", "made_by"), pk=list_id)


def list_page(list_id):
    """Return the address of a list's page."""
    return reverse("admin:reviews_publicitylist_change", args=[list_id])


def may_publish(user, publicity):
    """Tell whether the officer may work on this list."""
    return user.may_publish and publicity.authority_id == user.authority_id


def create(model_admin, request):
    """GET: the form with what is usual filled in. POST: make the list in preparation."""
    form = PublicityForm(
        request.POST if request.method == "POST" else None, user=request.user, kind=request.GET.get("kind")
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            try:
                made = services.create_list(user=request.user, kind_code=values.pop("kind"), **values)
            except Refused as refusal:
                form.add_error(FIELD_OF_CODE.get(refusal.code), refusal.message)
                status = refusal.status
            else:
                messages.success(request, f"名单已建立，列入 {made.entries.count()} 家企业。请核对后【开始公示】。")
                return HttpResponseRedirect(list_page(made.pk))
    return model_admin.page(request, f"{FOLDER}/add_form.html", {"title": "新建公示名单", "form": form}, status)


def last_day(model_admin, request):
    """GET, JSON: the last day of so many working days from a first day, for the form."""
    form = DaysForm(request.GET)
    form.is_valid()
    starts_on, count = form.cleaned_data.get("starts_on"), form.cleaned_data.get("working_days")
    if not (starts_on and count):
        mistakes = [error for name in ("starts_on", "working_days") for error in form.errors.get(name, ())]
        return JsonResponse({"message": "".join(mistakes)})
    return JsonResponse({"message": last_day_sentence(starts_on, services.closing_day(starts_on, count), count)})


def last_day_sentence(starts_on, ends_on, count):
    """Return the sentence that says when a publicity ends and what the calendar does not know."""
    weekday = WEEKDAYS[ends_on.weekday()]
    sentence = f"{count} 个工作日：公示至 {ends_on.year}年{ends_on.month}月{ends_on.day}日（星期{weekday}，含当日）。"
    unknown = [str(year) for year in sorted({starts_on.year, ends_on.year}) if not knows_year(year)]
    if unknown:
        sentence += f"{'、'.join(unknown)} 年的放假安排尚未收录，按周一至周五和【节假日调整】计算。"
    return sentence


def show(model_admin, request, list_id):
    """GET: one list with its entries, a hundred to a page."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    publicity = open_list(request, list_id)
    paginator = Paginator(entries_of(publicity), ENTRIES_PER_PAGE)
    allowed = may_publish(request.user, publicity)
    today = timezone.localdate()
    running = allowed and publicity.state == PublicityState.RUNNING
    waiting = services.open_objections(publicity) if running else []
    context = {
        "title": publicity.title,
        "publicity": publicity,
        "kind": get_kind(publicity.kind),
        "page": paginator.get_page(request.GET.get("page")),
        "may_remove": allowed and publicity.state == PublicityState.DRAFT,
        "may_take_out": running,
        "may_announce": running and today > publicity.ends_on and not waiting,
        "open_sentence": services.open_sentence(waiting) if waiting else "",
        "is_publisher": request.user.authority_id == publicity.authority_id,
        "is_public": publicity.state != PublicityState.DRAFT,
        "days_left": (publicity.ends_on - today).days,
    }
    return model_admin.page(request, f"{FOLDER}/change_form.html", context)


def reschedule(model_admin, request, list_id):
    """【修改日期】 of a list in preparation."""
    publicity = open_list(request, list_id)
    return _confirm(
        model_admin,
        request,
        publicity,
        form_class=RescheduleForm,
        label="修改日期",
        sentences=["名单上的企业不变；新的公示日期在【开始公示】后对公众公开。"],
        work=lambda values: services.reschedule(user=request.user, publicity_id=publicity.pk, **values),
        done="公示日期已修改。",
        initial={"starts_on": max(publicity.starts_on, timezone.localdate()), "working_days": publicity.working_days},
        last_day_url=reverse("admin:reviews_publicitylist_last_day"),
    )


def start(model_admin, request, list_id):
    """【开始公示】: confirm, then make the list public."""
    publicity = open_list(request, list_id)
    entries = publicity.entries.count()
    return _confirm(
        model_admin,
        request,
        publicity,
        form_class=VersionForm,
        label="开始公示",
        sentences=[
            f"名单上的 {entries} 家企业将进入“公示中”，名单对公众公开，企业会收到系统消息“已进入公示”。",
            f"公示期 {publicity.starts_on:%Y年%m月%d日} 至 {publicity.ends_on:%Y年%m月%d日}（含当日）{_days_of(publicity)}，"
            "开始后日期和条目不能再改。",
        ],
        work=lambda values: services.start(
            user=request.user, publicity_id=publicity.pk, seen_version=values["seen_version"]
        ),
        done=f"已开始公示，共 {entries} 家企业。",
    )


def announce(model_admin, request, list_id):
    """【公告】: confirm with the document number, then every enterprise on the list is recognised."""
    publicity = open_list(request, list_id)
    entries = publicity.entries.filter(taken_out_at__isnull=True).count()
    kind = get_kind(publicity.kind)
    return _confirm(
        model_admin,
        request,
        publicity,
        form_class=AnnounceForm,
        label="公告",
        sentences=[
            f"名单上的 {entries} 家企业将被认定为{kind.tier_title}，自今天起有效期三年，并收到系统消息和短信。",
            "公告发出后不能撤回。",
        ],
        work=lambda values: services.announce(user=request.user, publicity_id=publicity.pk, **values),
        done=f"已公告，{entries} 家企业被认定为{kind.tier_title}。",
    )


def take_out(model_admin, request, list_id, entry_id):
    """【移出公示】: an objection was upheld; the reason reaches the enterprise."""
    publicity = open_list(request, list_id)
    entry = get_object_or_404(publicity.entries.all(), pk=entry_id)
    return _confirm(
        model_admin,
        request,
        publicity,
        form_class=ReasonForm,
        label="移出公示",
        entry=entry,
        sentences=[
            f"“{entry.enterprise_name}”的申报将变为“不予通过”并办结，企业会收到系统消息和短信。名单上的其他企业不受影响。"
        ],
        work=lambda values: services.take_out(user=request.user, entry_id=entry.pk, reason=values["reason"]),
        done=f"已将“{entry.enterprise_name}”移出公示。",
    )


def remove(model_admin, request, list_id, entry_id):
    """【从名单删除】: leave one filing out of a list in preparation."""
    publicity = open_list(request, list_id)
    entry = publicity.entries.filter(pk=entry_id).first()
    if entry is None:
        messages.info(request, "该条目已不在名单上。")
        return HttpResponseRedirect(list_page(publicity.pk))
    return _confirm(
        model_admin,
        request,
        publicity,
        form_class=VersionForm,
        label="从名单删除",
        entry=entry,
        sentences=[f"“{entry.enterprise_name}”不列入本次公示，仍为“审核通过”，可列入以后的名单。"],
        work=lambda values: services.remove_entries(user=request.user, publicity_id=publicity.pk, entry_ids=[entry.pk]),
        done=f"已将“{entry.enterprise_name}”从名单删除。",
    )


def _days_of(publicity):
    return f"，共 {publicity.working_days} 个工作日" if publicity.working_days else ""


def _confirm(
    model_admin, request, publicity, *, form_class, label, sentences, work, done, entry=None, initial=None,
    last_day_url="",
):
    """Show what will happen and ask; on POST do it, or show at the form why not."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if not may_publish(request.user, publicity):
        raise Http404
    form = form_class(initial={"seen_version": publicity.version} | (initial or {}))
    status = 200
    if request.method == "POST":
        form = form_class(request.POST)
        status = 422
        if form.is_valid():
            try:
                work(form.cleaned_data)
            except Refused as refusal:
                field = FIELD_OF_CODE.get(refusal.code)
                form.add_error(field if field in form.fields else None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, done)
                return HttpResponseRedirect(list_page(publicity.pk))
    context = {
        "title": f"{label}：{entry.enterprise_name if entry else publicity.title}",
        "publicity": publicity,
        "entry": entry,
        "form": form,
        "label": label,
        "sentences": sentences,
        "back": list_page(publicity.pk),
        "last_day_url": last_day_url,
    }
    return model_admin.page(request, f"{FOLDER}/confirm.html", context, status)
