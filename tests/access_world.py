"""The small world of the access matrix: who is who, and one object of every kind that a page can show.

What is shown belongs to one enterprise of 南京市玄武区 (``owner``), whose filing waits at 南京市; the draft that can be
filled in belongs to ``other``, and a third enterprise stands on a list of 江苏省.
"""
import re
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from accounts.models import AccessLog, Industry, Region, SignInLog, SizeStandard
from accounts.services.access_log import log_access
from accounts.services.notices import notify
from accounts.services.sign_in import log_attempt
from accounts.tests.factories import (
    make_enterprise,
    make_legal_person,
    make_natural_person,
    make_officer,
    make_operator,
)
from accounts.tests.request_facts import make_mobile_request, make_real_name_request
from applications.enums import AssessmentStage
from applications.models import IndustryMean, Recognition
from applications.services.certificates import request_certificate
from applications.services.eligibility import set_eligible
from applications.services.eligibility_lists import request_list
from applications.services.evaluations import save_mean
from applications.tests.digital_answers import make_run
from applications.tests.evaluation_world import round_weights
from applications.tests.filled import make_draft, make_submitted
from portal.tests.files import picture_bytes
from reviews.enums import State
from reviews.models import Export, HolidayOverride, Objection, RecordFile, Reminder, Route, Upload
from reviews.services.bulk import order_bulk
from reviews.services.records import record_visit
from reviews.tests.desk import make_phrase
from reviews.tests.factories import announce, decide, officer_of, publicise
from reviews.tests.objections import answered_objection
from reviews.tests.papers import make_paper_of_one_line

#: Every role of the matrix, in the order of its columns. ``unverified`` has given the password only.
ROLES = (
    "anonymous", "person", "fresh", "owner", "other", "viewer", "reviewer", "manager", "elsewhere", "province",
    "ministry", "operator", "unverified",
)  # fmt: skip
#: A token of the shape that the QR codes of 电子营业执照 have; nobody has this one.
TOKEN = "A" * 43


@dataclass
class World:
    """The accounts by role, and what stands for the parameters of addresses."""

    people: dict
    objects: dict
    special: dict

    def address_of(self, route):
        """Return an address that the route leads to, with the objects of this world in it."""
        if route in self.special:
            return self.special[route]
        model = re.match(r"admin/(\w+/\w+)/<path:object_id>", route)
        known = self.objects | ({"object_id": self.objects[model[1]]} if model else {})
        plain = re.sub(r"\(\?P<purpose>(\w+)\)", r"\1", route.replace("^", "").replace("$", ""))
        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<str:\1>", plain)
        return "/" + re.sub(r"<\w+:(\w+)>", lambda match: str(known[match[1]]), plain)


