"""Saved choices of columns (导出格式), each officer's own."""
from django.db import transaction

from portal.tools.errors import Refused
from portal.tools.locks import hold_names
from portal.tools.text import tidy
from reviews.exports.columns import columns_for
from reviews.models import ExportLayout

MOST = 20
NAME_LENGTH = ExportLayout._meta.get_field("name").max_length


@transaction.atomic
def save_layout(*, user, name, columns):
    """Save columns in their order under a name; the same name again replaces them. Returns the layout.

    Raises Refused (422) for a blank or long name, for no column, and beyond MOST layouts.
    """
    name = tidy(name)
    if not name:
        raise Refused("请填写格式名称，例如“上报省厅”。", code="layout_name", status=422)
    if len(name) > NAME_LENGTH:
        raise Refused(
            f"格式名称最多 {NAME_LENGTH} 个字，您填写了 {len(name)} 个，请缩短。", code="layout_name", status=422
        )
    allowed = columns_for(user)
    columns = [key for key in dict.fromkeys(columns) if key in allowed]
    if not columns:
        raise Refused("请至少勾选一列，再保存格式。", code="columns", status=422)
    hold_names(f"export-layouts-of-{user.pk}")
    others = ExportLayout.objects.filter(officer=user).exclude(name=name)
    if others.count() >= MOST:
        raise Refused(f"最多保存 {MOST} 个格式，请先删除不用的。", code="layout_name", status=422)
    layout, _ = ExportLayout.objects.update_or_create(officer=user, name=name, defaults={"columns": columns})
    return layout


@transaction.atomic
def delete_layout(*, user, layout_id):
    """Delete a layout of the user; one that is gone already is no error."""
    ExportLayout.objects.filter(officer=user, pk=layout_id).delete()
