"""【注册】 as a person meets it."""
import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.enums import SignInResult, UserKind
from accounts.models import Notice, SignInLog, User, VerificationCode
from accounts.services.registration import register_natural_person
from accounts.tests.factories import make_legal_person, make_natural_person
from accounts.tests.sms import age_codes, another, newest_code
from accounts.uscc import invented_uscc
from portal.tools.errors import Invalid

pytestmark = pytest.mark.django_db
CHOICE, LEGAL, NATURAL = "/accounts/register/", "/accounts/register/legal-person/", "/accounts/register/natural-person/"
CODE, DONE = "/accounts/register/code/", "/accounts/register/done/"
MOBILE, PASSWORD = "13800003333", "Juniper-Radio-4417"
ID_CARD = "110101199003070011"
FILLED = {
    "uscc": invented_uscc(7001), "declared_name": "测试精密机械有限公司", "legal_representative": "张三",
    "document_type": "id_card", "document_number": ID_CARD, "login_name": "jingmi-01",
    "password1": PASSWORD, "password2": PASSWORD, "mobile": MOBILE,
}  # fmt: skip
PERSON = {"person_name": "李四", "login_name": "lisi-88", "password1": PASSWORD, "password2": PASSWORD, "mobile": MOBILE}


@pytest.fixture(autouse=True)
def no_look_ups_yet():
    """The count of look-ups lives in the cache, which outlives a test."""
    cache.clear()


def register(client, address=LEGAL, **changes):
    """Ask for a code, fill in the form and send it; ``code`` among the changes replaces the right code."""
    filled = (FILLED if address == LEGAL else PERSON) | changes
    age_codes(datetime.timedelta(minutes=1))
    assert client.post(CODE, {"mobile": filled["mobile"]}, headers={"X-Requested-With": "XMLHttpRequest"}).json()["ok"]
    return client.post(address, {"code": newest_code(filled["mobile"])} | filled)


def test_the_choice_says_plainly_that_only_a_legal_person_can_file(client):
    html = client.get(CHOICE).content.decode()
    assert "只有【法人账户】可以申报" in html
    assert f'href="{LEGAL}"' in html
    assert f'href="{NATURAL}"' in html
    assert f'href="{CHOICE}">注册</a>' in client.get("/").content.decode()
    assert "自然人账户不能申报" in client.get(NATURAL).content.decode()


def test_an_enterprise_registers_is_signed_in_and_told_what_comes_next(client):
    answer = register(client)
    assert (answer.status_code, answer["Location"]) == (302, DONE)
    account = User.objects.get(login_name="jingmi-01")
    assert account.kind == UserKind.LEGAL_PERSON
    assert {name: getattr(account, name) for name in FILLED if not name.startswith("password")} == {
        name: value for name, value in FILLED.items() if not name.startswith("password")
    }
    assert (account.verified_name, account.real_name_verified_at) == ("", None)
    assert account.check_password(PASSWORD)
    html = client.get(DONE).content.decode()
    assert "登录名是 <strong>jingmi-01</strong>" in html
    assert f'href="{reverse("accounts:real_name")}">实名认证</a>' in html
    assert "完善企业基本信息" in html
    assert SignInLog.objects.get().result == SignInResult.SUCCESS
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_person_registers_and_is_told_that_it_cannot_file(client):
    assert register(client, NATURAL)["Location"] == DONE
    account = User.objects.get(login_name="lisi-88")
    assert (account.kind, account.uscc, account.person_name) == (UserKind.NATURAL_PERSON, None, "李四")
    assert "不能申报" in client.get(DONE).content.decode()


