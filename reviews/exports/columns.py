"""The columns that a list can be exported with: one registry, from which officers choose and order.

A column names the paths that it reads (for ``values()``) and how the value is shown, so a row costs no query. A kind
adds figures of its form by ``FilingKind.exported_figures``; they are read from the snapshots, chunk by chunk.
"""
import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from portal.tools.crypto import mask
from reviews.enums import State
from reviews.kinds import all_kinds, get_kind
from reviews.queries.choices import VERDICTS

#: Keys of columns that show a figure of the snapshot begin with this.
FIGURE = "figure_"


@dataclass(frozen=True)
class Column:
    """One column. ``show(row, lookup)`` gets the row of ``paths`` and a reviews.exports.rows.Lookup."""

    key: str
    title: str
    paths: tuple[str, ...]
    show: Callable | None = None
    width: int = 14
    is_usual: bool = False
    #: Holds data of a person: only for officers who decide.
    is_personal: bool = False
    #: Shows it in full: only for officers with the role 审核与发布.
    is_in_full: bool = False

    def value(self, row, lookup):
        """Return what stands in the cell."""
        return self.show(row, lookup) if self.show else row[self.paths[0]]


def _kind_of(read):
    return lambda row, lookup: read(get_kind(row["kind"]))


def _handler(row, lookup):
    return row["handler__person_name"] or row["handler__login_name"]


def _window(row, lookup):
    opener = row["window__authority__short_name"]
    return opener and f"{opener} {row['window__period']}"


def _last_day(row, lookup):
    # The deadline is the midnight at which its last day ends.
    moment = row["due_at"]
    return moment and timezone.localdate(moment - datetime.timedelta(microseconds=1))


def _industry(row, lookup):
    letter = row["industry_section"]
    return f"{letter} {lookup.sections.get(letter, '')}".strip()


COLUMNS = (
    Column("number", "申报编号", ("number",), width=18, is_usual=True),
    Column("name", "企业名称", ("enterprise_name",), width=34, is_usual=True),
    Column("uscc", "统一社会信用代码", ("enterprise__uscc",), width=22, is_usual=True),
    Column("province", "省级主管部门", ("province__short_name",), is_usual=True),
    Column("city", "市级主管部门", ("city__short_name",), is_usual=True),
    Column("county", "县级主管部门", ("county__short_name",), is_usual=True),
    Column("region", "企业注册地", ("registered_region__full_name",), width=26),
    Column("kind", "事项", ("kind",), _kind_of(lambda kind: kind.title), width=26, is_usual=True),
    Column("tier", "类型", ("kind",), _kind_of(lambda kind: kind.tier_title), width=22),
    Column(
        "renewal", "申报/复核", ("kind",), _kind_of(lambda kind: "复核" if kind.is_renewal else "申报"), width=10
    ),
    Column("period", "年度", ("period",), width=8, is_usual=True),
    Column("window", "申报批次", ("window__authority__short_name", "window__period"), _window, width=16),
    Column("industry", "行业门类", ("industry_section",), _industry, width=22),
    Column("state", "状态", ("state",), lambda row, lookup: State(row["state"]).label, width=10, is_usual=True),
    Column("desk", "当前部门", ("desk__short_name",), is_usual=True),
    Column("handler", "经办人", ("handler__person_name", "handler__login_name"), _handler),
    Column("round", "提交次数", ("round",), width=10),
    Column("submitted", "提交时间", ("submitted_at",), width=18, is_usual=True),
    Column("arrived", "到达当前部门时间", ("desk_since",), width=18),
    Column("due", "审核期限", ("due_at",), _last_day),
    Column("decided", "办结时间", ("decided_at",), width=18, is_usual=True),
    Column("score", "自评得分", ("self_score",), width=10, is_usual=True),
    Column(
        "verdict", "自评结论", ("verdict",), lambda row, lookup: dict(VERDICTS).get(row["verdict"], ""),
        is_usual=True,
    ),
    Column("warnings", "核验提示数", ("warnings",), width=12),
    Column("contact", "联系人", ("enterprise__contact_name",), width=12, is_personal=True),
    Column(
        "mobile", "联系人手机（部分隐藏）", ("enterprise__contact_mobile",),
        lambda row, lookup: mask(row["enterprise__contact_mobile"]), width=22, is_personal=True,
    ),
    Column(
        "mobile_in_full", "联系人手机（完整）", ("enterprise__contact_mobile",), width=18, is_personal=True,
        is_in_full=True,
    ),
)  # fmt: skip


def all_columns():
    """Return every column by key, in the order in which they are offered; figures of the kinds come last."""
    figures = dict.fromkeys(figure for kind in all_kinds() for figure in kind.exported_figures)
    return {column.key: column for column in (*COLUMNS, *(_figure_column(*figure) for figure in figures))}


def columns_for(user):
    """Return the columns that the officer may have, by key."""
    return {key: column for key, column in all_columns().items() if may_have(user, column)}


def usual_keys(user):
    """Return the keys that are ticked before the officer has chosen."""
    return [key for key, column in columns_for(user).items() if column.is_usual]


def may_have(user, column):
    """Tell whether the officer's role allows the column."""
    if column.is_in_full:
        return user.may_publish
    return user.may_decide or not column.is_personal


def _figure_column(key, label, unit):
    def show(row, lookup):
        return lookup.figure(row["snapshot_id"], key)

    title = f"{label}（{unit}）" if unit else label
    return Column(FIGURE + key, title, ("snapshot_id",), show, width=18)
