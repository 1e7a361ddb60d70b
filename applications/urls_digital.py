"""URLs of 数字化水平评测."""
from django.urls import path

from applications.enums import AssessmentStage
from applications.views.digital import ends, overview, stages

_RUN = "enterprise/digital-assessment/<int:assessment_id>/"
urlpatterns = [
    path("enterprise/digital-assessment/", overview.index, name="digital"),
    path("enterprise/digital-assessment/start/", overview.start, name="digital_start"),
    path(f"{_RUN}stage-one/", stages.stage_one, name="digital_stage_one"),
    path(f"{_RUN}stage-one/save/", stages.save, {"stage": AssessmentStage.ONE}, name="digital_save_one"),
    path(f"{_RUN}stage-one/end/", ends.end, name="digital_end"),
    path(f"{_RUN}stage-two/", stages.stage_two, name="digital_stage_two"),
    path(f"{_RUN}stage-two/save/", stages.save, {"stage": AssessmentStage.TWO}, name="digital_save_two"),
    path(f"{_RUN}stage-two/complete/", ends.complete, name="digital_complete"),
    path(f"{_RUN}restart/", overview.restart, name="digital_restart"),
    path(f"{_RUN}result/", overview.result, name="digital_result"),
]
