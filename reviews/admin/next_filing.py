"""下一件待审: from one filing to the next that waits on the officer's desk, without deciding anything."""
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q
from django.http import HttpResponseNotAllowed, HttpResponseRedirect

from reviews.admin.filing_page import open_filing, page_url
from reviews.models import Filing


def go_to_next(model_admin, request, filing_id):
    """GET: redirect to the filing that arrived next within the filtered list, after the last one to the first.

    Filters that cannot be read count as none. Without any other filing it leads to the list and says so.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    filing = open_filing(request, filing_id)
    filters = request.GET.get("_changelist_filters", "")
    try:
        rows = model_admin.filtered(request, filters)
    except IncorrectLookupParameters:
        rows = Filing.objects.for_officer(request.user)
    waiting = rows.on_desk_of(request.user).exclude(pk=filing.pk).order_by("desk_since", "id")
    waiting = waiting.values_list("pk", flat=True)
    following = None
    if filing.desk_since and filing.desk_id == request.user.authority_id:
        later = Q(desk_since__gt=filing.desk_since) | Q(desk_since=filing.desk_since, pk__gt=filing.pk)
        following = waiting.filter(later).first()
    following = following or waiting.first()
    if following is None:
        messages.info(request, "当前列表中没有其他待您审核的申报件。")
        return HttpResponseRedirect(model_admin.list_url(request))
    return HttpResponseRedirect(page_url(following, filters))


VIEWS = [("<int:filing_id>/next/", go_to_next, "next")]
