import pytest
from django.urls import reverse

from accounts.tests.factories import make_enterprise
from applications.services.evidence import attach_evidence
from applications.tests.filled import TYPED, make_complete_draft, make_draft, make_submitted, pdf, type_in
from reviews.enums import State
from reviews.services import decisions
from reviews.tests.factories import officer_of

pytestmark = pytest.mark.django_db

SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


def url(name, filing):
    return reverse(f"applications:{name}", args=[filing.pk])


def signed_in(client, filing):
    client.force_login(filing.enterprise.account)
    return client


def posted(filing, **changes):
    """Return what a browser without script posts for the whole form."""
    data = {"version": filing.version, "action": "save"}
    for section, fields in TYPED.items():
        data |= {f"{section}-{name}": text for name, text in fields.items()}
    return data | changes


def returned(filing, *comments):
    """Return the filing with comments at fields: (section, field, label, text, visibility)."""
    officer = officer_of(filing.desk)
    for section, field, label, text, visibility in comments:
        decisions.add_comment(
            filing_id=filing.pk, user=officer, section=section, field=field, label=label, text=text,
            visibility=visibility,
        )  # fmt: skip
    decisions.return_filing(filing_id=filing.pk, user=officer, seen_version=filing.version, comment="请按意见修改。")
    filing.refresh_from_db()
    return filing


def test_the_page_shows_every_section_with_its_state_and_the_four_buttons(client):
    page = signed_in(client, filing := make_draft()).get(url("fill", filing)).content.decode()
    for title in ("企业基本情况", "经济效益和经营情况", "创新能力", "专业化", "直通条件", "佐证材料", "真实性声明"):
        assert title in page
    for label in ("暂存", "提交", "下载", "返回", "实名信息同步"):
        assert f">{label}</" in page
    assert "未开始" in page
    assert "已完成" in page


def test_every_field_has_the_anchor_that_the_error_summary_links_to(client):
    filing = make_draft()
    page = signed_in(client, filing).get(url("fill", filing)).content.decode()
    check = client.get(url("check", filing))
    anchors = {problem.anchor for problem in check.context["problems"]}
    assert len(anchors) > 20
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


def test_a_blank_draft_shows_no_complaints(client):
    page = signed_in(client, filing := make_draft()).get(url("fill", filing)).content.decode()
    assert "此项必填" not in page
    assert 'aria-invalid="true"' not in page


def test_a_wrong_value_is_shown_as_typed_with_its_sentence(client):
    filing = make_draft(values={"economy": {"revenue_y1": "-5"}})
    page = signed_in(client, filing).get(url("fill", filing)).content.decode()
    assert 'value="-5"' in page
    assert "您填写的“-5”小于 0" in page


def test_saving_without_script_keeps_everything_and_says_so(client):
    filing = make_draft()
    answer = signed_in(client, filing).post(url("fill", filing), posted(filing), follow=True)
    filing.refresh_from_db()
    assert filing.answers["economy"] == TYPED["economy"]
    assert filing.answers["statement"]["declared"] == "yes"
    assert "暂存成功" in answer.content.decode()


def test_an_unticked_box_is_stored_as_unticked(client):
    filing = make_draft(values=TYPED)
    data = posted(filing)
    del data["statement-declared"]
    signed_in(client, filing).post(url("fill", filing), data)
    filing.refresh_from_db()
    assert filing.answers["statement"]["declared"] == ""


def test_submit_on_the_form_saves_and_goes_to_the_check_page(client):
    filing = make_draft()
    answer = signed_in(client, filing).post(url("fill", filing), posted(filing, action="check"))
    assert answer.url == url("check", filing)
    filing.refresh_from_db()
    assert filing.answers["specialization"] == TYPED["specialization"]


