"""实地抽查 and 专家意见: who adds and reads them, hostile files, and that the enterprise never sees anything of it."""
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.models import AccessLog
from accounts.tests.factories import make_officer
from portal.tests.files import pdf_bytes, picture_bytes
from portal.tools.errors import NotPermitted
from reviews.enums import State
from reviews.models import ExpertOpinion, RecordFile, SiteVisit
from reviews.queries.records import records_of
from reviews.services import records
from reviews.tests.desk import LIST, page_of
from reviews.tests.factories import make_filing

pytestmark = pytest.mark.django_db

TODAY = "2026-01-15"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def filing():
    return make_filing(state=State.IN_REVIEW)


@pytest.fixture
def officer(client, filing):
    user = make_officer("320100", OfficerRole.REVIEWER)
    client.force_login(user)
    return user


def add(filing, what="visits"):
    return f"{LIST}{filing.pk}/{what}/add/"


def visit_form(**changes):
    values = {
        "visited_on": TODAY, "people": "两名工作人员", "result": "partly", "text": "车间停产一半。",
        "files": [SimpleUploadedFile("车间.png", picture_bytes())],
    }  # fmt: skip
    return values | changes


def opinion_form(**changes):
    values = {
        "expert": "示例专家", "organisation": "示例大学", "given_on": TODAY, "score": "86.5", "text": "技术领先。",
        "files": [SimpleUploadedFile("意见.pdf", pdf_bytes())],
    }  # fmt: skip
    return values | changes


def make_visit(filing, user, text="车间停产一半。", files=()):
    return records.record_visit(
        user=user, filing_id=filing.pk, visited_on=timezone.localdate(), people="两名工作人员", result="partly",
        text=text, files=files,
    )


def test_a_visit_with_a_photo_is_recorded_and_shown_to_officers(client, filing, officer):
    answer = client.post(add(filing), visit_form(), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{page_of(filing)}#records", 302)]
    for text in ("部分不一致", "两名工作人员", "车间停产一半。", "车间.png", "企业看不到"):
        assert text in page
    visit = SiteVisit.objects.get()
    assert (str(visit.visited_on), visit.authority.code, visit.recorded_by) == (TODAY, "320100", officer)


def test_an_opinion_with_score_and_paper_is_recorded(client, filing, officer):
    page = client.post(add(filing, "opinions"), opinion_form(), follow=True).content.decode()
    for text in ("示例专家", "示例大学", "86.50", "技术领先。", "意见.pdf"):
        assert text in page
    assert client.post(add(filing, "opinions"), opinion_form(score="", text="另一条", files=[])).status_code == 302
    assert ExpertOpinion.objects.get(text="另一条").score is None


def test_a_double_click_records_once_and_two_different_ones_twice(client, filing, officer):
    for _ in range(2):
        photo = SimpleUploadedFile("车间.png", picture_bytes())
        assert client.post(add(filing), visit_form(files=[photo])).status_code == 302
    assert (SiteVisit.objects.count(), RecordFile.objects.count()) == (1, 1)
    client.post(add(filing), visit_form(files=[SimpleUploadedFile("车间.png", picture_bytes(size=(9, 9)))]))
    assert SiteVisit.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words", "status"),
    [
        ({"visited_on": "2999-01-01"}, "晚于今天", 422),
        ({"visited_on": "昨天"}, "抽查日期应为日期", 422),
        ({"people": " "}, "请填写抽查人员", 422),
        ({"result": ""}, "请选择抽查结果", 422),
        ({"text": ""}, "请填写情况说明", 422),
        ({"files": [SimpleUploadedFile("照片.png", pdf_bytes())]}, "照片.png", 415),
        ({"files": [SimpleUploadedFile("脚本.html", b"<script>1</script>")]}, "不在支持的格式", 415),
        ({"files": [SimpleUploadedFile("空.png", b"")]}, "空", 422),
        ({"files": [SimpleUploadedFile(f"{n}.png", picture_bytes()) for n in range(11)]}, "一次最多上传 10 个", 422),
    ],
    ids=range(9),
)
def test_a_bad_visit_says_what_is_wrong_keeps_the_text_and_stores_nothing(
    client, filing, officer, changes, words, status, media, tmp_path
):
    answer = client.post(add(filing), visit_form(**changes))
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    if "people" not in changes:
        assert "两名工作人员" in page
    assert not SiteVisit.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("score", ["-1", "100.5", "1e9", "abc", "12.345"])
def test_a_score_out_of_range_is_refused_with_the_rule(client, filing, officer, score):
    answer = client.post(add(filing, "opinions"), opinion_form(score=score))
    assert answer.status_code == 422
    assert "评分" in answer.content.decode()
    assert not ExpertOpinion.objects.exists()


