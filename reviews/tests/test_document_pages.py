"""The pages around a paper: ordering, watching, retrying, downloading, checking; who may do so."""
import datetime
import io
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AccessLog
from accounts.tests.factories import make_officer
from reviews.enums import DocumentState, State
from reviews.models import Document
from reviews.services.documents import claim_document
from reviews.tasks import render_document
from reviews.tests.factories import change_answers, decide, make_filing
from reviews.tests.papers import MAY, PEOPLE, make_paper, make_paper_of_one_line, order
from reviews.views.paper_progress import DELAYED_AFTER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def filing():
    return make_filing(state=State.IN_REVIEW)


@pytest.fixture
def owner(client, filing):
    client.force_login(filing.enterprise.account)
    return client


def page(name, document):
    return reverse(f"reviews:{name}", args=[document.pk])


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_ordering_leads_to_the_page_that_shows_how_far_the_paper_is(owner, filing):
    response = owner.post(reverse("reviews:document_request", args=[filing.pk]), follow=True)
    document = Document.objects.get()
    assert response.redirect_chain == [(page("document", document), 302)]
    assert "排队中" in text(response)
    assert "马上就轮到这份文件" in text(response)
    assert "可以离开此页，稍后在本页下载。" in text(response)
    assert "<progress" in text(response)
    assert f'href="{page("document", document)}">刷新' in text(response)
    assert "下载 PDF" not in text(response)


def test_ordering_by_a_link_is_not_possible(owner, filing):
    assert owner.get(reverse("reviews:document_request", args=[filing.pk])).status_code == 405
    assert Document.objects.count() == 0


def test_the_page_says_how_many_papers_come_first(owner, filing):
    others = [order(make_filing(state=State.IN_REVIEW)) for _ in range(2)]
    document = order(filing)
    assert "前面还有 2 份文件" in text(owner.get(page("document", document)))
    render_document(others[0].pk)
    assert "前面还有 1 份文件" in text(owner.get(page("document", document)))


def test_after_a_minute_the_page_says_that_there_is_a_delay_and_nothing_has_to_be_done(owner, filing):
    document = order(filing)
    Document.objects.update(queued_at=timezone.now() - DELAYED_AFTER - datetime.timedelta(seconds=1))
    answer = text(owner.get(page("document", document)))
    assert "生成时间比平时长" in answer
    assert "系统会自动完成，您不需要重复操作" in answer
    claim_document(document_id=document.pk)
    assert "生成时间比平时长" not in text(owner.get(page("document", document)))
    Document.objects.update(started_at=timezone.now() - DELAYED_AFTER - datetime.timedelta(seconds=1))
    assert "生成时间比平时长" in text(owner.get(page("document", document)))


def test_the_script_of_the_page_gets_the_same_as_json(owner, filing):
    document = order(filing)
    ask = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
    answer = owner.get(page("document", document), **ask).json()
    assert (answer["state"], answer["label"], answer["done"]) == ("queued", "排队中", False)
    claim_document(document_id=document.pk)
    answer = owner.get(page("document", document), **ask).json()
    assert (answer["state"], answer["label"], answer["done"]) == ("running", "生成中", False)
    Document.objects.update(state="queued", started_at=None)
    render_document(document.pk)
    answer = owner.get(page("document", document), **ask).json()
    assert (answer["state"], answer["done"]) == ("ready", True)
    owner.logout()
    assert owner.get(page("document", document), **ask).status_code == 401


def test_a_finished_paper_is_offered_and_not_sent_by_surprise(owner, filing):
    document = make_paper_of_one_line(filing)
    response = owner.get(page("document", document))
    assert response["Content-Type"].startswith("text/html")
    assert f'href="{page("document_file", document)}">下载 PDF' in text(response)
    assert f"{document.pages} 页" in text(response)
    assert "<progress" not in text(response)
    assert "document.js" not in text(response)


def test_the_download_is_the_pdf_under_its_chinese_name(owner, filing):
    response = owner.get(page("document_file", make_paper(filing)))
    assert response["Content-Type"] == "application/pdf"
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    name = unquote(disposition.split("''")[1])
    assert name == f"测试自评表_{filing.enterprise_name}_{filing.number}.pdf"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cache-Control"] == "private, no-store"
    reader = PdfReader(io.BytesIO(response.getvalue()))
    assert filing.number in reader.pages[0].extract_text()


def test_a_paper_that_is_not_finished_cannot_be_downloaded_and_the_answer_leads_back(owner, filing):
    document = order(filing)
    response = owner.get(page("document_file", document))
    assert response.status_code == 409
    assert "文件还没有生成" in text(response)
    assert page("document", document) in text(response)


def test_a_failed_paper_says_why_and_is_made_again_at_the_press_of_a_button(owner, filing):
    document = order(filing)
    claim_document(document_id=document.pk)
    Document.objects.update(state="failed", error="服务器存储空间不足，文件没有保存。")
    answer = text(owner.get(page("document", document)))
    assert "生成失败" in answer
    assert "服务器存储空间不足" in answer
    assert f'action="{page("document_retry", document)}"' in answer
    assert "重新生成</button>" in answer
    response = owner.post(page("document_retry", document), follow=True)
    assert response.redirect_chain == [(page("document", document), 302)]
    assert Document.objects.get().state == DocumentState.QUEUED
    assert owner.get(page("document_retry", document)).status_code == 405


