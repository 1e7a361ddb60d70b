"""Broker, cache and the periodic tasks. The reasons stand beside the values."""

from celery.schedules import crontab

from portal.env import VAR_DIR, env

REDIS_SOCKET = env.str("REDIS_SOCKET", default=str(VAR_DIR / "redis.sock"))
CELERY_BROKER_URL = env.str("BROKER_URL", default=f"redis+socket://{REDIS_SOCKET}")

# Results are rows of ours (notices, documents), never Celery's.
CELERY_TASK_IGNORE_RESULT = True
# A worker that dies gives its task back; tasks are idempotent by key, so running twice is harmless.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Seconds. A ten-page document takes about one; an export sets its own limit.
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
# A web request must not hang when the broker is away: the row is stored, beat sends it later.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "visibility_timeout": 600,
    # Without these kombu itself tries again for six seconds inside the request (TASK_PUBLISH_RETRY does not reach it).
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "reviews.tasks.render_document": {"queue": "pdf"},
    "reviews.job_tasks.publicity.render_publicity_list": {"queue": "pdf"},
    "applications.job_tasks.certificates.render_certificate": {"queue": "pdf"},
    "reviews.job_tasks.exports.make_export": {"queue": "export"},
    "reviews.job_tasks.verification.verify_histories": {"queue": "export"},
    "accounts.tasks.send_notice": {"queue": "notice"},
}
# Exports being made at a time in the whole portal: they take minutes, and the embedded portal has two worker processes.
EXPORTS_AT_ONCE = env.int("EXPORTS_AT_ONCE", default=1)
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {
    "requeue-notices": {"task": "accounts.tasks.requeue_notices", "schedule": 30.0},
    "requeue-documents": {"task": "reviews.tasks.requeue_documents", "schedule": 30.0},
    "requeue-certificates": {
        "task": "applications.job_tasks.certificates.requeue_certificates", "schedule": 30.0,
    },
    "requeue-exports": {"task": "reviews.job_tasks.exports.requeue_exports", "schedule": 30.0},
    "expire-exports": {"task": "reviews.job_tasks.exports.expire_exports", "schedule": crontab(minute=20)},
    "verify-histories": {
        "task": "reviews.job_tasks.verification.verify_histories", "schedule": crontab(hour=1, minute=30),
    },
    "requeue-scans": {"task": "reviews.tasks.requeue_scans", "schedule": 60.0},
    "requeue-eligibility": {"task": "applications.job_tasks.eligibility.requeue_lists", "schedule": 60.0},
    "requeue-bulk": {"task": "reviews.job_tasks.bulk.requeue_bulk", "schedule": 30.0},
    "expire-uploads": {"task": "reviews.tasks.expire_uploads", "schedule": crontab(hour=3, minute=50)},
    "clean-sign-in": {"task": "accounts.tasks.clean_sign_in", "schedule": crontab(hour=3, minute=40)},
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL", default=f"unix://{REDIS_SOCKET}?db=1"),
    }
}
