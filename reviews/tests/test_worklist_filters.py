"""The filters of the work list: each finds what it says, wrong ones are named, all are kept on the way."""
import datetime
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import State
from reviews.models import Filing, FilingStep
from reviews.tests.factories import authority, decide, make_filing, submit

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/filing/"


def listed(response):
    return [row.filing.enterprise_name for row in response.context["rows"]]


def named(name, **kwargs):
    return make_filing(make_enterprise(name=name, region=kwargs.pop("region", "320102")), **kwargs)


def change(filing, **columns):
    Filing.objects.filter(pk=filing.pk).update(**columns)


def offered(response, name):
    selects = response.context["in_the_open"] + response.context["folded"]
    return next(select.options for select in selects if select.name == name)


@pytest.fixture
def city(client):
    officer = make_officer("320100")
    client.force_login(officer)
    return officer


@pytest.fixture
def two(city):
    """Two filings on the desk: the first is what every filter below looks for."""
    return named("甲公司", state=State.IN_REVIEW), named("乙公司", state=State.IN_REVIEW)


def test_the_ministry_narrows_from_province_to_city_to_county(client):
    client.force_login(make_officer("000000"))
    named("玄武公司", state=State.IN_REVIEW)
    named("鼓楼公司", state=State.IN_REVIEW, region="320106")
    named("姑苏公司", state=State.IN_REVIEW, region="320508")
    jiangsu, nanjing, xuanwu = (authority(code).pk for code in ("320000", "320100", "320102"))
    shown = client.get(LIST, {"scope": "all"})
    assert [label for _, label in offered(shown, "province")] == ["辽宁省", "大连市", "江苏省", "重庆市"]
    assert offered(shown, "city") == []
    shown = client.get(LIST, {"scope": "all", "province": jiangsu})
    assert [label for _, label in offered(shown, "city")] == ["南京市", "苏州市"]
    assert offered(shown, "county") == []
    assert len(listed(shown)) == 3
    shown = client.get(LIST, {"scope": "all", "province": jiangsu, "city": nanjing})
    assert [label for _, label in offered(shown, "county")] == ["玄武区", "鼓楼区"]
    assert sorted(listed(shown)) == ["玄武公司", "鼓楼公司"]
    shown = client.get(LIST, {"scope": "all", "province": jiangsu, "city": nanjing, "county": xuanwu})
    assert listed(shown) == ["玄武公司"]


def test_an_area_outside_the_chosen_one_falls_away(client):
    client.force_login(make_officer("000000"))
    named("玄武公司", state=State.IN_REVIEW)
    chongqing, nanjing = authority("500000").pk, authority("320100").pk
    shown = client.get(LIST, {"scope": "all", "province": chongqing, "city": nanjing})
    assert [label for label, _, _ in shown.context["conditions"].chips] == ["省"]
    assert listed(shown) == []
    shown = client.get(LIST, {"scope": "all", "city": nanjing})
    assert [value for _, value, _ in shown.context["conditions"].chips] == ["江苏省", "南京市"]
    assert listed(shown) == ["玄武公司"]


def test_a_province_and_a_city_start_at_their_own_level(client):
    named("玄武公司", state=State.IN_REVIEW)
    named("鼓楼公司", state=State.IN_REVIEW, region="320106")
    client.force_login(make_officer("320000"))
    shown = client.get(LIST, {"scope": "all", "county": authority("320106").pk})
    assert listed(shown) == ["鼓楼公司"]
    assert shown.context["conditions"].get("city") == str(authority("320100").pk)
    assert [select.name for select in shown.context["in_the_open"]] == ["city", "county", "due", "handler"]
    client.force_login(make_officer("320100"))
    shown = client.get(LIST, {"scope": "all", "county": authority("320102").pk})
    assert listed(shown) == ["玄武公司"]
    assert [select.name for select in shown.context["in_the_open"]] == ["county", "due", "handler"]
    client.force_login(make_officer("320102"))
    assert [select.name for select in client.get(LIST).context["in_the_open"]] == ["due", "handler"]