def routes(patterns=None, prefix=""):
    """Yield (route, name) of every page of the portal, the admin's included; nameless ones of the admin aside."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif entry.name:
            yield route, entry.name


def make_world(rf):
    """Make the people and the objects."""
    people = _people()
    owner = people["owner"]
    filing = make_submitted(owner.enterprise)
    draft = make_draft(people["other"].enterprise)
    listed = _announced_list()
    document = make_paper_of_one_line(filing)
    mobile, real_name = make_mobile_request(owner), make_real_name_request(owner)
    message = notify(recipient=owner, key="matrix", title="标题", body="正文")
    for account in (people["viewer"], owner):
        log_access(actor=account, action="下载佐证材料", subject="营业执照.pdf")
        log_attempt(login_name="x", account=account, way="password", result="success", request=rf.get("/"))
    viewer = people["viewer"]
    export = Export.objects.create(officer=viewer, kind="csv", key="matrix")
    upload = Upload.objects.create(
        filing=filing, slot="evidence.other", name="材料.pdf", size=9, fingerprint="f" * 64, path="uploads/matrix",
        started_by=owner,
    )
    objects = {
        "objection_id": Objection.objects.get().pk, "column": "objector",
        "file_id": RecordFile.objects.get(objection__isnull=False).pk,
        "reviews/holidayoverride": HolidayOverride.objects.create(
            day="2030-01-01", is_workday=False, note="通知", made_by=people["operator"]
        ).pk,
        "upload_id": upload.pk,
        "filing_id": filing.pk, "attachment_id": filing.attachments.first().pk, "document_id": document.pk,
        "sha256": document.snapshot.sha256, "target": "basic.contact_mobile", "action": "approve", "comment_id": 1,
        "notice_id": message.pk, "list_id": listed.pk, "entry_id": listed.entries.get().pk, "pk": listed.pk,
        "kind_code": "innovative_application", "token": TOKEN, "what": "account", "row_id": viewer.pk,
        "field": "mobile", "kind": "mobile-change", "request_id": mobile.pk, "object_id": viewer.pk,
        "content_type_id": 1, "app_label": "accounts", "saved_id": 1,
        "accounts/authority": viewer.authority_id, "accounts/user": viewer.pk, "accounts/notice": message.pk,
        "accounts/region": Region.objects.get(code="320102").pk, "accounts/industry": Industry.objects.first().pk,
        "accounts/sizestandard": SizeStandard.objects.first().pk,
        "accounts/signinlog": SignInLog.objects.get(account=viewer).pk,
        "accounts/accesslog": AccessLog.objects.get(actor=viewer).pk,
        "accounts/mobilechangerequest": mobile.pk, "accounts/realnamerequest": real_name.pk,
        "export_id": export.pk, "reviews/export": export.pk, "reviews/reviewevent": filing.events.first().pk,
        "accounts/enterprise": owner.enterprise.pk,
        "reviews/filing": filing.pk, "reviews/publicitylist": listed.pk,
        "reviews/window": officer_of(filing.province).authority.windows.first().pk,
        "reviews/route": Route.objects.create(kind="innovative_application", province=filing.province).pk,
        "applications/recognition": Recognition.objects.get().pk,
        "recognition_id": Recognition.objects.get().pk, "number": Recognition.objects.get().number,
        "certificate_id": _certificate(people["province"]).pk,
        **_eligibility(people["province"], Recognition.objects.get()),
        "authority_id": filing.province_id, "window_id": filing.window_id,
        "reminder_id": Reminder.objects.create(
            authority=viewer.authority, sender=filing.province, sent_by=people["province"], text="请尽快办理。"
        ).pk,
        "applications/evaluationweights": round_weights(user=people["ministry"]).pk,
        "applications/industrymean": _mean(people["ministry"]).pk,
    }  # fmt: skip
    objects |= _desk_work(filing, people)
    done = make_run(owner.enterprise, stage=AssessmentStage.COMPLETE)
    run, begun = make_run(owner.enterprise, stage=AssessmentStage.TWO), make_run(people["other"].enterprise)
    objects["assessment_id"] = run.pk
    special = {
        "enterprise/digital-assessment/<int:assessment_id>/result/": (
            f"/enterprise/digital-assessment/{done.pk}/result/"
        ),
        **{
            f"enterprise/digital-assessment/<int:assessment_id>/{page}/":
            f"/enterprise/digital-assessment/{begun.pk}/{page}/"
            for page in ("stage-one", "stage-one/end")
        },
        "enterprise/filings/<int:filing_id>/fill/": f"/enterprise/filings/{draft.pk}/fill/",
        "enterprise/filings/<int:filing_id>/check/": f"/enterprise/filings/{draft.pk}/check/",
        "accounts/centre/real-name/<int:request_id>/cancel/": f"/accounts/centre/real-name/{real_name.pk}/cancel/",
        **{
            f"admin/accounts/realnamerequest/<int:request_id>/{word}/":
            f"/admin/accounts/realnamerequest/{real_name.pk}/{word}/"
            for word in ("approve", "reject")
        },
        "pickers/industries/chosen/": "/pickers/industries/chosen/?industry=3511",
        "admin/autocomplete/": "/admin/autocomplete/?app_label=accounts&model_name=user&field_name=authority",
    }
    return World(people, objects, special)


def _eligibility(user, title):
    """Return the parameters of 满足复核条件: a title with a setting, and a list that was carried out."""
    row = set_eligible(user=user, enterprise_id=title.enterprise_id, tier=title.tier)
    uploaded = request_list(
        user=user, tier=title.tier, note="", name="名单.xlsx", sha256="0" * 64, key="matrix", rows=[[2, "企业", "代码"]]
    )
    return {
        "enterprise_id": title.enterprise_id, "tier": title.tier, "applications/renewaleligibility": row.pk,
        "eligibility_list_id": uploaded.pk,
    }  # fmt: skip


def _desk_work(filing, people):
    """Return the ids of a phrase, a bulk decision and the photo of a visit at the desk of the filing."""
    manager = people["manager"]
    phrase = make_phrase(manager.authority)
    job = order_bulk(user=manager, action="approve", selection=[[filing.pk, filing.version]], key="matrix")
    photo = SimpleUploadedFile("现场.png", picture_bytes())
    visit = record_visit(
        user=manager, filing_id=filing.pk, visited_on=timezone.localdate(), people="两名工作人员", result="matches",
        text="与申报一致。", files=[photo],
    )  # fmt: skip
    return {
        "phrase_id": phrase.pk, "step": "up", "bulk_id": job.pk, "record_file_id": visit.files.get().pk,
        "reviews/phrase": phrase.pk, "reviews/bulkdecision": job.pk,
    }  # fmt: skip


def _mean(user):
    """Return an industry mean."""
    return save_mean(user=user, mean=IndustryMean(year=2025, figure="gross_margin", value=25, source="统计"))


def _certificate(user):
    """Return the certificate of the title that was announced."""
    return request_certificate(user=user, recognition_id=Recognition.objects.get().pk)


def _announced_list():
    """Return a list that was announced, with one enterprise that has its title."""
    filing = make_submitted(make_enterprise(name="已公告有限公司"))
    while filing.state == State.IN_REVIEW:
        decide(filing)
    answered_objection(publicise(filing))
    return announce(filing)


def _people():
    """Return the account of each role; ``anonymous`` has none."""
    people = {
        "owner": make_enterprise(name="南京精密机械有限公司").account,
        "other": make_enterprise(region="320508").account,
        "fresh": make_legal_person(),
        "person": make_natural_person(),
        "operator": make_operator(),
        "elsewhere": make_officer("320500", "manager"),
        "province": make_officer("320000", "manager"),
        "ministry": make_officer("000000", "manager"),
        "unverified": make_officer("320100", "manager"),
    }
    people |= {role: make_officer("320100", role) for role in ("viewer", "reviewer", "manager")}
    return people
