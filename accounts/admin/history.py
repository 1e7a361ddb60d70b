"""变更记录: who changed what on a row, field by field, from the history that django-simple-history keeps."""
import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from portal.tools.crypto import EncryptedTextField, mask

#: Written by every save and of no interest to a reader.
UNTOLD = {"id", "version", "created_at", "updated_at", "password", "last_login"}
#: Of persons; encrypted columns are masked in any case.
PERSONAL = {
    "legal_representative_phone", "contact_phone", "contact_fax", "contact_email", "declared_name",
}  # fmt: skip
KINDS = {"+": "新建", "~": "修改", "-": "删除"}
PER_PAGE = 50
BLANK = "（空）"


@dataclass(frozen=True)
class Entry:
    """One saving: when, by whom, what kind, of which part, and the changes as (label, old, new)."""

    at: datetime.datetime
    who: str
    kind: str
    part: str
    changes: list


class ChangeHistory:
    """Mixin of a ModelAdmin: its page 历史 in words. The page opens to whoever may read the row."""

    def histories_of(self, obj):
        """Return [(word for the part, historical rows)]; "" is the row itself."""
        return [("", obj.history.all())]

    def history_view(self, request, object_id, extra_context=None):
        """GET: the changes, newest first."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        entries, is_cut = entries_of(self.histories_of(obj))
        context = self.admin_site.each_context(request) | {
            "title": f"变更记录：{self.name_of(obj)}",
            "name": self.name_of(obj),
            "opts": self.opts,
            "original": obj,
            "entries": entries,
            "is_cut": is_cut,
            "most": PER_PAGE,
            "row_url": self.row_url(obj),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/change_history.html", context)

    def name_of(self, obj):
        """Return the name of the row for the heading."""
        return str(obj)

    def row_url(self, obj):
        """Return the address of the row's own page, to which the history leads back."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])


def entries_of(histories):
    """Return (entries newest first, whether older ones are left out); a fixed number of queries for each part."""
    found, is_cut = [], False
    for part, rows in histories:
        rows = list(rows.select_related("history_user").order_by("-history_date", "-history_id")[: PER_PAGE + 1])
        is_cut = is_cut or len(rows) > PER_PAGE
        names = _names(rows)
        of_row = defaultdict(list)
        for row in rows:
            of_row[row.id].append(row)
        for chain in of_row.values():
            for newer, older in zip(chain, [*chain[1:], None], strict=True):
                if older is None and newer.history_type == "~":
                    continue  # what it was before is not at hand
                entry = _entry(part, newer, older, names)
                if entry.changes or newer.history_type != "~":
                    found.append(entry)
    found.sort(key=lambda entry: entry.at, reverse=True)
    return found[:PER_PAGE], is_cut or len(found) > PER_PAGE


def _entry(part, newer, older, names):
    who = newer.history_user
    gone = newer.history_type == "-"
    changes = []
    for field in _told(newer):
        new = None if gone else getattr(newer, field.attname)
        old = getattr(newer if gone else older, field.attname) if gone or older else None
        if new == old or (older is None and not gone and new in ("", None)):
            continue
        changes.append((str(field.verbose_name), _shown(field, old, names), _shown(field, new, names)))
    return Entry(
        at=newer.history_date,
        who=f"{who}（{who.login_name}）" if who else "系统",
        kind=KINDS[newer.history_type],
        part=part,
        changes=changes,
    )


def _told(row):
    return [field for field in row.tracked_fields if field.name not in UNTOLD]


def _names(rows):
    """Return {related model: {pk: name}} for everything that the rows point at, one query per model."""
    wanted = defaultdict(set)
    for row in rows:
        for field in _told(row):
            if isinstance(field, models.ForeignKey):
                wanted[field.related_model].add(getattr(row, field.attname))
    return {
        model: {pk: str(found) for pk, found in model._base_manager.in_bulk(keys - {None}).items()}
        for model, keys in wanted.items()
    }


def _shown(field, value, names):
    """Return a value in words."""
    if value in ("", None):
        return BLANK
    if isinstance(field, EncryptedTextField) or field.name in PERSONAL:
        return mask(value)
    if isinstance(field, models.ForeignKey):
        return names[field.related_model].get(value, str(value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(value)
