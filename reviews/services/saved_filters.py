"""常用筛选: the filters of the work list that an officer keeps under names of his own, in an order of his own."""
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from portal.tools.errors import NotPermitted, Refused
from portal.tools.text import tidy
from reviews.models import SavedFilter
from reviews.queries.conditions import read_conditions

MOST_FILTERS = 20
NAME_LENGTH = 40
QUERY_LENGTH = 1000


@transaction.atomic
def save_filter(*, user, name, query, overwrite=False):
    """Keep the conditions of ``query`` (a query string) under a name; return the SavedFilter.

    Only conditions that are in force are kept. Raises Refused: 422 for a name or conditions that cannot be kept, 409
    with code ``name_taken`` when the name is used for other conditions and ``overwrite`` is false, 409 with code
    ``too_many`` beyond MOST_FILTERS. Saving the same twice changes nothing.
    """
    _lock(user)
    name = _name(name)
    query = read_conditions(user, query).query_string()
    if len(query) > QUERY_LENGTH:
        raise Refused("筛选条件太长，无法保存，请减少条件后重试。", code="too_long", status=422)
    found = SavedFilter.objects.filter(officer=user, name=name).first()
    if found is not None:
        if found.query != query and not overwrite:
            raise Refused(f"您已有名为“{name}”的常用筛选，请换一个名称，或选择覆盖。", code="name_taken")
        found.query = query
        found.save(update_fields=["query"])
        return found
    rows = SavedFilter.objects.filter(officer=user)
    if rows.count() >= MOST_FILTERS:
        raise Refused(f"常用筛选最多保存 {MOST_FILTERS} 个，请先删除不用的再保存。", code="too_many")
    last = rows.aggregate(last=Max("position"))["last"]
    return SavedFilter.objects.create(officer=user, name=name, query=query, position=0 if last is None else last + 1)


@transaction.atomic
def rename_filter(*, user, filter_id, name):
    """Give a saved filter another name. Raises Refused: 404 for somebody else's, 409 ``name_taken``, 422."""
    _lock(user)
    found = _own(user, filter_id)
    name = _name(name)
    if SavedFilter.objects.filter(officer=user, name=name).exclude(pk=found.pk).exists():
        raise Refused(f"您已有名为“{name}”的常用筛选，请换一个名称。", code="name_taken")
    found.name = name
    found.save(update_fields=["name"])
    return found


@transaction.atomic
def delete_filter(*, user, filter_id):
    """Forget a saved filter; one that is gone already is no mistake. Returns its name or ""."""
    _lock(user)
    found = SavedFilter.objects.filter(officer=user, pk=filter_id).first()
    if found is None:
        return ""
    found.delete()
    return found.name


@transaction.atomic
def move_filter(*, user, filter_id, places):
    """Move a saved filter up (-1) or down (1) in the officer's order; at the end it stays. Raises Refused (404)."""
    _lock(user)
    found = _own(user, filter_id)
    rows = list(SavedFilter.objects.filter(officer=user).order_by("position", "id"))
    place = rows.index(found)
    rows.insert(max(place + places, 0), rows.pop(place))
    for position, row in enumerate(rows):
        row.position = position
    SavedFilter.objects.bulk_update(rows, ["position"])


def _lock(user):
    """Let an officer's changes come one after the other. Raises NotPermitted for any other account."""
    if not (user.is_authenticated and user.is_active and user.is_officer):
        raise NotPermitted("只有主管部门账户可以保存常用筛选。")
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def _own(user, filter_id):
    found = SavedFilter.objects.filter(officer=user, pk=filter_id).first()
    if found is None:
        raise Refused("这个常用筛选已不存在，请刷新后重试。", code="gone", status=404)
    return found


def _name(text):
    name = " ".join(tidy(text).split())
    if not name:
        raise Refused("名称没有填写，请填写常用筛选的名称，如“本周到期”。", code="name", status=422)
    if len(name) > NAME_LENGTH:
        raise Refused(
            f"名称“{name}”有 {len(name)} 个字，最多 {NAME_LENGTH} 个字，请缩短。", code="name", status=422
        )
    return name
