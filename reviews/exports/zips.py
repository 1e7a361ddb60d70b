"""The PDFs of filings as one zip, with an index that says of each filing which file it is, or why there is none."""
import re
import shutil
import time
import zipfile
from dataclasses import dataclass

from reviews.enums import DocumentState
from reviews.exports.lists import write_index
from reviews.kinds import get_kind
from reviews.models import Filing

INDEX = "目录.xlsx"
TITLES = (
    ("序号", 6), ("申报编号", 18), ("企业名称", 34), ("统一社会信用代码", 22), ("事项", 28), ("状态", 10), ("文件名", 52),
    ("页数", 6), ("没有文件的原因", 60),
)  # fmt: skip
CHUNK = 50
#: Seconds to wait for a paper that another worker is making.
PATIENCE = 30
BUSY = "另一个任务正在生成这份文件，稍后单独下载即可。"
LOST = "文件曾经生成过，但在服务器上已找不到，请在申报件页面重新生成。"
#: Not allowed in file names on Windows, nor at the end of one.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


@dataclass(frozen=True)
class Paper:
    """A finished PDF, or the sentence that says why there is none."""

    file: object = None
    pages: int | None = None
    reason: str = ""


def write_zip(path, ids, advance, scratch, make):
    """Write the zip of the filings with these ids; ``make(snapshot id)`` makes a paper and returns its Document.

    ``advance(number done)`` is called before each filing and at the end. PDFs are packed already, so they are stored.
    """
    lines = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for filing in _filings(ids):
            advance(len(lines))
            paper = _paper_of(filing, make)
            name = ""
            if paper.file is not None:
                name = file_name(len(lines) + 1, filing)
                with paper.file.open("rb") as source, archive.open(name, "w") as target:
                    shutil.copyfileobj(source, target)
            lines.append(_line(len(lines) + 1, filing, name, paper))
        index = scratch / "index.xlsx"
        write_index(index, TITLES, lines, scratch)
        archive.write(index, INDEX, zipfile.ZIP_DEFLATED)
    advance(len(lines))


def file_name(serial, filing):
    """Return e.g. 001_某某有限公司_CX202600000007.pdf."""
    return _FORBIDDEN.sub("", f"{serial:03}_{filing.enterprise_name}_{filing.number}").rstrip(". ") + ".pdf"


def _filings(ids):
    related = Filing.objects.select_related("enterprise").defer("answers")
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = related.in_bulk(chunk)
        yield from (rows[pk] for pk in chunk)


def _paper_of(filing, make):
    """Return the Paper of what the filing holds at present."""
    document = make(filing.snapshot_id)
    deadline = time.monotonic() + PATIENCE
    while document.state in (DocumentState.QUEUED, DocumentState.RUNNING) and time.monotonic() < deadline:
        time.sleep(0.5)
        document.refresh_from_db()
    if document.state == DocumentState.FAILED:
        return Paper(reason=document.error)
    if document.state != DocumentState.READY:
        return Paper(reason=BUSY)
    if not document.file.storage.exists(document.file.name):
        return Paper(reason=LOST)
    return Paper(document.file, document.pages)


def _line(serial, filing, name, paper):
    return [
        serial, filing.number, filing.enterprise_name, filing.enterprise.uscc, get_kind(filing.kind).title,
        filing.get_state_display(), name, paper.pages, paper.reason,
    ]  # fmt: skip
