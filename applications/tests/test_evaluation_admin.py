"""发展评价权重 and 行业均值 at the desk."""
import re

import pytest
from django.utils import timezone

from accounts.tests.factories import make_officer, make_operator
from applications.evaluation import default_weights
from applications.models import EvaluationWeights, IndustryMean
from applications.services.evaluations import save_mean
from applications.tests.evaluation_world import ministry_manager, round_weights, tomorrow

pytestmark = pytest.mark.django_db
WEIGHTS = "/admin/applications/evaluationweights/"
MEANS = "/admin/applications/industrymean/"
THIS_YEAR = timezone.localdate().year


@pytest.fixture
def ministry(client):
    user = ministry_manager()
    client.force_login(user)
    return user


def edition(**changes):
    """Return what is posted for an edition: the shipped points, beginning today."""
    points = {f"points_{code}": str(value) for code, value in default_weights().points.items()}
    return {"title": "2027年权重", "valid_from": timezone.localdate().isoformat(), "source": "", **points} | changes


def mean(**changes):
    values = {
        "year": str(THIS_YEAR - 1), "division": "35", "figure": "gross_margin", "value": "27.5", "source": "统计年鉴",
    }  # fmt: skip
    return values | changes


def make_mean(user=None, division="35"):
    row = IndustryMean(year=THIS_YEAR - 1, division=division, figure="gross_margin", value="27.5", source="统计年鉴")
    return save_mean(user=user or ministry_manager(), mean=row)


def test_the_ministry_adds_an_edition_that_starts_from_the_present_points(client, ministry):
    page = client.get(f"{WEIGHTS}add/").content.decode()
    assert re.search(r'name="points_rd_input" value="7"', page)
    answer = client.post(f"{WEIGHTS}add/", edition(points_rd_input="６.５", points_awards="3.5"))
    assert answer.status_code == 302
    weights = EvaluationWeights.objects.get()
    assert (weights.points["rd_input"], weights.made_by, weights.is_official) == ("6.5", ministry, False)
    assert "2027年权重" in client.get(WEIGHTS).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"points_rd_input": "8"}, "23 项指标的分值合计是 101，应为 100，请调整（多 1 分）"),
        ({"points_rd_input": "七"}, "研发投入及占比：您填写的“七”不是数字"),
        ({"points_rd_input": "-1"}, "研发投入及占比：您填写的“-1”不符合要求，应为 0 到 100 之间的数字"),
        ({"points_rd_input": ""}, "研发投入及占比：此项必填"),
        ({"points_chain_work": "9"}, "加分项合计是 12 分，最多 10 分"),
        ({"valid_from": "2020-01-01"}, "启用日期：您填写的“2020-01-01”早于今天"),
        ({"valid_from": "明天"}, "启用日期：应为日期，例如 2027-01-01"),
        ({"title": ""}, "名称：此项必填"),
        ({"is_official": "on"}, "来源：官方权重须写明来源"),
    ],
)
def test_a_wrong_edition_is_told_at_the_form_with_what_was_typed(client, ministry, changes, sentence):
    answer = client.post(f"{WEIGHTS}add/", edition(points_network="1.99", points_rd_body="4.01") | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="4.01"' in page
    assert not EvaluationWeights.objects.exists()


def test_two_editions_cannot_begin_on_the_same_day(client, ministry):
    round_weights(user=ministry)
    answer = client.post(f"{WEIGHTS}add/", edition())
    assert answer.status_code == 422
    assert "已有版本“整数权重”启用" in answer.content.decode()
    assert client.post(f"{WEIGHTS}add/", edition(valid_from=tomorrow().isoformat())).status_code == 302


def test_an_edition_is_read_and_never_changed_or_deleted(client, ministry):
    weights = round_weights(user=ministry)
    page = client.get(f"{WEIGHTS}{weights.pk}/change/").content.decode()
    assert "从事细分市场年限：60 分" in page
    assert "版本添加后不能修改" in page
    assert 'name="title"' not in page
    assert client.post(f"{WEIGHTS}{weights.pk}/change/", edition()).status_code == 403
    assert client.post(f"{WEIGHTS}{weights.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("page", [WEIGHTS, MEANS])
def test_everybody_at_the_desk_reads_and_only_managers_of_the_ministry_add(client, page):
    for user in (make_officer("320100", "viewer"), make_officer("320000", "manager"), make_operator()):
        client.force_login(user)
        assert client.get(page).status_code == 200
        assert client.get(f"{page}add/").status_code == 403
        assert client.post(f"{page}add/", edition() | mean()).status_code == 403
    client.force_login(make_officer("000000", "reviewer"))
    assert client.get(f"{page}add/").status_code == 403


def test_a_mean_is_added_with_its_source_and_changed(client, ministry):
    assert client.post(f"{MEANS}add/", mean(value="２７.５")).status_code == 302
    row = IndustryMean.objects.get()
    assert (row.division, row.value, row.made_by) == ("35", 27.5, ministry)
    assert client.post(f"{MEANS}{row.pk}/change/", mean(value="28", source="更正")).status_code == 302
    row.refresh_from_db()
    assert (row.value, row.source) == (28, "更正")
    page = client.get(MEANS).content.decode()
    assert "35 专用设备制造业" in page
    assert "28 %" in page


def test_a_mean_for_all_industries_has_no_division(client, ministry):
    assert client.post(f"{MEANS}add/", mean(division="")).status_code == 302
    assert IndustryMean.objects.get().division == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": "很高"}, "均值：您填写的“很高”不是数字"),
        ({"value": "1.23456"}, "最多 4 位小数"),
        ({"figure": "revenue_per_head", "value": "-3"}, "人均营业收入的均值须大于 0"),
        ({"source": ""}, "来源：此项必填"),
        ({"year": ""}, "年度：此项必填"),
        ({"division": "99"}, "99"),
        ({"figure": "luck"}, "luck"),
    ],
)
def test_a_wrong_mean_is_told_at_the_form(client, ministry, changes, sentence):
    answer = client.post(f"{MEANS}add/", mean() | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not IndustryMean.objects.exists()


def test_the_same_mean_twice_is_refused_with_the_one_that_is_there(client, ministry):
    make_mean(ministry)
    answer = client.post(f"{MEANS}add/", mean(value="30"))
    assert answer.status_code == 422
    assert "毛利率均值已经录入（27.5），请在列表中打开那一条修改" in answer.content.decode()


def test_an_officer_of_a_province_reads_a_mean_in_words(client):
    row = make_mean()
    client.force_login(make_officer("320000", "manager"))
    page = client.get(f"{MEANS}{row.pk}/change/").content.decode()
    assert "35 专用设备制造业" in page
    assert "27.5 %" in page
    assert client.post(f"{MEANS}{row.pk}/change/", mean(value="1")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_means_takes_the_same_queries_for_one_and_three(client, ministry, django_assert_num_queries, count):
    for division in ("35", "26", "")[:count]:
        make_mean(ministry, division)
    with django_assert_num_queries(9):
        page = client.get(MEANS).content.decode()
    assert page.count('class="field-shown_value') == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_editions_takes_the_same_queries_for_one_and_three(
    client, ministry, django_assert_num_queries, count
):
    day = timezone.localdate()
    for place in range(count):
        round_weights(user=ministry, valid_from=day.replace(year=day.year + place + 1))
    with django_assert_num_queries(8):
        page = client.get(WEIGHTS).content.decode()
    assert page.count('class="field-valid_from') == count
