"""The review desk (审核工作台): filings, publicity, windows and routes in the stock admin (design.md §7)."""
from django.contrib import admin

from reviews.admin.bulk_log import BulkDecisionAdmin
from reviews.admin.exports import ExportAdmin
from reviews.admin.filing import FilingAdmin
from reviews.admin.handling_log import HandlingLogAdmin
from reviews.admin.holidays import HolidayAdmin
from reviews.admin.phrases import PhraseAdmin
from reviews.admin.publicity import PublicityAdmin
from reviews.admin.routes import RouteAdmin
from reviews.admin.windows import WindowAdmin

__all__ = [
    "BulkDecisionAdmin",
    "ExportAdmin",
    "FilingAdmin",
    "HandlingLogAdmin",
    "HolidayAdmin",
    "PhraseAdmin",
    "PublicityAdmin",
    "RouteAdmin",
    "WindowAdmin",
]

# The menu stands in the header (templates/admin/base_site.html): a filing needs the whole width of the window.
admin.site.enable_nav_sidebar = False
