"""证明材料 of a request to an officer: one file, or several that the portal packs into one archive."""
import io
import zipfile

from django.conf import settings
from django.core.files.base import ContentFile

from portal.tools.errors import Refused
from portal.tools.uploads import check_upload, clean_name, shown_size

#: Bytes of all files together.
MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 6


def check_evidence(uploads):
    """Raise Refused with the file's name, what is wrong and what to do unless all files may be stored."""
    if len(uploads) > MAX_FILES:
        raise Refused(f"您选择了 {len(uploads)} 个文件，最多 {MAX_FILES} 个。请合并成 PDF 或打包成 zip 后重新选择。")
    for upload in uploads:
        name = clean_name(upload.name)
        check_upload(upload, name=name, allowed=settings.EVIDENCE_EXTENSIONS, max_bytes=MAX_BYTES)
        if len(uploads) > 1 and name.lower().endswith(".zip"):
            raise Refused(f"“{name}”是压缩包。请只选择这一个压缩包，或把其中的文件解压后逐个选择。")
    total = sum(upload.size for upload in uploads)
    if total > MAX_BYTES:
        raise Refused(
            f"所选文件共 {shown_size(total)}，超过上限 {shown_size(MAX_BYTES)}。请压缩图片或降低扫描分辨率后重新选择。"
        )


def gather(uploads, archive_name):
    """Return (open file, name) to store: the only file as it is, several as one archive with that name."""
    if len(uploads) == 1:
        return uploads[0], clean_name(uploads[0].name)
    packed = io.BytesIO()  # MAX_BYTES keeps it small
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for position, upload in enumerate(uploads, start=1):
            upload.seek(0)
            archive.writestr(f"{position}-{clean_name(upload.name)}", upload.read())
    return ContentFile(packed.getvalue(), name=archive_name), archive_name
