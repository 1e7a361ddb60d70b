"""The form of 导出: what, which columns in which order, saved choices of columns."""
from django import forms

from reviews.enums import ExportKind
from reviews.exports.columns import columns_for, usual_keys
from reviews.queries.exports import MOST_PAPERS

#: Ticked rows that a request may name.
MOST_SELECTED = MOST_PAPERS
LISTS = (ExportKind.XLSX, ExportKind.CSV)


class ExportForm(forms.Form):
    """What is posted, whichever button was pressed. ``order`` names all columns in order, ``columns`` the ticked."""

    kind = forms.ChoiceField(
        label="导出内容",
        choices=ExportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择导出内容。", "invalid_choice": "请选择导出内容。"},
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput, error_messages={
        "required": "页面已失效，请返回列表重新点击【导出名单】。", "max_length": "页面已失效，请返回列表重新点击【导出名单】。",
    })  # fmt: skip
    layout_name = forms.CharField(label="格式名称", required=False, widget=forms.TextInput(attrs={
        "autocomplete": "off", "maxlength": 40,
    }))  # fmt: skip

    @property
    def has_columns(self):
        """Whether the chosen content is a list."""
        return self["kind"].value() in LISTS


def posted_columns(user, data):
    """Return [(Column, is ticked)] in the order of the page; the usual ones first when nothing was posted.

    Columns that the page did not name (a new one, or another role meanwhile) follow unticked.
    """
    known = columns_for(user)
    if "order" not in data:
        return arranged(user, usual_keys(user))
    ticked = set(data.getlist("columns"))
    order = [key for key in dict.fromkeys(data.getlist("order")) if key in known]
    return [(known[key], key in ticked) for key in order] + [
        (column, False) for key, column in known.items() if key not in order
    ]


def arranged(user, keys):
    """Return [(Column, is ticked)] with these columns ticked and in front; keys that are unknown are left out."""
    known = columns_for(user)
    chosen = [key for key in keys if key in known]
    return [(known[key], True) for key in chosen] + [
        (column, False) for key, column in known.items() if key not in chosen
    ]


def moved(columns, key, step):
    """Return the columns with one of them a place up (-1) or down (1)."""
    keys = [column.key for column, _ in columns]
    if key in keys:
        place = keys.index(key)
        target = min(max(place + step, 0), len(columns) - 1)
        columns = list(columns)
        columns.insert(target, columns.pop(place))
    return columns


def selected_ids(data):
    """Return the ids of the ticked filings, at most MOST_SELECTED + 1; what is no id is left out."""
    texts = dict.fromkeys(data.getlist("selected"))
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= 18][: MOST_SELECTED + 1]
