"""How far the making of a PDF is, in words: for the page of any paper and for its script."""
import datetime

from django.utils import timezone

from reviews.enums import DocumentState
from reviews.queries_documents import papers_before
from reviews.services.papers import UNFINISHED, is_gone

#: A paper takes about a second; after this the page says that there is a delay.
DELAYED_AFTER = datetime.timedelta(seconds=60)

MAY_LEAVE = "可以离开此页，稍后在本页下载。"
DELAYED = (
    "生成时间比平时长，可能是当前排队人数较多或后台服务正在恢复。系统会自动完成，您不需要重复操作。"
    "可以离开此页，稍后在本页下载。"
)


def progress_of(paper):
    """Return state ("gone" when the file was lost), label, message and whether it is ``done``, good or bad."""
    state = "gone" if is_gone(paper) else paper.state
    label, message = _WORDS[state](paper)
    return {"state": state, "label": label, "message": message, "done": state not in UNFINISHED}


def _queued(paper):
    if _is_late(paper.queued_at):
        return DocumentState.QUEUED.label, DELAYED
    before = papers_before(paper)
    place = f"前面还有 {before} 份文件，" if before else "马上就轮到这份文件，"
    return DocumentState.QUEUED.label, f"{place}每份约需几秒。{MAY_LEAVE}"


def _running(paper):
    if _is_late(paper.started_at):
        return DocumentState.RUNNING.label, DELAYED
    return DocumentState.RUNNING.label, f"正在排版，通常只需几秒。{MAY_LEAVE}"


def _ready(paper):
    return DocumentState.READY.label, "文件已经生成，请点击下载。"


def _failed(paper):
    return DocumentState.FAILED.label, paper.error


def _gone(paper):
    return "文件已失效", "这份文件曾经生成过，但在服务器上已找不到。平台上的内容没有受影响，请点击【重新生成】。"


_WORDS = {
    DocumentState.QUEUED: _queued,
    DocumentState.RUNNING: _running,
    DocumentState.READY: _ready,
    DocumentState.FAILED: _failed,
    "gone": _gone,
}


def _is_late(since):
    return timezone.now() - since > DELAYED_AFTER
