"""What the small helpers promise."""
import pytest
from cryptography.fernet import Fernet, InvalidToken

from portal.tools import crypto, text


def test_a_sealed_value_hides_the_number_and_gives_it_back():
    sealed = crypto.seal("13800001234")
    assert "13800001234" not in str(sealed)
    assert crypto.is_sealed(sealed)
    assert crypto.unseal(sealed) == "13800001234"


def test_a_blank_value_is_not_sealed_and_stays_blank():
    assert crypto.seal("") == ""
    assert crypto.unseal("") == ""


def test_an_old_key_still_reads_after_a_new_one_is_put_in_front(settings):
    sealed = crypto.seal("13800001234")
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert crypto.unseal(sealed) == "13800001234"


def test_without_its_key_a_value_cannot_be_read(settings):
    sealed = crypto.seal("13800001234")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        crypto.unseal(sealed)


@pytest.mark.parametrize(
    ("plain", "masked"),
    [
        ("13800001234", "138****1234"),
        ("025-88886666", "025*****6666"),
        ("1234567", "12****7"),
        ("张三", "张*"),
        ("", ""),
    ],
)
def test_a_mask_keeps_just_enough_to_recognise_a_number(plain, masked):
    assert crypto.mask(plain) == masked


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("１，２３４．５", "1234.5"),
        (" 1,234,567.89 ", "1234567.89"),
        ("１２％", "12"),
        ("-5", "-5"),
        ("约100", "约100"),
    ],
)
def test_pasted_figures_become_plain_digits_and_words_stay(typed, figure):
    assert text.narrow_number(typed) == figure


def test_tidying_keeps_line_breaks_and_drops_control_characters():
    assert text.tidy("  第一行\n第二行\x00\x07 ") == "第一行\n第二行"
