"""Can this PDF be opened by whoever reviews it?

Certificates (高企证书, 软著, 专利) often carry a signature or an *owner* password: they forbid changes or printing, but
everybody can open them. Such a file is accepted. Only a password that is asked for at opening is refused.
"""
import logging

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from portal.tools.file_faults import Fault

HEADER_WITHIN = 1024  # bytes; some programs write a few bytes before it

LOCKED = Fault("设有打开密码，审核人员无法打开", "请取消打开密码（只限制打印或修改的密码可以保留）并另存")
BROKEN = Fault("已损坏或不完整，读不出页面", "请在本机确认能打开，重新导出或另存为 pdf")
EMPTY = Fault("没有任何页面", "请检查文件内容，重新导出 pdf")

log = logging.getLogger(__name__)
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it comments on every oddity of the files that people send


def pdf_fault(file):
    """Return the Fault of an open PDF file, or None. The header has been looked at already.

    A reader that fails in a way it does not declare has met something it does not know, not a broken file: the file
    is accepted, because browsers open more than it does.
    """
    try:
        file.seek(0)
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            return LOCKED
        return None if len(reader.pages) else EMPTY
    except DependencyError:
        return None
    except (PyPdfError, EOFError):
        return BROKEN
    except Exception:
        log.exception("pypdf failed on an evidence file; it is accepted")
        return None
    finally:
        file.seek(0)
