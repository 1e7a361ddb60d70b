"""转交: who of an authority works on a filing. It says who, it forbids nobody else of the authority to decide."""
from django.db import transaction

from accounts.models import User
from accounts.services.notices import notify
from portal.tools.errors import NotPermitted, Refused, StaleVersion
from reviews.enums import State
from reviews.models import Filing, Handover
from reviews.services.transition import lock_filing


@transaction.atomic
def hand_over(*, filing_id, user, seen_version, handler_id, note=""):
    """Make a colleague (None: nobody) the 经办人 of a filing on the user's desk, and tell the colleague.

    Doing it twice changes nothing. Raises NotPermitted away from the desk, Refused for somebody who cannot decide for
    the same authority, StaleVersion when the filing has changed in between.
    """
    filing = lock_filing(filing_id)
    if not Filing.objects.for_officer(user).filter(pk=filing.pk).exists():
        raise NotPermitted("这件申报不在您的管辖范围内。")
    if not (user.may_decide and filing.state == State.IN_REVIEW and filing.desk_id == user.authority_id):
        raise NotPermitted("这件申报不在您所在部门的待审列表中，不能转交。")
    handler = _colleague(user, handler_id) if handler_id is not None else None
    if filing.handler_id == handler_id:
        return filing
    if filing.version != seen_version:
        raise StaleVersion("这件申报刚刚被其他人处理过，转交没有生效。请刷新后重试。", current=filing)
    filing.handler = handler
    filing.version += 1
    filing.save(update_fields=["handler", "version", "updated_at"])
    row = Handover.objects.create(
        filing=filing, authority=user.authority, given_by=user, handler=handler, note=note.strip()[:200]
    )
    if handler is not None and handler != user:
        words = f"说明：{row.note}" if row.note else ""
        notify(
            recipient=handler,
            key=f"handover-{row.pk}",
            title="有一件申报转交给您",
            body=f"{user} 把“{filing.enterprise_name}”（编号 {filing.number}）转交给您办理。{words}",
        )
    return filing


def _colleague(user, handler_id):
    found = User.objects.filter(pk=handler_id, authority=user.authority_id).first()
    if found is None:
        raise Refused("所选人员不在您所在的部门，请重新选择。", code="not_a_colleague", status=422)
    if not found.may_decide:
        raise Refused(f"{found} 的角色是“{found.get_role_display()}”或已停用，不能办理审核，请选择其他人员。", code="cannot_decide", status=422)
    return found
