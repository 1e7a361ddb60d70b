"""公示公告: the lists that the public may read."""
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.site import queries
from portal.tools.access import PUBLIC, opens_to
from portal.tools.text import narrow
from reviews.views.list_papers import pdf_page, pdf_response, sheet_response

LISTS_PER_PAGE = 20
ENTRIES_PER_PAGE = 100
#: Longest text that is searched for; a name has at most 120 characters.
SEARCH_LENGTH = 120


@require_safe
@opens_to(PUBLIC)
def publicity_list(request):
    """List the publicity lists, newest first."""
    page = queries.page_of(queries.public_lists(), request.GET.get("page", ""), LISTS_PER_PAGE)
    return render(request, "site/publicity_list.html", {"page": page})


@require_safe
@opens_to(PUBLIC)
def publicity(request, pk):
    """Show one list: its dates, whom to tell an objection, its entries. 404 for a list that is being prepared."""
    shown = get_object_or_404(queries.public_lists(), pk=pk)
    text = narrow(request.GET.get("q", ""))[:SEARCH_LENGTH]
    entries = queries.public_entries(shown, text)
    total = entries.count()
    page = queries.page_of(entries, request.GET.get("page", ""), ENTRIES_PER_PAGE, total)
    return render(request, "site/publicity.html", {"publicity": shown, "page": page, "total": total, "q": text})


@require_safe
@opens_to(PUBLIC)
def publicity_sheet(request, pk):
    """Send the list as an Excel file: the rows of the page, those taken out left out."""
    return sheet_response(get_object_or_404(queries.public_lists(), pk=pk), public=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@opens_to(PUBLIC)
def publicity_pdf(request, pk):
    """GET: how far the PDF of the list is. POST: have it made."""
    shown = get_object_or_404(queries.public_lists(), pk=pk)
    answer = pdf_page(request, shown, public=True)
    if not isinstance(answer, dict):
        return answer
    addresses = {"file_url": reverse("site:publicity_file", args=[pk]), "back": reverse("site:publicity", args=[pk])}
    return render(request, "site/publicity_pdf.html", answer | addresses)


@require_safe
@opens_to(PUBLIC)
def publicity_file(request, pk):
    """Send the finished PDF of the list."""
    return pdf_response(get_object_or_404(queries.public_lists(), pk=pk), public=True)
