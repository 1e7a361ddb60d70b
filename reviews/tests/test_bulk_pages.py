"""The pages of 批量办理: what is chosen, who confirms, how far it is, what came of each."""
import datetime

import pytest
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.enums import OfficerRole
from accounts.tests.factories import PASSWORD, make_enterprise, make_officer
from reviews.enums import Action, State
from reviews.models import BulkDecision, Filing, Phrase
from reviews.services import bulk
from reviews.services.decisions import add_comment
from reviews.tests.desk import LIST, make_phrase, page_of
from reviews.tests.factories import authority, decide, make_filing

pytestmark = pytest.mark.django_db
BULK = f"{LIST}bulk/"
JOBS = "/admin/reviews/bulkdecision/"


@pytest.fixture
def filings():
    return [make_filing(make_enterprise(name=f"南京批量{n}有限公司"), state=State.IN_REVIEW) for n in "甲乙丙"]


@pytest.fixture
def officer(client, filings):
    user = make_officer("320100", OfficerRole.REVIEWER)
    client.force_login(user)
    return user


def chosen(filings, action="approve", **values):
    versions = {f"version_{filing.pk}": filing.version for filing in filings}
    return {"selected": [filing.pk for filing in filings], "action": action, **versions, **values}


def code_of(user):
    return f"{totp(TOTPDevice.objects.get(user=user).bin_key):06d}"


def confirmed(user, filings, action="approve", **values):
    known = {"confirm": "1", "key": "key-1", "password": PASSWORD, "code": code_of(user), "comment": ""}
    return chosen(filings, action, **known | values)


def finish(job=None):
    job = job or BulkDecision.objects.get()
    bulk.run_bulk(bulk_id=job.pk)
    return job


def test_the_confirm_page_lists_what_will_be_done_and_what_will_not_and_why(client, filings, officer):
    away, stale, good = filings
    decide(away)
    posted = chosen([away, stale, good])
    Filing.objects.filter(pk=stale.pk).update(version=stale.version + 1)
    foreign = make_filing(make_enterprise(name="苏州外地有限公司", region="320508"), state=State.IN_REVIEW)
    posted["selected"] = [*posted["selected"], foreign.pk]
    page = client.post(BULK, posted).content.decode()
    assert f"这件申报目前由{away.desk.name}审核" in page
    assert "您打开列表之后，这件申报有了变化" in page
    assert "不在您的管辖范围内" in page
    assert "苏州外地" not in page
    assert "所选 4 件中有 3 件现在不能【通过】" in page
    assert page.count('name="selected"') == 1
    assert f'name="selected" value="{good.pk}"' in page
    assert "转江苏省" in page
    assert not BulkDecision.objects.exists()


