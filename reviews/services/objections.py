"""异议: recording a real-name objection to an enterprise on a list, and answering it (design.md §4)."""
from django.db import transaction
from django.utils import timezone

from portal.tools.errors import Refused, StaleVersion, WrongState
from reviews.enums import ObjectionState, PublicityState
from reviews.models import Objection, PublicityEntry
from reviews.services.publicity import lock_list, take_out
from reviews.services.record_files import check_files, store_file


@transaction.atomic
def record_objection(*, user, entry_id, objector, contact, content, received_on, files=()):
    """【登记异议】 to an enterprise on a running list. The same content once more, while open, returns the first.

    ``files`` are uploads. Raises Refused for a blank name, contact or content, a day outside the time from the first
    day of publicity to today, a file that may not be stored; WrongState when the list does not run.
    """
    entry = PublicityEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise Refused("该条目已不在名单上，请返回名单刷新。", code="not_found", status=404)
    publicity = lock_list(user, entry.publicity_id)
    entry.refresh_from_db()
    if publicity.state != PublicityState.RUNNING:
        raise WrongState(f"名单的状态是“{publicity.get_state_display()}”，公示开始之后、公告之前才能登记异议。")
    if entry.taken_out_at:
        raise WrongState(f"“{entry.enterprise_name}”已移出公示，不需要再登记异议。")
    texts = {"objector": objector.strip(), "contact": contact.strip(), "content": content.strip()}
    for field, text in texts.items():
        if not text:
            label = Objection._meta.get_field(field).verbose_name
            raise Refused(f"请填写{label}，异议须实名提出。", code=field, status=422)
    _check_day(publicity, received_on)
    same = entry.objections.filter(state=ObjectionState.OPEN, received_on=received_on, content=texts["content"])
    for known in same:
        if (known.objector, known.contact) == (texts["objector"], texts["contact"]):
            return known
    names = check_files(files)
    objection = Objection.objects.create(entry=entry, received_on=received_on, recorded_by=user, **texts)
    for upload, name in zip(files, names, strict=True):
        store_file(upload=upload, name=name, user=user, objection=objection)
    return objection


@transaction.atomic
def answer_objection(*, user, objection_id, seen_version, upheld, answer, reason=""):
    """【答复异议】. An upheld one takes the enterprise out of the list with ``reason``, which the enterprise reads.

    Answering twice the same way changes nothing. Raises StaleVersion, WrongState, Refused without answer or reason.
    """
    objection = Objection.objects.select_related("entry").filter(pk=objection_id).first()
    if objection is None:
        raise Refused("该异议不存在，请返回异议列表刷新。", code="not_found", status=404)
    lock_list(user, objection.entry.publicity_id)
    objection = Objection.objects.select_for_update(of=("self",)).select_related("entry").get(pk=objection_id)
    state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    if objection.state == state and objection.version == seen_version + 1:
        return objection
    if objection.version != seen_version:
        raise StaleVersion("这件异议刚刚被其他人处理过，请刷新后再操作。", current=objection)
    if objection.state != ObjectionState.OPEN:
        raise WrongState(f"这件异议的状态是“{objection.get_state_display()}”，不能再次答复。")
    if not answer.strip():
        raise Refused("请填写核查结论和答复。", code="answer", status=422)
    if upheld and objection.entry.taken_out_at is None:
        if not reason.strip():
            raise Refused("异议成立会将企业移出公示，请填写移出原因，企业会看到。", code="reason", status=422)
        take_out(user=user, entry_id=objection.entry_id, reason=reason)
    objection.state = state
    objection.answer = answer.strip()
    objection.answered_by = user
    objection.answered_at = timezone.now()
    objection.version += 1
    objection.save()
    return objection


def _check_day(publicity, received_on):
    today = timezone.localdate()
    if not publicity.starts_on <= received_on <= today:
        raise Refused(
            f"收到日期 {received_on:%Y-%m-%d} 应在公示开始日期 {publicity.starts_on:%Y-%m-%d} 至今天 {today:%Y-%m-%d} 之间，请改正。",
            code="received_on", status=422,
        )
