"""Opening and closing of kinds (申报开放时间): reads of the rule, and the writes of officers."""
from django.db import transaction
from django.utils import timezone

from accounts.enums import AuthorityLevel
from accounts.models import Authority
from portal.tools.errors import NotPermitted, Refused, StaleVersion
from reviews.kinds import get_kind
from reviews.models import Window
from reviews.services.windows_telling import tell_of_closing

MOMENT = "%Y-%m-%d %H:%M"


def windows_of(kinds, province, moment):
    """Return {kind code: (Window that is open at ``moment`` or None, next Window or None)} for a province; one query.

    A window of the ministry opens the whole nation; of several open ones the one that closes last counts.
    """
    openers = {kind.code: _openers(kind, province) for kind in kinds}
    rows = Window.objects.filter(
        kind__in=openers, authority__in={pk for pks in openers.values() for pk in pks}, closes_at__gt=moment
    ).select_related("authority")
    return {
        code: _open_and_next([row for row in rows if row.kind == code and row.authority_id in pks], moment)
        for code, pks in openers.items()
    }


def _openers(kind, province):
    """Return the ids of the authorities whose windows open the kind for a province."""
    ids = {AuthorityLevel.PROVINCE: province.pk, AuthorityLevel.MINISTRY: province.parent_id}
    return [ids[level] for level in kind.opened_by]


def _open_and_next(windows, moment):
    is_open = [window for window in windows if window.opens_at <= moment]
    coming = [window for window in windows if window.opens_at > moment]
    return (
        max(is_open, key=lambda window: window.closes_at, default=None),
        min(coming, key=lambda window: window.opens_at, default=None),
    )


def open_window(kind, province, moment):
    """Return the Window by which ``kind`` is open for enterprises of ``province`` at ``moment``, or None."""
    return windows_of([kind], province, moment)[kind.code][0]


def closed_sentence(kind, province, upcoming):
    """Return the sentence that says that a window is closed and when the next (``upcoming``) opens, if known (Q6)."""
    opener = province if AuthorityLevel.PROVINCE in kind.opened_by else province.parent
    what = f"{opener.short_name}的“{kind.title}”"
    if upcoming:
        opens = timezone.localtime(upcoming.opens_at).strftime("%Y年%m月%d日 %H:%M")
        then = "届时再来复核" if kind.is_renewal else "您可以先完善企业基本信息，届时再来申报"
        return f"{what}尚未开放，将于 {opens} 开放。{then}。"
    telephone = f"，咨询电话 {opener.telephone}" if opener.telephone else ""
    return f"{what}目前未开放，下次开放时间尚未公布。请关注{opener.name}的通知{telephone}。"


def may_set_windows(user):
    """Tell whether the account opens kinds: managers (审核与发布) of a province or of the ministry."""
    return user.is_authenticated and user.may_publish and user.authority.level in {"province", "ministry"}


def overlapping(window):
    """Return a window of the same kind and authority that is open at some moment of ``window``, or None."""
    rows = Window.objects.filter(kind=window.kind, authority=window.authority_id).exclude(pk=window.pk)
    return rows.filter(opens_at__lt=window.closes_at, closes_at__gt=window.opens_at).order_by("opens_at").first()


def overlap_sentence(other):
    """Return the sentence that names the window which is in the way."""
    opens, closes = (timezone.localtime(moment).strftime(MOMENT) for moment in (other.opens_at, other.closes_at))
    return (
        f"与已设置的开放时间（{opens} 至 {closes}）重叠，同一事项同一时间只能有一次开放。"
        "请改用不重叠的时间，或返回列表打开那一次开放延长截止时间。"
    )


def past_sentence(window):
    """Return the sentence for a closing time that is over."""
    closes = timezone.localtime(window.closes_at).strftime(MOMENT)
    return f"截止时间 {closes} 已经过去，企业无法申报。请改为以后的时间；要立即截止请使用【提前截止】。"


@transaction.atomic
def save_window(*, user, window):
    """Create or change a window. Raises NotPermitted for an officer who may not open that area.

    The province opens its own province, the ministry opens the nation (design.md §4). Raises Refused when it overlaps
    another, closes in the past, is over, or changes more than closing time and note once it has opened. Enterprises
    with a draft are told of another closing time.
    """
    _require_owner(user, window)
    kind = get_kind(window.kind)
    if user.authority.level not in kind.opened_by:
        raise NotPermitted(f"“{kind.title}”的开放时间由{kind.opened_by[0].label}主管部门设置。")
    window.full_clean()
    now = timezone.now()
    before = _locked(window)
    if before is not None and before.closes_at <= now:
        raise Refused("这次开放已经截止，不能修改。需要继续申报的，请另行【设置开放时间】。", code="closed")
    if before is not None and before.opens_at <= now and _head(before) != _head(window):
        raise Refused("这次开放已经开始，事项、年度和开放时间不能修改，可以修改截止时间和说明。", code="opened")
    if window.closes_at <= now:
        raise Refused(past_sentence(window), code="closes_in_the_past", status=422)
    other = overlapping(window)
    if other is not None:
        raise Refused(overlap_sentence(other), code="overlap", status=422)
    window.save()
    if before is not None and before.closes_at != window.closes_at:
        tell_of_closing(window, before.closes_at)
    return window


@transaction.atomic
def close_early(*, user, window_id, seen_closes_at=None):
    """End an open window now and tell the enterprises that have a draft of it; return it.

    Closing twice changes nothing. ``seen_closes_at`` is the closing time that the officer looked at. Raises
    NotPermitted, Refused before it has opened, StaleVersion when it was changed meanwhile.
    """
    window = Window.objects.select_for_update(of=("self",)).select_related("authority").get(pk=window_id)
    _require_owner(user, window)
    now = timezone.now().replace(microsecond=0)
    if window.closes_at <= now:
        return window
    if window.opens_at >= now:
        raise Refused("这次开放还没有开始，不能提前截止。请打开该次开放修改时间。", code="not_open")
    if seen_closes_at is not None and seen_closes_at != window.closes_at:
        raise StaleVersion("打开页面后，截止时间刚刚被其他人修改过，没有截止。请核对后重试。", current=window)
    before, window.closes_at = window.closes_at, now
    window.save(update_fields=["closes_at"])
    tell_of_closing(window, before)
    return window


def _require_owner(user, window):
    if not user.may_publish or window.authority_id != user.authority_id:
        raise NotPermitted("您只能为本部门设置申报开放时间，且须具有“审核与发布”角色。")
    if user.authority.level not in {"province", "ministry"}:
        raise NotPermitted("申报开放时间由省级主管部门或部级设置。")


def _locked(window):
    """Lock the authority, so that two windows are compared one after the other; return the stored row or None."""
    Authority.objects.select_for_update().get(pk=window.authority_id)
    return Window.objects.filter(pk=window.pk).first() if window.pk else None


def _head(window):
    return window.kind, window.period, window.opens_at.replace(second=0, microsecond=0)


def require_open(kind, province, moment):
    """Return the open window. Raises Refused with the reason and the next date when there is none."""
    window, upcoming = windows_of([kind], province, moment)[kind.code]
    if window is None:
        raise Refused(closed_sentence(kind, province, upcoming), code="window_closed")
    return window
