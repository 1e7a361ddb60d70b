"""审核常用语: the standing phrases of an authority for the reason of a decision (see reviews.models.Phrase)."""
from django.db import transaction
from django.db.models import Max

from accounts.models import Authority
from portal.tools.errors import NotPermitted, Refused
from portal.tools.text import tidy
from reviews.enums import Action
from reviews.models import Phrase

#: Decisions that have phrases.
DECISIONS = (Action.APPROVE, Action.RETURN, Action.REJECT)
#: Most phrases of one authority for one decision, those out of use included: the list must stay readable.
MOST_PHRASES = 50
LENGTH = Phrase._meta.get_field("text").max_length


def may_edit_phrases(user):
    """Tell whether the account keeps the phrases of its authority: reviewers and managers."""
    return user.is_authenticated and user.may_decide


@transaction.atomic
def add_phrase(*, user, action, text):
    """Add a phrase at the end of the authority's list for ``action``; a known text is put back into use.

    Raises NotPermitted for a viewer, Refused for a blank or too long text, another action, a full list.
    """
    _require_editor(user)
    text = _checked(action, text)
    # One after the other: positions are counted, and a double click must find the first one's row.
    Authority.objects.select_for_update().get(pk=user.authority_id)
    rows = Phrase.objects.filter(authority=user.authority_id, action=action)
    known = rows.filter(text=text).first()
    if known is not None:
        if not known.is_active:
            known.is_active = True
            known.save(update_fields=["is_active"])
        return known
    if rows.count() >= MOST_PHRASES:
        raise Refused(
            f"【{Action(action).label}】的常用语已有 {MOST_PHRASES} 条，达到上限。请先在【审核常用语】中修改不再使用的一条。",
            code="too_many", status=422,
        )  # fmt: skip
    last = rows.aggregate(last=Max("position"))["last"] or 0
    return Phrase.objects.create(
        authority=user.authority, action=action, text=text, position=last + 1, made_by=user
    )


@transaction.atomic
def change_phrase(*, user, phrase_id, text):
    """Write another text for a phrase. Raises as add_phrase, and Refused when the text stands in the list already."""
    phrase = _own(user, phrase_id)
    text = _checked(phrase.action, text)
    twins = Phrase.objects.filter(authority=phrase.authority_id, action=phrase.action, text=text)
    if twins.exclude(pk=phrase.pk).exists():
        raise Refused(f"常用语“{text[:30]}”已在列表中，不需要重复设置。", code="text", status=422)
    phrase.text = text
    phrase.save(update_fields=["text"])
    return phrase


@transaction.atomic
def switch_phrase(*, user, phrase_id, is_active):
    """【启用】 or 【停用】: one out of use is not offered any more. Raises NotPermitted, Refused."""
    phrase = _own(user, phrase_id)
    phrase.is_active = is_active
    phrase.save(update_fields=["is_active"])
    return phrase


@transaction.atomic
def move_phrase(*, user, phrase_id, up):
    """【上移】 or 【下移】 by one place within its decision; at the end of the list nothing changes."""
    phrase = _own(user, phrase_id)
    rows = list(
        Phrase.objects.select_for_update().filter(authority=phrase.authority_id, action=phrase.action)
        .order_by("position", "id")
    )
    at = next(index for index, row in enumerate(rows) if row.pk == phrase.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Phrase.objects.bulk_update(rows, ["position"])
    return phrase


def _own(user, phrase_id):
    _require_editor(user)
    phrase = Phrase.objects.select_for_update().filter(pk=phrase_id).first()
    if phrase is None or phrase.authority_id != user.authority_id:
        raise NotPermitted("只能修改本部门的常用语。请返回列表刷新后再试。")
    return phrase


def _require_editor(user):
    if not may_edit_phrases(user):
        raise NotPermitted("您的角色是“查阅”，不能设置审核常用语。请联系本部门“审核”或“审核与发布”人员。")


def _checked(action, text):
    text = tidy(text)
    if action not in DECISIONS:
        raise Refused("常用语只用于通过、退回或不予通过，请重新选择。", code="action", status=422)
    if not text:
        raise Refused("请填写常用语的内容。", code="text", status=422)
    if len(text) > LENGTH:
        raise Refused(f"常用语最多 {LENGTH} 个字，现在有 {len(text)} 个字，请精简后再试。", code="text", status=422)
    return text
