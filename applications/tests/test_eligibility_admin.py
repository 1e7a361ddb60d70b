"""满足复核条件 at the desk: the list, one enterprise, everything that the filters leave."""
import pytest

from accounts.models import AccessLog, Notice
from accounts.tests.factories import make_enterprise, make_officer, make_operator
from applications.admin import eligibility_filtered
from applications.job_tasks.eligibility import carry_out_list
from applications.models import EligibilityList, RenewalEligibility
from applications.tests.titles import make_eligible, make_title

pytestmark = pytest.mark.django_db

LIST = "/admin/applications/renewaleligibility/"


def listed(response):
    return [title.enterprise.name for title in response.context["titles"]]


def titled(name, region="320102", ends_in=60, tier="innovative"):
    return make_title(tier, make_enterprise(name, region), ends_in=ends_in)


@pytest.fixture
def officer(client):
    user = make_officer("320000", "reviewer")
    client.force_login(user)
    return user


def set_page(title):
    return f"{LIST}{title.enterprise_id}/{title.tier}/set/"


def withdraw_page(title):
    return f"{LIST}{title.enterprise_id}/{title.tier}/withdraw/"


def test_the_province_sees_its_titles_with_what_is_set_by_whom(client, officer):
    nanjing, suzhou = titled("南京甲有限公司"), titled("苏州乙有限公司", "320508", ends_in=300)
    titled("重庆丙有限公司", "500103")
    row = make_eligible(nanjing, note="第一批")
    page = client.get(LIST)
    assert listed(page) == ["南京甲有限公司", "苏州乙有限公司"]
    text = page.content.decode()
    for words in (nanjing.number, nanjing.enterprise.uscc, f"{row.granted_by}：第一批", "江苏省苏州市姑苏区"):
        assert words in text, words
    assert withdraw_page(nanjing) in text
    assert set_page(suzhou) in text


@pytest.mark.parametrize(
    ("code", "names"),
    [("320100", ["南京甲有限公司"]), ("320508", ["苏州乙有限公司"]), ("000000", ["南京甲有限公司", "苏州乙有限公司"])],
)
def test_other_levels_read_what_is_in_their_area_and_set_nothing(client, code, names):
    nanjing = titled("南京甲有限公司")
    titled("苏州乙有限公司", "320508", ends_in=300)
    client.force_login(make_officer(code, "manager"))
    page = client.get(LIST)
    assert listed(page) == names
    assert "/set/" not in page.content.decode()
    more = (f"{LIST}set-filtered/?tier=innovative", f"{LIST}lists/upload/")
    for address in (set_page(nanjing), withdraw_page(nanjing), *more):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {}).status_code == 403, address
    assert not RenewalEligibility.objects.exists()


def test_an_officer_who_only_reads_is_told_so_and_operators_see_nothing(client):
    titled("南京甲有限公司")
    client.force_login(make_officer("320000", "viewer"))
    text = client.get(LIST).content.decode()
    assert "设置须具有“审核”或“审核与发布”角色" in text
    assert "上传名单" not in text
    client.force_login(make_operator())
    assert client.get(LIST).status_code == 403


def test_the_filters_and_the_search_leave_what_they_say(client, officer):
    nanjing = titled("南京甲有限公司", ends_in=60)
    titled("苏州乙有限公司", "320508", ends_in=300)
    titled("南京旧有限公司", ends_in=-10)
    make_eligible(nanjing)
    city = officer.authority.children.get(code="320500").pk
    for query, names in [
        ({"expires": "3"}, ["南京甲有限公司"]), ({"expires": "12"}, ["南京甲有限公司", "苏州乙有限公司"]),
        ({"expires": "over"}, ["南京旧有限公司"]), ({"eligible": "yes"}, ["南京甲有限公司"]),
        ({"eligible": "no"}, ["苏州乙有限公司", "南京旧有限公司"]), ({"area": city}, ["苏州乙有限公司"]),
        ({"tier": "specialized"}, []), ({"q": "南京"}, ["南京甲有限公司", "南京旧有限公司"]),
        ({"q": nanjing.number}, ["南京甲有限公司"]), ({"q": nanjing.enterprise.uscc.lower()}, ["南京甲有限公司"]),
        ({"tier": "x", "area": "x"}, ["南京甲有限公司", "苏州乙有限公司", "南京旧有限公司"]),
    ]:  # fmt: skip
        assert listed(client.get(LIST, query)) == names, query


