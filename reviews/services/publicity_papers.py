"""The PDF of a publicity list: ordered by who may read the list, made by a worker (design.md §11: 16 s for 3,000 rows).

Nothing but a file comes of it, so there is no row for it: the name of the file is the hash of what it says, and how far
a worker is stands in the cache for as long as the work may take. What got lost is ordered once more by the same button.
"""
import hashlib
import json
import time
from dataclasses import dataclass

from celery import signature
from django.core.cache import cache
from django.core.files.storage import default_storage
from redis.exceptions import RedisError

from accounts.services.access_log import address_of
from portal.tools.errors import Refused
from portal.tools.queueing import enqueue
from reviews.documents.store import store_under
from reviews.enums import DocumentState
from reviews.queries.publicity import list_rows
from reviews.services.papers import RUNNING_LIMIT

#: Changed when the template changes what the paper says.
EDITION = "1"
#: Seconds that an order may wait before it counts as lost.
QUEUED_KEPT = 3600
RUNNING_KEPT = int(RUNNING_LIMIT.total_seconds())
#: New lists that one address of the public may order in an hour.
ORDERS_PER_HOUR = 30
#: Nobody has ordered it, or the order got lost.
NONE = "none"
AWAY = "后台服务暂时没有回应，文件没有开始生成。请稍后点击【重新生成】；仍不成功请联系技术支持电话。"

RENDER_TASK = "reviews.job_tasks.publicity.render_publicity_list"


@dataclass(frozen=True)
class ListPaper:
    """The PDF of a list for the public or for officers as it is now; ``state`` is NONE or a DocumentState."""

    publicity: object
    public: bool
    name: str
    state: str
    error: str = ""

    @property
    def size(self):
        """Size in bytes of a finished one."""
        return default_storage.size(self.name)


def paper_of(publicity, *, public):
    """Return the ListPaper of a list's present content; one query for its rows."""
    facts = [
        EDITION, publicity.title, publicity.authority.name, publicity.contact, publicity.document_number,
        *(str(day) for day in (publicity.starts_on, publicity.ends_on, publicity.announced_on)),
    ]  # fmt: skip
    content = json.dumps([facts, list_rows(publicity, public=public)], ensure_ascii=False)
    digest = hashlib.sha256(content.encode()).hexdigest()
    name = f"publicity/{publicity.pk}/{'public' if public else 'officers'}-{digest[:32]}.pdf"
    if default_storage.exists(name):
        return ListPaper(publicity, public, name, DocumentState.READY)
    state, error = _cached(lambda: cache.get(_key(name))) or (NONE, "")
    return ListPaper(publicity, public, name, state, error)


def order_paper(publicity, *, public, request):
    """【生成 PDF】: hand the list to a worker; one that is made or in the making is left alone.

    Raises Refused (429) when the address has ordered ORDERS_PER_HOUR lists this hour, and 503 without the cache.
    """
    paper = paper_of(publicity, public=public)
    if paper.state in {DocumentState.READY, DocumentState.QUEUED, DocumentState.RUNNING}:
        return paper
    if public:
        _count(request)
    _mark(paper, DocumentState.QUEUED)
    if not enqueue(signature(RENDER_TASK), publicity.pk, public):
        _mark(paper, DocumentState.FAILED, AWAY)
    return paper


def begin(paper):
    """Take a paper for rendering; False when it is made, or another worker is at it."""
    if paper.state == DocumentState.READY or not cache.add(f"{_key(paper.name)}:lock", 1, RUNNING_KEPT):
        return False
    _mark(paper, DocumentState.RUNNING)
    return True


def finish(paper, content):
    """Store the file, take the papers of earlier contents away, and give the lock back."""
    store_under(paper.name, content, default_storage)
    folder, file = paper.name.rsplit("/", 1)
    for old in default_storage.listdir(folder)[1]:
        if old != file and old.startswith(file.split("-")[0]):
            default_storage.delete(f"{folder}/{old}")
    cache.delete_many([_key(paper.name), f"{_key(paper.name)}:lock"])


def fail(paper, reason):
    """Keep why it could not be made, in a sentence for the reader, and give the lock back."""
    _mark(paper, DocumentState.FAILED, reason)
    cache.delete(f"{_key(paper.name)}:lock")


def _mark(paper, state, error=""):
    kept = RUNNING_KEPT if state == DocumentState.RUNNING else QUEUED_KEPT
    _cached(lambda: cache.set(_key(paper.name), (str(state), error), kept))


def _key(name):
    return f"publicity-paper:{name}"


def _cached(work):
    try:
        return work()
    except RedisError as error:
        raise Refused("后台服务暂时没有回应，请几分钟后再试，或改为下载 Excel。", code="cache_away", status=503) from error


def _count(request):
    key = f"publicity-orders:{address_of(request)}:{int(time.time()) // 3600}"
    _cached(lambda: cache.add(key, 0, 3600))
    if _cached(lambda: cache.incr(key)) > ORDERS_PER_HOUR:
        raise Refused(
            f"您所在的网络一小时内已生成 {ORDERS_PER_HOUR} 份名单，请一小时后再试，或改为下载 Excel。",
            code="too_many_orders", status=429,
        )
