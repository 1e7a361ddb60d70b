"""公示公告: the lists that the public may read."""
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.site import queries
from portal.tools.access import PUBLIC, opens_to
from portal.tools.text import narrow

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
