"""What is left of uploads that nobody finished."""
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reviews.models import Upload
from reviews.queries.evidence import UPLOAD_KEPT

FOLDER = "uploads"
_BATCH = 500


def partial_path(upload):
    """Return where the bytes of an upload lie."""
    return Path(settings.MEDIA_ROOT) / upload.path


@transaction.atomic
def discard_upload(*, upload):
    """Forget an upload and, once that is certain, its bytes."""
    upload.delete()
    path = partial_path(upload)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def expire_uploads():
    """Remove uploads that stood still for UPLOAD_KEPT, and bytes that belong to no upload; return how many uploads."""
    limit = timezone.now() - UPLOAD_KEPT
    removed = 0
    for upload_id in list(Upload.objects.filter(last_at__lt=limit).values_list("pk", flat=True)[:_BATCH]):
        removed += _expire(upload_id, limit)
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        is_old = path.stat().st_mtime < limit.timestamp()
        if is_old and not Upload.objects.filter(path=f"{FOLDER}/{path.name}").exists():
            path.unlink(missing_ok=True)
    return removed


@transaction.atomic
def _expire(upload_id, limit):
    upload = Upload.objects.select_for_update(skip_locked=True).filter(pk=upload_id, last_at__lt=limit).first()
    if upload is None:
        return 0
    discard_upload(upload=upload)
    return 1
