"""The page of one filing at the review desk: everything in one place, nothing that is not the officer's."""
import pytest

from accounts.enums import OfficerRole
from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import Action, State, Visibility
from reviews.models import FieldComment
from reviews.services import decisions
from reviews.tests.factories import attach, change_answers, decide, make_filing, officer_of, submit

pytestmark = pytest.mark.django_db


def page_of(filing):
    return f"/admin/reviews/filing/{filing.pk}/change/"


def read(client, filing, **query):
    response = client.get(page_of(filing), query)
    assert response.status_code == 200
    return response.content.decode()


def comment(filing, user, field="products", text="请核对主导产品。", visibility=Visibility.ENTERPRISE):
    return decisions.add_comment(
        filing_id=filing.pk, user=user, section="basic", field=field, label="主导产品", text=text, visibility=visibility
    )


@pytest.fixture
def filing(client):
    made = make_filing(make_enterprise(name="南京精密机械有限公司"), state=State.IN_REVIEW, attachments=1)
    client.force_login(officer_of(made.desk))
    return made


def test_the_page_shows_who_what_and_the_verdict(client, filing):
    page = read(client, filing)
    for text in (
        "南京精密机械有限公司", filing.enterprise.uscc, filing.number, "江苏省南京市玄武区", "审核中",
        "自评得分 72 分，达到 60 分", "研发费用占比", "5.20%", "A. 5%以上", "A.5%以上（20分）", "缺少负债总额，暂不能计分",
        "近三年内获得国家级、省级科技奖励", "不满足",
        "矿山开采成套控制系统", "5,600.00", "发明专利", "南京市中小企业主管部门", "江苏省中小企业主管部门",
    ):  # fmt: skip
        assert text in page, text


def test_evidence_is_listed_with_size_hash_and_download(client, filing):
    file = filing.attachments.get()
    page = read(client, filing)
    assert f'href="/files/{file.pk}/"' in page
    assert file.name in page
    assert file.sha256[:12] in page


def test_personal_values_are_masked_also_in_the_difference(client, filing):
    page = read(client, filing)
    assert "138****5678" in page
    assert "13812345678" not in page
    decide(filing, Action.RETURN, comment="请更正联系人手机。")
    change_answers(filing, contact_mobile="13912340000")
    submit(filing)
    page = read(client, filing)
    assert "139****0000" in page
    assert "13912340000" not in page
    assert "13812345678" not in page


def test_the_difference_to_the_last_submission_is_shown_value_by_value(client, filing):
    assert "与上次提交的差异" not in read(client, filing)
    decide(filing, Action.RETURN, comment="请核对。")
    change_answers(filing, products="巷道支护装备")
    change_answers(filing, "figures", revenue=["5600", "4700", "4100"])
    attach(filing, name="补充执照.pdf")
    submit(filing)
    response = client.get(page_of(filing))
    changes = {change.label: (change.old, change.new) for change in response.context["page"].changes}
    assert changes["主导产品"] == ("矿山开采成套控制系统", "巷道支护装备")
    assert changes["营业收入（2024年）"] == ("4,800.00 万元", "4,700.00 万元")
    assert "补充执照.pdf" in changes["营业执照"][1]
    assert set(changes) == {"主导产品", "营业收入（2024年）", "营业执照"}
    assert "有修改" in response.content.decode()


def test_resubmitting_without_a_change_is_said_so(client, filing):
    decide(filing, Action.RETURN, comment="请核对。")
    submit(filing)
    assert "两次提交的内容完全相同" in read(client, filing)


def test_history_shows_who_said_what_and_tells_internal_from_visible(client, filing):
    decide(filing, Action.RETURN, comment="请补充审计报告。", note="电话已告知联系人。")
    submit(filing)
    page = read(client, filing)
    assert "请补充审计报告。" in page
    assert "电话已告知联系人。" in page
    assert page.index("电话已告知联系人。") > page.index('desk-tag--internal">内部')
    assert "第 2 次" in page


def test_an_old_snapshot_can_be_read_and_not_decided_on(client, filing):
    decide(filing, Action.RETURN, comment="请核对。")
    change_answers(filing, products="巷道支护装备")
    submit(filing)
    page = read(client, filing, snapshot=1)
    assert "您正在查看旧版本" in page
    assert "矿山开采成套控制系统" in page
    assert "巷道支护装备" not in page
    assert "/decide/approve/" not in page
    for number in ("99", "x", "-1", "9" * 30):
        assert client.get(page_of(filing), {"snapshot": number}).status_code == 404


def test_the_pdf_is_asked_for_by_post(client, filing):
    assert f'method="post" action="/filings/{filing.pk}/document/"' in read(client, filing)


@pytest.mark.parametrize("code", ["320500", "210202", "320106"])
def test_an_officer_of_another_area_does_not_find_the_filing(client, filing, code):
    client.force_login(make_officer(code))
    assert client.get(page_of(filing)).status_code == 404
    assert client.get(f"/admin/reviews/filing/{filing.pk}/decide/approve/").status_code == 404
    assert client.post(f"/admin/reviews/filing/{filing.pk}/comment/", {"target": "basic.products"}).status_code == 404


