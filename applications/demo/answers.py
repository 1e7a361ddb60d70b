"""What the demo enterprises have filled in: complete answers of 创新型中小企业自评表, scaled per enterprise."""
from decimal import Decimal

#: 万元, last year first. A company of about a hundred people; the self-score is 95.
MONEY = {
    "revenue": ("5680.50", "4920.00", "4310.20"),
    "main_revenue": ("5210.30", "4480.00", "3900.00"),
    "net_profit": ("486.20", "402.10", "-35.60"),
    "total_assets": ("6890.00", "6120.00", "5480.00"),
    "total_liabilities": ("3020.40", "2870.00", "2790.00"),
    "rd_expense": ("312.40", "248.00", "196.50"),
}
STAFF = {"employees": (112, 104, 96), "rd_staff": (23, 19, 16)}


def economy(scale, overrides):
    """Return the answers of 经济效益和经营情况."""
    answers = {}
    for row, figures in MONEY.items():
        for year, figure in enumerate(figures, start=1):
            answers[f"{row}_y{year}"] = str((Decimal(figure) * Decimal(scale)).quantize(Decimal("0.01")))
    for row, counts in STAFF.items():
        for year, count in enumerate(counts, start=1):
            answers[f"{row}_y{year}"] = str(max(int(count * Decimal(scale)), 1))
    return answers | overrides


def sections(enterprise, product):
    """Return {section: answers} for everything but 企业基本情况, which is filled in from the record."""
    return {
        "economy": economy(enterprise.scale, enterprise.figures),
        "innovation": {
            "ip_class1": "4",
            "ip_class1_high_value": "0",
            "ip_class1_self": "3",
            "ip_class2": "11",
            "rd_body_level": "city",
            "rd_body_name": "示例工程技术研究中心",
        },
        "specialization": {
            "main_product": product,
            "segment_years": "6",
            "emerging_industry": "yes",
            "emerging_category": "高端装备制造产业",
            "domain_note": f"主导产品为{product}，用于高端装备的关键部件加工，收入占营业收入九成以上。",
        },
        "direct": {
            "direct_award": "no",
            "direct_honour": "no",
            "direct_rd_body": "no",
            "new_equity_3y": "0",
        },
        "statement": {
            "overview": (
                f"{enterprise.name}长期专注于{product}的研发、生产和服务，拥有自主设计、加工和检测能力。\n"
                "近三年研发投入逐年增长，主导产品在细分市场有稳定的客户。本企业及本表所填内容均为演示数据。"
            ),
            "declared": "yes",
        },
    }


#: Evidence that every complete demo filing carries.
SLOTS = (
    "evidence.licence",
    "evidence.social_security",
    "evidence.audit_y1",
    "evidence.audit_y2",
    "innovation.ip_files",
)


def record(product_name, number):
    """Return the enterprise's record (企业基本情况) without region and industry, as cleaned form data.

    ``number`` (below 100) makes its contact person another one than that of the other enterprises.
    """
    return {
        "address": "示例大道 1 号",
        "postcode": "210000",
        "legal_representative": "示例人",
        "legal_representative_phone": "",
        "legal_representative_mobile": "13900000000",
        "controlling_shareholder": "示例控股有限公司",
        "actual_controller": "示例人",
        "actual_controller_nationality": "中国",
        "contact_name": f"示例联系人{number:02d}",
        "contact_phone": "",
        "contact_mobile": f"138000000{number:02d}",
        "contact_fax": "",
        "contact_email": f"contact{number:02d}@example.com",
        "registered_capital": Decimal("2000.00"),
        "product": product_name,
        "enterprise_type": "private",
        "has_little_giant_holding": False,
        "little_giant_holding_name": "",
        "has_group_similar_product": False,
        "group_similar_product_name": "",
        "listing_status": "no_plan",
        "stock_code": "",
        "listing_progress": "",
        "listing_place": "",
    }
