"""The rules across fields of 专精特新中小企业自评表, by edition."""
from applications.forms.shared.rules import claims, company, figures
from applications.forms.shared.rules.lists import LIST_RULES

_BOTH = (
    figures.figures_of_existing_years,
    figures.rd_staff_within_staff,
    figures.main_revenue_within_revenue,
    figures.exports_within_revenue,
    figures.net_assets_are_assets_less_liabilities,
    figures.rd_expense_within_revenue,
    company.segment_years_within_age,
    *LIST_RULES,
    claims.title_is_valid("base_title"),
    company.is_not_large,
)
RULES_2022 = (*_BOTH, claims.quality_fits_certificates)
RULES_2026 = (*_BOTH, claims.market_rank_starts_at_one)
