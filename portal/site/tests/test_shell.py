"""The shell around every page: content security policy, menu, unread messages."""
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.context import UNREAD_CAP
from accounts.models import Notice
from accounts.tests.factories import make_enterprise, make_officer

pytestmark = pytest.mark.django_db


def menu_of(user, path="/enterprise/", **context):
    """Render the enterprise menu as a page at ``path`` would."""
    request = RequestFactory().get(path)
    request.user = user
    return render_to_string("enterprise_base.html", context, request=request)


def leave_messages(user, count, read=False, channel="message"):
    """Leave messages for an account."""
    start = Notice.objects.count()
    Notice.objects.bulk_create(
        Notice(
            recipient=user, channel=channel, key=f"test:{start + n}", title="通知", body="内容", state="sent",
            sent_at=timezone.now(), read_at=timezone.now() if read else None,
            mobile="13800000000" if channel == "sms" else "",
        )
        for n in range(count)
    )


def test_public_pages_forbid_inline_code_and_contain_none(client):
    for name in ("site:home", "site:windows", "site:publicity_list"):
        response = client.get(reverse(name))
        policy = response.headers["Content-Security-Policy"]
        page = response.content.decode()
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", page, re.IGNORECASE)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/enterprise/", "企业主页"),
        ("/enterprise/edit/", "企业主页"),
        ("/enterprise/filings/", "企业申报管理"),
        ("/enterprise/filings/7/", "企业申报管理"),
        ("/enterprise/renewals/", "企业复核管理"),
        ("/enterprise/digital-assessment/", "数字化水平评测"),
        ("/enterprise/digital-assessment/7/result/", "数字化水平评测"),
        ("/enterprise/evaluation/", "专精特新发展评价"),
        ("/enterprise/messages/", "系统消息"),
    ],
)
def test_the_menu_marks_the_entry_that_the_page_belongs_to(path, label):
    marked = re.findall(r'aria-current="page">([^<]+?)\s*<', menu_of(make_enterprise().account, path))
    assert marked == [label]


def test_a_page_may_say_itself_where_it_belongs():
    page = menu_of(make_enterprise().account, "/x/", menu_current="filings")
    marked = re.findall(r'aria-current="page">([^<]+?)\s*<', page)
    assert marked == ["企业申报管理"]


def test_the_menu_counts_unread_messages_of_this_account_only(django_assert_num_queries):
    user = make_enterprise().account
    leave_messages(user, 2)
    leave_messages(user, 1, read=True)
    leave_messages(user, 1, channel="sms")
    leave_messages(make_enterprise().account, 1)
    with django_assert_num_queries(1):
        assert "未读 </span>2<" in menu_of(user)


def test_many_unread_messages_are_counted_up_to_a_cap():
    user = make_enterprise().account
    leave_messages(user, UNREAD_CAP - 1)
    assert "未读 </span>99<" in menu_of(user)
    leave_messages(user, 1)
    assert "未读 </span>99+<" in menu_of(user)


def test_without_unread_messages_no_number_stands_there():
    assert "side-menu__count" not in menu_of(make_enterprise().account)


@pytest.mark.parametrize("who", ["visitor", "officer"])
def test_nobody_else_costs_a_query(django_assert_num_queries, who):
    user = make_officer() if who == "officer" else AnonymousUser()
    with django_assert_num_queries(0):
        menu_of(user)
