"""Password rules whose sentences Django 5.2 leaves in English."""
from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self):
        """Tell the rule and the remedy."""
        return f"密码太短，至少需要 {self.min_length} 个字符，请换一个更长的密码。"
