"""核验提示 as the officer sees it: two severities told apart, a link to the field, what was checked."""
from django.template.loader import render_to_string

from reviews.cross_checks import all_checks

ENTRY = {"code": "x", "label": "研发人员占比", "message": "两个数不一致。", "section": "economy", "field": "rd_staff"}


def part(checks):
    return render_to_string("reviews/desk/cross_checks.html", {"checks": checks})


def test_the_part_tells_the_two_severities_apart_in_words_and_links_to_the_field():
    page = part([ENTRY | {"severity": "warn"}, ENTRY | {"severity": "notice", "section": "", "field": ""}])
    assert "核验提示（2）" in page
    assert page.count('<span class="desk-check__mark">需要核实</span>') == 1
    assert page.count('<span class="desk-check__mark">提示</span>') == 1
    assert page.count('href="#at-economy.rd_staff"') == page.count("查看栏目</a>") == 1
    assert "两个数不一致。" in page
    assert "未发现需要核验的情况" not in page


def test_the_empty_part_lists_what_was_checked_and_an_old_one_says_that_nothing_was():
    page = part([])
    assert "未发现需要核验的情况" in page
    for _, label, explanation in all_checks():
        assert label in page
        assert explanation in page
    assert "还没有自动核验" in part(None)
    assert "未发现需要核验的情况" not in part(None)
