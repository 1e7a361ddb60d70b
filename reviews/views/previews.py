"""【预览】 of evidence: a page for each file, which static/js/preview.js also opens as a dialog, and what it frames."""
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.tools.access import SIGNED_IN, opens_to
from portal.tools.downloads import as_preview
from portal.tools.uploads import shown_size
from reviews.kinds import get_kind
from reviews.queries.evidence import files_beside
from reviews.queries.preview import (
    ARCHIVE,
    NONE,
    PDF,
    PICTURE,
    OpenEntry,
    entries_of,
    neighbours,
    preview_kind,
)
from reviews.views.files import log_officer, open_evidence, readable_attachment


@dataclass(frozen=True)
class Shown:
    """What is previewed: a file, or with ``number`` an entry of an archive."""

    name: str
    size: int
    kind: str
    number: int | None = None


@require_GET
@opens_to(SIGNED_IN)
@never_cache
def preview(request, attachment_id):
    """Show a PDF, a picture or the list of an archive; with ``?entry=`` one entry of it."""
    found = readable_attachment(request.user, attachment_id)
    content = open_evidence(found, request.user)
    with content:
        entries = entries_of(content) if preview_kind(found.name) == ARCHIVE else []
    shown = _shown(found, entries, request.GET.get("entry"))
    if shown.kind in (ARCHIVE, NONE):
        log_officer(request, "预览佐证材料", f"{found.filing} {found.name}")
    before, after = neighbours(files_beside(found, request.user), found.pk) if shown.number is None else (None, None)
    address = reverse("reviews:preview_content", args=[found.pk])
    context = {
        "file": found,
        "filing_url": _filing_url(found.filing, request.user),
        "size": shown_size(found.size),
        "shown": shown,
        "entries": entries if shown.kind == ARCHIVE else [],
        "content_url": address if shown.number is None else f"{address}?entry={shown.number}",
        "before": before,
        "after": after,
    }
    return render(request, "reviews/preview.html", context)


@require_GET
@opens_to(SIGNED_IN)
def preview_content(request, attachment_id):
    """Send the PDF or the picture itself, or with ``?entry=`` that entry of the archive."""
    found = readable_attachment(request.user, attachment_id)
    content = open_evidence(found, request.user)
    entries = entries_of(content) if preview_kind(found.name) == ARCHIVE else []
    try:
        shown = _shown(found, entries, request.GET.get("entry"))
        if shown.kind not in (PDF, PICTURE):
            raise Http404
    except Http404:
        content.close()
        raise
    log_officer(request, "预览佐证材料", f"{found.filing} {found.name} {shown.name if entries else ''}".rstrip())
    opened = content if shown.number is None else OpenEntry(content, shown.number)
    return as_preview(opened, shown.name, shown.size)


def _filing_url(filing, user):
    """Return the page that the file is read from."""
    if user.is_officer:
        return reverse("admin:reviews_filing_change", args=[filing.pk])
    return get_kind(filing.kind).page_url(filing)


def _shown(found, entries, text):
    """Return what is to be shown. Raises Http404 for an entry that there is not."""
    if text is None:
        return Shown(found.name, found.size, preview_kind(found.name))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < len(entries)):
        raise Http404
    entry = entries[int(text)]
    return Shown(entry.name.replace("\\", "/").rpartition("/")[2], entry.size, entry.kind, entry.number)
