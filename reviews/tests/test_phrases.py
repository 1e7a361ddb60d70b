"""审核常用语: kept by each authority, offered below it too, and put into the reason of a decision."""
import pytest

from accounts.enums import OfficerRole
from accounts.tests.factories import make_enterprise, make_officer
from portal.tools.errors import NotPermitted, Refused
from reviews.enums import State
from reviews.models import Phrase
from reviews.queries.phrases import phrase_choices, phrases_for
from reviews.services import phrases
from reviews.tests.desk import confirm_page, make_phrase
from reviews.tests.factories import authority, make_filing

pytestmark = pytest.mark.django_db
PAGE = "/admin/reviews/phrase/"


@pytest.fixture
def officer(client):
    authority("320100")
    user = make_officer("320100", OfficerRole.REVIEWER)
    client.force_login(user)
    return user


def texts(user, action="return"):
    return [phrase.text for phrase in phrases_for(user, action)]


def test_a_city_is_offered_its_own_phrases_first_and_then_those_of_its_province(officer):
    make_phrase(authority("000000"), "部级用语")
    make_phrase(authority("320000"), "省级用语")
    make_phrase(authority("320500"), "苏州用语")
    make_phrase(authority("320102"), "区级用语")
    make_phrase(authority("320100"), "停用的", is_active=False)
    make_phrase(authority("320100"), "用于通过的", action="approve")
    make_phrase(authority("320100"), "第二条", position=2)
    make_phrase(authority("320100"), "第一条", position=1)
    assert texts(officer) == ["第一条", "第二条", "省级用语", "部级用语"]
    groups = phrase_choices(phrases_for(officer, "return"))
    assert [group for group, _ in groups] == [
        "", *(f"{authority(code).name}的常用语" for code in ("320100", "320000", "000000"))
    ]


