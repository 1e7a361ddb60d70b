"""Papers and photos of internal records and objections: looked at before anything is stored."""
import hashlib

from django.conf import settings

from portal.tools.errors import Refused
from portal.tools.file_types import content_type
from portal.tools.uploads import check_upload, clean_name, extension_of
from reviews.models import RecordFile

#: Most files with one record.
MOST_FILES = 10


def check_files(files):
    """Return the clean names, after every file was looked at: nothing is stored before all are good.

    Raises Refused with the code "files" for too many, an empty or too big one, a type that is not allowed.
    """
    if len(files) > MOST_FILES:
        raise Refused(
            f"一次最多上传 {MOST_FILES} 个文件，选择了 {len(files)} 个。请合并或打包成 zip 后重新选择。",
            code="files", status=422,
        )  # fmt: skip
    names = [clean_name(upload.name) for upload in files]
    for upload, name in zip(files, names, strict=True):
        try:
            check_upload(
                upload, name=name, allowed=settings.EVIDENCE_EXTENSIONS, max_bytes=settings.EVIDENCE_MAX_BYTES
            )
        except Refused as refusal:
            raise Refused(refusal.message, code="files", status=refusal.status) from refusal
    return names


def digest_of(upload):
    """Return the SHA-256 of an upload in hexadecimal; it stands at its beginning afterwards."""
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def store_file(*, upload, name, user, **owner):
    """Store one file that check_files has passed; ``owner`` is visit=, opinion= or objection=."""
    row = RecordFile(
        name=name, content_type=content_type(extension_of(name)), size=upload.size, sha256=digest_of(upload),
        uploaded_by=user, **owner,
    )
    row.file.save(name, upload)
    return row
