"""Lists, boxes and warnings on the fill-in page as it works without script, and what autosave answers."""
import re

import pytest
from django.urls import reverse

from applications.tests.filled import make_draft, type_in
from applications.tests.listed import FIRST, FULL, SECOND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listed")]

SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def filing():
    return make_draft(values=FULL)


@pytest.fixture
def browser(client, filing):
    client.force_login(filing.enterprise.account)
    return client


def url(filing, name="fill"):
    return reverse(f"applications:{name}", args=[filing.pk])


def posted(filing, *rows, **changes):
    """Return what a browser posts of the section lists: the boxes that are ticked, the rows of 知识产权."""
    data = {
        "version": filing.version, "section": "lists", "lists-systems": ["rd_design", "other"],
        "lists-held_share": "20", "lists-makes_products": "no",
        "lists-ip": ["", *(row["row"] for row in rows)], "lists-products": [""],
    }  # fmt: skip
    for row in rows:
        data |= {f"lists-ip-{row['row']}-{column}": text for column, text in row.items() if column != "row"}
    return data | changes


def rows(filing):
    filing.refresh_from_db()
    return filing.answers["lists"]["ip"]


def test_the_page_shows_each_row_with_anchors_for_its_cells(browser, filing):
    page = browser.get(url(filing)).content.decode()
    assert 'name="lists-ip-a1-number" value="ZL202110123456.7"' in page
    assert 'id="f-lists-ip-b2-granted_on"' in page
    assert '<template data-row-template>' in page
    assert page.count('name="lists-ip" value=') == 4  # the list, two rows, the empty row of the template


def test_saving_without_script_stores_rows_and_boxes(browser, filing):
    answer = browser.post(url(filing), posted(filing, SECOND, FIRST, action="save"), follow=True)
    assert "暂存成功" in answer.content.decode()
    assert rows(filing) == [SECOND, FIRST]
    assert filing.answers["lists"]["systems"] == "rd_design,other"


def test_a_row_that_is_not_posted_any_more_is_gone_and_no_box_means_none_ticked(browser, filing):
    data = posted(filing, SECOND, action="save")
    del data["lists-systems"]
    browser.post(url(filing), data)
    assert rows(filing) == [SECOND]
    assert filing.answers["lists"]["systems"] == ""


def test_an_empty_row_is_dropped_when_saved_and_kept_by_autosave(browser, filing):
    empty = {"row": "c3", "name": "", "number": " "}
    body = browser.post(url(filing, "save_section"), posted(filing, FIRST, empty), **SCRIPT).json()
    assert [row["row"] for row in rows(filing)] == ["a1", "c3"]
    assert body["errors"] == {}
    browser.post(url(filing), posted(filing, FIRST, empty, action="save"))
    assert [row["row"] for row in rows(filing)] == ["a1"]


def test_the_add_button_saves_and_opens_the_page_at_the_new_row(browser, filing):
    answer = browser.post(url(filing), posted(filing, FIRST | {"name": "改名"}, add="lists-ip"))
    first, added = rows(filing)
    assert first["name"] == "改名"
    assert answer.url == f"{url(filing)}#f-lists-ip-{added['row']}-kind"
    page = browser.get(url(filing)).content.decode()
    assert "已添加一项知识产权，其余内容已暂存。" in page
    assert f'id="f-lists-ip-{added["row"]}-kind"' in page


def test_the_add_button_says_when_the_list_is_full(browser, filing):
    third = FIRST | {"row": "c3", "number": "ZL9"}
    answer = browser.post(url(filing), posted(filing, FIRST, SECOND, third, add="lists-ip"), follow=True)
    assert "知识产权已有 3 项，最多 3 项，没有添加。其余内容已暂存。" in answer.content.decode()
    assert len(rows(filing)) == 3


def test_the_remove_button_takes_one_row_and_saves_the_rest(browser, filing):
    answer = browser.post(url(filing), posted(filing, FIRST, SECOND | {"name": "改名"}, drop="lists-ip-a1"))
    assert rows(filing) == [SECOND | {"name": "改名"}]
    assert answer.url == f"{url(filing)}#f-lists-ip"


def test_an_add_button_of_an_unknown_list_only_saves(browser, filing):
    answer = browser.post(url(filing), posted(filing, FIRST, add="lists-nonsense"))
    assert answer.url == url(filing)
    assert rows(filing) == [FIRST]