def test_files_are_stored_with_the_form_and_a_refused_one_keeps_the_rest(client):
    filing = make_draft()
    data = posted(filing) | {"file-evidence.licence": pdf("执照.pdf"), "file-evidence.other": pdf("坏.exe")}
    answer = signed_in(client, filing).post(url("fill", filing), data)
    assert answer.status_code == 415
    assert "“坏.exe”是 .exe 文件" in answer.content.decode()
    assert [row.name for row in filing.attachments.all()] == ["执照.pdf"]
    filing.refresh_from_db()
    assert filing.answers["economy"] == TYPED["economy"]


def test_a_file_can_be_removed_without_script_and_nothing_typed_is_lost(client):
    filing = make_complete_draft()
    licence = filing.attachments.get(slot="evidence.licence")
    data = posted(filing, remove=licence.pk) | {"specialization-main_product": "新产品"}
    del data["action"]
    answer = signed_in(client, filing).post(url("fill", filing), data, follow=True)
    assert f"已移除“{licence.name}”" in answer.content.decode()
    licence.refresh_from_db()
    assert licence.removed_at
    filing.refresh_from_db()
    assert filing.answers["specialization"]["main_product"] == "新产品"


def test_a_conflict_without_script_keeps_what_was_typed_and_marks_what_differs(client):
    filing = make_draft(values=TYPED)
    old = filing.version
    type_in(filing, {"economy": {"revenue_y1": "7777"}})
    data = posted(filing, version=old) | {"specialization-main_product": "我写的产品"}
    answer = signed_in(client, filing).post(url("fill", filing), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="我写的产品"' in page
    assert page.count("另一窗口的内容：") == 2
    assert "另一窗口的内容：<span>7777</span>" in page
    filing.refresh_from_db()
    assert filing.answers["specialization"]["main_product"] == TYPED["specialization"]["main_product"]
    again = client.post(url("fill", filing), data | {"version": answer.context["filing"].version})
    assert again.status_code == 302
    filing.refresh_from_db()
    assert filing.answers["specialization"]["main_product"] == "我写的产品"


def test_autosave_answers_with_version_score_computed_fields_and_states(client):
    filing = make_draft()
    data = {"version": filing.version, "section": "economy"}
    data |= {f"economy-{name}": text for name, text in TYPED["economy"].items()}
    answer = signed_in(client, filing).post(url("save_section", filing), data, **SCRIPT)
    body = answer.json()
    assert answer.status_code == 200
    assert body["version"] == filing.version + 1
    assert body["computed"]["rd_ratio_y1"] == {"shown": "5.36", "reason": ""}
    assert body["states"]["economy"] == {"code": "done", "label": "已完成"}
    assert body["derived"]["f-basic-size_class"]["shown"] == "小型"
    assert "自评得分" in body["panel"]
    assert body["errors"] == {}


def test_autosave_of_one_section_does_not_untick_the_declaration(client):
    filing = make_draft(values=TYPED)
    data = {"version": filing.version, "section": "economy", "economy-revenue_y1": "1"}
    signed_in(client, filing).post(url("save_section", filing), data, **SCRIPT)
    filing.refresh_from_db()
    assert filing.answers["statement"]["declared"] == "yes"


def test_autosave_names_the_fields_with_wrong_values(client):
    filing = make_draft()
    data = {"version": filing.version, "section": "economy", "economy-revenue_y1": "12345678901234567890"}
    body = signed_in(client, filing).post(url("save_section", filing), data, **SCRIPT).json()
    assert "超过上限" in body["errors"]["f-economy-revenue_y1"][0]


def test_a_stale_autosave_gets_the_other_windows_values(client):
    filing = make_draft()
    old = filing.version
    type_in(filing, {"economy": {"revenue_y1": "100"}})
    data = {"version": old, "section": "economy", "economy-revenue_y1": "200"}
    answer = signed_in(client, filing).post(url("save_section", filing), data, **SCRIPT)
    body = answer.json()
    assert answer.status_code == 409
    assert body["code"] == "stale"
    assert body["version"] == filing.version
    assert body["theirs"]["economy-revenue_y1"] == {"label": "2025年营业收入", "value": "100"}


def test_an_autosave_after_the_session_has_ended_gets_401(client):
    filing = make_draft()
    answer = client.post(url("save_section", filing), {"version": 1, "section": "economy"}, **SCRIPT)
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"


def test_an_autosave_under_review_says_who_can_return_it(client):
    filing = make_submitted()
    data = {"version": filing.version, "section": "economy", "economy-revenue_y1": "1"}
    answer = signed_in(client, filing).post(url("save_section", filing), data, **SCRIPT)
    assert answer.status_code == 409
    assert f"{filing.desk.name}退回" in answer.json()["message"]


@pytest.mark.parametrize("name", ["fill", "check", "filing"])
def test_the_filing_of_another_enterprise_is_not_found(client, name):
    filing = make_draft()
    client.force_login(make_enterprise().account)
    assert client.get(url(name, filing)).status_code == 404


@pytest.mark.parametrize("name", ["save_section", "submit", "attach", "detach", "fill"])
def test_nobody_writes_to_the_filing_of_another_enterprise(client, name):
    filing = make_draft()
    client.force_login(make_enterprise().account)
    assert client.post(url(name, filing), {"version": filing.version}).status_code == 404


def test_the_form_of_a_filing_under_review_leads_to_its_progress(client):
    filing = make_submitted()
    answer = signed_in(client, filing).get(url("fill", filing))
    assert answer.url == url("filing", filing)


def test_comments_of_a_return_stand_at_their_fields_and_internal_ones_nowhere(client):
    filing = returned(
        make_submitted(),
        ("economy", "revenue", "营业收入", "与审计报告不一致", "enterprise"),
        ("specialization", "main_product", "主导产品名称", "内部意见不外传", "internal"),
    )
    assert filing.state == State.RETURNED
    page = signed_in(client, filing).get(url("fill", filing)).content.decode()
    assert "与审计报告不一致" in page
    assert "内部意见不外传" not in page
    assert "请按意见修改。" in page
    states = {section["key"]: section["state"] for section in client.get(url("fill", filing)).context["sections"]}
    assert states["economy"] == "returned"
    assert states["specialization"] == "done"


def test_uploading_by_script_answers_with_the_file_and_the_states(client):
    filing = make_draft()
    data = {"slot": "evidence.licence", "file": pdf("执照.pdf")}
    body = signed_in(client, filing).post(url("attach", filing), data, **SCRIPT).json()
    assert body["file"]["name"] == "执照.pdf"
    assert body["states"]["evidence"]["code"] == "in_progress"


def test_uploading_a_wrong_type_by_script_gets_the_sentence_and_415(client):
    filing = make_draft()
    data = {"slot": "evidence.licence", "file": pdf("执照.txt")}
    answer = signed_in(client, filing).post(url("attach", filing), data, **SCRIPT)
    assert answer.status_code == 415
    assert "“执照.txt”是 .txt 文件" in answer.json()["message"]


def test_the_mobile_number_is_open_to_its_owner_in_the_form_only(client):
    filing = make_submitted()
    assert "13800000000" not in signed_in(client, filing).get(url("filing", filing)).content.decode()
    draft = make_draft()
    client.force_login(draft.enterprise.account)
    assert 'value="13800000000"' in client.get(url("fill", draft)).content.decode()


def test_the_number_of_queries_of_the_form_does_not_depend_on_the_files(client, django_assert_num_queries):
    filing = make_draft()
    signed_in(client, filing)
    for number in (1, 3):
        while filing.attachments.count() < number:
            text = str(filing.attachments.count())
            upload = pdf(f"{text}.pdf", text)
            attach_evidence(
                filing_id=filing.pk, user=filing.enterprise.account, slot="evidence.other", upload=upload
            )
        with django_assert_num_queries(13):
            client.get(url("fill", filing))
