"""Opening and closing of kinds (申报开放时间): reads of the rule, and the writes of officers."""
from django.db import transaction
from django.utils import timezone

from portal.tools.errors import NotPermitted, Refused
from reviews.models import Window


def open_window(kind, province, moment):
    """Return the Window by which ``kind`` is open for enterprises of ``province`` at ``moment``, or None.

    A window of the ministry opens the whole nation; of several the one that closes last counts.
    """
    authorities = [province.pk, province.parent_id]
    return (
        Window.objects.open_at(moment)
        .filter(kind=kind.code, authority__in=authorities)
        .order_by("-closes_at")
        .first()
    )


def next_window(kind, province, moment):
    """Return the next Window that is known to open, or None."""
    return (
        Window.objects.filter(kind=kind.code, authority__in=[province.pk, province.parent_id], opens_at__gt=moment)
        .order_by("opens_at")
        .first()
    )


def closed_sentence(kind, province, moment):
    """Return the sentence that says that a window is closed and when the next opens, if known (Q6)."""
    upcoming = next_window(kind, province, moment)
    if upcoming:
        opens = timezone.localtime(upcoming.opens_at).strftime("%Y年%m月%d日 %H:%M")
        return f"{province.short_name}的“{kind.title}”尚未开放，将于 {opens} 开放。您可以先完善企业基本信息，届时再来申报。"
    return (
        f"{province.short_name}的“{kind.title}”目前未开放，下次开放时间尚未公布。"
        f"请关注{province.name}的通知{f'，咨询电话 {province.telephone}' if province.telephone else ''}。"
    )


@transaction.atomic
def save_window(*, user, window):
    """Create or change a window. Raises NotPermitted for an officer who may not open that area.

    The province opens its own province, the ministry opens the nation (design.md §4).
    """
    if not user.may_publish or window.authority_id != user.authority_id:
        raise NotPermitted("您只能为本部门设置申报开放时间，且须具有“审核与发布”角色。")
    if user.authority.level not in {"province", "ministry"}:
        raise NotPermitted("申报开放时间由省级主管部门或部级设置。")
    window.full_clean()
    window.save()
    return window


def require_open(kind, province, moment):
    """Return the open window. Raises Refused with the reason and the next date when there is none."""
    window = open_window(kind, province, moment)
    if window is None:
        raise Refused(closed_sentence(kind, province, moment), code="window_closed")
    return window
