"""Models of the accounts app, one module per thing."""
from accounts.models.access_log import AccessLog
from accounts.models.enterprise import Enterprise
from accounts.models.notice import Notice
from accounts.models.reference import Authority, EmergingHint, Industry, Product, Region, SizeStandard
from accounts.models.user import User

__all__ = [
    "AccessLog",
    "Authority",
    "EmergingHint",
    "Enterprise",
    "Industry",
    "Notice",
    "Product",
    "Region",
    "SizeStandard",
    "User",
]
