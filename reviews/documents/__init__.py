"""Making the form document (自评表 / 申请书) as a PDF from the payload of a snapshot.

Nothing here imports WeasyPrint when the package is loaded: web processes use ``edition`` and ``names`` only, and the
import takes a second and 60 MB that only workers need.
"""