def test_warnings_and_comments_of_a_row_are_named(client, filings, officer):
    Filing.objects.filter(pk=filings[0].pk).update(warnings=2)
    add_comment(
        filing_id=filings[1].pk, user=officer, section="basic", field="products", label="主导产品", text="不规范",
        visibility="enterprise",
    )
    page = client.post(BULK, chosen(filings)).content.decode()
    assert "核验提示 2 条。" in page
    assert "有企业可见批注 1 处，通过后企业看不到。" in page
    assert "一并发出企业可见批注 1 处。" in client.post(BULK, chosen(filings, "return")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_confirm_page_costs_the_same_with_one_and_three_filings(
    client, filings, officer, count, django_assert_num_queries
):
    client.post(BULK, chosen(filings))
    with django_assert_num_queries(10):
        page = client.post(BULK, chosen(filings[:count])).content.decode()
    assert page.count('name="selected"') == count


def test_a_confirmed_selection_becomes_a_job_and_its_page_has_a_result_for_each(client, filings, officer):
    answer = client.post(f"{BULK}?_changelist_filters=kind%3Dx", confirmed(officer, filings, note="核对过"))
    job = BulkDecision.objects.get()
    assert answer["Location"] == f"{BULK}{job.pk}/?_changelist_filters=kind%3Dx"
    page = client.get(answer["Location"]).content.decode()
    assert "排队中" in page
    assert "待办理" in page
    assert "data-bulk-poll" in page
    decide(filings[1], Action.RETURN, comment="先退回", user=make_officer("320100", person_name="王快手"))
    finish(job)
    page = client.get(answer["Location"]).content.decode()
    assert "2 件成功，1 件未成功，原因见下表。" in page
    assert "王快手" in page
    assert "data-bulk-poll" not in page
    assert f'href="{LIST}?kind=x"' in page
    for filing in filings:
        assert page_of(filing) in page
    failed = client.get(f"{answer['Location']}&failed=1").content.decode()
    assert filings[1].enterprise_name in failed
    assert filings[0].enterprise_name not in failed
    assert "查看全部" in failed


def test_the_script_of_the_page_is_told_how_far_the_job_is(client, filings, officer):
    client.post(BULK, confirmed(officer, filings))
    job = BulkDecision.objects.get()

    def ask():
        return client.get(f"{BULK}{job.pk}/", headers={"X-Requested-With": "XMLHttpRequest"}).json()

    assert (ask()["done"], ask()["finished"], ask()["total"], ask()["label"]) == (False, 0, 3, "排队中")
    bulk._next_row(job.pk)
    assert (ask()["finished"], ask()["label"]) == (1, "办理中")
    finish(job)
    assert (ask()["done"], ask()["message"]) == (True, "3 件全部成功。")


def test_with_the_worker_away_the_page_says_that_nothing_is_lost(client, filings, officer):
    client.post(BULK, confirmed(officer, filings))
    BulkDecision.objects.update(asked_at=timezone.now() - datetime.timedelta(minutes=1))
    page = client.get(f"{BULK}{BulkDecision.objects.get().pk}/").content.decode()
    assert "系统会自动从中断处继续" in page
    assert "排队中" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_result_costs_the_same_with_one_and_three_rows(client, filings, officer, count, django_assert_num_queries):
    client.post(BULK, confirmed(officer, filings[:count]))
    job = finish()
    client.get(f"{BULK}{job.pk}/")
    with django_assert_num_queries(8):
        assert client.get(f"{BULK}{job.pk}/").content.decode().count(">成功</span>") == count


def test_a_double_click_is_one_job_although_the_code_is_used_up(client, filings, officer):
    posted = confirmed(officer, filings)
    answers = [client.post(BULK, posted) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert BulkDecision.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [({"password": "falsch"}, "登录密码不正确"), ({"password": ""}, "请填写登录密码"), ({"code": "000000"}, "动态口令“000000”不正确"),
     ({"code": "12"}, "应为 6 位数字"), ({"code": ""}, "请填写验证器"), ({"comment": ""}, "【退回】须填写意见"),
     ({"key": ""}, "页面信息不完整")],
)  # fmt: skip
def test_without_the_right_identity_or_reason_nothing_is_ordered_and_the_text_stays(
    client, filings, officer, values, words
):
    posted = confirmed(officer, filings, "return", comment="请补充审计报告。", note="我的备注") | values
    answer = client.post(BULK, posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "我的备注" in page
    assert page.count('name="selected"') == 3
    assert PASSWORD not in page
    assert not BulkDecision.objects.exists()


def test_many_wrong_passwords_lock_and_the_typed_reason_stays(client, filings, officer, settings):
    posted = confirmed(officer, filings, "return", comment="我写了很久的意见", password="falsch")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post(BULK, posted)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "分钟后再试" in page
    assert "我写了很久的意见" in page
    locked = client.post(BULK, confirmed(officer, filings, "return", comment="我写了很久的意见"))
    assert locked.status_code == 429
    assert not BulkDecision.objects.exists()


def test_a_phrase_is_offered_for_all_and_the_reason_can_be_kept(client, filings, officer):
    phrase = make_phrase(authority("320000"), "请补充审计报告。")
    assert "请补充审计报告。</option>" in client.post(BULK, chosen(filings, "return")).content.decode()
    client.post(BULK, confirmed(officer, filings, "return", phrase=phrase.pk, comment="及社保证明。", keep_phrase="on"))
    assert BulkDecision.objects.get().comment == "请补充审计报告。\n及社保证明。"
    assert Phrase.objects.filter(authority__code="320100", text="请补充审计报告。\n及社保证明。").exists()


@pytest.mark.parametrize(
    ("posted", "words"),
    [({"action": "approve"}, "没有选择申报件"), ({"action": "reject", "selected": ["1"]}, "只能【通过】或【退回】"),
     ({"selected": ["1"]}, "只能【通过】或【退回】"), ({"action": "approve", "selected": ["x", "²", "-1"]}, "没有选择申报件"),
     ({"action": "approve", "selected": [str(n) for n in range(1, 202)]}, "一次最多批量办理 200 件，选择了 201 件")],
    ids=range(5),
)  # fmt: skip
def test_a_selection_that_cannot_be_done_is_refused_with_the_rule(client, officer, posted, words):
    answer = client.post(BULK, posted)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_viewer_sees_that_nothing_can_be_done_and_orders_nothing(client, filings):
    viewer = make_officer("320100", OfficerRole.VIEWER)
    client.force_login(viewer)
    page = client.post(BULK, chosen(filings)).content.decode()
    assert "您的角色是“查阅”" in page
    assert 'name="password"' not in page
    assert client.post(BULK, confirmed(viewer, filings)).status_code == 403
    assert not BulkDecision.objects.exists()


def test_rows_without_a_version_are_not_decided(client, filings, officer):
    posted = chosen(filings) | {f"version_{filings[0].pk}": ""}
    page = client.post(BULK, posted).content.decode()
    assert "缺少版本信息" in page
    answer = client.post(BULK, confirmed(officer, filings) | {f"version_{filings[0].pk}": ""})
    assert answer.status_code == 422
    assert not BulkDecision.objects.exists()


def test_opening_the_address_leads_back_to_the_list(client, officer):
    assert client.get(f"{BULK}?_changelist_filters=kind%3Dx")["Location"] == f"{LIST}?kind=x"


def test_the_result_is_the_orderers_own_and_the_log_is_read_by_the_authority(client, filings, officer):
    client.post(BULK, confirmed(officer, filings))
    job = finish()
    own = client.get(JOBS).content.decode()
    assert f'href="{BULK}{job.pk}/"' in own
    assert "批量通过" in own
    assert client.get(f"{JOBS}{job.pk}/change/")["Location"] == f"{BULK}{job.pk}/"
    client.force_login(make_officer("320100", OfficerRole.VIEWER))
    assert client.get(f"{BULK}{job.pk}/").status_code == 404
    assert client.get(f"{JOBS}{job.pk}/change/").status_code == 404
    colleague = client.get(JOBS).content.decode()
    assert "由本人查看" in colleague
    client.force_login(make_officer("320500"))
    assert "本部门还没有批量办理过" in client.get(JOBS).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_with_one_and_three_jobs(client, filings, officer, count, django_assert_num_queries):
    for n in range(count):
        bulk.order_bulk(user=officer, action="approve", selection=[[filings[n].pk, 1]], key=f"k{n}")
    client.get(JOBS)
    with django_assert_num_queries(8):
        assert client.get(JOBS).content.decode().count('class="field-purpose"') == count