def test_a_paper_whose_file_was_lost_says_so_and_can_be_made_again(owner, filing, media):
    document = make_paper_of_one_line(filing)
    (media / document.file.name).unlink()
    response = owner.get(page("document_file", document))
    assert response.status_code == 410
    assert "请重新生成" in text(response)
    assert "重新生成</button>" in text(owner.get(page("document", document)))
    owner.post(page("document_retry", document))
    render_document(document.pk)
    assert owner.get(page("document_file", document)).status_code == 200


def test_a_draft_is_downloaded_by_its_owner_with_the_watermark_and_the_page_says_that_it_is_one(client):
    draft = make_filing()
    client.force_login(draft.enterprise.account)
    client.post(reverse("reviews:document_request", args=[draft.pk]))
    document = Document.objects.get()
    render_document(document.pk)
    assert "尚未提交的草稿" in text(client.get(page("document", document)))
    assert f'href="/enterprise/filings/{draft.pk}/fill/">返回填报' in text(client.get(page("document", document)))
    response = client.get(page("document_file", document))
    assert unquote(response["Content-Disposition"]).endswith("_草稿.pdf")
    assert "草稿（未提交）" in PdfReader(io.BytesIO(response.getvalue())).pages[0].extract_text()


@pytest.mark.parametrize("who", PEOPLE)
def test_who_reaches_the_paper_of_a_submitted_filing(client, filing, who):
    document = make_paper_of_one_line(filing)
    client.force_login(PEOPLE[who](filing))
    expected = 200 if who in MAY else 404
    assert client.get(page("document", document)).status_code == expected
    assert client.get(page("document_file", document)).status_code == expected
    redirect = 302 if who in MAY else 404
    assert client.post(reverse("reviews:document_request", args=[filing.pk])).status_code == redirect
    assert client.post(page("document_retry", document)).status_code == redirect


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
@pytest.mark.parametrize("who", PEOPLE)
def test_a_preview_reaches_its_owner_alone(client, who, state):
    filing = make_filing(state=state)
    change_answers(filing, products="只在草稿里的产品")
    document = make_paper_of_one_line(filing)
    client.force_login(PEOPLE[who](filing))
    expected = 200 if who == "owner" else 404
    assert client.get(page("document", document)).status_code == expected
    assert client.get(page("document_file", document)).status_code == expected
    assert client.post(page("document_retry", document)).status_code == (302 if who == "owner" else 404)


def test_without_signing_in_one_is_sent_to_the_login_and_back(client, filing):
    document = make_paper_of_one_line(filing)
    for address in (page("document", document), page("document_file", document)):
        assert client.get(address).url == f"{reverse('accounts:login')}?next={address}"
    assert client.post(reverse("reviews:document_request", args=[filing.pk])).status_code == 302
    assert Document.objects.count() == 1


def test_the_download_of_an_officer_is_logged_and_the_owners_is_not(client, filing):
    document = make_paper_of_one_line(filing)
    client.force_login(filing.enterprise.account)
    client.get(page("document_file", document))
    assert AccessLog.objects.count() == 0
    officer = make_officer("320100")
    client.force_login(officer)
    client.get(page("document", document))
    assert AccessLog.objects.count() == 0, "looking at the state is no reading"
    client.get(page("document_file", document))
    entry = AccessLog.objects.get()
    assert (entry.actor, entry.action, entry.address) == (officer, "下载申报表", "127.0.0.1")
    assert filing.number in entry.subject


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_state_page_takes_seven_queries_however_long_the_queue_is(
    owner, filing, waiting, django_assert_num_queries
):
    for _ in range(waiting - 1):
        order(make_filing(state=State.IN_REVIEW))
    document = order(filing)
    with django_assert_num_queries(7):
        owner.get(page("document", document))


def check(client, sha256):
    return client.get(reverse("reviews:check_document", args=[sha256]))


def test_anybody_can_check_a_paper_and_learns_nothing_personal(client, filing):
    document = make_paper_of_one_line(filing)
    response = check(client, document.snapshot.sha256)
    answer = text(response)
    assert response.status_code == 200
    assert "核验一致：本平台生成过这份文件" in answer
    for shown in ("测试自评表", filing.number, filing.enterprise_name, "审核中（第 1 次提交）"):
        assert shown in answer
    for hidden in ("13812345678", "sealed", "矿山开采", filing.enterprise.uscc, "5600"):
        assert hidden not in answer


def test_the_check_names_a_paper_that_is_no_longer_the_latest(client, filing):
    document = make_paper_of_one_line(filing)
    decide(filing)
    answer = text(check(client, document.snapshot.sha256))
    assert "又有新的提交或审核结果，请以最新的文件为准" in answer


def test_the_check_names_a_draft_as_such(client):
    document = make_paper_of_one_line(make_filing())
    assert "未提交的草稿，不能作为申报或审核的依据" in text(check(client, document.snapshot.sha256))


def test_a_paper_that_was_never_made_is_not_confirmed(client, filing):
    document = order(filing)
    for sha256 in (document.snapshot.sha256, "0" * 64, "0" * 63, "x", "<b>", f"{document.snapshot.sha256}-1"):
        response = check(client, sha256)
        assert response.status_code == 404
        assert "未查到这份文件" in text(response)
        assert filing.enterprise_name not in text(response)
        assert "<b>”" not in text(response)
