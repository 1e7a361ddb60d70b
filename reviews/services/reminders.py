"""催办: an authority reminds one below it, of one filing or of all that are overdue there."""
import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.models import Authority, User
from accounts.services.notices import notify
from portal.tools.errors import NotPermitted, Refused
from reviews.enums import State
from reviews.models import Filing, Reminder
from reviews.queries.ages import start_of
from reviews.queries.home import received_reminders
from reviews.queries.oversight import is_below, overdue_at

TEXT_LENGTH = 500
#: The same words from the same officer within this time are a second click, not a second reminder.
DOUBLE_CLICK = datetime.timedelta(minutes=1)


@transaction.atomic
def send_reminder(*, user, authority_id, text, filing_id=None):
    """Remind an authority of a filing, or (without ``filing_id``) of all its overdue ones; return the Reminder.

    Its deciding officers get a 系统消息 and an SMS. One reminder a day for each authority and filing. Raises
    NotPermitted away from the jurisdiction or without the right to decide, Refused when there is nothing to remind of.
    """
    authority = _lock(authority_id)
    if not user.may_decide:
        raise NotPermitted("您的角色是“查阅”，不能催办。请由“审核”或“审核与发布”角色的人员办理。")
    if authority is None or not is_below(authority, user):
        raise NotPermitted("该部门不在您所在部门的下级，不能催办。请返回工作监督刷新后重试。")
    if not authority.is_active:
        into = f"，已并入{authority.merged_into.name}" if authority.merged_into_id else ""
        raise Refused(f"{authority.name}已停用{into}，不能催办。请返回工作监督刷新。", code="not_active")
    text = text.strip()
    if not 1 <= len(text) <= TEXT_LENGTH:
        raise Refused(f"催办内容应为 1 至 {TEXT_LENGTH} 个字，现在有 {len(text)} 个字，请修改。", code="text", status=422)
    filing = _filing_at(user, authority, filing_id) if filing_id is not None else None
    overdue = overdue_at(user, authority).order_by().count()
    if (earlier := _sent_today(user, authority, filing)) is not None:
        if (
            earlier.sent_by_id == user.pk and earlier.text == text
            and timezone.now() - earlier.sent_at < DOUBLE_CLICK
        ):  # fmt: skip
            return earlier
        at = timezone.localtime(earlier.sent_at).strftime("%H:%M")
        about = "就这件申报" if filing else ""
        raise Refused(
            f"{earlier.sent_by} 今天 {at} 已{about}催办过{authority.name}；同一部门同一事项每天只能催办一次，请明天再催办或电话联系"
            f"{f'（{authority.telephone}）' if authority.telephone else ''}。",
            code="reminded_today",
        )
    if filing is None and not overdue:
        raise Refused(f"{authority.name}现在没有超期的申报件，不需要催办。", code="nothing_overdue")
    reminder = Reminder.objects.create(
        authority=authority, filing=filing, sender=user.authority, sent_by=user, text=text, overdue=overdue
    )
    _tell(reminder)
    return reminder


def deciding_officers(authority):
    """Return the officers of an authority who decide: those whom a reminder reaches."""
    roles = [OfficerRole.REVIEWER, OfficerRole.MANAGER]
    return User.objects.filter(authority=authority, is_active=True, role__in=roles).order_by("pk")


@transaction.atomic
def mark_seen(*, user, reminder_id):
    """Mark a reminder 已阅 for the officer's authority; a second time changes nothing. Returns the Reminder.

    Raises NotPermitted for another authority's reminder or without the right to decide, Refused when it is gone.
    """
    reminder = Reminder.objects.select_for_update(of=("self",)).filter(pk=reminder_id).first()
    if reminder is None or not received_reminders(user).filter(pk=reminder_id).exists():
        raise NotPermitted("这条催办不是发给您所在部门的，或者您已调到其他部门。请返回催办记录刷新。")
    if not user.may_decide:
        raise NotPermitted("您的角色是“查阅”，不能标记【已阅】。请由办理审核的人员标记。")
    if reminder.seen_at is None:
        reminder.seen_at, reminder.seen_by = timezone.now(), user
        reminder.save(update_fields=["seen_at", "seen_by"])
    return reminder


def _lock(authority_id):
    """Return the authority locked, so that two reminders at once are two in a row."""
    rows = Authority.objects.select_for_update(of=("self",)).select_related("merged_into", "parent__parent__parent")
    return rows.filter(pk=authority_id).first()


def _filing_at(user, authority, filing_id):
    filing = Filing.objects.for_officer(user).select_related("desk").filter(pk=filing_id).first()
    if filing is None:
        raise NotPermitted("这件申报不在您的管辖范围内。")
    if filing.state != State.IN_REVIEW or filing.desk_id != authority.pk:
        now = f"现由{filing.desk.name}审核" if filing.desk_id else f"现在的状态是“{filing.get_state_display()}”"
        raise Refused(f"“{filing.enterprise_name}”的申报已不在{authority.name}，{now}，没有催办。", code="moved_on")
    return filing


def _sent_today(user, authority, filing):
    about = Q(filing=filing) if filing else Q(filing__isnull=True)
    rows = Reminder.objects.filter(
        about, sender=user.authority_id, authority=authority, sent_at__gte=start_of(timezone.localdate())
    )
    return rows.select_related("sent_by").first()


def _tell(reminder):
    about = f"申报编号 {reminder.filing.number}。" if reminder.filing else f"超期 {reminder.overdue} 件。"
    for officer in deciding_officers(reminder.authority):
        notify(
            recipient=officer,
            key=f"reminder-{reminder.pk}-{officer.pk}",
            title="上级部门催办",
            body=f"{reminder.sender.name}催办：{reminder.text}（{about}）",
            link=reverse("admin:reviews_filing_reminders"),
            sms=True,
        )
