"""公示 → 公告 → 认定: building a list of approved filings, showing it, announcing it (design.md §4)."""
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.tools.errors import NotPermitted, Refused, StaleVersion, WrongState
from reviews.enums import Action, ObjectionState, PublicityState, State
from reviews.kinds import get_kind
from reviews.models import Filing, Objection, PublicityEntry, PublicityList
from reviews.services.transition import apply_transition
from reviews.services.working_days import last_day_of

#: Most working days of one publicity.
MOST_WORKING_DAYS = 30
#: How many open objections a refused announcement names.
NAMED = 5


def approved_filings(*, authority, kind_code):
    """Return the approved filings that wait for this authority's publicity and stand on no list."""
    kind = get_kind(kind_code)
    filings = Filing.objects.filter(kind=kind_code, state=State.APPROVED).exclude(
        publicity_entries__taken_out_at__isnull=True, publicity_entries__isnull=False
    )
    if kind.publisher_level == authority.level == "ministry":
        return filings
    return filings.filter(province=authority) if kind.publisher_level == authority.level else filings.none()


@transaction.atomic
def create_list(*, user, kind_code, title, starts_on, contact, ends_on=None, working_days=None):
    """Make a list in preparation and put every approved filing that waits on it.

    The last day follows from ``working_days`` (``closing_day``); one of the two must be given. Raises NotPermitted
    unless the user publishes for the authority of this kind, Refused for dates in the past or when no filing waits.
    """
    kind = get_kind(kind_code)
    if not (user.may_publish and user.authority.level == kind.publisher_level):
        raise NotPermitted(f"“{kind.title}”由{kind.publisher_level.label}主管部门公示，且须具有“审核与发布”角色。")
    ends_on = closing_day(starts_on, working_days, ends_on)
    _check_dates(starts_on, ends_on)
    publicity = PublicityList(
        authority=user.authority, kind=kind_code, title=title.strip(), starts_on=starts_on, ends_on=ends_on,
        working_days=working_days, contact=contact.strip(), made_by=user,
    )
    publicity.full_clean(exclude=["announced_on"])
    publicity.save()
    if not _add_waiting(publicity):
        raise Refused(f"目前没有等待公示的“{kind.title}”申报，无需建立公示名单。", code="nothing_to_publicise", status=422)
    return publicity


def closing_day(starts_on, working_days, ends_on=None):
    """Return the last day of a publicity: ``ends_on``, or the last of its working days when that is not given.

    Raises Refused for a number of working days outside 1 to MOST_WORKING_DAYS, or a day before they are over.
    Without ``working_days`` the dates are taken as they are.
    """
    if working_days is None:
        return ends_on
    if not 1 <= working_days <= MOST_WORKING_DAYS:
        raise Refused(
            f"公示工作日数应为 1 至 {MOST_WORKING_DAYS} 之间的整数，填写的是 {working_days}，请改正。",
            code="working_days", status=422,
        )
    earliest = last_day_of(starts_on, working_days)
    if ends_on is not None and starts_on <= ends_on < earliest:
        raise Refused(
            f"公示结束日期 {ends_on:%Y-%m-%d} 不足 {working_days} 个工作日：自 {starts_on:%Y-%m-%d} 起，"
            f"第 {working_days} 个工作日是 {earliest:%Y-%m-%d}。请改为这一天或更晚，或留空由系统计算。",
            code="ends_too_early", status=422,
        )
    return ends_on or earliest


@transaction.atomic
def reschedule(*, user, publicity_id, seen_version, starts_on, working_days, ends_on=None):
    """【修改日期】 of a list in preparation, whose days went by or whose holidays changed before it began."""
    publicity = lock_list(user, publicity_id)
    _require(publicity, PublicityState.DRAFT, seen_version, "修改日期")
    ends_on = closing_day(starts_on, working_days, ends_on)
    _check_dates(starts_on, ends_on)
    publicity.starts_on, publicity.working_days, publicity.ends_on = starts_on, working_days, ends_on
    return _save(publicity)


def _add_waiting(publicity):
    """Append the waiting filings to a list; return how many."""
    waiting = (
        approved_filings(authority=publicity.authority, kind_code=publicity.kind)
        .select_related("enterprise", "registered_region")
        .order_by("city__code", "id")
    )
    last = publicity.entries.aggregate(last=Max("position"))["last"] or 0
    entries = [
        PublicityEntry(
            publicity=publicity, filing=filing, position=position, enterprise_name=filing.enterprise_name,
            uscc=filing.enterprise.uscc, area=filing.registered_region.full_name,
        )
        for position, filing in enumerate(waiting, start=last + 1)
    ]
    PublicityEntry.objects.bulk_create(entries)
    return len(entries)


@transaction.atomic
def remove_entry(*, user, entry_id):
    """Leave one filing out of a list in preparation; it goes on waiting for a later list."""
    entry = PublicityEntry.objects.select_related("publicity").get(pk=entry_id)
    publicity = lock_list(user, entry.publicity_id)
    if publicity.state != PublicityState.DRAFT:
        raise WrongState("公示已经开始，不能删除条目；如有异议成立，请使用【移出公示】并填写原因。")
    entry.delete()


