"""满足复核条件 by an uploaded list: preview, result for each row, crash and restart."""
import datetime
import io

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import AccessLog, Notice
from accounts.tests.factories import make_enterprise, make_officer
from accounts.uscc import invented_uscc
from applications.job_tasks.eligibility import carry_out_list
from applications.models import EligibilityList, RenewalEligibility
from applications.services import eligibility_lists
from applications.services.eligibility_lists import carry_on, request_list, unfinished_ids
from applications.tests.eligibility_files import upload, workbook
from applications.tests.titles import make_eligible, make_title
from reviews.enums import JobState

pytestmark = pytest.mark.django_db

LIST = "/admin/applications/renewaleligibility/"


def titled(name, region="320102"):
    return make_title("innovative", make_enterprise(name, region), ends_in=60)


@pytest.fixture
def officer(client):
    user = make_officer("320000", "reviewer")
    client.force_login(user)
    return user


def posted(client, rows, **fields):
    values = {"tier": "innovative", "note": "", "file": upload(workbook(rows))}
    return client.post(f"{LIST}lists/upload/", values | fields)


def confirmed(client, preview):
    payload = preview.context["form"]["payload"].value()
    return client.post(f"{LIST}lists/confirm/", {"payload": payload})


def make_list(officer, titles, key="k"):
    rows = [[number, title.enterprise.name, title.enterprise.uscc] for number, title in enumerate(titles, start=2)]
    return request_list(user=officer, tier="innovative", note="", name="名单.xlsx", sha256="0" * 64, key=key, rows=rows)


def test_each_mistake_has_a_sentence_of_its_own_before_and_after(client, officer):
    good, known = titled("南京（甲）有限公司"), titled("南京已设有限公司")
    setter = make_eligible(known).granted_by
    elsewhere = titled("重庆丙有限公司", "500103")
    never, nameless = make_enterprise("从未认定有限公司"), titled("没有填名有限公司")
    code = good.enterprise.uscc
    unknown, wrong = invented_uscc(98765), code[:-1] + ("0" if code[-1] != "0" else "1")
    rows = [
        ("南京(甲) 有限公司", code), ("南京已设有限公司", known.enterprise.uscc), ("南京（甲）有限公司", code),
        ("重庆丙有限公司", elsewhere.enterprise.uscc), ("从未认定有限公司", never.uscc), ("查无此企业", unknown),
        ("录错有限公司", wrong), ("短码有限公司", code[:17]), ("", nameless.enterprise.uscc),
        ("没有代码有限公司", ""),
    ]  # fmt: skip
    rows.append(("另一名称有限公司", titled("真名有限公司").enterprise.uscc))
    preview = posted(client, rows)
    assert preview.status_code == 200
    assert preview.context["counts"] == {"set": 0, "already": 1, "failed": 9, "ready": 1}
    assert not RenewalEligibility.objects.exclude(enterprise=known.enterprise).exists()
    made = EligibilityList.objects.get(pk=int(confirmed(client, preview).url.split("/")[-2]))
    carry_out_list(made.pk)
    made.refresh_from_db()
    assert [result["outcome"] for result in made.results] == ["set", "already", *["failed"] * 9]
    day = timezone.localdate()
    sentences = [
        "已设置，企业已收到", f"{day} 已由 {setter} 设置过，没有重复设置", "与第 2 行重复，只按第 2 行办理",
        f"“{elsewhere.enterprise.uscc}”的企业注册地不在江苏省", "没有该企业被认定为创新型中小企业的记录",
        f"平台上没有统一社会信用代码为“{unknown}”的企业", f"“{wrong}”的校验位不符", "有 17 位，应为 18 位",
        "企业名称未填写", "统一社会信用代码未填写", "平台上该代码的企业是“真名有限公司”，名单中是“另一名称有限公司”",
    ]  # fmt: skip
    for result, sentence in zip(made.results, sentences, strict=True):
        assert sentence in result["message"]
    assert RenewalEligibility.objects.filter(enterprise=good.enterprise, granted_by=officer).count() == 1
    assert Notice.objects.filter(recipient=good.enterprise.account, title="可以申请复核").count() == 2
    assert AccessLog.objects.filter(action="提交满足复核条件名单", subject="名单.xlsx（11 行，创新型中小企业）").count() == 1
    assert AccessLog.objects.filter(action="设置满足复核条件", actor=officer).count() == 1


def test_a_row_of_another_province_does_not_tell_its_name(client, officer):
    elsewhere = titled("重庆丙有限公司", "500103")
    page = posted(client, [("猜的名称", elsewhere.enterprise.uscc)]).content.decode()
    assert "不在江苏省" in page
    assert "重庆丙有限公司" not in page