@pytest.mark.parametrize("write", [
    lambda code: code.lower(),
    lambda code: f"  {code[:8]} {code[8:17]}-{code[17:]} ",
    lambda code: "".join(chr(ord(char) + 0xFEE0) for char in code),
])  # fmt: skip
def test_a_uscc_is_understood_however_it_is_typed(client, write):
    assert register(client, uscc=write(FILLED["uscc"])).status_code == 302
    assert User.objects.get().uscc == FILLED["uscc"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("uscc", FILLED["uscc"][:-1], "共 17 位，统一社会信用代码应为 18 位"),
        ("uscc", FILLED["uscc"][:-1] + ("0" if FILLED["uscc"][-1] != "0" else "1"), "校验码（最后一位）不符"),
        ("uscc", "I" + FILLED["uscc"][1:], "前 8 位应为数字"),
        ("uscc", "", "统一社会信用代码：此项必填"),
        ("declared_name", "字" * 121, "超过上限 120 个字"),
        ("document_number", "110101199003070012", "校验码（最后一位）不符"),
        ("document_number", "110101199002300018", "第 7 至 14 位“19900230”不是有效的出生日期"),
        ("document_number", "110101209003070010", "第 7 至 14 位“20900307”不是有效的出生日期"),
        ("document_number", "1101011990", "居民身份证号码应为 18 位"),
        ("document_type", "library_card", "不在可选范围内"),
        ("login_name", "9abc", "4 至 40 位，以字母开头"),
        ("login_name", "公司", "4 至 40 位，以字母开头"),
        ("mobile", "12345", "应为 11 位手机号"),
        ("code", "12ab", "应为短信中的 6 位数字"),
        ("code", "", "请点击【获取验证码】"),
        ("password1", "Short-1", "至少需要 10 个字符"),
        ("password1", "x" * 129, "最多 128 个字符"),
        ("password1", "password123456", "容易被猜中"),
        ("password1", "Jingmi-01-2026", "容易被猜中"),
        ("password1", f"ABCD{FILLED['uscc']}", "容易被猜中"),
        ("password2", "Juniper-Radio-4418", "两次输入的密码不一致"),
    ],
)
def test_a_value_that_breaks_a_rule_is_named_with_the_rule_and_what_was_typed_stays(client, field, value, sentence):
    changed = FILLED | {"code": "123456", field: value}
    if field == "password1":
        changed["password2"] = value
    page = client.post(LEGAL, changed)
    html = page.content.decode()
    assert page.status_code == 422
    assert sentence in html
    assert 'value="测试精密机械有限公司"' in html or field == "declared_name"
    assert PASSWORD not in html
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("document_type", "number", "right"),
    [
        ("id_card", "11010119900307001x", False), ("id_card", " 110101 19900307 0011 ", True),
        ("hk_macao", "h12345678", True), ("hk_macao", "H1234567890", True), ("hk_macao", "12345678", False),
        ("taiwan", "12345678", True), ("taiwan", "H12345678", False),
        ("passport", "E12345678", True), ("passport", "E-12 345678", True), ("passport", "E123", False),
        ("passport", "护照12345", False), ("foreign_resident", "CHN123456789012", True),
        ("foreign_resident", "911124198108030024", True), ("foreign_resident", "911124198108030025", False),
        ("foreign_resident", ID_CARD, False),
    ],
)  # fmt: skip
def test_a_document_number_is_checked_by_the_rule_of_its_type(client, document_type, number, right):
    answer = register(client, document_type=document_type, document_number=number)
    assert (answer.status_code == 302) == right
    if not right:
        assert f"法定代表人证件号码：您填写的“{number.strip()}”" in answer.content.decode()


def test_a_uscc_that_exists_is_said_to_exist_and_the_three_ways_out_are_links(client):
    owner = make_legal_person(uscc=FILLED["uscc"], mobile="13912345678", login_name="secret-owner")
    page = register(client)
    html = page.content.decode()
    assert page.status_code == 409
    assert "统一社会信用代码已存在" in html
    ways = html[html.index("ways-out__list") : html.index("</section>")]
    for name, address in (
        ("登录", reverse("accounts:login")),
        ("忘记密码", reverse("accounts:recover")),
        ("手机号修改", reverse("accounts:mobile_change")),
        ("电子营业执照扫码登录", reverse("accounts:scan", args=["sign_in"])),
    ):
        assert f'href="{address}">{name}</a>' in ways
        assert client.get(address).status_code == 200
    registered = f"{owner.date_joined.year}年"
    for secret in (owner.login_name, owner.verified_name, "13912345678", "139****5678", registered):
        assert secret not in html.replace(FILLED["mobile"], "")
    assert not VerificationCode.objects.get().used_at, "the code is still good for the corrected form"


def test_that_a_uscc_exists_is_told_even_when_the_rest_is_not_filled_in_yet(client):
    make_legal_person(uscc=FILLED["uscc"])
    page = client.post(LEGAL, {"uscc": FILLED["uscc"]})
    assert page.status_code == 409
    assert "统一社会信用代码已存在" in page.content.decode()


@pytest.mark.parametrize("taken", ["jingmi-01", "JINGMI-01"])
def test_a_login_name_that_exists_in_whatever_case_is_refused(client, taken):
    make_natural_person(login_name=taken)
    page = register(client)
    assert page.status_code == 422
    assert "登录名：“jingmi-01”已被使用（不区分大小写）" in page.content.decode()


