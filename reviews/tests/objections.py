"""Objections to a running list, recorded and answered by the real services."""
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfWriter

from reviews.services import objections
from reviews.tests.factories import officer_of

OBJECTOR = "测试异议人甲"
CONTACT = "13900000001"


def one_page():
    """Return the bytes of a PDF with one blank page."""
    written = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.write(written)
    return written.getvalue()


def paper(name="证明.pdf", content=None):
    """Return an upload, a PDF when no other content is given."""
    return SimpleUploadedFile(name, one_page() if content is None else content)


def record(listed, *, entry=None, **changes):
    """Return an objection to the first enterprise of a running list."""
    entry = entry or listed.entries.order_by("position").first()
    values = {
        "objector": OBJECTOR, "contact": CONTACT, "content": "专利已经转让。",
        "received_on": timezone.localdate(), "files": (),
    }  # fmt: skip
    return objections.record_objection(user=officer_of(listed.authority), entry_id=entry.pk, **values | changes)


def answer(objection, *, upheld=False, text="经核查，专利仍在企业名下。", reason="", seen_version=None):
    """Answer it as the authority that publishes the list."""
    return objections.answer_objection(
        user=officer_of(objection.entry.publicity.authority), objection_id=objection.pk,
        seen_version=seen_version or objection.version, upheld=upheld, answer=text, reason=reason,
    )


def answered_objection(listed):
    """Return an objection with one paper that was not upheld."""
    return answer(record(listed, files=[paper()]))