def test_a_double_click_is_one_list_and_what_was_confirmed_cannot_be_altered(client, officer):
    preview = posted(client, [(title.enterprise.name, title.enterprise.uscc) for title in [titled("南京甲有限公司")]])
    first = confirmed(client, preview)
    assert confirmed(client, preview).url == first.url
    assert EligibilityList.objects.count() == 1
    payload = preview.context["form"]["payload"].value()
    answer = client.post(f"{LIST}lists/confirm/", {"payload": f"{payload[:-2]}xx"})
    assert (answer.status_code, "预览已过期或不完整" in answer.content.decode()) == (422, True)
    client.force_login(make_officer("500000", "manager"))
    assert client.post(f"{LIST}lists/confirm/", {"payload": payload}).status_code == 422
    assert EligibilityList.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"tier": ""}, 422, "请选择梯度"), ({"file": ""}, 422, "请选择名单文件"),
        ({"file": upload(b"%PDF", "名单.pdf")}, 415, "“名单.pdf”是 .pdf 文件"),
        ({"file": upload(b"", "名单.xlsx")}, 422, "是空文件"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_form_is_told_there_with_what_was_typed(client, officer, fields, status, sentence):
    answer = posted(client, [], note="我的说明", **fields)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "我的说明" in answer.content.decode()


def test_a_worker_that_died_leaves_nothing_half_done_and_the_next_goes_on(officer, monkeypatch):
    monkeypatch.setattr(eligibility_lists, "CHUNK", 2)
    titles = [titled(f"南京{n}号有限公司") for n in range(3)]
    made = make_list(officer, titles)
    assert carry_on(list_id=made.pk) is True
    made.refresh_from_db()
    assert (made.state, len(made.results), RenewalEligibility.objects.count()) == (JobState.RUNNING, 2, 2)

    def dies(*_args, **_kwargs):
        raise SystemExit

    monkeypatch.setattr(eligibility_lists, "judge", dies)
    with pytest.raises(SystemExit):
        carry_on(list_id=made.pk)
    made.refresh_from_db()
    assert (made.state, len(made.results)) == (JobState.RUNNING, 2)
    monkeypatch.undo()
    carry_out_list(made.pk)
    made.refresh_from_db()
    assert (made.state, [result["outcome"] for result in made.results]) == (JobState.DONE, ["set"] * 3)
    assert carry_on(list_id=made.pk) is False
    assert RenewalEligibility.objects.count() == 3


def test_the_sweep_finds_what_was_never_begun_and_what_stood_still(officer):
    made = make_list(officer, [titled("南京甲有限公司")])
    assert unfinished_ids(limit=5) == []
    long_ago = timezone.now() - datetime.timedelta(minutes=6)
    EligibilityList.objects.update(asked_at=long_ago)
    assert unfinished_ids(limit=5) == [made.pk]
    EligibilityList.objects.update(state=JobState.RUNNING, beat_at=timezone.now())
    assert unfinished_ids(limit=5) == []
    EligibilityList.objects.update(beat_at=long_ago)
    assert unfinished_ids(limit=5) == [made.pk]
    carry_out_list(made.pk)
    assert unfinished_ids(limit=5) == []


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"is_active": False}, {"authority": "500000"}])
def test_an_officer_who_lost_the_right_meanwhile_sets_nothing(officer, change):
    title = titled("南京甲有限公司")
    other = make_officer("500000").authority
    made = make_list(officer, [title])
    for name, value in change.items():
        setattr(officer, name, other if name == "authority" else value)
    officer.save()
    carry_out_list(made.pk)
    made.refresh_from_db()
    assert made.results[0]["outcome"] == "failed"
    assert "不再具有审核权限" in made.results[0]["message"]
    assert not RenewalEligibility.objects.exists()


def test_one_row_that_breaks_does_not_stop_the_others(officer, monkeypatch):
    titles = [titled("南京甲有限公司"), titled("南京乙有限公司")]
    made = make_list(officer, titles)
    real = eligibility_lists.set_eligible

    def breaks(**values):
        if values["enterprise_id"] == titles[0].enterprise_id:
            raise ZeroDivisionError
        return real(**values)

    monkeypatch.setattr(eligibility_lists, "set_eligible", breaks)
    carry_out_list(made.pk)
    made.refresh_from_db()
    assert [result["outcome"] for result in made.results] == ["failed", "set"]
    assert "系统出错，这一行没有设置" in made.results[0]["message"]


