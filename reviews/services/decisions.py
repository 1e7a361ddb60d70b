"""What an officer does with a filing on his desk: approve, return, reject, comment at a field."""
from django.db import transaction

from portal.tools.errors import NotPermitted, Refused, WrongState
from reviews.enums import Action, Visibility
from reviews.models import FieldComment, Filing
from reviews.services.parties import transition_for
from reviews.services.transition import apply_transition, lock_filing


def approve(*, filing_id, user, seen_version, comment="", note=""):
    """通过: to the next desk, or approved when this was the last. Raises as apply_transition."""
    return apply_transition(
        filing_id=filing_id, action=Action.APPROVE, user=user, seen_version=seen_version, comment=comment, note=note,
        after=_publish_comments,
    )


def return_filing(*, filing_id, user, seen_version, comment, note=""):
    """退回: back to the enterprise with a reason and the comments at fields. Raises as apply_transition."""
    return apply_transition(
        filing_id=filing_id, action=Action.RETURN, user=user, seen_version=seen_version, comment=comment, note=note,
        after=_publish_comments,
    )


def reject(*, filing_id, user, seen_version, comment, note=""):
    """不予通过: ends the filing with a reason. Raises as apply_transition."""
    return apply_transition(
        filing_id=filing_id, action=Action.REJECT, user=user, seen_version=seen_version, comment=comment, note=note,
        after=_publish_comments,
    )


def _publish_comments(filing, event):
    """Hand this authority's comments of the present round over with the decision.

    A return shows the 企业可见 ones to the enterprise; an approval hands them to the next desk only, so they are
    linked to the event all the same and the enterprise's pages ask for events that ended at it.
    """
    filing.field_comments.filter(event__isnull=True, round=filing.round, authority=event.authority).update(event=event)


@transaction.atomic
def add_comment(*, filing_id, user, section, field, label, text, visibility):
    """Write a comment at ``section.field``. Raises NotPermitted unless he may return it, Refused when it is empty."""
    filing = lock_filing(filing_id)
    _require_return(filing, user)
    text = text.strip()
    if not text:
        raise Refused("栏目意见不能为空，请填写后再保存。", code="comment_empty", status=422)
    if visibility not in Visibility.values:
        raise Refused("请选择意见的可见范围：企业可见或内部。", code="visibility", status=422)
    return FieldComment.objects.create(
        filing=filing, round=filing.round, section=section, field=field, label=label, text=text,
        visibility=visibility, author=user, authority=user.authority,
    )


@transaction.atomic
def remove_comment(*, comment_id, user):
    """Take back a comment that has not left the desk yet. Raises NotPermitted, WrongState."""
    comment = FieldComment.objects.select_related("filing").filter(pk=comment_id).first()
    if comment is None:
        raise Refused("该意见已被删除，请刷新页面。", code="not_found", status=404)
    filing = lock_filing(comment.filing_id)
    _require_return(filing, user)
    if comment.authority_id != user.authority_id:
        raise NotPermitted("只能删除本部门填写的意见。")
    if comment.event_id is not None or comment.round != filing.round:
        raise WrongState("该意见已随审核结果发出，不能删除。")
    comment.delete()


def _require_return(filing, user):
    # A comment at a field goes out with a return; so the province of a 小巨人 may write one from any step.
    if not Filing.objects.for_officer(user).filter(pk=filing.pk).exists():
        raise NotPermitted("这件申报不在您的管辖范围内。")
    if transition_for(user, filing, Action.RETURN) is None:
        raise NotPermitted("这件申报不在您所在部门的待审列表中，不能填写意见。")
