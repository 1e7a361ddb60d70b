"""The page of one filing: everything in one place, and comments at its fields."""
from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from portal.tools.errors import Refused
from portal.tools.text import is_id
from reviews.forms import CommentForm
from reviews.queries.evidence import file_facts
from reviews.queries.filing_page import filing_for, filing_page, step_state
from reviews.services import decisions

TEMPLATE = "admin/reviews/filing/change_form.html"


def open_filing(request, filing_id):
    """Return the filing if it is in the officer's jurisdiction. Raises Http404."""
    filing = filing_for(request.user, filing_id) if is_id(filing_id) else None
    if filing is None:
        raise Http404("没有这件申报，或者它不在您的管辖范围内。")
    return filing


def page_url(filing_id, filters="", anchor="", **query):
    """Return the address of a filing's page, keeping the work list's filters."""
    query |= {"_changelist_filters": filters} if filters else {}
    address = reverse("admin:reviews_filing_change", args=[filing_id])
    return address + (f"?{urlencode(query)}" if query else "") + (f"#{anchor}" if anchor else "")


def show(model_admin, request, filing_id):
    """GET: the page. ``?snapshot=n`` shows an older version, ``?comment=section.field`` opens a form there."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    filing = open_filing(request, filing_id)
    number = request.GET.get("snapshot", "")
    if number and not (number.isascii() and number.isdigit() and len(number) < 6):
        raise Http404
    return answer(model_admin, request, filing, number=int(number) if number else None)


def answer(model_admin, request, filing, *, number=None, form=None, status=200):
    """Render the page; ``form`` is a CommentForm that was refused and keeps what was typed."""
    page = filing_page(filing, request.user, number)
    if page is None:
        raise Http404
    target = form["target"].value() if form else request.GET.get("comment", "")
    open_target = target if page.may_comment and target in page.targets else ""
    if open_target and form is None:
        form = CommentForm(initial={"target": open_target})
    context = {
        "title": f"{filing.enterprise_name} {page.kind.title}",
        "page": page,
        "filing": filing,
        "file_facts": file_facts(filing, request.user, page.payload["attachments"]),
        "steps": [(step, step_state(step, filing)) for step in page.steps],
        "open_target": open_target,
        "comment_form": form,
        "filters": request.GET.get("_changelist_filters", ""),
        "filter_query": model_admin.get_preserved_filters(request),
        "list_url": model_admin.list_url(request),
    }
    return model_admin.page(request, TEMPLATE, context, status)


def add_comment(model_admin, request, filing_id):
    """POST: write a comment at a field; a mistake comes back at that field with what was typed."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    filing = open_filing(request, filing_id)
    form = CommentForm(request.POST)
    page = filing_page(filing, request.user)
    target = request.POST.get("target", "")
    if target not in page.targets:
        raise Http404
    if not form.is_valid():
        return answer(model_admin, request, filing, form=form, status=422)
    section, field = target.split(".", 1)
    try:
        decisions.add_comment(
            filing_id=filing.pk, user=request.user, section=section, field=field, label=page.targets[target],
            text=form.cleaned_data["text"], visibility=form.cleaned_data["visibility"],
        )
    except Refused as refusal:
        form.add_error("text", refusal.message)
        return answer(model_admin, request, filing, form=form, status=refusal.status)
    return HttpResponseRedirect(page_url(filing.pk, request.GET.get("_changelist_filters", ""), f"at-{target}"))


def remove_comment(model_admin, request, filing_id, comment_id):
    """POST: take back a comment that has not left the desk."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    filing = open_filing(request, filing_id)
    comment = filing.field_comments.filter(pk=comment_id).first()
    anchor = f"at-{comment.target}" if comment else ""
    if comment:
        try:
            decisions.remove_comment(comment_id=comment_id, user=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
    return HttpResponseRedirect(page_url(filing.pk, request.GET.get("_changelist_filters", ""), anchor))


VIEWS = [
    ("<int:filing_id>/comment/", add_comment, "comment"),
    ("<int:filing_id>/comment/<int:comment_id>/remove/", remove_comment, "comment_remove"),
]
