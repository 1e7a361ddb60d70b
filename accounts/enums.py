"""Choices of the accounts app; values are stable, labels are the words of the field."""
from django.db import models


class UserKind(models.TextChoices):
    """账户类型."""

    LEGAL_PERSON = "legal_person", "法人账户"
    NATURAL_PERSON = "natural_person", "自然人账户"
    OFFICER = "officer", "主管部门账户"
    OPERATOR = "operator", "运维账户"


class OfficerRole(models.TextChoices):
    """What an officer may do on behalf of the authority."""

    VIEWER = "viewer", "查阅"
    REVIEWER = "reviewer", "审核"
    MANAGER = "manager", "审核与发布"


class AuthorityLevel(models.TextChoices):
    """Depth of an authority in the tree.

    CITY is the first level below the province whatever its name: a prefecture in a province, a district in a
    municipality or a 计划单列市, a county that hangs directly from its province (design.md §4).
    """

    MINISTRY = "ministry", "部级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"


class RegionLevel(models.TextChoices):
    """Level of an administrative division (GB/T 2260)."""

    PROVINCE = "province", "省"
    PREFECTURE = "prefecture", "地市"
    COUNTY = "county", "县区"


class SizeClass(models.TextChoices):
    """企业规模 (工信部联企业〔2011〕300号)."""

    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class EnterpriseType(models.TextChoices):
    """企业类型 (domain.md §5.1)."""

    STATE = "state", "国有"
    JOINT = "joint", "合资"
    PRIVATE = "private", "民营"
    FOREIGN = "foreign", "外资"


class ListingStatus(models.TextChoices):
    """上市情况 (domain.md §5.1)."""

    NO_PLAN = "no_plan", "无计划"
    PLANNED = "planned", "有计划"
    LISTED = "listed", "已上市"


class ListingProgress(models.TextChoices):
    """上市进程 (domain.md §5.1)."""

    NOT_REFORMED = "not_reformed", "未股改"
    REFORMED = "reformed", "已股改"
    APPLIED = "applied", "已提交申请"


class ListingPlace(models.TextChoices):
    """拟上市地 (domain.md §5.1)."""

    SSE_MAIN = "sse_main", "上交所主板"
    STAR = "star", "科创板"
    SZSE_MAIN = "szse_main", "深交所主板"
    CHINEXT = "chinext", "创业板"
    BSE = "bse", "北交所"
    OVERSEAS = "overseas", "境外"


class NoticeChannel(models.TextChoices):
    """How a notice reaches its reader."""

    MESSAGE = "message", "系统消息"
    SMS = "sms", "短信"


class NoticeState(models.TextChoices):
    """Where a notice is in the outbox."""

    QUEUED = "queued", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    UNCERTAIN = "uncertain", "结果不明"
    FAILED = "failed", "发送失败"


class CodePurpose(models.TextChoices):
    """What an SMS code is for."""

    REGISTER = "register", "注册"
    RECOVER = "recover", "忘记密码"
    OLD_MOBILE = "old_mobile", "手机号修改（原手机号）"
    NEW_MOBILE = "new_mobile", "手机号修改（新手机号）"


class RequestState(models.TextChoices):
    """Where a request to an officer is."""

    PENDING = "pending", "待办理"
    APPROVED = "approved", "已通过"
    REJECTED = "rejected", "未通过"
    CANCELLED = "cancelled", "已撤销"


class DocumentType(models.TextChoices):
    """法定代表人证件类型."""

    ID_CARD = "id_card", "居民身份证"
    HK_MACAO = "hk_macao", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    PASSPORT = "passport", "护照"
    FOREIGN_RESIDENT = "foreign_resident", "外国人永久居留身份证"


class SignInWay(models.TextChoices):
    """How somebody tried to come in."""

    PASSWORD = "password", "密码"
    LICENCE = "licence", "电子营业执照"
    UNIFIED = "unified", "统一登录"
    TOTP = "totp", "动态口令"


class SignInResult(models.TextChoices):
    """What became of an attempt to sign in."""

    SUCCESS = "success", "成功"
    WRONG = "wrong", "用户名或密码错误"
    LOCKED = "locked", "已锁定"
    INACTIVE = "inactive", "账户停用"
    REFUSED = "refused", "不允许"


class ScanPurpose(models.TextChoices):
    """What an electronic licence is scanned for."""

    SIGN_IN = "sign_in", "登录"
    VERIFY = "verify", "实名认证"


class ScanState(models.TextChoices):
    """Where a QR code is; an expired one is told by its time."""

    WAITING = "waiting", "等待扫码"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "已拒绝"
    USED = "used", "已使用"
