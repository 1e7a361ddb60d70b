import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from applications.forms.document import DONE, IN_PROGRESS
from applications.services.drafts import ROWS_LIMIT
from applications.tests.filled import REQUIRED_SLOTS, make_draft, type_in
from applications.tests.listed import FIRST, FULL, LISTED, LISTS, SECOND
from portal.tools.errors import Invalid
from reviews.kinds import get_kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listed")]


@pytest.fixture
def filled():
    """Return a function: answers of the section lists → the FilledForm of a form that is otherwise complete."""
    filing = make_draft(values=FULL)

    def fill(**lists):
        answers = filing.answers | {"lists": filing.answers["lists"] | lists}
        return LISTED.fill(answers, period=2026, slot_counts=dict.fromkeys(REQUIRED_SLOTS, 1))

    return fill


def problems(form):
    return {(problem.section, problem.field): problem.message for problem in form.problems()}


def right(row, number, **changes):
    return FIRST | {"row": row, "number": number} | changes


def test_rows_become_facts_with_typed_values(filled):
    first, second = filled().facts["ip"]
    assert first == {
        "row": "a1", "kind": "invention", "name": "一种控制方法", "number": "ZL202110123456.7",
        "granted_on": datetime.date(2024, 5, 8), "rank": 1, "applied": True,
        "benefit": "用于主导产品，年新增收入一百万元。",
    }  # fmt: skip
    assert second["rank"] is None
    assert second["applied"] is False


def test_a_complete_list_breaks_no_rule(filled):
    assert problems(filled()) == {}
    assert filled().states()["lists"] == DONE


def test_a_wrong_cell_is_named_by_list_row_and_column_with_an_anchor_of_its_own(filled):
    form = filled(ip=[FIRST, SECOND | {"rank": "第一"}])
    [problem] = form.problems()
    assert (problem.section, problem.field, problem.anchor) == ("lists", "ip-b2-rank", "f-lists-ip-b2-rank")
    assert problem.label == "知识产权第 2 项 权利人排名"
    assert problem.message.startswith("您填写的“第一”不是整数")
    assert form.facts["ip"][1]["rank"] is None


def test_a_blank_cell_is_asked_for_at_submit_and_not_while_typing(filled):
    form = filled(ip=[FIRST | {"number": ""}])
    assert problems(form) == {("lists", "ip-a1-number"): "此项必填，请填写。"}
    assert form.messages()["lists"] == {}
    assert form.states()["lists"] == IN_PROGRESS


def test_a_date_in_the_future_and_a_text_over_its_limit_are_refused_with_figures(filled):
    year = timezone.localdate().year + 2
    form = filled(ip=[FIRST | {"granted_on": f"{year}-01-01", "name": "长" * 31}])
    assert f"您填写的“{year}-01-01”晚于今天" in problems(form)["lists", "ip-a1-granted_on"]
    assert "共 31 个字，超过上限 30 个字" in problems(form)["lists", "ip-a1-name"]


def test_a_column_that_does_not_apply_is_neither_wrong_nor_a_fact(filled):
    form = filled(ip=[FIRST | {"applied": "no", "benefit": "长" * 600}])
    assert problems(form) == {}
    assert form.facts["ip"][0]["benefit"] is None


def test_an_empty_row_is_ignored_at_submit(filled):
    form = filled(ip=[FIRST, {"row": "c3", "kind": "", "name": "  ", "number": ""}])
    assert problems(form) == {}
    assert len(form.facts["ip"]) == 1


def test_a_required_list_without_rows_is_asked_for_only_while_it_applies(filled):
    assert problems(filled(makes_products="yes")) == {
        ("lists", "products"): "还没有填写。选“是”的至少填写一项，请添加后再提交。"
    }
    row = {"row": "p1", "name": "控制系统", "revenue": "1,200", "share": "80"}
    form = filled(makes_products="yes", products=[row])
    assert problems(form) == {}
    assert form.facts["products"] == (
        {"row": "p1", "name": "控制系统", "revenue": Decimal("1200.00"), "share": Decimal("80.00"), "uses": ()},
    )
    off = filled(makes_products="no", products=[row | {"share": "900"}])
    assert problems(off) == {}
    assert off.facts["products"] == ()


def test_more_rows_than_allowed_are_refused_with_both_numbers(filled):
    rows = [right(f"r{number}", f"ZL{number}") for number in range(4)]
    assert problems(filled(ip=rows)) == {("lists", "ip"): "共 4 项，超过上限 3 项，请移除多余的项后再提交。"}


@pytest.mark.parametrize("same", ["zl 2021 1012 3456.7", "ＺＬ２０２１１０１２３４５６．７", "202110123456.7", "ZL2021101234567"])
def test_a_number_entered_twice_is_named_with_both_rows_however_it_is_typed(filled, same):
    form = filled(ip=[FIRST, right("c3", same)])
    message = problems(form)["lists", "ip-c3-number"]
    assert "与知识产权第 1 项的授权号“ZL202110123456.7”相同" in message
    assert "请改正知识产权第 2 项的授权号" in message