def test_a_county_is_offered_the_phrases_of_every_authority_above_it():
    for code in ("000000", "320000", "320100"):
        make_phrase(authority(code), code)
    assert texts(make_officer("320102")) == ["320100", "320000", "000000"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_offer_is_one_query(officer, django_assert_num_queries, count):
    for n in range(count):
        make_phrase(authority("320100"), f"用语{n}")
    with django_assert_num_queries(1):
        assert len(phrases_for(officer, "return")) == count


def test_a_phrase_is_added_at_the_end_and_the_same_text_only_once(officer):
    first = phrases.add_phrase(user=officer, action="return", text=" 请补充审计报告。 ")
    second = phrases.add_phrase(user=officer, action="return", text="请补充社保证明。")
    phrases.switch_phrase(user=officer, phrase_id=first.pk, is_active=False)
    again = phrases.add_phrase(user=officer, action="return", text="请补充审计报告。")
    assert (again.pk, again.is_active, first.position, second.position) == (first.pk, True, 1, 2)


def test_phrases_change_places_and_stop_at_the_ends(officer):
    rows = [phrases.add_phrase(user=officer, action="return", text=text) for text in "甲乙丙"]
    phrases.move_phrase(user=officer, phrase_id=rows[2].pk, up=True)
    assert texts(officer) == ["甲", "丙", "乙"]
    phrases.move_phrase(user=officer, phrase_id=rows[0].pk, up=True)
    phrases.move_phrase(user=officer, phrase_id=rows[0].pk, up=False)
    assert texts(officer) == ["丙", "甲", "乙"]


def test_the_list_has_an_upper_limit_with_a_remedy(officer):
    for n in range(phrases.MOST_PHRASES):
        make_phrase(authority("320100"), f"用语{n}")
    with pytest.raises(Refused, match=f"已有 {phrases.MOST_PHRASES} 条.*请先"):
        phrases.add_phrase(user=officer, action="return", text="再来一条")


@pytest.mark.parametrize(
    ("action", "text", "words"), [("return", " ", "请填写"), ("return", "长" * 501, "501 个字"), ("submit", "好", "只用于")]
)
def test_a_phrase_that_cannot_be_kept_says_why(officer, action, text, words):
    with pytest.raises(Refused, match=words):
        phrases.add_phrase(user=officer, action=action, text=text)


@pytest.mark.parametrize("code", ["320500", "320000", "320102"])
def test_nobody_changes_the_phrases_of_another_authority(officer, code, client):
    foreign = make_phrase(authority(code), "别人的")
    for call in (
        lambda: phrases.change_phrase(user=officer, phrase_id=foreign.pk, text="我的"),
        lambda: phrases.move_phrase(user=officer, phrase_id=foreign.pk, up=True),
        lambda: phrases.switch_phrase(user=officer, phrase_id=foreign.pk, is_active=False),
    ):
        with pytest.raises(NotPermitted):
            call()
    client.post(f"{PAGE}{foreign.pk}/step/off/")
    foreign.refresh_from_db()
    assert (foreign.text, foreign.is_active) == ("别人的", True)
    assert client.get(f"{PAGE}{foreign.pk}/change/").status_code == 302  # stock answer for a row that is not there


def test_a_viewer_reads_and_changes_nothing(client):
    row = make_phrase(authority("320100"))
    viewer = make_officer("320100", OfficerRole.VIEWER)
    client.force_login(viewer)
    page = client.get(PAGE).content.decode()
    assert row.text in page
    assert "添加常用语" not in page
    assert "停用</button>" not in page
    assert client.get(f"{PAGE}add/").status_code == 403
    client.post(f"{PAGE}{row.pk}/step/off/")
    row.refresh_from_db()
    assert row.is_active
    with pytest.raises(NotPermitted, match="查阅"):
        phrases.add_phrase(user=viewer, action="return", text="好")


def test_the_page_adds_changes_orders_and_switches_off(client, officer):
    assert "本部门还没有审核常用语" in client.get(PAGE).content.decode()
    for text in ("甲用语", "乙用语"):
        assert client.post(f"{PAGE}add/", {"action": "return", "text": text}).status_code == 302
    first, second = Phrase.objects.order_by("position")
    client.post(f"{PAGE}{second.pk}/step/up/")
    assert texts(officer) == ["乙用语", "甲用语"]
    client.post(f"{PAGE}{first.pk}/change/", {"text": "甲用语改"})
    client.post(f"{PAGE}{second.pk}/step/off/")
    assert texts(officer) == ["甲用语改"]
    page = client.get(PAGE).content.decode()
    assert "停用</span>" in page
    assert "/step/on/" in page


@pytest.mark.parametrize(
    ("posted", "words"),
    [({"action": "", "text": "好"}, "请选择常用语用于"), ({"action": "return", "text": ""}, "请填写常用语的内容"),
     ({"action": "return", "text": "请补充审计报告。"}, "已在列表中")],
)  # fmt: skip
def test_a_mistake_comes_back_at_its_field_with_what_was_typed(client, officer, posted, words):
    make_phrase(authority("320100"))
    answer = client.post(f"{PAGE}add/", posted)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert posted["text"] in answer.content.decode()
    assert Phrase.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_one_and_three_phrases(client, officer, django_assert_num_queries, count):
    for n in range(count):
        make_phrase(authority("320100"), f"用语{n}")
    client.get(PAGE)
    with django_assert_num_queries(8):
        assert client.get(PAGE).content.decode().count("field-text") == count


def test_without_a_script_the_chosen_phrase_stands_before_the_typed_reason(client, officer):
    filing = make_filing(make_enterprise(), state=State.IN_REVIEW)
    phrase = make_phrase(authority("320000"), "请补充审计报告。")
    page = client.get(confirm_page(filing, "return")).content.decode()
    assert f'<optgroup label="{authority("320000").name}的常用语">' in page
    posted = {"seen_version": filing.version, "phrase": phrase.pk, "comment": "以及社保证明。"}
    client.post(confirm_page(filing, "return"), posted)
    assert filing.events.last().comment == "请补充审计报告。\n以及社保证明。"


def test_a_phrase_alone_is_a_reason(client, officer):
    filing = make_filing(state=State.IN_REVIEW)
    phrase = make_phrase(authority("320100"), "请补充审计报告。")
    client.post(confirm_page(filing, "return"), {"seen_version": filing.version, "phrase": phrase.pk, "comment": ""})
    assert filing.events.last().comment == "请补充审计报告。"


def test_a_form_that_comes_back_holds_the_phrase_once(client, officer):
    filing = make_filing(state=State.IN_REVIEW)
    phrase = make_phrase(authority("320100"), "请补充审计报告。")
    posted = {"seen_version": "", "phrase": phrase.pk, "comment": "以及社保证明。"}
    answer = client.post(confirm_page(filing, "return"), posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请补充审计报告。\n以及社保证明。</textarea>" in page
    assert f'value="{phrase.pk}" selected' not in page


def test_a_phrase_that_was_switched_off_meanwhile_is_named_and_the_text_stays(client, officer):
    filing = make_filing(state=State.IN_REVIEW)
    phrase = make_phrase(authority("320100"), is_active=False)
    answer = client.post(
        confirm_page(filing, "return"), {"seen_version": filing.version, "phrase": phrase.pk, "comment": "我的意见"}
    )
    assert answer.status_code == 422
    assert "我的意见" in answer.content.decode()
    filing.refresh_from_db()
    assert filing.state == State.IN_REVIEW


def test_a_reason_can_be_kept_as_a_phrase_of_the_own_authority(client, officer):
    filing = make_filing(state=State.IN_REVIEW)
    posted = {"seen_version": filing.version, "comment": "营业执照已过期。", "keep_phrase": "on"}
    page = client.post(confirm_page(filing, "return"), posted, follow=True).content.decode()
    kept = Phrase.objects.get()
    assert (kept.authority.code, kept.action, kept.text) == ("320100", "return", "营业执照已过期。")
    assert "意见已保存为本部门的常用语。" in page


def test_a_full_list_keeps_the_decision_and_says_that_the_phrase_was_not_kept(client, officer):
    for n in range(phrases.MOST_PHRASES):
        make_phrase(authority("320100"), f"用语{n}")
    filing = make_filing(state=State.IN_REVIEW)
    posted = {"seen_version": filing.version, "comment": "营业执照已过期。", "keep_phrase": "on"}
    page = client.post(confirm_page(filing, "return"), posted, follow=True).content.decode()
    filing.refresh_from_db()
    assert filing.state == State.RETURNED
    assert "意见没有保存为常用语" in page
