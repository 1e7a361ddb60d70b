"""The name under which a paper is downloaded."""
import re

from reviews.enums import SnapshotCause

#: Not allowed in file names on Windows, or in a header.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


def download_name(snapshot):
    """Return e.g. 创新型中小企业自评表_某某有限公司_CX202600000007.pdf; a draft ends in 草稿."""
    payload = snapshot.payload
    ending = "草稿" if snapshot.cause == SnapshotCause.PREVIEW else payload["number"]
    parts = [payload["kind"]["document_title"], payload["enterprise"]["name"], ending]
    return file_name(*parts)


def file_name(*parts, ending=".pdf"):
    """Return the parts that are not empty joined to a file name that every system takes."""
    return _FORBIDDEN.sub("", "_".join(part for part in parts if part)) + ending
