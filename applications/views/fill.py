"""The fill-in page: one page, saved section by section or as a whole."""
from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from applications.forms.document import STATE_LABELS
from applications.forms.rows import with_rows_of, without_empty_rows
from applications.queries import owned_draft, owned_filing
from applications.services.drafts import save_sections, sync_name
from applications.services.evidence import attach_evidence, remove_evidence
from applications.views.fill_page import FillPage
from applications.views.list_buttons import pressed_list_button
from applications.views.posted import posted_values, seen_version
from portal.tools.access import ENTERPRISE, opens_to
from portal.tools.errors import Refused, StaleVersion
from portal.tools.text import is_id
from reviews.kinds import get_kind
from reviews.models import Filing

FILE_PREFIX = "file-"


def own_filing_or_404(request, filing_id, reads=owned_filing):
    """Return the signed-in enterprise's own filing, read by ``reads``; any other is not found."""
    try:
        return reads(request.user, filing_id)
    except Filing.DoesNotExist as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(ENTERPRISE)
@never_cache
@sensitive_post_parameters()
def fill(request, filing_id):
    """Show the form, or save it as a whole: 【暂存】, 【提交】 (on to 核对), 【实名信息同步】, rows and files come and go."""
    filing = own_filing_or_404(request, filing_id)
    if request.method == "POST":
        return _save_all(request, filing)
    if not filing.is_editable:
        messages.info(request, f"这件申报的状态是“{filing.get_state_display()}”，不能修改，以下是已提交的内容。")
        return redirect("applications:filing", filing.pk)
    return _page(request, FillPage(filing))


def _save_all(request, filing):
    values = without_empty_rows(posted_values(filing, request.POST))
    pressed = pressed_list_button(filing, request.POST, values)
    service = sync_name if request.POST.get("action") == "sync" else save_sections
    file_errors, status = _attach_files(request, filing)
    try:
        result = service(
            filing_id=filing.pk, user=request.user, seen_version=seen_version(request.POST), values=values
        )
    except StaleVersion as stale:
        return _conflict(request, stale.current, values, file_errors)
    if is_id(request.POST.get("remove", "")):
        removed = remove_evidence(filing_id=filing.pk, user=request.user, attachment_id=int(request.POST["remove"]))
        messages.success(request, f"已移除“{removed.name}”。")
    if file_errors:
        return _page(request, FillPage(own_filing_or_404(request, filing.pk), file_errors=file_errors), status)
    if request.POST.get("action") == "check":
        return redirect("applications:check", filing.pk)
    if pressed:
        messages.add_message(request, pressed.level, pressed.message)
        return redirect(fill_url(filing, pressed.anchor))
    messages.success(request, f"暂存成功（{shown_time(result.saved_at)}）。")
    return redirect("applications:fill", filing.pk)


def _attach_files(request, filing):
    """Store the files of a whole-page post; return ({slot: [sentence]}, status of the first refusal)."""
    errors, status = {}, 200
    for name, uploads in request.FILES.lists():
        if not name.startswith(FILE_PREFIX):
            continue
        slot = name.removeprefix(FILE_PREFIX)
        for upload in uploads:
            try:
                attach_evidence(filing_id=filing.pk, user=request.user, slot=slot, upload=upload)
            except Refused as refusal:
                errors.setdefault(slot, []).append(refusal.message)
                status = status if status != 200 else refusal.status
    return errors, status


def _conflict(request, current, values, file_errors):
    """Show what was typed, with the other window's value beside each field that differs; nothing is saved."""
    filing = own_filing_or_404(request, current.pk)
    theirs = filing.answers
    get_kind(filing.kind).merge(filing, with_rows_of(theirs, values))
    return _page(request, FillPage(filing, theirs=theirs, file_errors=file_errors), 409)


def _page(request, page, status=200):
    return render(request, "applications/fill.html", page.context(), status=status)


@require_POST
@opens_to(ENTERPRISE)
@sensitive_post_parameters()
def save_section(request, filing_id):
    """Autosave of some sections (``section`` once for each); the answer is JSON for static/js/fill.js.

    ``field`` (once for each HTML name) narrows to single fields and lists: those to lay over another window's form.
    """
    filing = own_filing_or_404(request, filing_id, reads=owned_draft)
    only = set(request.POST.getlist("field")) or None
    values = posted_values(filing, request.POST, set(request.POST.getlist("section")), only)
    try:
        result = save_sections(
            filing_id=filing.pk, user=request.user, seen_version=seen_version(request.POST), values=values
        )
    except StaleVersion as stale:
        return JsonResponse(_stale_answer(stale, values), status=stale.status)
    return JsonResponse(_saved_answer(result))


def _saved_answer(result):
    form, assessment = result.form, result.assessment.as_payload()
    return {
        "version": result.version,
        "saved_at": shown_time(result.saved_at),
        "computed": {
            key: {"shown": computed.figure, "reason": computed.reason}
            for key, computed in result.computed.items()
        },
        "derived": {
            form.by_key[section].anchor(key): {"shown": derived.shown, "note": derived.note}
            for (section, key), derived in form.derived.items()
        },
        "errors": _by_anchor(form, result.soft_errors),
        "warnings": _by_anchor(form, result.warnings),
        "states": {key: {"code": state, "label": STATE_LABELS[state]} for key, state in result.section_states.items()},
        "panel": render_to_string("applications/score_panel.html", {"assessment": assessment}),
        "summary": render_to_string("applications/score_summary.html", {"assessment": assessment}),
    }


def _by_anchor(form, texts):
    """Return {id of the place on the page: [text]} of {section: {field: [text]}}."""
    return {
        form.by_key[section].anchor(field): lines
        for section, fields in texts.items()
        for field, lines in fields.items()
    }


def _stale_answer(stale, values):
    """Return the other window's version and its values of the fields and lists that were sent."""
    current = stale.current
    form = get_kind(current.kind).fill(current, attachments=())
    return {
        "code": stale.code,
        "message": stale.message,
        "version": current.version,
        "saved_at": shown_time(current.updated_at),
        "theirs": {
            section.add_prefix(name): {
                "label": section.label_of(name),
                **({"rows": section.raw(name) or []} if name in section.lists else {"value": section.raw(name)}),
            }
            for section in form.sections
            for name in values.get(section.key, {})
        },
    }


def shown_time(moment):
    """Return the time of day, as 暂存 shows it."""
    return timezone.localtime(moment).strftime("%H:%M")


def fill_url(filing, anchor=""):
    """Return the address of the fill-in page, at a field."""
    return reverse("applications:fill", args=[filing.pk]) + (f"#{anchor}" if anchor else "")
