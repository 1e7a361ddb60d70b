"""证书: who orders it, what stands on the paper, what the public check says of its number."""
import datetime
import io
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import AccessLog
from accounts.tests.factories import make_enterprise, make_natural_person, make_officer, make_operator
from applications.models import Certificate, Recognition
from applications.services.certificates import claim_certificate, record_certificate
from applications.tasks import render_certificate
from applications.tests.titles import make_title
from reviews.documents.store import store_pdf
from reviews.enums import DocumentState
from reviews.job_tasks.papers import CHANGED

pytestmark = pytest.mark.django_db

#: Who may have the certificate of an enterprise in 南京市玄武区.
PEOPLE = {
    "owner": lambda title: title.enterprise.account,
    "city": lambda title: make_officer("320100", "viewer"),
    "province": lambda title: make_officer("320000"),
    "ministry": lambda title: make_officer("000000"),
    "other enterprise": lambda title: make_enterprise().account,
    "other city": lambda title: make_officer("320500"),
    "operator": lambda title: make_operator(),
    "natural person": lambda title: make_natural_person(),
}
MAY = {"owner", "city", "province", "ministry"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_URL = "https://portal.example"
    return tmp_path


@pytest.fixture
def title():
    return make_title(enterprise=make_enterprise("南京证书测试有限公司"))


def order(client, title):
    return client.post(reverse("applications:certificate_request", args=[title.pk]))


def page(certificate, name="certificate"):
    return reverse(f"applications:{name}", args=[certificate.pk])


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def put_one_line(certificate):
    """Put a PDF of one line in the place of the certificate, where what it says is of no interest."""
    claimed = claim_certificate(certificate_id=certificate.pk)
    record_certificate(certificate=claimed, name=store_pdf(claimed, b"%PDF-1.7\n"), size=9)
    certificate.refresh_from_db()
    return certificate


def test_the_paper_says_what_was_announced_and_carries_the_address_of_its_check_page(client, title):
    client.force_login(title.enterprise.account)
    order(client, title)
    certificate = Certificate.objects.get()
    render_certificate(certificate.pk)
    response = client.get(page(certificate, "certificate_file"))
    name = unquote(response["Content-Disposition"].split("''")[1])
    assert name == f"创新型中小企业证书_南京证书测试有限公司_{title.number}.pdf"
    reader = PdfReader(io.BytesIO(response.getvalue()))
    assert len(reader.pages) == 1
    sheet = reader.pages[0]
    assert sheet.mediabox.width > sheet.mediabox.height
    text = re.sub(r"\s+", "", sheet.extract_text())
    day = timezone.localdate()
    for words in (
        "优质中小企业梯度培育平台", "创新型中小企业证书", "南京证书测试有限公司", title.enterprise.uscc, title.number,
        f"{day.year}年{day.month}月{day.day}日至{title.valid_until.year}年", title.announcement.authority.name,
        "苏工信企业〔2026〕1号", "本证书由平台生成，以公告为准。",
    ):  # fmt: skip
        assert words in text, words
    address = f"https://portal.example/certificates/{title.number}/"
    assert address in text
    assert address in [note.get_object()["/A"]["/URI"] for note in sheet["/Annots"] if "/A" in note.get_object()]


def test_the_paper_is_tagged_and_has_one_font_that_is_embedded_as_a_subset(client, title):
    client.force_login(title.enterprise.account)
    order(client, title)
    certificate = Certificate.objects.get()
    render_certificate(certificate.pk)
    certificate.refresh_from_db()
    content = certificate.file.read()
    reader = PdfReader(io.BytesIO(content))
    fonts = {font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert [font.split("+")[1] for font in fonts] == ["Noto-Serif-CJK-SC"]
    assert len(content) < 300_000
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_ordered_twice_and_by_whomever_it_is_one_certificate(client, title):
    for user in (title.enterprise.account, title.enterprise.account, make_officer("320100")):
        client.force_login(user)
        assert order(client, title).url == page(Certificate.objects.get())
    assert Certificate.objects.get().state == DocumentState.QUEUED


@pytest.mark.parametrize("who", PEOPLE)
def test_who_reaches_a_certificate(client, title, who):
    client.force_login(PEOPLE["owner"](title))
    order(client, title)
    certificate = put_one_line(Certificate.objects.get())
    client.force_login(PEOPLE[who](title))
    expected = 200 if who in MAY else 404
    assert client.get(page(certificate)).status_code == expected
    assert client.get(page(certificate, "certificate_file")).status_code == expected
    assert order(client, title).status_code == (302 if who in MAY else 404)
    assert client.post(page(certificate, "certificate_retry")).status_code == (302 if who in MAY else 404)
    assert AccessLog.objects.filter(action="下载证书").count() == (who in MAY - {"owner"})


def test_the_page_tells_how_far_it_is_and_a_failed_one_is_made_again(client, title):
    client.force_login(title.enterprise.account)
    order(client, title)
    certificate = Certificate.objects.get()
    shown = text_of(client.get(page(certificate)))
    assert "排队中" in shown
    assert "马上就轮到这份文件" in shown
    assert client.get(page(certificate, "certificate_file")).status_code == 409
    claim_certificate(certificate_id=certificate.pk)
    answer = client.get(page(certificate), headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert (answer["state"], answer["label"], answer["done"]) == ("running", "生成中", False)
    Certificate.objects.update(state="failed", error="服务器存储空间不足，文件没有保存。")
    shown = text_of(client.get(page(certificate)))
    assert "生成失败" in shown
    assert "服务器存储空间不足" in shown
    assert f'action="{page(certificate, "certificate_retry")}"' in shown
    client.post(page(certificate, "certificate_retry"))
    certificate.refresh_from_db()
    assert (certificate.state, certificate.attempts, certificate.error) == ("queued", 0, "")


def test_a_certificate_whose_file_was_lost_is_made_again(client, title, media):
    client.force_login(title.enterprise.account)
    order(client, title)
    certificate = put_one_line(Certificate.objects.get())
    (media / certificate.file.name).unlink()
    assert client.get(page(certificate, "certificate_file")).status_code == 410
    assert "重新生成</button>" in text_of(client.get(page(certificate)))
    order(client, title)
    certificate.refresh_from_db()
    assert certificate.state == DocumentState.QUEUED


def test_a_title_that_changed_while_its_paper_waited_gives_no_paper_and_the_next_order_a_new_one(client, title):
    client.force_login(title.enterprise.account)
    order(client, title)
    title.valid_until -= datetime.timedelta(days=1)
    title.save()
    old = Certificate.objects.get()
    render_certificate(old.pk)
    old.refresh_from_db()
    assert (old.state, old.error) == (DocumentState.FAILED, CHANGED)
    order(client, title)
    assert Certificate.objects.count() == 2


def test_the_check_page_says_to_anybody_that_a_number_is_valid_and_what_was_announced(client, title):
    shown = text_of(client.get(reverse("applications:certificate_check", args=[title.number])))
    assert "认定有效" in shown
    for words in (
        title.number, "南京证书测试有限公司", title.enterprise.uscc, "创新型中小企业", "苏工信企业〔2026〕1号",
        title.announcement.authority.name, f'href="/publicity/{title.announcement_id}/"',
    ):  # fmt: skip
        assert words in shown, words
    assert client.get(f"/certificates/{title.number.lower()}/").status_code == 200


@pytest.mark.parametrize(
    ("begins", "ends", "words"), [(-1095, -1, "认定已过有效期"), (-1095, 0, "认定有效"), (1, 1095, "认定尚未开始")]
)
def test_the_check_page_tells_the_days_of_validity(client, title, begins, ends, words):
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    Recognition.objects.update(valid_from=today + begins * day, valid_until=today + ends * day)
    shown = text_of(client.get(f"/certificates/{title.number}/"))
    assert f'id="check-result">{words}</h2>' in shown


@pytest.mark.parametrize("number", ["CX320000209900001", "x", "<script>", "CX32000020260000१"])
def test_a_number_that_was_never_given_says_so_with_404(client, number):
    response = client.get(reverse("applications:certificate_check", args=[number]))
    assert response.status_code == 404
    assert "没有这个认定编号" in text_of(response)
    assert "<script>”" not in text_of(response)


@pytest.mark.parametrize("titles", [1, 3])
def test_the_check_page_takes_one_query_however_many_titles_there_are(client, django_assert_num_queries, titles):
    made = [make_title() for _ in range(titles)]
    with django_assert_num_queries(1):
        client.get(f"/certificates/{made[0].number}/")


@pytest.mark.parametrize("titles", [1, 3])
def test_the_page_of_a_certificate_takes_the_same_queries_for_one_and_three(
    client, django_assert_num_queries, titles
):
    made = [make_title() for _ in range(titles)]
    for title in made:
        client.force_login(title.enterprise.account)
        order(client, title)
    certificate = put_one_line(Certificate.objects.get(recognition=made[-1]))
    client.get(page(certificate))
    # session, account, certificate with its title; the rolling session is saved (savepoint, update, release)
    with django_assert_num_queries(6):
        client.get(page(certificate))


def test_the_enterprise_finds_the_button_at_its_title_in_its_records_and_on_its_renewal(client, title):
    client.force_login(title.enterprise.account)
    button = f'action="{reverse("applications:certificate_request", args=[title.pk])}"'
    for name in ("home", "filings", "renewals"):
        shown = text_of(client.get(reverse(f"applications:{name}")))
        assert button in shown, name
        assert "下载证书</button>" in shown, name


def test_an_officer_finds_the_button_at_the_title(client, title):
    client.force_login(make_officer("320100"))
    shown = text_of(client.get(f"/admin/applications/recognition/{title.pk}/change/"))
    assert f'action="{reverse("applications:certificate_request", args=[title.pk])}"' in shown
    assert f'href="/certificates/{title.number}/"' in shown
