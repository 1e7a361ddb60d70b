"""手机号修改 by 手机核验: code to the old number, code to the new one, only then the change."""
import datetime
import re

import pytest
from django.urls import reverse

from accounts.models import Notice, Session, VerificationCode
from accounts.services import codes
from accounts.services.mobile_change import change_by_phone, send_new_code
from accounts.tests.factories import make_legal_person, make_natural_person
from accounts.tests.request_facts import NEW
from accounts.tests.sms import age_codes, another, newest_code, texts_to
from portal.tools.errors import WrongState

pytestmark = pytest.mark.django_db
OLD = "13800001111"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def account():
    return make_legal_person(login_name="owner-1", mobile=OLD)


@pytest.fixture
def visitor(client, unused_address):
    client.defaults["REMOTE_ADDR"] = unused_address
    return client


@pytest.fixture
def page(visitor):
    address = reverse("accounts:mobile_change_phone")

    def send(step, follow=True, **values):
        return visitor.post(address, {"step": step} | values, follow=follow)

    send.get = lambda: visitor.get(address).content.decode()
    return send


def reach(page, *, login="owner-1", old=OLD, new=NEW):
    """Go to the last step."""
    page("old", login=login, old_mobile=old)
    page("old_code", code=newest_code(old))
    return page("new", new_mobile=new)


def test_both_codes_change_the_number_and_both_numbers_are_told(page, account):
    assert "新手机号" in reach(page).content.decode()
    account.refresh_from_db()
    assert account.mobile == OLD
    done = page("new_code", code=newest_code(NEW))
    assert done.redirect_chain[-1][0] == reverse("accounts:login")
    assert "绑定手机号已改为 139****9999" in done.content.decode()
    account.refresh_from_db()
    assert account.mobile == NEW
    assert "由本号码改为 139****9999" in texts_to(OLD)[0]
    assert "如非本人操作" in texts_to(OLD)[0]
    assert "绑定手机号已于" in texts_to(NEW)[0]
    message = Notice.objects.get(recipient=account, channel="message")
    assert message.title == "绑定手机号已修改"
    assert NEW not in message.body


def test_the_uscc_serves_instead_of_the_login_name(page, account):
    reach(page, login=f" {account.uscc.lower()} ")
    page("new_code", code=newest_code(NEW))
    account.refresh_from_db()
    assert account.mobile == NEW


def test_an_unknown_account_looks_like_a_known_one_and_gets_no_sms(page, visitor, account):
    known = page("old", login="owner-1", old_mobile=OLD).content.decode()
    page("old_code", action="restart")
    unknown = page("old", login="nobody-9", old_mobile="13800001112").content.decode()

    def shape(html):
        return html.split("<main")[1].split("</main>")[0].replace("138****1111", "").replace("138****1112", "")

    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", shape(known)) == token.sub("", shape(unknown))
    assert texts_to("13800001112") == []
    wrong = page("old_code", code="000000")
    assert wrong.status_code == 422
    assert "还可以再试 4 次" in wrong.content.decode()


def test_a_wrong_old_number_sends_nothing_and_no_code_opens_the_next_step(page, account):
    page("old", login="owner-1", old_mobile="13800001112")
    assert texts_to(OLD) == texts_to("13800001112") == []
    row = VerificationCode.objects.get()
    assert row.account is None
    # Whoever guesses the code that nobody was sent still does not get on.
    VerificationCode.objects.update(code_hash=codes._hash(row.purpose, "13800001112", "123456"))
    refused = page("old_code", code="123456")
    assert refused.status_code == 422
    assert "已失效" in refused.content.decode()
    assert "填写原手机号收到的验证码" in page.get()


def test_steps_cannot_be_skipped_or_repeated(page, account):
    page("new", new_mobile=NEW)
    assert "核验原手机号" in page.get()
    page("new_code", code="123456")
    assert not Notice.objects.exists()
    reach(page)
    code = newest_code(NEW)
    page("old_code", code=code)  # a page of an earlier step: nothing happens
    assert "填写新手机号收到的验证码" in page.get()
    page("new_code", code=code)
    account.refresh_from_db()
    assert account.mobile == NEW
    page("new_code", code=code)  # a second click starts again from the first step
    assert "核验原手机号" in page.get()


