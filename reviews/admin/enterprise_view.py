"""企业视图: what the enterprise sees of a filing, for the officer who is asked about it on the telephone."""
from django.http import Http404, HttpResponseNotAllowed

from reviews.admin.filing_page import open_filing, page_url
from reviews.kinds import get_kind

TEMPLATE = "admin/reviews/filing/enterprise_view.html"


def enterprise_view(model_admin, request, filing_id):
    """GET: the page, read-only. Personal values are masked, so that opening it is no entry of the access log."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    filing = open_filing(request, filing_id)
    kind = get_kind(filing.kind)
    if not kind.enterprise_template:
        raise Http404("这类申报没有企业视图。")
    context = {
        "title": f"企业视图：{filing.enterprise_name}",
        "filing": filing,
        "kind": kind,
        "seen_template": kind.enterprise_template,
        "back": page_url(filing.pk, request.GET.get("_changelist_filters", "")),
    }
    return model_admin.page(request, TEMPLATE, context)


VIEWS = [("<int:filing_id>/enterprise-view/", enterprise_view, "enterprise_view")]
