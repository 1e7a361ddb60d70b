"""What the public page and the desk share of a publicity list's files: Excel at once, PDF with its state."""
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponseRedirect, JsonResponse

from portal.tools.access import wants_json
from portal.tools.downloads import as_download
from reviews.documents.names import file_name
from reviews.documents.publicity_sheet import list_sheet
from reviews.enums import DocumentState
from reviews.services.publicity_papers import NONE, order_paper, paper_of

_WORDS = {
    NONE: ("还没有生成", "点击【生成 PDF】后由后台排版，通常只需几秒，几千家企业的名单约需半分钟。"),
    DocumentState.QUEUED: ("排队中", "名单已排队，通常只需几秒，几千家企业的名单约需半分钟。可以离开此页，稍后在本页下载。"),
    DocumentState.RUNNING: ("生成中", "正在排版，几千家企业的名单约需半分钟。可以离开此页，稍后在本页下载。"),
    DocumentState.READY: ("已生成", "文件已经生成，请点击下载。"),
}


def sheet_response(publicity, *, public):
    """Answer with the list as an Excel file."""
    name = file_name(publicity.title, ending=".xlsx")
    return as_download(ContentFile(list_sheet(publicity, public=public)), name)


def pdf_response(publicity, *, public):
    """Answer with the finished PDF of the list as it is now. Raises Http404 when there is none."""
    paper = paper_of(publicity, public=public)
    if paper.state != DocumentState.READY:
        raise Http404
    return as_download(default_storage.open(paper.name), file_name(publicity.title, ending=".pdf"))


def pdf_page(request, publicity, *, public):
    """POST: order the PDF and come back. GET: return the context of its page, or JSON for the page's script."""
    if request.method == "POST":
        order_paper(publicity, public=public, request=request)
        return HttpResponseRedirect(request.path)
    paper = paper_of(publicity, public=public)
    label, message = _WORDS.get(paper.state, ("生成失败", paper.error))
    done = paper.state not in {DocumentState.QUEUED, DocumentState.RUNNING}
    progress = {"state": str(paper.state), "label": label, "message": message, "done": done}
    if wants_json(request):
        return JsonResponse(progress)
    return {
        "publicity": publicity, "paper": paper, "progress": progress, "retry_url": request.path,
        "file_name": file_name(publicity.title, ending=".pdf"),
        "facts": [("公布部门", publicity.authority.name)], "back_label": "返回名单",
    }  # fmt: skip
