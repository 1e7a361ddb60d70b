"""Form fields of the whole portal; those of identities and the pickers are modules beside."""
from accounts.fields.basic import (
    DATE_RULE,
    CountField,
    EmailLineField,
    LineField,
    MobileField,
    OptionField,
    PastDateField,
    PatternField,
    PhoneField,
    PostcodeField,
    SpokenField,
    StockCodeField,
    YesNoField,
    YuanField,
)

__all__ = [
    "CountField",
    "DATE_RULE",
    "EmailLineField",
    "LineField",
    "MobileField",
    "OptionField",
    "PastDateField",
    "PatternField",
    "PhoneField",
    "PostcodeField",
    "SpokenField",
    "StockCodeField",
    "YesNoField",
    "YuanField",
]
