"""The rows of the work list (申报件列表) as HTML, and the choices of its selects.

They are written by format_html and not by template tags: fifteen texts of fifty rows, each with its tags, took a third
of the time of the page.
"""
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from reviews.enums import State
from reviews.kinds import get_kind
from reviews.models import Filing
from reviews.queries.choices import VERDICTS, batch
from reviews.queries.desk import days_since
from reviews.queries.due import due_texts

#: What a row shows of a filing and of what it refers to: nothing else is read.
COLUMNS = (
    "kind", "enterprise_name", "number", "period", "state", "version", "round", "self_score", "verdict", "warnings",
    "desk_since", "due_at", "registered_region__full_name", "desk__short_name", "handler__person_name",
    "handler__verified_name", "handler__login_name", "window__opens_at", "window__closes_at",
)  # fmt: skip
_ROW = """
<tr>
<td class="worklist__tick"><input type="checkbox" name="selected" value="{pk}" aria-label="选择 {name}">\
<input type="hidden" name="version_{pk}" value="{version}"></td>
<th scope="row"><a href="{url}">{name}</a><span class="desk-mini worklist__code">{number}</span></th>
<td>{kind} {period}{batch}</td>
<td data-label="所在地">{region}</td>
<td data-label="自评得分" class="worklist__number{no_score}">{score}{verdict}</td>
<td data-label="核验提示" class="worklist__number{no_warnings}">{warnings}</td>
<td data-label="状态"><span class="state-badge state-badge--{state}">{state_shown}</span>{desk}{again}</td>
<td data-label="经办人"{no_handler}>{handler}</td>
<td data-label="到达时间" class="worklist__time{not_arrived}">{arrived}</td>
<td data-label="期限" class="worklist__time{no_due}">{due}</td>
</tr>"""
_NOTHING, _NONE = "—", " worklist__none"
_VERDICTS = dict(VERDICTS)


@dataclass(frozen=True)
class Row:
    """One filing of the list and the HTML of its row."""

    filing: Filing
    html: SafeString


def shown_filings():
    """Return the queryset that brings what rows_of shows, in one query."""
    return Filing.objects.select_related("registered_region", "desk", "handler", "window").only(*COLUMNS)


def rows_of(filings, query):
    """Return the Rows of filings; ``query`` is what their pages lead back to. One query, for the holidays."""
    dues = due_texts([filing.due_at for filing in filings])
    before, after = reverse("admin:reviews_filing_change", args=[0]).rsplit("0", 1)
    after += f"?{urlencode({'_changelist_filters': query})}" if query else ""
    batches = {}
    for filing in filings:
        if filing.window_id and filing.window_id not in batches:
            batches[filing.window_id] = _mini(f"批次 {batch(filing.window)}", " worklist__batch")
    return [
        Row(
            filing,
            format_html(
                _ROW, url=f"{before}{filing.pk}{after}", batch=batches.get(filing.window_id, ""),
                **_said(filing), **_waiting(filing), **_due(dues.get(filing.due_at)),
            ),
        )
        for filing in filings
    ]  # fmt: skip


def _said(filing):
    """Return what the filing itself says."""
    score = "" if filing.self_score is None else f"{filing.self_score.normalize():f}"
    verdict = _VERDICTS.get(filing.verdict, "")
    is_again = filing.round > 1 and filing.state == State.IN_REVIEW
    return {
        "pk": filing.pk,
        "version": filing.version,
        "name": filing.enterprise_name,
        "number": filing.number,
        "kind": get_kind(filing.kind).title,
        "period": filing.period,
        "region": filing.registered_region.full_name,
        "no_score": "" if score else _NONE,
        "score": score or _NOTHING,
        "verdict": _mini(verdict) if verdict else "",
        "no_warnings": "" if filing.warnings else _NONE,
        "warnings": (
            format_html('<span class="worklist__warning">{} 项</span>', filing.warnings) if filing.warnings else _NOTHING
        ),
        "state": filing.state,
        "state_shown": filing.get_state_display(),
        "desk": _mini(filing.desk.short_name) if filing.desk_id else "",
        "again": _mini(f"第{filing.round}次提交") if is_again else "",
        "no_handler": "" if filing.handler_id else format_html(' class="{}"', _NONE.strip()),
        "handler": filing.handler if filing.handler_id else _NOTHING,
    }


def _waiting(filing):
    """Return when it arrived at its desk, and since how many days it waits there."""
    if not filing.desk_since:
        return {"not_arrived": _NONE, "arrived": _NOTHING}
    days = days_since(filing.desk_since)
    moment = f"{timezone.localtime(filing.desk_since):%Y-%m-%d %H:%M}"
    return {
        "not_arrived": "",
        "arrived": format_html("{}{}", moment, _mini(f"已等待 {days} 天" if days else "今天到达")),
    }


def _due(due):
    """Return how far away the deadline is."""
    if due is None:
        return {"no_due": _NONE, "due": _NOTHING}
    words = '<span class="worklist-due worklist-due--{}">{}</span>{}'
    return {"no_due": "", "due": format_html(words, due.tone, due.text, _mini(f"{due.last_day:%Y-%m-%d}"))}


def _mini(text, further=""):
    return format_html('<span class="desk-mini{}">{}</span>', further, text)


def options_of(choices, value):
    """Return the options of a select: [(value, label)] with the chosen one marked."""
    chosen = SafeString(" selected")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((each, chosen if each == value else "", text) for each, text in choices),
    )
