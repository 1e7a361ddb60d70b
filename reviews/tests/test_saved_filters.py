"""常用筛选: an officer keeps filters under names, finds them above the list, changes names and order."""
import pytest

from accounts.tests.factories import make_enterprise, make_officer
from portal.tools.errors import NotPermitted, Refused
from reviews.models import SavedFilter
from reviews.services import saved_filters

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/filing/"
SAVED = f"{LIST}saved/"


@pytest.fixture
def officer(client):
    officer = make_officer("320100")
    client.force_login(officer)
    return officer


def keep(officer, name, query="due=overdue"):
    return saved_filters.save_filter(user=officer, name=name, query=query)


def names(officer):
    return list(officer.saved_filters.order_by("position", "id").values_list("name", flat=True))


def test_a_saved_filter_stands_above_the_list_as_a_link_to_the_same_rows(client, officer):
    answer = client.post(f"{SAVED}save/", {"name": " 本周  到期 ", "query": "kind=test_update&due=soon&after=1.1&x=1"})
    assert answer["Location"] == f"{LIST}?kind=test_update&due=soon"
    page = client.get(answer["Location"]).content.decode()
    assert "已保存常用筛选“本周 到期”。" in page
    assert '<a href="?kind=test_update&amp;due=soon" aria-current="true">本周 到期</a>' in page
    assert '<a href="?kind=test_update&amp;due=soon">本周 到期</a>' in client.get(LIST).content.decode()


def test_filters_are_each_officers_own(client, officer):
    kept = keep(officer, "超期")
    colleague = make_officer("320100")
    client.force_login(colleague)
    assert "超期</a>" not in client.get(LIST).content.decode()
    assert "超期" not in client.get(SAVED).content.decode()
    for wish in ("rename", "up", "down"):
        answer = client.post(f"{SAVED}{kept.pk}/", {"do": wish, "name": "改了"})
        assert answer.status_code == 404
        assert "这个常用筛选已不存在，请刷新后重试。" in answer.content.decode()
    client.post(f"{SAVED}{kept.pk}/", {"do": "delete"})
    assert names(officer) == ["超期"]


def test_a_name_in_use_asks_whether_to_overwrite(client, officer):
    keep(officer, "常看", "due=overdue")
    answer = client.post(f"{SAVED}save/", {"name": "常看", "query": "scope=all&warning=yes"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "您已有名为“常看”的常用筛选，请换一个名称，或选择覆盖。" in page
    assert 'value="常看"' in page
    assert "范围：我辖区全部；核验提示：有核验提示" in page
    assert officer.saved_filters.get().query == "due=overdue"
    client.post(f"{SAVED}save/", {"name": "常看", "query": "scope=all&warning=yes", "overwrite": "yes"})
    assert officer.saved_filters.get().query == "scope=all&warning=yes"


def test_saving_the_same_twice_changes_nothing(client, officer):
    for _ in range(2):
        answer = client.post(f"{SAVED}save/", {"name": "常看", "query": "due=overdue"})
        assert answer.status_code == 302
    assert names(officer) == ["常看"]


@pytest.mark.parametrize(
    ("name", "sentence"), [("  ", "名称没有填写"), ("长" * 41, "有 41 个字，最多 40 个字，请缩短。")]
)
def test_a_name_that_cannot_be_kept_comes_back(client, officer, name, sentence):
    answer = client.post(f"{SAVED}save/", {"name": name, "query": "due=overdue"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{name}"' in answer.content.decode()
    assert names(officer) == []


def test_twenty_are_enough_and_one_of_them_can_still_be_overwritten(client, officer):
    for n in range(20):
        keep(officer, f"第{n}个")
    answer = client.post(f"{SAVED}save/", {"name": "再来一个", "query": "due=soon"})
    assert answer.status_code == 409
    assert "常用筛选最多保存 20 个，请先删除不用的再保存。" in answer.content.decode()
    saved_filters.save_filter(user=officer, name="第3个", query="due=soon", overwrite=True)
    assert SavedFilter.objects.get(name="第3个").query == "due=soon"
    assert len(names(officer)) == 20


def test_renaming_keeps_place_and_conditions_and_refuses_a_name_in_use(client, officer):
    first, second = keep(officer, "甲"), keep(officer, "乙", "due=soon")
    answer = client.post(f"{SAVED}{second.pk}/", {"do": "rename", "name": "甲"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "您已有名为“甲”的常用筛选，请换一个名称。" in page
    assert page.count('aria-invalid="true"') == 1
    answer = client.post(f"{SAVED}{first.pk}/", {"do": "rename", "name": "丙"})
    assert answer["Location"] == SAVED
    assert names(officer) == ["丙", "乙"]
    first.refresh_from_db()
    assert first.query == "due=overdue"


def test_filters_are_moved_up_and_down_and_stop_at_the_ends(client, officer):
    kept = {name: keep(officer, name) for name in "甲乙丙"}
    for name, wish, order in (
        ("丙", "up", "甲丙乙"), ("丙", "up", "丙甲乙"), ("丙", "up", "丙甲乙"), ("甲", "down", "丙乙甲"),
        ("甲", "down", "丙乙甲"),
    ):  # fmt: skip
        client.post(f"{SAVED}{kept[name].pk}/", {"do": wish})
        assert "".join(names(officer)) == order


def test_deleting_twice_is_harmless(client, officer):
    kept = keep(officer, "甲")
    page = client.post(f"{SAVED}{kept.pk}/", {"do": "delete"}, follow=True).content.decode()
    assert "已删除常用筛选“甲”。" in page
    assert "还没有常用筛选" in page
    assert client.post(f"{SAVED}{kept.pk}/", {"do": "delete"}).status_code == 302


def test_get_writes_nothing(client, officer):
    kept = keep(officer, "甲")
    assert client.get(f"{SAVED}save/", {"name": "乙"}).status_code == 405
    assert client.get(f"{SAVED}{kept.pk}/", {"do": "delete"}).status_code == 405
    assert names(officer) == ["甲"]


def test_an_enterprise_keeps_none():
    with pytest.raises(NotPermitted):
        keep(make_enterprise().account, "甲")


def test_a_filter_too_long_to_keep_is_refused(officer, monkeypatch):
    monkeypatch.setattr(saved_filters, "QUERY_LENGTH", 5)
    with pytest.raises(Refused, match="筛选条件太长"):
        keep(officer, "甲")


@pytest.mark.parametrize("filters", [1, 3])
def test_the_page_of_the_filters_takes_the_same_queries_for_one_and_for_three(
    client, officer, django_assert_num_queries, filters
):
    for n in range(filters):
        keep(officer, f"第{n}个")
    # session, account, authority, filters; then the session is saved (3).
    with django_assert_num_queries(7):
        client.get(SAVED)
