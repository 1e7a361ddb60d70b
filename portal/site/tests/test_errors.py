"""Error pages: plain Chinese, the right status, a way on; JSON for the portal's own scripts."""
import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import make_enterprise, make_officer

SCRIPT = {"X-Requested-With": "XMLHttpRequest"}

pytestmark = pytest.mark.urls("portal.site.tests.urls_with_faults")


@pytest.fixture
def visitor():
    """A browser that shows error pages and checks tokens as a real one has to."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/test/suspicious/", 400, "请求无法识别"),
        ("/test/large/", 413, "请求无法识别"),
        ("/test/denied/", 403, "无权访问"),
        ("/no/such/page/", 404, "没有找到该页面"),
        ("/test/broken/", 500, "系统暂时无法完成操作"),
        ("/test/refused/", 409, "无法办理"),
    ],
)
def test_every_error_has_a_chinese_page_with_its_status_and_a_way_back(visitor, path, status, heading):
    response = visitor.get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert 'href="/">返回首页</a>' in page
    assert "internal reason" not in page
    assert "a fault of ours" not in page


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/test/suspicious/", 400, "bad_request"),
        ("/test/large/", 413, "too_large"),
        ("/test/denied/", 403, "not_permitted"),
        ("/no/such/page/", 404, "not_found"),
        ("/test/broken/", 500, "server_error"),
        ("/test/refused/", 409, "wrong_state"),
    ],
)
def test_a_script_gets_every_error_as_json_with_a_sentence(visitor, path, status, code):
    response = visitor.get(path, headers=SCRIPT)
    assert response.status_code == status
    assert response.json()["code"] == code
    assert response.json()["message"].endswith("。")


def test_a_stale_token_says_that_what_was_typed_is_not_lost_and_how_to_go_on(visitor):
    response = visitor.post("/test/form/", {"name": "测试"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "<h1>页面已过期</h1>" in page
    assert "刚才的操作没有执行" in page
    assert "【后退】" in page
    assert "刷新页面" in page


def test_a_script_with_a_stale_token_gets_json(visitor):
    response = visitor.post("/test/form/", headers=SCRIPT)
    assert response.status_code == 403
    assert response.json() == {
        "code": "csrf",
        "message": "页面已过期，刚才的操作没有执行。您填写的内容仍在本页，请刷新页面后重试。",
    }


def test_a_refusal_shows_its_sentence_and_the_link_that_helps(visitor):
    page = visitor.get("/test/refused/").content.decode()
    assert "该申报已提交，不能修改。" in page
    assert 'href="/windows/">查看当前可申报省市</a>' in page


@pytest.mark.django_db
def test_an_account_without_the_right_is_told_which_account_it_uses(visitor):
    visitor.force_login(make_enterprise("测试精密机械有限公司").account)
    page = visitor.get("/test/denied/").content.decode()
    assert "您当前登录的账户是“测试精密机械有限公司”" in page
    assert f'href="{reverse("applications:home")}">返回企业主页</a>' in page


@pytest.mark.django_db
def test_an_officer_is_led_back_to_the_review_desk(visitor):
    visitor.force_login(make_officer())
    page = visitor.get("/no/such/page/").content.decode()
    assert f'href="{reverse("admin:index")}">返回审核工作台</a>' in page


@pytest.mark.django_db
def test_the_page_of_a_fault_of_ours_asks_nothing_of_the_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = visitor.get("/test/broken/")
    assert response.status_code == 500