def test_of_several_titles_of_a_tier_the_last_one_is_listed_once(client, officer):
    old = titled("南京甲有限公司", ends_in=-400)
    new = titled("另一有限公司")
    type(new).objects.filter(pk=new.pk).update(enterprise=old.enterprise)
    page = client.get(LIST)
    assert [title.number for title in page.context["titles"]] == [new.number]


@pytest.mark.parametrize("titles", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(client, officer, django_assert_num_queries, titles):
    for n in range(titles):
        made = titled(f"南京{n}号有限公司")
    make_eligible(made)
    # session, account, authority, areas, capped count, rows, settings; then the session is saved (3).
    with django_assert_num_queries(10):
        assert len(listed(client.get(LIST))) == titles


def test_setting_one_asks_first_then_tells_the_enterprise_and_the_log(client, officer):
    title = titled("南京甲有限公司")
    page = client.get(f"{set_page(title)}?_changelist_filters=tier%3Dinnovative")
    assert "企业可以在复核开放时间内提交创新型中小企业复核申请" in page.content.decode()
    assert not RenewalEligibility.objects.exists()
    answer = client.post(f"{set_page(title)}?_changelist_filters=tier%3Dinnovative", {"note": "第一批"})
    assert (answer.status_code, answer.url) == (302, f"{LIST}?tier=innovative")
    row = RenewalEligibility.objects.get()
    assert (row.granted_by, row.note) == (officer, "第一批")
    log = AccessLog.objects.get(action="设置满足复核条件")
    assert log.subject == f"南京甲有限公司 {title.enterprise.uscc} 创新型中小企业：第一批"
    assert (log.actor, log.address) == (officer, "127.0.0.1")
    client.post(set_page(title), {"note": "再点一次"})
    assert RenewalEligibility.objects.count() == 1
    assert Notice.objects.filter(recipient=title.enterprise.account, title="可以申请复核").count() == 2


def test_a_note_that_is_too_long_is_told_at_the_form_and_stays(client, officer):
    title = titled("南京甲有限公司")
    answer = client.post(set_page(title), {"note": "长" * 201})
    assert answer.status_code == 422
    assert "说明最多 200 个字，现在有 201 个字" in answer.content.decode()
    assert "长" * 201 in answer.content.decode()


def test_withdrawing_needs_a_reason_and_is_logged(client, officer):
    title = titled("南京甲有限公司")
    row = make_eligible(title)
    answer = client.post(withdraw_page(title), {"seen": row.pk, "reason": ""})
    assert answer.status_code == 422
    assert "请填写撤销原因" in answer.content.decode()
    assert client.post(withdraw_page(title), {"seen": row.pk, "reason": "未更新信息"}).status_code == 302
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_reason) == (officer, "未更新信息")
    assert AccessLog.objects.get(action="撤销满足复核条件").subject.endswith("：未更新信息")
    page = client.get(set_page(title)).content.decode()
    assert "未更新信息" in page  # the record of what was done before


def test_a_withdrawal_on_a_stale_page_is_not_carried_out(client, officer):
    title = titled("南京甲有限公司")
    seen = make_eligible(title).pk
    client.post(withdraw_page(title), {"seen": seen, "reason": "第一次"})
    fresh = make_eligible(title)
    answer = client.post(withdraw_page(title), {"seen": seen, "reason": "旧页面"})
    assert answer.status_code == 409
    assert "同事已重新设置过该企业" in answer.content.decode()
    assert "旧页面" in answer.content.decode()
    fresh.refresh_from_db()
    assert fresh.withdrawn_at is None


