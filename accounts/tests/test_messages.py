"""系统消息: the inbox of an enterprise."""
import pytest
from django.utils import timezone

from accounts.models import Notice
from accounts.queries.messages import PAGE_SIZE
from accounts.services.notices import notify
from accounts.tests.factories import make_enterprise, make_natural_person, make_officer

pytestmark = pytest.mark.django_db
INBOX = "/enterprise/messages/"


@pytest.fixture
def account(client):
    account = make_enterprise().account
    client.force_login(account)
    return account


def write(account, count=1, **values):
    news = {"title": "审核进度更新", "body": "您的自评表已通过审核。", "link": "/enterprise/filings/7/"} | values
    start = Notice.objects.count()
    return [notify(recipient=account, key=f"k{start + n}", **news) for n in range(count)]


def titles(page):
    return [message.title for message in page.context["page"].messages]


def test_a_message_shows_its_whole_text_time_and_way_to_the_filing(client, account):
    write(account)
    html = client.get(INBOX).content.decode()
    assert "审核进度更新" in html
    assert "您的自评表已通过审核。" in html
    assert 'href="/enterprise/filings/7/"' in html
    assert "未读" in html


def test_an_empty_inbox_says_what_will_come(client, account):
    html = client.get(INBOX).content.decode()
    assert "还没有消息" in html
    assert "全部标为已读" not in html


def test_unread_messages_come_first_then_the_newest(client, account):
    for title in ("一", "二", "三", "四"):
        write(account, title=title)
    Notice.objects.filter(title__in=["二", "四"]).update(read_at=timezone.now())
    assert titles(client.get(INBOX)) == ["三", "一", "四", "二"]


def test_looking_marks_nothing_and_the_button_marks_one(client, account):
    first, second = write(account, 2)
    client.get(INBOX)
    assert Notice.objects.filter(read_at__isnull=True).count() == 2
    for _ in range(2):
        assert client.post(f"{INBOX}{first.pk}/read/", {"page": "3"})["Location"] == f"{INBOX}?page=3"
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.read_at is None, second.read_at is None) == (False, True)
    assert client.get(f"{INBOX}{second.pk}/read/").status_code == 405


def test_all_messages_are_marked_with_one_button(client, account):
    stranger = make_enterprise().account
    write(account, 3)
    write(stranger)
    html = client.post(f"{INBOX}read/", follow=True).content.decode()
    assert "已将 3 条消息标为已读。" in html
    assert Notice.objects.filter(read_at__isnull=True).get().recipient == stranger


def test_the_messages_and_sms_of_others_are_neither_shown_nor_marked(client, account):
    stranger = make_enterprise().account
    foreign = write(stranger, title="他人的消息")[0]
    notify(recipient=account, key="s", title="标题", body="正文", sms=True)
    assert titles(client.get(INBOX)) == ["标题"]
    client.post(f"{INBOX}{foreign.pk}/read/")
    foreign.refresh_from_db()
    assert foreign.read_at is None


@pytest.mark.parametrize("number", ["0", "-1", "x", "1e3", "９", "99999999999999999999", ""])
def test_a_page_number_that_makes_no_sense_opens_the_first_page(client, account, number):
    write(account)
    page = client.get(INBOX, {"page": number})
    assert page.status_code == 200
    assert len(titles(page)) == 1


def test_twenty_messages_make_a_page(client, account):
    write(account, PAGE_SIZE + 1)
    first, second, third = (client.get(INBOX, {"page": number}) for number in (1, 2, 3))
    assert (len(titles(first)), len(titles(second)), len(titles(third))) == (PAGE_SIZE, 1, 0)
    assert "下一页" in first.content.decode()
    assert "下一页" not in second.content.decode()
    assert "这一页没有消息" in third.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_takes_seven_queries_however_many_messages(client, account, count, django_assert_num_queries):
    write(account, count)
    # session, account, messages, unread count of the menu; and three to prolong the session
    with django_assert_num_queries(7):
        client.get(INBOX)


@pytest.mark.parametrize("make", [make_officer, make_natural_person])
def test_other_accounts_have_no_inbox(client, make):
    client.force_login(make())
    assert client.get(INBOX).status_code == 403
    assert client.post(f"{INBOX}read/").status_code == 403


def test_text_of_a_message_is_text(client, account):
    write(account, title="<b>标题</b>", body="<script>alert(1)</script>")
    html = client.get(INBOX).content.decode()
    assert "<script>alert(1)" not in html
    assert "<b>标题" not in html
