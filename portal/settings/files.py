"""Static files, uploads and generated documents."""
from portal.env import BASE_DIR, MODE, VAR_DIR, env

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# Larger uploads go to a temporary file on disk, not to memory (bytes).
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Form fields without files (bytes); the longest form with 2,000-character texts stays below 200 KB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Fields of one request: the longest form has lists of 50 rows with up to 14 columns each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# domain.md §10.5: the official limit and types are unknown; these are the portal's own defaults.
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=50 * 1024 * 1024)
# One part of an upload (bytes): what a broken network costs at most. Below DATA_UPLOAD_MAX_MEMORY_SIZE.
EVIDENCE_PART_BYTES = 512 * 1024
# Free disk that uploads leave to the rest of the portal (bytes).
EVIDENCE_DISK_RESERVE = env.int("EVIDENCE_DISK_RESERVE", default=200 * 1024 * 1024)
EVIDENCE_EXTENSIONS = env.list(
    "EVIDENCE_EXTENSIONS", default=["pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "zip"]
)

# clamd as host:port or the path of its socket; blank: evidence is not checked for viruses (未检查).
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
# Seconds to wait for clamd at each step.
CLAMD_TIMEOUT = env.int("CLAMD_TIMEOUT", default=30)
