"""Pictures: what Pillow can open as what the name says, of a size that a browser can show."""
import warnings

from PIL import Image, UnidentifiedImageError

from portal.tools.file_faults import Fault

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}
#: An A4 page scanned at 1,200 dpi has 139 million.
MAX_PIXELS = 150_000_000

BROKEN = Fault("已损坏，无法显示", "请重新拍摄、扫描或另存图片")
HUGE = Fault("像素过多，审核人员的浏览器无法显示", "请降低扫描分辨率（300 dpi 即可）或缩小图片")


def picture_fault(file, extension, mismatch):
    """Return the Fault of an open picture, or None; ``mismatch`` is the Fault of quite another content."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG")) as picture:
                if picture.format != FORMATS[extension]:
                    return mismatch
                if picture.width * picture.height > MAX_PIXELS:
                    return HUGE
                picture.verify()
    except UnidentifiedImageError:
        return mismatch
    except Image.DecompressionBombError:
        return HUGE
    except (OSError, SyntaxError, ValueError, EOFError):
        return BROKEN
    finally:
        file.seek(0)
    return None
