"""催办: the page to send one, the list of those sent and received, 已阅."""
from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.models import Authority
from portal.tools.errors import Refused
from reviews.admin.filing_page import open_filing, page_url
from reviews.admin.oversight.shared import FOLDER, open_authority, page_number
from reviews.enums import State
from reviews.forms.oversight import ReminderForm
from reviews.kinds import get_kind
from reviews.models import Reminder
from reviews.queries.home import received_reminders
from reviews.queries.oversight import overdue_at, oversees
from reviews.services.reminders import deciding_officers, mark_seen, send_reminder

PER_PAGE = 50
#: Overdue filings named on the page of a reminder.
MOST_NAMED = 10
NO_RIGHT = "您的角色是“查阅”，不能催办。请由“审核”或“审核与发布”角色的人员办理。"


def _day(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d")


def remind_authority(model_admin, request, authority_id):
    """Remind an authority of everything that is overdue there."""
    authority = _named_authority(request, authority_id)
    overdue = overdue_at(request.user, authority).defer("answers")
    named = list(overdue[:MOST_NAMED])
    count = overdue.order_by().count() if len(named) == MOST_NAMED else len(named)
    text = ""
    if named:
        text = f"贵部门现有 {count} 件申报已超过审核期限，最早一件的期限是 {_day(named[0].due_at)}，请尽快办理。"
    context = {
        "title": f"催办：{authority.name}",
        "named": named,
        "count": count,
        "refusal": "" if count else f"{authority.name}现在没有超期的申报件，不需要催办。",
        "back": reverse("admin:reviews_filing_oversight"),
    }
    return _remind(model_admin, request, authority, None, text, context)


def _named_authority(request, authority_id):
    """Return the authority; on POST also one that has left the jurisdiction, of which the service says so.

    What an officer typed before he was moved to another authority must not be lost in a page 404.
    """
    if request.method != "POST":
        return open_authority(request, authority_id)
    return get_object_or_404(Authority, pk=authority_id)


def remind_filing(model_admin, request, filing_id):
    """Remind the authority that has a filing of this one."""
    filing = open_filing(request, filing_id)
    context = {"title": f"催办：{filing.enterprise_name}", "filing": filing, "back": page_url(filing.pk), "refusal": ""}
    if filing.state != State.IN_REVIEW:
        context["refusal"] = f"这件申报的状态是“{filing.get_state_display()}”，没有部门在审核，不需要催办。"
        return _page(model_admin, request, context | {"form": None}, 409)
    late = "，已超过审核期限" if filing.due_at and filing.due_at < timezone.now() else ""
    due = f"，审核期限 {_day(filing.due_at)}" if filing.due_at else ""
    paper = get_kind(filing.kind).document_title
    text = f"“{filing.enterprise_name}”的《{paper}》（编号 {filing.number}）{_day(filing.desk_since)} 到达贵部门{due}{late}，请尽快办理。"
    return _remind(model_admin, request, filing.desk, filing, text, context)


def _remind(model_admin, request, authority, filing, text, context):
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    context |= {"authority": authority, "officers": deciding_officers(authority).count()}
    if request.method != "POST":
        refusal = context["refusal"] if request.user.may_decide else NO_RIGHT
        form = None if refusal else ReminderForm(initial={"text": text})
        return _page(model_admin, request, context | {"refusal": refusal, "form": form}, 409 if refusal else 200)
    context["refusal"] = ""
    form = ReminderForm(request.POST)
    if not form.is_valid():
        return _page(model_admin, request, context | {"form": form}, 422)
    # The page was opened for one authority; when the filing has moved on, the service says where it is.
    posted = page_number(request.POST.get("authority", "")) or authority.pk
    try:
        reminder = send_reminder(
            user=request.user, authority_id=posted, filing_id=filing.pk if filing else None,
            text=form.cleaned_data["text"],
        )
    except Refused as refusal:
        return _page(model_admin, request, context | {"form": form, "refusal": refusal.message}, refusal.status)
    reached = deciding_officers(reminder.authority).count()
    if reached:
        messages.success(request, f"已催办{reminder.authority.name}，系统消息和短信发给该部门 {reached} 名审核人员。")
    else:
        messages.warning(request, f"已记录对{reminder.authority.name}的催办；该部门没有在用的审核人员，没有人收到消息，请电话联系。")
    return HttpResponseRedirect(context["back"])


def _page(model_admin, request, context, status):
    return model_admin.page(request, f"{FOLDER}/remind.html", context, status)


def list_reminders(model_admin, request):
    """GET: the reminders to the officer's authority, or with ``?box=sent`` those from it."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    may_send = oversees(request.user)
    box = "sent" if may_send and request.GET.get("box") == "sent" else "received"
    rows = received_reminders(request.user)
    if box == "sent":
        rows = Reminder.objects.filter(sender=request.user.authority_id).order_by("-id")
        rows = rows.select_related("authority", "sent_by", "filing", "seen_by")
    before = page_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.defer("filing__answers")[: PER_PAGE + 1])
    context = {
        "title": "催办记录",
        "box": box,
        "may_send": may_send,
        "rows": found[:PER_PAGE],
        "older": found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
    }
    return model_admin.page(request, f"{FOLDER}/reminders.html", context)


def see_reminder(model_admin, request, reminder_id):
    """POST: mark a reminder 已阅."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    mark_seen(user=request.user, reminder_id=reminder_id)
    messages.success(request, "已标记【已阅】，催办部门可以看到。")
    return HttpResponseRedirect(reverse("admin:reviews_filing_reminders"))


VIEWS = [
    ("oversight/reminders/", list_reminders, "reminders"),
    ("oversight/reminders/<int:reminder_id>/seen/", see_reminder, "reminder_seen"),
    ("oversight/<int:authority_id>/remind/", remind_authority, "oversight_remind"),
    ("<int:filing_id>/remind/", remind_filing, "remind"),
]
