"""SMS providers and the text that goes out."""
import json
import logging
import stat

import pytest

from accounts.sms import MAX_LENGTH, FileProvider, SmsRefused, get_provider, sign


def test_the_file_provider_appends_one_line_per_text_that_nobody_else_may_read(settings, tmp_path):
    settings.SMS_FILE = tmp_path / "sms.log"
    settings.SMS_PROVIDER = "accounts.sms.FileProvider"
    for number in (1, 2):
        assert get_provider().send("13800000000", f"第 {number} 条\n换行") == "file"
    lines = [json.loads(line) for line in settings.SMS_FILE.read_text().splitlines()]
    assert [(line["mobile"], line["text"]) for line in lines] == [
        ("13800000000", "第 1 条\n换行"),
        ("13800000000", "第 2 条\n换行"),
    ]
    assert stat.S_IMODE(settings.SMS_FILE.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_opened_is_a_refusal_that_is_tried_again(settings, tmp_path):
    settings.SMS_FILE = tmp_path / "missing" / "sms.log"
    with pytest.raises(SmsRefused, match="sms.log"):
        FileProvider().send("13800000000", "文本")


def test_the_console_provider_masks_the_number_and_the_code(settings, caplog):
    settings.SMS_PROVIDER = "accounts.sms.ConsoleProvider"
    with caplog.at_level(logging.INFO, logger="accounts.sms"):
        assert get_provider().send("13812345678", "验证码 482913，5 分钟内有效。") == "console"
    assert "138****5678: 验证码 ******，5 分钟内有效。" in caplog.text
    assert "13812345678" not in caplog.text
    assert "482913" not in caplog.text


def test_the_signature_stands_in_front_and_a_long_text_says_where_the_rest_is(settings):
    settings.SMS_SIGNATURE = "测试平台"
    assert sign("申报已提交。") == "【测试平台】申报已提交。"
    assert sign("长" * MAX_LENGTH) == f"【测试平台】{'长' * MAX_LENGTH}"
    cut = sign("长" * (MAX_LENGTH + 1)).removeprefix("【测试平台】")
    assert len(cut) == MAX_LENGTH
    assert cut.endswith("长…（全文请登录平台查看【系统消息】）")
