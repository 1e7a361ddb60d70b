"""Models of the accounts app, one module per thing."""
from accounts.models.access_log import AccessLog
from accounts.models.enterprise import Enterprise
from accounts.models.notice import Notice
from accounts.models.reference import Authority, EmergingHint, Industry, Product, Region, SizeStandard
from accounts.models.requests import MobileChangeRequest, RealNameRecord, RealNameRequest
from accounts.models.session import Session
from accounts.models.sign_in import LicenceScan, SignInLog, UnifiedIdentity
from accounts.models.user import User
from accounts.models.verification_code import VerificationCode

__all__ = [
    "AccessLog",
    "Authority",
    "EmergingHint",
    "Enterprise",
    "Industry",
    "LicenceScan",
    "MobileChangeRequest",
    "Notice",
    "Product",
    "RealNameRecord",
    "RealNameRequest",
    "Region",
    "Session",
    "SignInLog",
    "SizeStandard",
    "UnifiedIdentity",
    "User",
    "VerificationCode",
]