def test_the_areas_below_one_are_told_within_the_officers_tree_only(client, city):
    def below(code):
        return [row["label"] for row in client.get(f"{LIST}areas/", {"parent": authority(code).pk}).json()["areas"]]

    assert below("320100") == ["玄武区", "鼓楼区"]
    assert below("320500") == []
    assert below("320000") == []
    assert client.get(f"{LIST}areas/", {"parent": "x"}).json() == {"areas": []}
    assert client.get(f"{LIST}areas/").json() == {"areas": []}
    client.force_login(make_officer("000000"))
    assert below("320000") == ["南京市", "苏州市"]
    assert below("320100") == ["玄武区", "鼓楼区"]


@pytest.mark.parametrize(
    ("columns", "query"),
    [
        ({"industry_section": "C"}, {"industry": "C"}),
        ({"verdict": "meets"}, {"verdict": "meets"}),
        ({"verdict": "incomplete"}, {"verdict": "incomplete"}),
        ({"self_score": "80"}, {"score_from": "80"}),
        ({"self_score": "80"}, {"score_from": "７９．５"}),
        ({"self_score": "30"}, {"score_to": "30", "score_from": "0"}),
        ({"warnings": 2}, {"warning": "yes"}),
    ],
)
def test_each_filter_finds_the_one_it_describes(client, two, columns, query):
    change(two[0], **columns)
    change(two[1], **({"self_score": "60"} if "self_score" in columns else {"verdict": "not_yet"}))
    assert listed(client.get(LIST, query)) == ["甲公司"]


def test_kind_tier_and_renewal_are_said_of_the_kind(client, city, test_kinds, monkeypatch):
    named("申报公司", state=State.IN_REVIEW)
    named("更新公司", state=State.IN_REVIEW, kind="test_update")
    monkeypatch.setattr(test_kinds["test_update"], "is_renewal", True, raising=False)
    monkeypatch.setattr(test_kinds["test_update"], "tier", "other", raising=False)
    monkeypatch.setattr(test_kinds["test_update"], "tier_title", "其他企业", raising=False)
    assert listed(client.get(LIST, {"renewal": "renewal"})) == ["更新公司"]
    assert listed(client.get(LIST, {"renewal": "new"})) == ["申报公司"]
    assert listed(client.get(LIST, {"tier": "test"})) == ["申报公司"]
    assert listed(client.get(LIST, {"tier": "other", "renewal": "new"})) == []
    assert listed(client.get(LIST, {"kind": "test_update", "tier": "test"})) == []
    assert ("test", "测试企业") in offered(client.get(LIST), "tier")


def test_the_windows_of_the_own_province_are_offered_and_limit_the_list(client, city):
    filing = named("甲公司", state=State.IN_REVIEW)
    other = named("乙公司", state=State.IN_REVIEW, kind="test_update")
    window = filing.window_id
    assert {window, other.window_id} <= {int(value) for value, _ in offered(client.get(LIST), "window")}
    assert listed(client.get(LIST, {"window": window})) == ["甲公司"]
    of_kind = offered(client.get(LIST, {"kind": "test_update"}), "window")
    assert [int(value) for value, _ in of_kind] == [other.window_id]
    client.force_login(make_officer("500000"))
    assert offered(client.get(LIST), "window") == []


def test_overdue_and_near_deadlines_are_told_apart(client, two):
    third = named("丙公司", state=State.IN_REVIEW)
    now = timezone.now()
    change(two[0], due_at=now - datetime.timedelta(minutes=1))
    change(two[1], due_at=now + datetime.timedelta(hours=1))
    change(third, due_at=now + datetime.timedelta(days=20))
    assert listed(client.get(LIST, {"due": "overdue"})) == ["甲公司"]
    assert listed(client.get(LIST, {"due": "soon"})) == ["乙公司"]
    assert len(listed(client.get(LIST, {"due": "later"}))) == 3


def test_the_handler_may_be_me_nobody_or_a_colleague(client, city, two):
    colleague = make_officer("320100", person_name="王同事")
    elsewhere = make_officer("320500")
    third = named("丙公司", state=State.IN_REVIEW)
    change(two[0], handler=city)
    change(third, handler=colleague)
    assert listed(client.get(LIST, {"handler": "me"})) == ["甲公司"]
    assert listed(client.get(LIST, {"handler": "none"})) == ["乙公司"]
    shown = client.get(LIST, {"handler": colleague.pk})
    assert listed(shown) == ["丙公司"]
    assert "经办人：王同事" in shown.content.decode()
    assert len(listed(client.get(LIST, {"handler": elsewhere.pk}))) == 3


