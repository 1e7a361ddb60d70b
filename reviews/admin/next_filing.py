"""下一件待审: from one filing to the next that waits on the officer's desk, without deciding anything."""
from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect

from reviews.admin.filing_page import open_filing, page_url
from reviews.queries.worklist import next_waiting


def go_to_next(model_admin, request, filing_id):
    """GET: redirect to the filing that arrived next within the filtered list, after the last one to the first.

    Filters that cannot be read count as none. Without any other filing it leads to the list and says so.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    filing = open_filing(request, filing_id)
    filters = request.GET.get("_changelist_filters", "")
    following = next_waiting(request.user, filters, filing)
    if following is None:
        messages.info(request, "当前列表中没有其他待您审核的申报件。")
        return HttpResponseRedirect(model_admin.list_url(request))
    return HttpResponseRedirect(page_url(following, filters))


VIEWS = [("<int:filing_id>/next/", go_to_next, "next")]
