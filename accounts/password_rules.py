"""The rules of a password: long enough, not too long to be typed, and hard to guess for somebody who knows the account.

Named in settings.AUTH_PASSWORD_VALIDATORS; every message says the remedy.
"""
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

#: The rules in one sentence, for the help below a field.
PASSWORD_HELP = "10 至 128 个字符。用几个不相关的词加数字、符号组成；不要含登录名、企业名称、代码、手机号或连续、重复的字符。"
WEAK_SENTENCE = (
    "密码强度不够，容易被猜中。请加长密码，用几个不相关的词加数字、符号组成，"
    "不要用常见密码、连续或重复的字符，也不要含登录名、姓名、企业名称、代码或手机号。"
)
#: zxcvbn looks at so many characters and refuses more; a longer password is at least as strong as its beginning.
LOOKED_AT = 72
#: Columns of an account that a guesser would try, besides their last digits.
OWN_DATA = (
    "login_name", "person_name", "verified_name", "declared_name", "legal_representative",
    "uscc", "mobile", "document_number",
)  # fmt: skip
LAST_DIGITS = (4, 6, 8)


class LongEnough(MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self):
        """Tell the rule and the remedy."""
        return f"密码太短，至少需要 {self.min_length} 个字符，请换一个更长的密码。"


class ShortEnough:
    """At most ``max_length`` characters: nobody types more, and hashing a novel costs the server time."""

    def __init__(self, max_length=128):
        self.max_length = max_length

    def validate(self, password, user=None):
        """Raise ValidationError for a longer one."""
        if len(password) > self.max_length:
            raise ValidationError(
                f"密码太长，共 {len(password)} 个字符，最多 {self.max_length} 个字符，请缩短。", code="password_too_long"
            )

    def get_help_text(self):
        """Return the rule."""
        return f"密码最多 {self.max_length} 个字符。"


class HardToGuess:
    """A zxcvbn score of at least ``min_score`` (0 to 4; 3: about 10^8 guesses), the account's own data known."""

    def __init__(self, min_score=3):
        self.min_score = min_score

    def validate(self, password, user=None):
        """Raise ValidationError for one that is easy to guess."""
        if zxcvbn(password[:LOOKED_AT], user_inputs=own_words(user))["score"] < self.min_score:
            raise ValidationError(WEAK_SENTENCE, code="password_too_weak")

    def get_help_text(self):
        """Return the rule."""
        return PASSWORD_HELP


def own_words(user):
    """Return what a guesser knows of an account: its names and codes, and the last digits of its numbers."""
    values = [str(getattr(user, column, None) or "") for column in OWN_DATA]
    tails = [value[-length:] for value in values if value.isascii() for length in LAST_DIGITS if len(value) > length]
    return [value for value in values + tails if value]
