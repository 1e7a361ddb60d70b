"""统一社会信用代码 (GB 32100) with the organisation code inside it (GB 11714)."""
from stdnum.cn import uscc as rule

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code(serial):
    """Return the nine-character organisation code of an eight-digit serial, with its check character."""
    body = f"{serial:08d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def invented_uscc(serial):
    """Return a valid code that belongs to no real company: area 999999 is not a place."""
    body = f"91999999{organisation_code(serial)}"
    return body + rule.calc_check_digit(body)