def test_other_numbers_and_blank_ones_are_no_duplicates(filled):
    form = filled(ip=[FIRST, right("c3", "ZL202110123456.8"), right("d4", "")])
    assert list(problems(form)) == [("lists", "ip-d4-number")]


def test_messages_come_in_the_order_of_the_page(filled):
    form = filled(held_share="", ip=[FIRST | {"name": "", "kind": ""}, SECOND | {"name": ""}])
    assert [problem.field for problem in form.problems()] == ["held_share", "ip-a1-kind", "ip-a1-name", "ip-b2-name"]


def test_saving_keeps_rows_in_the_order_of_the_page_and_makes_pasted_figures_plain():
    filing = make_draft(values=FULL)
    type_in(filing, {"lists": {"ip": [SECOND | {"rank": "１２"}, FIRST | {"number": "ＺＬ ２０２１"}]}})
    assert [(row["row"], row["rank"], row["number"]) for row in filing.answers["lists"]["ip"]] == [
        ("b2", "12", "2021SR0123456"), ("a1", "1", "ZL2021"),
    ]  # fmt: skip


def test_saving_without_the_list_leaves_it_alone_and_an_empty_one_empties_it():
    filing = make_draft(values=FULL)
    type_in(filing, {"lists": {"held_share": "20"}})
    assert filing.answers["lists"]["ip"] == LISTS["ip"]
    type_in(filing, {"lists": {"ip": []}})
    assert filing.answers["lists"]["ip"] == []
    assert filing.answers["lists"]["held_share"] == "20"


def test_rows_keep_their_ids_and_odd_or_repeated_ones_are_replaced():
    filing = make_draft()
    rows = [FIRST, FIRST | {"name": "又一项"}, {"row": "new", "name": "新"}, {"row": "<b>-x", "name": "怪"}]
    type_in(filing, {"lists": {"ip": rows}})
    ids = [row["row"] for row in filing.answers["lists"]["ip"]]
    assert ids[0] == "a1"
    assert len(set(ids)) == 4
    assert all(row_id.isalnum() for row_id in ids)
    assert "new" not in ids


def test_unknown_columns_are_ignored_and_columns_that_were_not_sent_stay():
    filing = make_draft(values=FULL)
    type_in(filing, {"lists": {"ip": [{"row": "a1", "name": "改名", "is_admin": "1"}]}})
    assert filing.answers["lists"]["ip"] == [FIRST | {"name": "改名"}]
    assert filing.answers["lists"]["held_share"] == "12.5"


def test_a_list_without_end_is_refused():
    rows = [{"row": f"r{number}"} for number in range(ROWS_LIMIT + 1)]
    with pytest.raises(Invalid, match="超过可暂存的上限 500 项"):
        type_in(make_draft(), {"lists": {"ip": rows}})


def test_a_draft_keeps_wrong_cells_and_names_them():
    result = type_in(make_draft(), {"lists": {"products": [{"row": "p1", "share": "101"}], "makes_products": "yes"}})
    assert result.filing.answers["lists"]["products"] == [{"row": "p1", "share": "101"}]
    assert result.soft_errors["lists"]["products-p1-share"] == [
        "您填写的“101”大于 100，应为 0 至 100 之间的数字（%，最多两位小数），请核对后改正。"
    ]


def test_a_snapshot_says_the_rows_in_words_with_their_ids():
    filing = make_draft(values=FULL)
    product = {"row": "p1", "name": "控制系统", "revenue": "1200.50", "share": "", "uses": "abroad,home"}
    type_in(filing, {"lists": {"makes_products": "yes", "products": [product, {"row": "p2", "name": ""}]}})
    [section] = [each for each in get_kind(filing.kind).describe(filing).sections if each["key"] == "lists"]
    items = {item["key"]: item for item in section["items"]}
    assert items["systems"]["shown"] == "研发设计、生产制造"
    assert items["held_share"] | {"shown": "12.5", "unit": "%"} == items["held_share"]
    assert items["products"] == {
        "type": "table", "key": "products", "label": "主要产品", "note": "",
        "columns": [
            {"key": "name", "label": "产品名称", "unit": ""}, {"key": "revenue", "label": "销售收入", "unit": "万元"},
            {"key": "share", "label": "占比", "unit": "%"}, {"key": "uses", "label": "用途", "unit": ""},
        ],
        "ids": ["p1"], "rows": [["控制系统", "1,200.5", "", "出口、国内"]],
    }  # fmt: skip
    assert items["ip"]["rows"][0][-1] == FIRST["benefit"]
    assert items["ip"]["rows"][1] == ["软件著作权", "控制软件", "2021SR0123456", "2023-02-01", "", "否", "—"]


def test_a_list_that_is_not_asked_for_says_so_in_the_snapshot():
    filing = make_draft(values=FULL)
    [section] = [each for each in get_kind(filing.kind).describe(filing).sections if each["key"] == "lists"]
    [products] = [item for item in section["items"] if item["key"] == "products"]
    assert (products["note"], products["rows"]) == ("不适用", [])
