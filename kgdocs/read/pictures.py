"""Pictures (PNG, JPEG, TIFF) as pages to be recognised: upright, on white, in grey."""

import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import Any

from kgdocs.errors import SourceError
from kgdocs.read import limits

_FORMATS = ("PNG", "JPEG", "TIFF")
_NO_PILLOW = "Tệp ảnh: cần thư viện Pillow; hãy cài bằng lệnh: pip install 'kgdocs[ocr]'."


def picture_count(content: bytes) -> int:
    """Return how many pictures a file holds (a TIFF may have many); raises SourceError for what is no picture."""
    with _damaged():
        return int(getattr(_opened(content), "n_frames", 1))


def picture(content: bytes, number: int) -> bytes:
    """Return one picture as PGM; raises SourceError where it is damaged or too large."""
    with _damaged():
        opened = _opened(content)
        opened.seek(number)
        if opened.width * opened.height > limits.OCR_PIXELS.value:
            raise SourceError(f"Ảnh lớn hơn {limits.OCR_PIXELS.value} điểm.")
        return _grey(opened)


@contextlib.contextmanager
def _damaged() -> Iterator[None]:
    """Raise SourceError for whatever Pillow raises where a damaged picture leads it, and keep its warnings quiet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its own limit, which is above ours, and of damaged EXIF
            yield
    except (SourceError, MemoryError):
        raise
    except Exception as error:
        raise SourceError("Tệp ảnh hỏng.") from error


def _opened(content: bytes) -> Any:
    try:
        from PIL import Image
    except ImportError as error:
        raise SourceError(_NO_PILLOW) from error
    try:
        return Image.open(io.BytesIO(content), formats=_FORMATS)
    except Exception as error:
        raise SourceError("Không phải tệp ảnh (PNG, JPEG, TIFF), hoặc tệp hỏng.") from error


def _grey(picture: Any) -> bytes:
    """A picture as PGM, turned as the camera says, what is transparent in white."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    written = io.BytesIO()
    upright.convert("L").save(written, "PPM")
    return written.getvalue()