@pytest.mark.parametrize("code", ["320100", "320000", "000000", "320102"])
def test_every_authority_of_the_jurisdiction_adds_and_reads_wherever_the_filing_lies(client, filing, code):
    user = make_officer(code)
    make_visit(filing, user, text=f"由{code}记录")
    client.force_login(make_officer(code, OfficerRole.VIEWER))
    page = client.get(page_of(filing)).content.decode()
    assert f"由{code}记录" in page
    assert "添加实地抽查记录" not in page


@pytest.mark.parametrize("state", [State.RETURNED, State.REJECTED, State.APPROVED, State.RECOGNISED])
def test_a_record_is_added_in_any_state_after_submission(state):
    filing = make_filing(state=state)
    assert make_visit(filing, make_officer("320100")).pk


def test_a_viewer_and_a_stranger_add_nothing(client, filing):
    for user in (make_officer("320100", OfficerRole.VIEWER), make_officer("320500")):
        with pytest.raises(NotPermitted):
            make_visit(filing, user)
        client.force_login(user)
        answer = client.post(add(filing), visit_form())
        assert answer.status_code in (403, 404)
        if user.role == OfficerRole.VIEWER:
            assert "车间停产一半。" in answer.content.decode()
    assert not SiteVisit.objects.exists()


def test_the_enterprise_never_sees_a_record_or_its_files(client, filing, officer):
    visit = make_visit(filing, officer, "秘密情况", [SimpleUploadedFile("秘密照片.png", picture_bytes())])
    file = visit.files.get()
    client.force_login(filing.enterprise.account)
    for address in ("/enterprise/", "/enterprise/filings/", f"/enterprise/filings/{filing.pk}/"):
        page = client.get(address).content.decode()
        assert "秘密" not in page
        assert "实地抽查" not in page
    for last in ("", "preview/", "content/"):
        assert client.get(f"{LIST}{filing.pk}/records/{file.pk}/{last}").status_code in (302, 403, 404)
    assert client.get(f"/files/{file.pk}/").status_code == 404
    filing.refresh_from_db()
    assert "秘密" not in json.dumps(filing.snapshot.payload, ensure_ascii=False)


def test_a_photo_is_previewed_and_downloaded_by_officers_of_the_jurisdiction_and_logged(client, filing, officer):
    photo = make_visit(filing, officer, files=[SimpleUploadedFile("车间.png", picture_bytes())]).files.get()
    address = f"{LIST}{filing.pk}/records/{photo.pk}/"
    shown = client.get(f"{address}preview/").content.decode()
    assert f'<img src="{address}content/" alt="车间.png">' in shown
    assert "data-preview-part" in shown
    framed = client.get(f"{address}content/")
    assert framed["Content-Type"] == "image/png"
    assert "sandbox" in framed["Content-Security-Policy"]
    assert b"".join(framed.streaming_content) == picture_bytes()
    taken = client.get(address)
    assert taken["Content-Disposition"].startswith("attachment")
    actions = list(AccessLog.objects.filter(actor=officer).order_by("id").values_list("action", flat=True))
    assert actions[-2:] == ["预览审核记录附件", "下载审核记录附件"]
    client.force_login(make_officer("320500"))
    for last in ("", "preview/", "content/"):
        assert client.get(f"{address}{last}").status_code == 404


def test_a_file_of_another_filing_is_not_found_under_this_one(client, filing, officer):
    other = make_filing(state=State.IN_REVIEW)
    photo = make_visit(other, officer, files=[SimpleUploadedFile("车间.png", picture_bytes())]).files.get()
    assert client.get(f"{LIST}{filing.pk}/records/{photo.pk}/").status_code == 404
    assert client.get(f"{LIST}{other.pk}/records/{photo.pk}/").status_code == 200


def test_a_file_that_is_gone_from_the_disk_says_so(client, filing, officer):
    photo = make_visit(filing, officer, files=[SimpleUploadedFile("车间.png", picture_bytes())]).files.get()
    photo.file.storage.delete(photo.file.name)
    answer = client.get(f"{LIST}{filing.pk}/records/{photo.pk}/")
    assert answer.status_code == 410
    assert "车间.png" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_records_of_a_filing_are_three_queries(filing, count, django_assert_num_queries):
    user = make_officer("320100")
    for n in range(count):
        make_visit(filing, user, f"第{n}次", [SimpleUploadedFile("车间.png", picture_bytes())])
    with django_assert_num_queries(3):
        visits, _ = records_of(filing)
        assert [len(visit.papers) for visit in visits] == [1] * count
        assert {visit.authority.code for visit in visits} == {"320100"}
