"""公示 → 公告 → 认定: building a list of approved filings, showing it, announcing it (design.md §4)."""
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from portal.tools.errors import NotPermitted, Refused, StaleVersion, WrongState
from reviews.enums import Action, ObjectionState, PublicityState
from reviews.kinds import get_kind
from reviews.models import Filing, Objection, PublicityEntry, PublicityList
from reviews.queries.publicity import waiting_filings
from reviews.services.transition import apply_transition
from reviews.services.working_days import last_day_of

#: Most working days of one publicity.
MOST_WORKING_DAYS = 30
#: Larger than any number on a list.
OUT_OF_THE_WAY = 1_000_000
#: How many open objections a refused announcement names.
NAMED = 5


@transaction.atomic
def create_list(
    *, user, kind_code, title, starts_on, contact, ends_on=None, working_days=None, window_id=None, area_id=None
):
    """Make a list in preparation and put the approved filings that wait on it: all, or those of a window and an area.

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
    waiting = waiting_filings(authority=user.authority, kind_code=kind_code, window_id=window_id, area_id=area_id)
    if not _append(publicity, waiting):
        narrowed = "所选批次和地区内" if window_id or area_id else ""
        raise Refused(
            f"目前{narrowed}没有等待公示的“{kind.title}”申报，无需建立公示名单。", code="nothing_to_publicise", status=422
        )
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


@transaction.atomic
def add_entries(*, user, publicity_id, filing_ids):
    """【补充企业】: put approved filings that wait on a list in preparation; return how many came to it.

    What stands on this list already (a second click) is left alone. Raises Refused without a choice, and when one of
    them does not wait any more.
    """
    publicity = lock_list(user, publicity_id)
    if publicity.state != PublicityState.DRAFT:
        raise WrongState(f"名单的状态是“{publicity.get_state_display()}”，公示开始之前才能【补充企业】。")
    wanted = set(filing_ids) - set(publicity.entries.filter(filing__in=filing_ids).values_list("filing", flat=True))
    if not filing_ids:
        raise Refused("请先勾选要补充的企业。", code="nothing_chosen", status=422)
    waiting = waiting_filings(authority=publicity.authority, kind_code=publicity.kind)
    added = _append(publicity, waiting.filter(pk__in=wanted))
    if added != len(wanted):
        raise Refused(
            f"所选企业中有 {len(wanted) - added} 家刚刚被列入其他名单，或不再等待公示，没有补充。请刷新后重新勾选。",
            code="not_waiting",
        )
    if added:
        _save(publicity)
    return added


def _append(publicity, filings):
    """Append filings to a list and put it in order; return how many."""
    ids = list(filings.values_list("pk", flat=True))
    # Locked and then read again, so that of two lists that are filled at the same moment one gets the filing.
    list(Filing.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    last = publicity.entries.aggregate(last=Max("position"))["last"] or 0
    rows = filings.filter(pk__in=ids).select_related("enterprise", "registered_region").defer("answers")
    entries = [
        PublicityEntry(
            publicity=publicity, filing=filing, position=position, enterprise_name=filing.enterprise_name,
            uscc=filing.enterprise.uscc, area=filing.registered_region.full_name,
        )
        for position, filing in enumerate(rows, start=last + 1)
    ]
    PublicityEntry.objects.bulk_create(entries)
    _renumber(publicity)
    return len(entries)


def _renumber(publicity):
    """Number a list in preparation from 1, by place and then in the order of filing."""
    entries = list(publicity.entries.order_by("filing__province__code", "filing__city__code", "filing_id"))
    moved = [entry for position, entry in enumerate(entries, start=1) if entry.position != position]
    if not moved:
        return
    # A number stands once in a list: first out of the way, then to its place.
    publicity.entries.update(position=F("position") + OUT_OF_THE_WAY)
    for position, entry in enumerate(entries, start=1):
        entry.position = position
    PublicityEntry.objects.bulk_update(entries, ["position"], batch_size=500)


@transaction.atomic
def remove_entries(*, user, publicity_id, entry_ids):
    """【从名单删除】: leave filings out of a list in preparation; they go on waiting. Returns how many were on it."""
    publicity = lock_list(user, publicity_id)
    if publicity.state != PublicityState.DRAFT:
        raise WrongState("公示已经开始，不能删除条目；如有异议成立，请使用【移出公示】并填写原因。")
    if not entry_ids:
        raise Refused("请先勾选要从名单删除的企业。", code="nothing_chosen", status=422)
    removed, _ = publicity.entries.filter(pk__in=entry_ids).delete()
    if removed:
        _renumber(publicity)
        _save(publicity)
    return removed


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
