"""Ordering and making papers in tests, and the people who may or may not reach them."""
from accounts.tests.factories import make_enterprise, make_natural_person, make_officer, make_operator
from reviews.documents.store import store_pdf
from reviews.services.documents import claim_document, record_ready, request_document
from reviews.tasks import render_document

#: For a filing from 南京市玄武区: who looks at it.
PEOPLE = {
    "owner": lambda filing: filing.enterprise.account,
    "desk": lambda filing: make_officer("320100"),
    "province": lambda filing: make_officer("320000"),
    "county": lambda filing: make_officer("320102"),
    "ministry": lambda filing: make_officer("000000"),
    "other enterprise": lambda filing: make_enterprise().account,
    "other city": lambda filing: make_officer("320500"),
    "other province": lambda filing: make_officer("210200"),
    "other county": lambda filing: make_officer("320106"),
    "operator": lambda filing: make_operator(),
    "natural person": lambda filing: make_natural_person(),
}
#: Those of them who may read it once it is submitted.
MAY = {"owner", "desk", "province", "county", "ministry"}


def order(filing, user=None):
    """Order the paper of a filing, as its owner by default."""
    return request_document(filing=filing, user=user or filing.enterprise.account)


def make_paper(filing, user=None):
    """Order the paper and let WeasyPrint make it."""
    document = order(filing, user)
    render_document(document.pk)
    document.refresh_from_db()
    return document


def make_paper_of_one_line(filing, user=None):
    """Order the paper and put a PDF of one line in its place, where what it says is of no interest."""
    document = claim_document(document_id=order(filing, user).pk)
    name = store_pdf(document, b"%PDF-1.7\n")
    record_ready(document=document, name=name, size=9, pages=1)
    document.refresh_from_db()
    return document