def test_autosave_names_wrong_cells_duplicates_and_what_looks_like_a_slip(browser, filing):
    twice = SECOND | {"number": FIRST["number"], "rank": "x"}
    data = posted(filing, FIRST, twice)
    data |= {"section": ["lists", "economy"], "economy-total_assets_y2": "68000000"}
    body = browser.post(url(filing, "save_section"), data, **SCRIPT).json()
    assert set(body["errors"]) == {"f-lists-ip-b2-number", "f-lists-ip-b2-rank"}
    assert list(body["warnings"]) == ["f-economy-total_assets_y2"]
    page = browser.get(url(filing)).content.decode()
    assert "与知识产权第 1 项的授权号" in page
    assert "请核实：您填写的“68,000,000”万元" in page


def test_a_stale_autosave_gets_the_other_windows_rows(browser, filing):
    old = filing.version
    type_in(filing, {"lists": {"ip": [FIRST]}})
    answer = browser.post(url(filing, "save_section"), posted(filing, FIRST, SECOND, version=old), **SCRIPT)
    assert answer.status_code == 409
    assert answer.json()["theirs"]["lists-ip"] == {"label": "知识产权", "rows": [FIRST]}
    assert answer.json()["theirs"]["lists-systems"] == {"label": "核心系统", "value": "rd_design,manufacturing"}


def test_laying_single_answers_over_another_windows_form_leaves_its_others_alone(browser, filing):
    type_in(filing, {"lists": {"held_share": "33", "systems": "none"}})
    data = posted(filing, SECOND) | {"field": ["lists-ip"]}
    browser.post(url(filing, "save_section"), data, **SCRIPT)
    assert rows(filing) == [SECOND]
    assert filing.answers["lists"]["held_share"] == "33"
    assert filing.answers["lists"]["systems"] == "none"


def test_a_conflict_without_script_keeps_the_rows_of_both_windows(browser, filing):
    old = filing.version
    theirs = FIRST | {"row": "c3", "name": "另一窗口加的", "number": "ZL7"}
    type_in(filing, {"lists": {"ip": [FIRST, theirs]}})
    answer = browser.post(url(filing), posted(filing, FIRST, SECOND | {"name": "我改的"}, version=old, action="save"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.findall(r'name="lists-ip-(\w+)-name" value="([^"]*)"', page)[:3] == [
        ("a1", "一种控制方法"), ("b2", "我改的"), ("c3", "另一窗口加的")
    ]  # fmt: skip
    assert "第 2 项：种类 发明专利；名称 另一窗口加的；授权号 ZL7" in page


def test_the_check_page_lists_rows_problems_and_what_to_look_at_again(browser, filing):
    type_in(filing, {"lists": {"ip": [FIRST, SECOND | {"number": ""}]}, "economy": {"total_assets_y2": "68000000"}})
    page = browser.get(url(filing, "check")).content.decode()
    assert f'{url(filing)}#f-lists-ip-b2-number">知识产权第 2 项 授权号：此项必填，请填写。</a>' in page
    assert "请核实以下 1 处（平台自设的提示，不是认定标准，不影响提交）" in page
    assert f'{url(filing)}#f-economy-total_assets_y2">2024年资产总额</a>' in page
    assert "知识产权（2 项）" in page
    assert FIRST["benefit"] in page


def test_the_number_of_queries_does_not_depend_on_the_rows(browser, filing, django_assert_num_queries):
    for rows_now in ([FIRST], [FIRST, SECOND, FIRST | {"row": "c3", "number": "ZL9"}]):
        type_in(filing, {"lists": {"ip": rows_now}})
        with django_assert_num_queries(13):
            browser.get(url(filing))
        with django_assert_num_queries(16):
            browser.post(url(filing, "save_section"), posted(filing, *rows_now), **SCRIPT)
        filing.refresh_from_db()


def test_a_whole_form_of_long_lists_is_not_too_many_fields(browser, filing):
    many = [FIRST | {"row": f"r{number}", "number": f"ZL{number}"} for number in range(200)]
    answer = browser.post(url(filing), posted(filing, *many, action="save"))
    assert answer.status_code == 302
    assert len(rows(filing)) == 200