def test_a_wrong_new_code_changes_nothing_and_says_how_many_tries_are_left(page, account):
    reach(page)
    refused = page("new_code", code=another(newest_code(NEW)))
    assert refused.status_code == 422
    assert "您填写的验证码不正确，还可以再试 4 次" in refused.content.decode()
    account.refresh_from_db()
    assert account.mobile == OLD


def test_a_code_of_another_number_is_not_accepted(page, account):
    reach(page, new="13900008888")
    page("new_code", action="restart")
    age_codes(MINUTE)
    first = newest_code("13900008888")
    reach(page, new=NEW)
    assert page("new_code", code=first).status_code == 422
    account.refresh_from_db()
    assert account.mobile == OLD


def test_the_same_number_is_refused_with_the_reason(page, account):
    page("old", login="owner-1", old_mobile=OLD)
    page("old_code", code=newest_code(OLD))
    refused = page("new", new_mobile=OLD)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "就是现在绑定的手机号" in html
    assert f'value="{OLD}"' in html


def test_a_second_code_within_the_pause_is_refused_with_the_wait(page, account):
    page("old", login="owner-1", old_mobile=OLD)
    refused = page("old_code", action="again")
    assert refused.status_code == 429
    assert "刚刚已获取过验证码" in refused.content.decode()
    age_codes(MINUTE)
    again = page("old_code", action="again")
    assert "已重新发送验证码到 138****1111" in again.content.decode()
    assert VerificationCode.objects.count() == 2


def test_a_bad_number_keeps_what_was_typed(page, account):
    refused = page("old", login="owner-1", old_mobile="1380000")
    html = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="owner-1"' in html
    assert 'value="1380000"' in html
    assert "原绑定手机号：您填写的“1380000”格式不正确" in html


def test_what_is_kept_between_the_steps_is_not_readable_in_the_database(page, account):
    page("old", login="owner-1", old_mobile=OLD)
    session = Session.objects.get()
    assert OLD not in str(session.get_decoded())


def test_signed_in_the_bound_number_is_used_and_this_device_stays(visitor, page, account):
    visitor.force_login(account)
    elsewhere = type(visitor)()
    elsewhere.force_login(account)
    assert "138****1111" in page.get()
    page("old")
    page("old_code", code=newest_code(OLD))
    page("new", new_mobile=NEW)
    done = page("new_code", code=newest_code(NEW))
    assert done.redirect_chain[-1][0] == reverse("accounts:centre")
    assert "139****9999" in done.content.decode()
    assert elsewhere.get(reverse("accounts:centre")).status_code == 302


def test_signing_in_starts_the_task_again(visitor, page, account):
    page("old", login="owner-1", old_mobile=OLD)
    visitor.force_login(make_natural_person())
    assert "核验原手机号" in page.get()


def test_a_natural_person_may_change_by_phone(page):
    person = make_natural_person(login_name="person-7")
    person.mobile = OLD
    person.save()
    reach(page, login="person-7")
    page("new_code", code=newest_code(NEW))
    person.refresh_from_db()
    assert person.mobile == NEW


def test_an_account_changed_meanwhile_is_left_as_it_is(account, rf):
    send_new_code(mobile=NEW, account=account, request=rf.post("/"))
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    with pytest.raises(WrongState, match="从第一步重新开始"):
        change_by_phone(account=account, old_mobile=OLD, new_mobile=NEW, code=newest_code(NEW))
    account.refresh_from_db()
    assert account.mobile == OLD


def test_the_choice_names_both_ways_and_reads_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        html = client.get(reverse("accounts:mobile_change")).content.decode()
    for word in ("手机核验", "人工核验", "原绑定手机号已知", "原绑定手机号未知", "进度查询"):
        assert word in html
