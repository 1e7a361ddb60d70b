"""Evidence files as lines of the enterprise's pages, and as JSON for static/js/upload.js."""
from portal.tools.file_types import can_preview
from portal.tools.uploads import extension_of, shown_size
from reviews.enums import ScanState

#: What the enterprise reads when the same content lies with another one; never whose.
SHARED = (
    "其他企业的申报材料中有内容完全相同的文件，请确认是否属于本企业。确认无误的不需要处理；"
    "选错了文件的，请移除后重新上传。"
)
BLOCKED = "被病毒检查拦截（{}），不计入已上传的材料。请先在本机杀毒，移除后重新上传。"
PENDING = "正在排队做病毒检查，不影响提交。"


def file_row(attachment):
    """Return an evidence file (reviews.queries.evidence.with_sharing) for the fill-in page and for JSON."""
    notes = {ScanState.BLOCKED: BLOCKED.format(attachment.scan_note), ScanState.PENDING: PENDING}
    return {
        "id": attachment.pk,
        "name": attachment.name,
        "size": shown_size(attachment.size),
        "scan_note": notes.get(attachment.scan_state, ""),
        "note": SHARED if attachment.is_shared else "",
        **read_facts(attachment.name, attachment.scan_state),
    }


def read_facts(name, scan_state):
    """Return what a line for reading shows beside the name: whether there is a preview, how the virus check stands."""
    state = ScanState(scan_state)
    return {
        "preview": can_preview(extension_of(name)) and state != ScanState.BLOCKED,
        "scan": state.value,
        "scan_label": "" if state == ScanState.OFF else state.label,
    }