@transaction.atomic
def start(*, user, publicity_id, seen_version):
    """【开始公示】: every filing on the list goes from 审核通过 to 公示中. Starting twice changes nothing."""
    publicity = lock_list(user, publicity_id)
    if publicity.state == PublicityState.RUNNING and publicity.version == seen_version + 1:
        return publicity
    _require(publicity, PublicityState.DRAFT, seen_version, "开始公示")
    _check_dates(publicity.starts_on, publicity.ends_on)
    closing_day(publicity.starts_on, publicity.working_days, publicity.ends_on)
    if not publicity.entries.exists():
        raise Refused("名单为空，不能开始公示。", code="empty_list", status=422)
    for entry in _included(publicity):
        apply_transition(
            filing_id=entry.filing_id, action=Action.PUBLICISE, user=user, seen_version=entry.filing.version
        )
    publicity.state = PublicityState.RUNNING
    return _save(publicity)


@transaction.atomic
def take_out(*, user, entry_id, reason):
    """【移出公示】: an upheld objection ends one filing without stopping the rest. The reason is public to it."""
    entry = PublicityEntry.objects.select_related("filing").get(pk=entry_id)
    publicity = lock_list(user, entry.publicity_id)
    entry.refresh_from_db()
    if entry.taken_out_at:
        return entry
    if publicity.state != PublicityState.RUNNING:
        raise WrongState(f"名单的状态是“{publicity.get_state_display()}”，不能移出条目。")
    apply_transition(
        filing_id=entry.filing_id, action=Action.TAKE_OUT, user=user, seen_version=entry.filing.version, comment=reason
    )
    entry.taken_out_at = timezone.now()
    entry.reason = reason.strip()
    entry.save(update_fields=["taken_out_at", "reason"])
    return entry


@transaction.atomic
def announce(*, user, publicity_id, seen_version, document_number):
    """【公告】: every filing still on the list is recognised, in one transaction. Announcing twice changes nothing.

    Raises Refused before the last day of publicity has passed, without a document number, or while an objection to an
    enterprise on the list is open.
    """
    publicity = lock_list(user, publicity_id)
    if publicity.state == PublicityState.ANNOUNCED and publicity.version == seen_version + 1:
        return publicity
    _require(publicity, PublicityState.RUNNING, seen_version, "公告")
    today = timezone.localdate()
    if today <= publicity.ends_on:
        raise Refused(
            f"公示期到 {publicity.ends_on:%Y年%m月%d日}（含当日）结束，今天是 {today:%Y年%m月%d日}，公示结束后才能公告。",
            code="publicity_running",
        )
    document_number = document_number.strip()
    if not document_number:
        raise Refused("请填写公告文号，例如“×工信企业〔2026〕1号”。", code="document_number", status=422)
    _refuse_open_objections(publicity)
    publicity.state = PublicityState.ANNOUNCED
    publicity.document_number = document_number
    publicity.announced_on = today
    _save(publicity)
    kind = get_kind(publicity.kind)
    for entry in _included(publicity):
        apply_transition(
            filing_id=entry.filing_id, action=Action.RECOGNISE, user=user, seen_version=entry.filing.version,
            after=lambda filing, event: kind.on_recognised(filing, publicity),
        )
    return publicity


def open_objections(publicity):
    """Return the open objections to enterprises that are still on the list; one query."""
    return list(
        Objection.objects.filter(
            entry__publicity=publicity, entry__taken_out_at__isnull=True, state=ObjectionState.OPEN
        ).select_related("entry").order_by("entry__position", "id")
    )


def open_sentence(objections):
    """Return the sentence that names open objections and says what to do."""
    names = list(dict.fromkeys(f"“{one.entry.enterprise_name}”（序号 {one.entry.position}）" for one in objections))
    more = "等" if len(names) > NAMED else ""
    return (
        f"还有 {len(objections)} 件异议没有答复：{'、'.join(names[:NAMED])}{more}。"
        "请先到【异议】中逐件答复；异议成立的企业会移出公示，其余企业可以继续公告。"
    )


def _refuse_open_objections(publicity):
    waiting = open_objections(publicity)
    if waiting:
        raise Refused(open_sentence(waiting), code="open_objections")


def _included(publicity):
    """Return the entries that are still on the list, in order."""
    return publicity.entries.filter(taken_out_at__isnull=True).select_related("filing").order_by("position")


def lock_list(user, publicity_id):
    """Return the list locked, if it is the user's to work on. Raises Refused (404), NotPermitted."""
    try:
        locked = PublicityList.objects.select_for_update(of=("self",))
        publicity = locked.select_related("authority").get(pk=publicity_id)
    except PublicityList.DoesNotExist as error:
        raise Refused("该公示名单不存在，请返回列表刷新。", code="not_found", status=404) from error
    if not (user.may_publish and publicity.authority_id == user.authority_id):
        raise NotPermitted(f"这份名单由{publicity.authority.name}公布，您不能操作。")
    return publicity


def _require(publicity, state, seen_version, label):
    if publicity.version != seen_version:
        raise StaleVersion("这份名单刚刚被其他人改动过，请刷新后再操作。", current=publicity)
    if publicity.state != state:
        raise WrongState(f"名单的状态是“{publicity.get_state_display()}”，不能【{label}】。")


def _check_dates(starts_on, ends_on):
    today = timezone.localdate()
    if starts_on < today:
        raise Refused(
            f"公示开始日期 {starts_on:%Y-%m-%d} 早于今天，请改为今天或以后的日期。", code="starts_in_the_past", status=422
        )
    if ends_on < starts_on:
        raise Refused(
            f"公示结束日期 {ends_on:%Y-%m-%d} 早于开始日期 {starts_on:%Y-%m-%d}，请改正。", code="ends_before", status=422
        )


def _save(publicity):
    publicity.version += 1
    publicity.save()
    return publicity