def test_the_desk_filter_shows_what_waits_at_a_lower_authority_or_further_up(client):
    named("在市公司", state=State.IN_REVIEW)
    named("在省公司", state=State.IN_REVIEW, step=2)
    client.force_login(make_officer("320000"))
    nanjing, jiangsu = authority("320100").pk, authority("320000").pk
    assert listed(client.get(LIST, {"scope": "all", "desk": nanjing})) == ["在市公司"]
    assert listed(client.get(LIST, {"scope": "in_review", "desk": jiangsu})) == ["在省公司"]
    client.force_login(make_officer("320100"))
    assert listed(client.get(LIST, {"scope": "in_review", "desk": jiangsu})) == ["在省公司"]


def test_returned_long_ago_and_not_resubmitted(client, city):
    old, new = named("久公司", state=State.RETURNED), named("新公司", state=State.RETURNED)
    for filing, days in ((old, 11), (new, 9)):
        FilingStep.objects.filter(filing=filing, outcome="returned").update(
            decided_at=timezone.now() - datetime.timedelta(days=days)
        )
    assert listed(client.get(LIST, {"scope": "returned", "returned_before": "10"})) == ["久公司"]
    assert set(listed(client.get(LIST, {"scope": "returned", "returned_before": "9"}))) == {"久公司", "新公司"}
    assert listed(client.get(LIST, {"scope": "returned", "returned_before": "12"})) == []


def test_a_filing_under_review_has_a_scope_of_its_own(client, city):
    named("在审公司", state=State.IN_REVIEW, step=2)
    named("退回公司", state=State.RETURNED)
    assert listed(client.get(LIST, {"scope": "in_review"})) == ["在审公司"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"score_from": "abc"}, "自评得分下限填写的是“abc”，应为 0 至 200 之间的数字，请改正；这个条件没有生效。"),
        ({"score_to": "-1"}, "自评得分上限填写的是“-1”"),
        ({"score_from": "NaN"}, "自评得分下限填写的是“NaN”"),
        ({"score_from": "1e999"}, "自评得分下限填写的是“1e999”"),
        ({"score_from": "80", "score_to": "60"}, "自评得分下限 80 分高于上限 60 分，请改正；这两个条件没有生效。"),
        ({"returned_before": "1.5"}, "退回未重报满填写的是“1.5”，应为 1 至 999 之间的整数"),
        ({"returned_before": "0"}, "退回未重报满填写的是“0”"),
        ({"q": "南"}, "查找内容“南”只有 1 个字，请至少输入 2 个字"),
    ],
)
def test_a_wrong_figure_is_named_and_what_was_typed_stays(client, two, query, sentence):
    shown = client.get(LIST, query | {"kind": "test_application"})
    assert shown.status_code == 422
    page = shown.content.decode()
    assert sentence in page
    for name, value in query.items():
        assert f'name="{name}" value="{value}"' in page
    assert len(listed(shown)) == 2
    assert shown.context["conditions"].chips == []


@pytest.mark.parametrize(
    "query",
    [
        "scope=nothing", "kind=x", "tier=x", "window=x", "window=" + "9" * 40, "province=1", "city=-1", "industry=Z",
        "desk=x", "handler=x", "due=never", "verdict=x", "warning=no", "renewal=x", "waited=x", "e=1", "p=99999",
        "enterprise__uscc=1", "after=x.y", "before=99999999999999999999.1", "after=999999999999999999.1", "q=%00",
    ],
)  # fmt: skip
def test_unknown_values_and_parameters_are_ignored(client, two, query):
    shown = client.get(f"{LIST}?{query}")
    assert shown.status_code == 200
    assert len(listed(shown)) == 2


def test_chips_take_one_condition_away_and_clear_all_keeps_scope_and_kind(client, two):
    change(two[0], warnings=1)
    page = client.get(LIST, {"kind": "test_application", "warning": "yes", "q": "公司"}).content.decode()
    assert 'href="?kind=test_application&amp;q=%E5%85%AC%E5%8F%B8" aria-label="去掉条件：核验提示 有核验提示"' in page
    assert 'href="?kind=test_application&amp;warning=yes" aria-label="去掉条件：查找 公司"' in page
    assert '<a class="worklist-chips__clear" href="?kind=test_application">清除全部</a>' in page