def test_an_enterprise_of_another_province_or_without_the_title_has_no_page(client, officer):
    other = titled("重庆丙有限公司", "500103")
    own = titled("南京甲有限公司")
    assert client.post(set_page(other), {"note": ""}).status_code == 404
    assert client.get(f"{LIST}{own.enterprise_id}/specialized/set/").status_code == 404
    assert client.get(f"{LIST}{own.enterprise_id}/gold/set/").status_code == 404


def filtered_form(page):
    form = page.context["form"]
    return {"seen": form["seen"].value(), "nonce": form["nonce"].value(), "note": "第二批"}


def test_everything_the_filters_leave_is_set_by_a_list_with_a_result_for_each(client, officer):
    first, second = titled("南京甲有限公司"), titled("苏州乙有限公司", "320508")
    titled("南京旧有限公司", ends_in=-10)
    make_eligible(titled("南京已设有限公司"))
    address = f"{LIST}set-filtered/?tier=innovative&expires=3"
    page = client.get(address)
    assert "将筛选出的 2 家全部设置" in page.content.decode()
    assert "有效期：3 个月内到期" in page.content.decode()
    answer = client.post(address, filtered_form(page))
    made = EligibilityList.objects.get()
    assert answer.url == f"{LIST}lists/{made.pk}/"
    assert client.post(address, filtered_form(page)).url == answer.url  # a double click is one list
    assert made.name == "按筛选条件（梯度：创新型中小企业；有效期：3 个月内到期）"
    carry_out_list(made.pk)
    made.refresh_from_db()
    assert [result["outcome"] for result in made.results] == ["set", "set"]
    assert set(RenewalEligibility.objects.filter(note="第二批").values_list("enterprise", flat=True)) == {
        first.enterprise_id, second.enterprise_id,
    }  # fmt: skip
    assert client.post(address, filtered_form(page)).url == answer.url  # also when it is done


def test_a_number_that_changed_since_the_page_was_opened_is_shown_before_anything_is_set(client, officer):
    titled("南京甲有限公司")
    address = f"{LIST}set-filtered/?tier=innovative"
    form = filtered_form(client.get(address))
    titled("南京新来有限公司")
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert "打开页面时按当前条件有 1 家，现在是 2 家，没有设置" in answer.content.decode()
    assert "第二批" in answer.content.decode()
    assert answer.context["form"]["seen"].value() == 2
    assert not EligibilityList.objects.exists()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("", "请先在上面选择梯度"), ("tier=specialized", "没有尚未设置的企业"), ("tier=innovative&eligible=yes", "都是已设置的企业")],
)
def test_filters_that_name_nothing_to_set_say_so(client, officer, query, sentence):
    titled("南京甲有限公司")
    answer = client.get(f"{LIST}set-filtered/?{query}")
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert client.post(f"{LIST}set-filtered/?{query}", {"seen": 0, "nonce": "a" * 32}).status_code == 409


def test_more_than_the_most_at_once_is_refused_with_the_limit(client, officer, monkeypatch):
    monkeypatch.setattr(eligibility_filtered, "MOST_FILTERED", 1)
    titled("南京甲有限公司")
    titled("南京乙有限公司")
    answer = client.get(f"{LIST}set-filtered/?tier=innovative")
    assert "按当前条件超过 1 家，一次最多设置 1 家" in answer.content.decode()


def test_the_record_of_a_setting_is_read_in_the_area_only(client, officer):
    row, other = make_eligible(titled("南京甲有限公司")), make_eligible(titled("重庆丙有限公司", "500103"))
    assert "南京甲有限公司" in client.get(f"{LIST}{row.pk}/change/").content.decode()
    assert client.get(f"{LIST}{other.pk}/change/").status_code == 302
