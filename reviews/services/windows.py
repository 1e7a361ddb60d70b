"""Opening and closing of kinds (申报开放时间): reads of the rule, and the writes of officers."""
from django.db import transaction
from django.utils import timezone

from accounts.enums import AuthorityLevel
from portal.tools.errors import NotPermitted, Refused
from reviews.kinds import get_kind
from reviews.models import Window


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


@transaction.atomic
def save_window(*, user, window):
    """Create or change a window. Raises NotPermitted for an officer who may not open that area.

    The province opens its own province, the ministry opens the nation (design.md §4).
    """
    if not user.may_publish or window.authority_id != user.authority_id:
        raise NotPermitted("您只能为本部门设置申报开放时间，且须具有“审核与发布”角色。")
    if user.authority.level not in {"province", "ministry"}:
        raise NotPermitted("申报开放时间由省级主管部门或部级设置。")
    kind = get_kind(window.kind)
    if user.authority.level not in kind.opened_by:
        raise NotPermitted(f"“{kind.title}”的开放时间由{kind.opened_by[0].label}主管部门设置。")
    window.full_clean()
    window.save()
    return window


def require_open(kind, province, moment):
    """Return the open window. Raises Refused with the reason and the next date when there is none."""
    window, upcoming = windows_of([kind], province, moment)[kind.code]
    if window is None:
        raise Refused(closed_sentence(kind, province, upcoming), code="window_closed")
    return window
