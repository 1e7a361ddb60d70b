from reviews.queries.difference import changes_between
from reviews.queries.row_difference import row_changes

COLUMNS = [{"key": "name", "label": "名称", "unit": ""}, {"key": "amount", "label": "金额", "unit": "万元"}]


def table(*rows, ids=None, label="股权融资", columns=COLUMNS):
    item = {"type": "table", "key": "equity", "label": label, "note": "", "columns": columns, "rows": list(rows)}
    return item | {"ids": ids} if ids else item


OLD = table(["甲基金", "100"], ["乙基金", "200"], ids=["a1", "b2"])


def test_equal_lists_have_no_difference():
    assert row_changes(OLD, OLD) == []


def test_a_changed_row_names_only_the_columns_that_changed():
    new = table(["甲基金", "100"], ["乙基金", "250"], ids=["a1", "b2"])
    assert row_changes(OLD, new) == [("股权融资第 2 项（修改）", "金额：200 万元", "金额：250 万元")]


def test_a_row_that_moved_up_is_not_a_changed_one():
    new = table(["乙基金", "200"], ids=["b2"])
    assert row_changes(OLD, new) == [("股权融资原第 1 项（移除）", "名称：甲基金\n金额：100 万元", "")]


def test_an_added_row_is_told_with_all_it_says():
    new = table(["丙基金", "50"], ["甲基金", "100"], ["乙基金", ""], ids=["c3", "a1", "b2"])
    assert row_changes(OLD, new) == [
        ("股权融资第 1 项（新增）", "", "名称：丙基金\n金额：50 万元"),
        ("股权融资第 3 项（修改）", "金额：200 万元", "金额：（空）"),
    ]


def test_a_row_typed_anew_with_the_same_content_is_the_same_row():
    new = table(["乙基金", "200"], ["甲基金", "100"], ids=["x9", "y8"])
    assert row_changes(OLD, new) == []


def test_snapshots_without_row_ids_are_compared_by_content():
    before, after = table(["甲基金", "100"], ["乙基金", "200"]), table(["乙基金", "200"], ["丙基金", "1"])
    assert row_changes(before, after) == [
        ("股权融资第 2 项（新增）", "", "名称：丙基金\n金额：1 万元"),
        ("股权融资原第 1 项（移除）", "名称：甲基金\n金额：100 万元", ""),
    ]


def test_a_column_that_a_form_has_gained_is_blank_before():
    columns = [*COLUMNS, {"key": "day", "label": "到账日期", "unit": ""}]
    new = table(["甲基金", "100", "2025-01-01"], ["乙基金", "200", ""], ids=["a1", "b2"], columns=columns)
    assert row_changes(OLD, new) == [("股权融资第 1 项（修改）", "到账日期：（空）", "到账日期：2025-01-01")]


def test_a_list_in_a_payload_is_compared_row_by_row_and_points_at_the_list():
    def payload(*items):
        return {
            "enterprise": {"name": "测试企业"}, "region": "江苏省", "attachments": [],
            "sections": [{"key": "direct", "title": "直通条件", "items": list(items)}],
        }  # fmt: skip

    new = table(["甲基金", "100"], ids=["a1"])
    [change] = changes_between(payload(OLD), payload(new))
    assert (change.section, change.target) == ("直通条件", "direct.equity")
    assert (change.label, change.new) == ("股权融资原第 2 项（移除）", "")
    assert [change.label for change in changes_between(payload(), payload(new))] == ["股权融资第 1 项（新增）"]
    assert [change.label for change in changes_between(payload(new), payload())] == ["股权融资原第 1 项（移除）"]