def test_a_task_whose_time_is_over_blames_no_row_and_the_next_goes_on(officer, monkeypatch):
    made = make_list(officer, [titled("南京甲有限公司"), titled("南京乙有限公司")])

    def out_of_time(**_values):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(eligibility_lists, "set_eligible", out_of_time)
    with pytest.raises(SoftTimeLimitExceeded):
        carry_out_list(made.pk)
    made.refresh_from_db()
    assert made.results == []
    monkeypatch.undo()
    carry_out_list(made.pk)
    made.refresh_from_db()
    assert [result["outcome"] for result in made.results] == ["set", "set"]


def test_the_result_page_shows_progress_then_the_rows_and_only_those_that_failed(client, officer, monkeypatch):
    monkeypatch.setattr(eligibility_lists, "CHUNK", 1)
    title = titled("南京甲有限公司")
    rows = [[2, title.enterprise.name, title.enterprise.uscc], [3, "查无此企业", invented_uscc(4321)]]
    made = request_list(
        user=officer, tier="innovative", note="", name="名单.xlsx", sha256="0" * 64, key="k", rows=rows
    )
    page = f"{LIST}lists/{made.pk}/"
    carry_on(list_id=made.pk)
    assert "已办理 1 行，共 2 行。" in client.get(page).content.decode()
    asked = client.get(page, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert asked == {"finished": False, "done": 1, "total": 2, "label": "已办理 1 行，共 2 行。"}
    carry_on(list_id=made.pk)
    text = client.get(page).content.decode()
    assert "已设置 1 行，此前已设置 0 行，未成功 1 行。" in text
    assert "南京甲有限公司" in text
    failed = client.get(f"{page}?only=failed").content.decode()
    assert "查无此企业" in failed
    assert "南京甲有限公司" not in failed
    for query, numbers in (("", ["2", "3"]), ("?only=failed", ["3"])):
        answer = client.get(f"{page}results/{query}")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0)
        lines = sheet.to_python()
        assert lines[0] == ["表格行号", "企业名称", "统一社会信用代码", "结果", "说明"]
        assert [line[0] for line in lines[1:]] == numbers
    assert lines[1][3:] == ["未成功", made_message(made, 1)]
    log = AccessLog.objects.filter(action="下载满足复核条件办理结果").first()
    assert (log.actor, log.subject) == (officer, "名单.xlsx（1 行）")


def made_message(made, index):
    made.refresh_from_db()
    return made.results[index]["message"]


def test_lists_are_there_for_the_own_authority_only(client, officer):
    made = make_list(officer, [titled("南京甲有限公司")])
    client.force_login(make_officer("320000", "viewer"))
    assert "名单.xlsx" in client.get(f"{LIST}lists/").content.decode()
    assert client.get(f"{LIST}lists/{made.pk}/").status_code == 200
    for code in ("000000", "500000", "320100"):
        client.force_login(make_officer(code, "manager"))
        assert "名单.xlsx" not in client.get(f"{LIST}lists/").content.decode()
        assert client.get(f"{LIST}lists/{made.pk}/").status_code == 404
        assert client.get(f"{LIST}lists/{made.pk}/results/").status_code == 404


@pytest.mark.parametrize("lists", [1, 3])
def test_the_history_takes_the_same_queries_for_one_and_three(client, officer, django_assert_num_queries, lists):
    title = titled("南京甲有限公司")
    for n in range(lists):
        make_list(officer, [title], key=f"k{n}")
    # session, account, authority, count, rows; then the session is saved (3).
    with django_assert_num_queries(8):
        assert client.get(f"{LIST}lists/").content.decode().count("名单.xlsx") == lists


@pytest.mark.parametrize("rows", [1, 3])
def test_judging_rows_takes_the_same_queries_for_one_and_three(client, officer, django_assert_num_queries, rows):
    titles = [titled(f"南京{n}号有限公司") for n in range(rows)]
    lines = [(title.enterprise.name, title.enterprise.uscc) for title in titles]
    # session, account, authority; enterprises, titles, settings; then the session is saved (3).
    with django_assert_num_queries(9):
        page = posted(client, lines)
    assert page.context["counts"]["ready"] == rows


def test_the_template_that_is_offered_is_read_without_complaint_about_its_heading(client, officer):
    content = b"".join(client.get(f"{LIST}lists/template/").streaming_content)
    answer = client.post(f"{LIST}lists/upload/", {"tier": "innovative", "file": upload(content)})
    assert "下面没有内容" in answer.content.decode()
