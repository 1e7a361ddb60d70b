"""公示公告: what the public reads, and what it does not."""
import datetime
import html
import re
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_enterprise
from portal.site.views import publicity as views
from reviews.enums import State
from reviews.models import PublicityList
from reviews.services import publicity as services
from reviews.tests.factories import announce, end_publicity, make_filing, make_publicity, officer_of, publicise

pytestmark = pytest.mark.django_db
LISTS = reverse("site:publicity_list")


def page_of(client, listed, **query):
    """Open the public page of a list."""
    return client.get(reverse("site:publicity", args=[listed.pk]), query)


def test_a_running_list_shows_dates_objection_contact_and_enterprises(client):
    filing = make_filing(make_enterprise("测试精密机械有限公司"), state=State.APPROVED)
    listed = publicise(filing)
    page = page_of(client, listed).content.decode()
    assert f"<h1 class=\"page-title\">{listed.title}</h1>" in page
    assert "公示中" in page
    assert f"{listed.starts_on.year}年{listed.starts_on.month}月{listed.starts_on.day}日 至 " in page
    assert f"{listed.ends_on.year}年{listed.ends_on.month}月{listed.ends_on.day}日（含当日）" in page
    assert f"异议受理</dt><dd>{listed.contact}" in page
    for value in ("测试精密机械有限公司", filing.enterprise.uscc, "江苏省南京市玄武区", "共 1 家企业"):
        assert value in page
    assert "公告文号" not in page


def test_an_announced_list_shows_its_document_number_and_date(client):
    filing = make_filing(state=State.APPROVED)
    publicise(filing)
    listed = announce(filing, "苏工信企业〔2026〕18号")
    page = page_of(client, listed).content.decode()
    today = timezone.localdate()
    assert "公告文号</dt><dd>苏工信企业〔2026〕18号</dd>" in page
    assert f"公告日期</dt><dd class=\"nums\">{today.year}年{today.month}月{today.day}日</dd>" in page
    assert "已公告" in page
    assert "异议受理" not in page


def test_a_list_whose_days_are_over_is_not_called_running(client):
    listed = end_publicity(publicise(make_filing(state=State.APPROVED)))
    page = page_of(client, listed).content.decode()
    assert "公示期满" in page
    assert "公示中" not in page


def test_a_list_that_begins_later_is_not_called_running(client):
    listed = publicise(make_filing(state=State.APPROVED))
    PublicityList.objects.filter(pk=listed.pk).update(starts_on=timezone.localdate() + datetime.timedelta(days=1))
    assert "即将公示" in page_of(client, listed).content.decode()


def test_a_list_in_preparation_is_hidden_from_the_public(client):
    listed = make_publicity(make_filing(state=State.APPROVED))
    assert page_of(client, listed).status_code == 404
    assert listed.title not in client.get(LISTS).content.decode()
    assert listed.title not in client.get("/").content.decode()


def test_an_enterprise_taken_out_and_the_reason_are_not_shown(client):
    staying = make_filing(make_enterprise("留在名单有限公司"), state=State.APPROVED)
    leaving = make_filing(make_enterprise("移出名单有限公司"), state=State.APPROVED)
    listed = publicise(staying)
    entry = leaving.publicity_entries.get()
    services.take_out(user=officer_of(listed.authority), entry_id=entry.pk, reason="异议成立：主导产品不符。")
    page = page_of(client, listed).content.decode()
    assert "留在名单有限公司" in page
    assert "共 1 家企业" in page
    assert "移出名单有限公司" not in page
    assert "主导产品不符" not in page


def test_an_enterprise_is_found_by_part_of_its_name_or_the_beginning_of_its_code(client):
    first = make_filing(make_enterprise("金陵精密机械有限公司"), state=State.APPROVED)
    make_filing(make_enterprise("钟山数控设备有限公司"), state=State.APPROVED)
    listed = publicise(first)
    for text in ("金陵", first.enterprise.uscc, f" {first.enterprise.uscc.lower()} "):
        page = page_of(client, listed, q=text).content.decode()
        assert "金陵精密机械有限公司" in page, text
        assert "钟山数控设备有限公司" not in page, text
        assert "找到 1 家企业" in page, text
    nothing = page_of(client, listed, q="<b>没有的企业").content.decode()
    assert "名单中没有找到“&lt;b&gt;没有的企业”" in nothing


def test_a_long_list_is_read_in_pages_and_the_search_is_kept_while_turning_them(client, monkeypatch):
    monkeypatch.setattr(views, "ENTRIES_PER_PAGE", 2)
    filings = [make_filing(make_enterprise(f"测试企业{n}号有限公司"), state=State.APPROVED) for n in (1, 2, 3)]
    listed = publicise(filings[0])
    first = page_of(client, listed, q="测试企业").content.decode()
    second = page_of(client, listed, q="测试企业", page="2").content.decode()
    assert "测试企业2号" in first
    assert "测试企业3号" not in first
    assert "第 1 页，共 2 页" in first
    next_page = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    assert parse_qs(next_page.lstrip("?")) == {"q": ["测试企业"], "page": ["2"]}
    assert "测试企业3号" in second
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


@pytest.mark.parametrize("page", ["0", "-1", "abc", "１", "99999999999999999999", "1.5", ""])
def test_an_absurd_page_number_shows_the_first_page(client, page):
    listed = publicise(make_filing(state=State.APPROVED))
    assert listed.title in client.get(LISTS, {"page": page}).content.decode()
    assert "共 1 家企业" in page_of(client, listed, page=page).content.decode()


def test_a_page_beyond_the_end_says_so_and_leads_back(client):
    listed = publicise(make_filing(state=State.APPROVED))
    for response in (client.get(LISTS, {"page": "7"}), page_of(client, listed, page="7")):
        assert response.status_code == 200
        assert "这一页没有内容" in response.content.decode()
        assert "返回第 1 页" in response.content.decode()


def test_lists_are_turned_page_by_page_newest_first(client, monkeypatch):
    monkeypatch.setattr(views, "LISTS_PER_PAGE", 2)
    titles = [publicise(make_filing(state=State.APPROVED)).title + str(n) for n in range(3)]
    for listed, title in zip(PublicityList.objects.order_by("id"), titles, strict=True):
        PublicityList.objects.filter(pk=listed.pk).update(title=title)
    first, second = client.get(LISTS).content.decode(), client.get(LISTS, {"page": "2"}).content.decode()
    assert first.index(titles[2]) < first.index(titles[1])
    assert titles[0] not in first
    assert titles[0] in second
    assert 'rel="next" href="?page=2"' in first
    assert 'rel="next"' not in second


def test_without_lists_the_page_says_what_will_be_there(client):
    assert "暂无公示公告" in client.get(LISTS).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_lists_takes_one_query(client, django_assert_num_queries, rows):
    for _ in range(rows):
        publicise(make_filing(state=State.APPROVED))
    with django_assert_num_queries(1):
        response = client.get(LISTS)
    assert response.content.decode().count("公示名单</a>") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_list_takes_three_queries(client, django_assert_num_queries, rows):
    filings = [make_filing(state=State.APPROVED) for _ in range(rows)]
    listed = publicise(filings[0])
    with django_assert_num_queries(3):  # the list with its authority, how many entries, the entries of the page
        response = page_of(client, listed)
    assert f"共 {rows} 家企业" in response.content.decode()