def test_the_thirty_first_question_of_an_address_in_an_hour_is_refused_and_another_address_goes_on(client, settings):
    make_legal_person(uscc=FILLED["uscc"])
    for _ in range(settings.LOOK_UPS_PER_HOUR):
        assert client.post(LEGAL, {"uscc": FILLED["uscc"]}).status_code == 409
    page = client.post(LEGAL, FILLED)
    html = page.content.decode()
    assert page.status_code == 429
    assert "每小时最多 30 次" in html
    assert "已存在" not in html
    assert f'value="{FILLED["uscc"]}"' in html
    assert client.post(LEGAL, {"uscc": FILLED["uscc"]}, REMOTE_ADDR="192.0.2.9").status_code == 409


def test_without_the_cache_no_question_is_answered(client, settings, tmp_path):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"unix://{tmp_path / 'nobody.sock'}",
        }
    }
    make_legal_person(uscc=FILLED["uscc"])
    page = client.post(LEGAL, {"uscc": FILLED["uscc"]})
    assert page.status_code == 503
    assert "暂时无法核对账户" in page.content.decode()
    assert "已存在" not in page.content.decode()


@pytest.mark.parametrize("code", ["wrong", "replayed"])
def test_without_the_right_code_there_is_no_account(client, code):
    if code == "replayed":
        client.post(CODE, {"mobile": MOBILE})
        used = newest_code(MOBILE)
        assert client.post(NATURAL, PERSON | {"code": used}).status_code == 302
        client.logout()
        page = client.post(LEGAL, FILLED | {"code": used})
        assert "已经使用过" in page.content.decode()
    else:
        assert client.post(CODE, {"mobile": MOBILE}).status_code == 200
        page = client.post(LEGAL, FILLED | {"code": another(newest_code(MOBILE))})
        assert "验证码不正确，还可以再试 4 次" in page.content.decode()
    assert page.status_code == 422
    assert not User.objects.filter(login_name="jingmi-01").exists()


def test_without_script_the_button_for_a_code_keeps_what_was_typed_except_passwords(client):
    page = client.post(LEGAL, FILLED | {"action": "code", "login_name": ""})
    html = page.content.decode()
    assert page.status_code == 200
    assert "验证码已发送到 138****3333，5 分钟内有效" in html
    assert "error-summary" not in html
    for name in ("uscc", "declared_name", "legal_representative", "document_number", "mobile"):
        assert f'value="{FILLED[name]}"' in html
    assert PASSWORD not in html
    assert len(newest_code(MOBILE)) == 6
    again = client.post(LEGAL, FILLED | {"action": "code"})
    assert again.status_code == 429
    assert "刚刚已获取过验证码" in again.content.decode()


def test_without_script_a_wrong_number_is_named_and_nothing_else(client):
    page = client.post(LEGAL, {"action": "code", "mobile": "123"})
    assert page.status_code == 422
    assert page.content.decode().count("您填写的“123”格式不正确") == 2  # summary and field
    assert "此项必填" not in page.content.decode()
    assert not Notice.objects.exists()


def test_the_script_is_told_the_seconds_to_wait(client):
    first = client.post(CODE, {"mobile": MOBILE})
    assert first.json() == {"ok": True, "message": "验证码已发送到 138****3333，5 分钟内有效。", "wait": 60}
    second = client.post(CODE, {"mobile": MOBILE})
    assert second.status_code == 429
    assert second.json()["ok"] is False
    assert 55 <= second.json()["wait"] <= 60
    assert client.post(CODE, {"mobile": "1"}).status_code == 422
    assert client.get(CODE).status_code == 405


def test_a_code_request_without_the_pages_token_is_refused():
    assert Client(enforce_csrf_checks=True).post(CODE, {"mobile": MOBILE}).status_code == 403
    assert not VerificationCode.objects.exists()


def test_whoever_is_signed_in_does_not_register_again(client):
    client.force_login(make_legal_person())
    for address in (CHOICE, LEGAL, NATURAL):
        assert client.get(address).status_code == 302


def test_the_service_refuses_what_no_form_would_let_through():
    with pytest.raises(Invalid, match="登录名为 4 至 40 位"):
        register_natural_person(person_name="李四", login_name="1", password=PASSWORD, mobile=MOBILE)