def test_taking_away_a_province_takes_its_city_along(client):
    client.force_login(make_officer("000000"))
    jiangsu, nanjing = authority("320000").pk, authority("320100").pk
    shown = client.get(LIST, {"scope": "all", "province": jiangsu, "city": nanjing})
    assert [query for label, _, query in shown.context["conditions"].chips] == [
        "scope=all", f"scope=all&province={jiangsu}",
    ]  # fmt: skip


def test_another_scope_or_kind_keeps_the_filters_that_make_sense_there(client, city):
    shown = client.get(LIST, {"kind": "test_update", "due": "overdue", "verdict": "meets"})
    scopes = {label: query for label, query, _ in shown.context["scopes"]}
    assert scopes["已退回"] == "scope=returned&kind=test_update&verdict=meets"
    assert scopes["审核中"] == "scope=in_review&kind=test_update&verdict=meets&due=overdue"
    kinds = {label: query for label, query, _ in shown.context["kinds"]}
    assert kinds["全部事项"] == "verdict=meets&due=overdue"
    assert kinds["测试申报"] == "kind=test_application&verdict=meets&due=overdue"


@pytest.mark.parametrize("typed", ["云图", "图软", "云图软件AB", "（云图）", "ab"])
def test_two_characters_of_a_name_are_enough(client, city, typed):
    named("南京（云图）云图软件AB有限公司", state=State.IN_REVIEW)
    named("江宁新材料有限公司", state=State.IN_REVIEW)
    assert listed(client.get(LIST, {"q": typed})) == ["南京（云图）云图软件AB有限公司"]


def test_wildcards_are_letters_like_others(client, two):
    for typed in ("甲%", "%公", "甲_司", "__"):
        assert listed(client.get(LIST, {"q": typed})) == []


def test_handle_and_next_goes_on_within_filter_and_order(client, city):
    filings = [named(f"第{n}公司", state=State.IN_REVIEW) for n in range(5)]
    now = timezone.now()
    for place, filing in enumerate(filings):
        change(filing, desk_since=now - datetime.timedelta(days=9 - place), warnings=place % 2, self_score="70")
    filters = urlencode({"warning": "", "score_from": "60", "city": "1"})
    change(filings[3], self_score="50")
    expected = {1: filings[2], 2: filings[4], 4: filings[0]}
    for place, following in expected.items():
        address = f"{LIST}{filings[place].pk}/decide/approve/?{urlencode({'_changelist_filters': filters})}"
        filings[place].refresh_from_db()
        answer = client.post(address, {"seen_version": filings[place].version, "_next": "1"})
        assert answer["Location"].startswith(f"{LIST}{following.pk}/change/?")
        assert urlencode({"_changelist_filters": filters}) in answer["Location"]


def test_a_filing_leads_back_to_the_filtered_page_it_came_from(client, two):
    page = client.get(LIST, {"kind": "test_application", "q": "公司", "after": "1.1"}).content.decode()
    filters = "kind=test_application&q=%E5%85%AC%E5%8F%B8&after=1.1"
    address = f"{LIST}{two[0].pk}/change/?{urlencode({'_changelist_filters': filters})}"
    assert address in page
    assert f'href="{LIST}?{filters.replace("&", "&amp;")}"' in client.get(address).content.decode()


@pytest.mark.parametrize("role", OfficerRole.values)
def test_rows_can_be_ticked_and_carry_their_version(client, role):
    filing = named("甲公司", state=State.IN_REVIEW)
    client.force_login(make_officer("320100", role))
    page = client.get(LIST).content.decode()
    assert f'name="selected" value="{filing.pk}" aria-label="选择 甲公司"' in page
    assert f'name="version_{filing.pk}" value="{filing.version}"' in page


def test_the_second_submission_and_the_desk_stand_at_the_state(client, city):
    filing = named("甲公司", state=State.RETURNED)
    submit(filing)
    assert "第2次提交" in client.get(LIST).content.decode()
    decide(filing)
    shown = client.get(LIST, {"scope": "in_review"}).content.decode()
    assert "江苏省</span>" in shown
