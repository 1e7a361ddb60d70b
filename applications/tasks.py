"""Celery tasks of the applications app; each subject has a module of its own in job_tasks."""
from applications.job_tasks.certificates import render_certificate, requeue_certificates
from applications.job_tasks.eligibility import carry_out_list, requeue_lists

__all__ = ["carry_out_list", "render_certificate", "requeue_certificates", "requeue_lists"]