def test_a_draft_and_an_unknown_number_are_not_found(client, filing):
    draft = make_filing(state=State.DRAFT)
    assert client.get(page_of(draft)).status_code == 404
    for number in ("999999", "abc", "9" * 30):
        assert client.get(f"/admin/reviews/filing/{number}/change/").status_code == 404


def test_the_page_takes_no_post(client, filing):
    assert client.post(page_of(filing), {"state": "approved"}).status_code == 405
    filing.refresh_from_db()
    assert filing.state == State.IN_REVIEW


def test_a_viewer_sees_everything_and_is_told_why_he_cannot_decide(client, filing):
    client.force_login(make_officer("320100", OfficerRole.VIEWER))
    page = read(client, filing)
    assert "您的角色是“查阅”，可以查看，不能审核。" in page
    assert "/decide/" not in page
    assert "?comment=" not in page


def test_away_from_the_desk_the_page_says_who_has_it(client, filing):
    client.force_login(make_officer("320000"))
    page = read(client, filing)
    assert f"这件申报目前由{filing.desk.name}审核。" in page
    assert "/decide/" not in page


def test_a_comment_form_opens_at_the_field_without_script(client, filing):
    page = read(client, filing, comment="basic.products")
    assert 'name="target" value="basic.products"' in page
    row, next_row = page.index('id="at-basic.products"'), page.index('id="at-basic.contact_mobile"')
    assert row < page.index('name="target"') < next_row


@pytest.mark.parametrize("target", ["basic.products", "figures.revenue", "figures.patents", "basic.proof"])
def test_a_comment_is_written_at_a_field_and_taken_back(client, filing, target):
    address = f"/admin/reviews/filing/{filing.pk}/comment/"
    answer = client.post(address, {"target": target, "text": "请核对。", "visibility": "internal", "label": "假的"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{page_of(filing)}#at-{target}"
    written = FieldComment.objects.get()
    assert (written.target, written.visibility, written.text) == (target, "internal", "请核对。")
    assert written.label in {"主导产品", "营业收入", "知识产权", "营业执照"}
    assert "请核对。" in read(client, filing)
    assert client.get(f"{address}{written.pk}/remove/").status_code == 405
    client.post(f"{address}{written.pk}/remove/")
    assert not FieldComment.objects.exists()


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"text": "  ", "visibility": "internal"}, "请填写批注内容后再保存。"),
        ({"text": "请核对。"}, "请选择批注的可见范围"),
        ({"text": "长" * 1001, "visibility": "internal"}, "批注最多 1000 个字，现在有 1001 个字"),
    ],
)
def test_a_bad_comment_comes_back_at_its_field_with_what_was_typed(client, filing, posted, sentence):
    answer = client.post(f"/admin/reviews/filing/{filing.pk}/comment/", {"target": "basic.products"} | posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert posted["text"].strip() in page
    assert not FieldComment.objects.exists()


def test_a_comment_at_a_field_that_is_not_there_is_refused(client, filing):
    answer = client.post(
        f"/admin/reviews/filing/{filing.pk}/comment/", {"target": "basic.x", "text": "a", "visibility": "internal"}
    )
    assert answer.status_code == 404


def test_a_comment_that_was_too_late_is_refused_and_kept(client, filing):
    officer = officer_of(filing.desk)
    decide(filing)
    client.force_login(officer)
    answer = client.post(
        f"/admin/reviews/filing/{filing.pk}/comment/",
        {"target": "basic.products", "text": "晚了一步的批注", "visibility": "internal"},
    )
    assert answer.status_code == 403
    assert "晚了一步的批注" in answer.content.decode()
    assert not FieldComment.objects.exists()


def test_unsent_comments_belong_to_the_desk_and_sent_ones_to_all(client, filing):
    comment(filing, officer_of(filing.desk), text="市里的内部意见", visibility=Visibility.INTERNAL)
    province = make_officer("320000")
    client.force_login(province)
    assert "市里的内部意见" not in read(client, filing)
    decide(filing)
    assert "市里的内部意见" in read(client, filing)


def test_a_sent_comment_cannot_be_taken_back(client, filing):
    sent = comment(filing, officer_of(filing.desk))
    decide(filing, Action.RETURN, comment="请核对。")
    client.post(f"/admin/reviews/filing/{filing.pk}/comment/{sent.pk}/remove/")
    assert FieldComment.objects.filter(pk=sent.pk).exists()
    submit(filing)
    assert "第 1 次提交时的批注" in read(client, filing)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_with_one_and_three(client, django_assert_num_queries, rows):
    filing = make_filing(state=State.IN_REVIEW, attachments=rows)
    officer = officer_of(filing.desk)
    decide(filing, Action.RETURN, comment="请核对。")
    submit(filing)
    for n in range(rows):
        comment(filing, officer, text=f"第{n}条")
    client.force_login(officer)
    # As test_desk_filing_parts.py counts them; here with the comments of this round only.
    with django_assert_num_queries(18):
        client.get(page_of(filing))
