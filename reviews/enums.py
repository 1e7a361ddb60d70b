"""States, actions and other choices of a filing (申报件)."""
from django.db import models


class State(models.TextChoices):
    """Where a filing is. The transition table in reviews/transitions.py is the only way from one to another."""

    DRAFT = "draft", "填写中"
    IN_REVIEW = "in_review", "审核中"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "审核通过"
    PUBLICISED = "publicised", "公示中"
    RECOGNISED = "recognised", "已认定"
    REJECTED = "rejected", "不予通过"
    WITHDRAWN = "withdrawn", "已撤回"


#: An enterprise may have one filing of a kind and period in these states.
OPEN_STATES = (State.DRAFT, State.IN_REVIEW, State.RETURNED, State.APPROVED, State.PUBLICISED)
#: The enterprise may edit the answers in these states.
EDITABLE_STATES = (State.DRAFT, State.RETURNED)


class Action(models.TextChoices):
    """What somebody does to a filing; each is a row of the transition table."""

    SUBMIT = "submit", "提交"
    APPROVE = "approve", "通过"
    RETURN = "return", "退回"
    REJECT = "reject", "不予通过"
    WITHDRAW = "withdraw", "撤回"
    PUBLICISE = "publicise", "公示"
    TAKE_OUT = "take_out", "移出公示"
    RECOGNISE = "recognise", "认定"
    REROUTE = "reroute", "改派"


class Party(models.TextChoices):
    """In what capacity somebody acts on a filing."""

    OWNER = "owner", "申报企业"
    DESK = "desk", "当前审核部门"
    ORIGIN_PROVINCE = "origin_province", "省级主管部门"
    PUBLISHER = "publisher", "公布部门"
    OVERSEER = "overseer", "上级主管部门"


class SnapshotCause(models.TextChoices):
    """Why a snapshot was taken."""

    PREVIEW = "preview", "预览"
    SUBMIT = "submit", "提交"
    DECISION = "decision", "审核"


class StepOutcome(models.TextChoices):
    """How a step of the route ended."""

    APPROVED = "approved", "通过"
    RETURNED = "returned", "退回"
    REJECTED = "rejected", "不予通过"
    WITHDRAWN = "withdrawn", "企业撤回"


class Visibility(models.TextChoices):
    """Who reads a comment of an officer."""

    ENTERPRISE = "enterprise", "企业可见"
    INTERNAL = "internal", "内部"


class DocumentState(models.TextChoices):
    """Where a PDF is."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "生成中"
    READY = "ready", "已生成"
    FAILED = "failed", "生成失败"


class PublicityState(models.TextChoices):
    """Where a publicity list (公示名单) is."""

    DRAFT = "draft", "拟定中"
    RUNNING = "running", "公示中"
    ANNOUNCED = "announced", "已公告"


class StepSide(models.TextChoices):
    """Which region a step's authority comes from; only a relocation has a destination."""

    ORIGIN = "origin", "注册地"
    DESTINATION = "destination", "迁入地"


class ScanState(models.TextChoices):
    """Virus check of a file. 未检查: no scanner was configured when it came."""

    OFF = "off", "未检查"
    PENDING = "pending", "待查"
    PASSED = "passed", "通过"
    BLOCKED = "blocked", "拦截"


class VisitResult(models.TextChoices):
    """Result of 实地抽查."""

    MATCHES = "matches", "与申报一致"
    PARTLY = "partly", "部分不一致"
    DIFFERS = "differs", "不一致"


class ObjectionState(models.TextChoices):
    """Where an objection (异议) is."""

    OPEN = "open", "核查中"
    UPHELD = "upheld", "异议成立"
    DISMISSED = "dismissed", "异议不成立"


class ExportKind(models.TextChoices):
    """What an export contains."""

    XLSX = "xlsx", "名单（Excel）"
    CSV = "csv", "名单（CSV）"
    PDFS = "pdfs", "申报文档（zip）"


class ExportState(models.TextChoices):
    """Where an export is."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "生成中"
    READY = "ready", "已生成"
    FAILED = "failed", "生成失败"
    CANCELLED = "cancelled", "已取消"
    EXPIRED = "expired", "已过期"


class JobState(models.TextChoices):
    """Where a job over many rows is; it always ends with a result per row."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "办理中"
    DONE = "done", "已完成"
