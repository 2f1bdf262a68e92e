"""Uploaded pictures: what is kept of them, and what is refused."""

import io
import struct
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from wishare.core.images import ImageField

pytestmark = pytest.mark.once

UNREADABLE = "This file is not a picture we can read. JPEG, PNG, WebP and GIF work."
TOO_LARGE = "This picture is larger than 10 MB. Please choose a smaller one."
TOO_MANY = "This picture has too many pixels. Please choose a smaller one."
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def half_red_half_blue(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image.convert(mode)


def upload(content: bytes, name: str = "picture.jpg", **field: int) -> bytes:
    clean = ImageField(**field).clean(SimpleUploadedFile(name, content, "image/jpeg"))
    return bytes(clean.read())


def uploaded(content: bytes, **field: int) -> Image.Image:
    """The stored picture, opened."""
    stored = Image.open(io.BytesIO(upload(content, **field)))
    stored.load()
    assert stored.format == "WEBP"
    return stored


def refusal(content: bytes, name: str = "picture.jpg") -> list[str]:
    with pytest.raises(ValidationError) as refused:
        upload(content, name)
    return refused.value.messages


def looks(image: Image.Image, at: tuple[int, int]) -> str:
    """Which of three colours a pixel is closest to."""
    pixel = image.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return max(zip(pixel, ("red", "green", "blue"), strict=True))[1]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *(("PNG", mode) for mode in ("RGB", "P", "1", "I;16", "LA", "RGBA")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
        ("GIF", "P"),
    ],
)
def test_every_usual_picture_becomes_webp_of_its_size(kind: str, mode: str) -> None:
    image = Image.new(mode, (40, 20)) if mode == "I;16" else half_red_half_blue(mode)
    assert uploaded(encoded(image, kind)).size == (40, 20)


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_colours_survive_printers_inks_too(mode: str) -> None:
    stored = uploaded(encoded(half_red_half_blue(mode), "JPEG", quality=95))
    assert [looks(stored, (5, 10)), looks(stored, (35, 10))] == ["red", "blue"]


def test_a_large_picture_is_made_small_and_a_small_one_is_not_made_large() -> None:
    large, small = (
        encoded(Image.new("RGB", (3000, 1500)), "JPEG"),
        encoded(Image.new("RGB", (30, 15)), "JPEG"),
    )
    assert (uploaded(large).size, uploaded(large, longest_side=600).size) == ((1200, 600), (600, 300))
    assert uploaded(small).size == (30, 15)
    assert uploaded(encoded(Image.new("RGB", (1, 9000)), "PNG")).size == (1, 1200)


def test_a_picture_taken_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turn clockwise to see it
    stored = uploaded(encoded(half_red_half_blue(), "JPEG", exif=exif, quality=95))
    assert stored.size == (20, 40)
    assert [looks(stored, (10, 5)), looks(stored, (10, 35))] == ["red", "blue"]


def test_nothing_but_the_picture_is_stored() -> None:
    exif = Image.Exif()
    exif[MAKER] = "SECRETCAMERA"
    exif.get_ifd(GPS)[2] = (48.0, 51.0, 30.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = encoded(half_red_half_blue(), "JPEG", exif=exif, icc_profile=profile, comment=b"SECRETPLACE")
    before = Image.open(io.BytesIO(content))
    assert (before.getexif().get_ifd(GPS)[2], "icc_profile" in before.info) == ((48.0, 51.0, 30.0), True)
    stored = upload(content)
    assert [word in stored for word in (b"SECRET", b"EXIF", b"ICCP", b"XMP ")] == [False] * 4
    assert dict(uploaded(content).getexif()) == {}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_can_be_seen_through_stays_so(kind: str) -> None:
    image = half_red_half_blue("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 20, 20))
    stored = uploaded(encoded(image, kind))
    assert stored.mode == "RGBA"
    assert [stored.getchannel("A").getpixel(at) for at in ((5, 10), (35, 10))] == [0, 255]


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "red")]
    stored = uploaded(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert (getattr(stored, "n_frames", 1), looks(stored, (5, 5))) == (1, "red")


def test_the_stored_name_is_nobodys_guess_and_never_the_uploaded_one() -> None:
    content = encoded(half_red_half_blue(), "PNG")
    field = ImageField()
    names = [field.clean(SimpleUploadedFile("../../etc/x.php", content)).name for _ in range(2)]
    assert len({*names}) == 2
    assert [(len(name), name.endswith(".webp")) for name in names] == [(37, True)] * 2


def test_a_script_hidden_behind_a_picture_does_not_survive() -> None:
    polyglot = encoded(half_red_half_blue(), "GIF") + b"<script>alert(1)</script><?php phpinfo() ?>"
    stored = upload(polyglot, "picture.html")
    assert (stored[:4], b"script" in stored, b"php" in stored) == (b"RIFF", False, False)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n"


@pytest.mark.parametrize(
    "content",
    [b"just text", b"\x00", b"\xff\xd8\xff", b"GIF89a", SVG, EPS, b"PK\x03\x04zip", b"<?php echo 1; ?>"]
    + [encoded(half_red_half_blue(), kind) for kind in ("BMP", "TIFF", "PPM", "ICO")],
)
def test_what_is_not_one_of_four_kinds_is_refused_whatever_its_name(content: bytes) -> None:
    assert refusal(content, "holiday.jpg") == [UNREADABLE]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_half_a_picture_is_refused(kind: str, part: float) -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    content = encoded(noise, kind)
    assert refusal(content[: int(len(content) * part)]) == [UNREADABLE]


def test_an_empty_file_is_named_so() -> None:
    assert refusal(b"") == ["The submitted file is empty."]


def test_ten_megabytes_are_the_limit() -> None:
    limit = 10 * 1024 * 1024
    picture = encoded(half_red_half_blue(), "PNG")
    assert refusal(picture + b"\0" * (limit + 1 - len(picture))) == [TOO_LARGE]
    assert refusal(b"\0" * (12 * 1024 * 1024)) == [TOO_LARGE]
    assert upload(picture + b"\0" * (limit - len(picture)))[:4] == b"RIFF"


def png_of_zeros(width: int, height: int) -> bytes:
    """A valid PNG of one bit a pixel that is tiny on disk, whatever its size."""
    squeezed = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    data = b"".join(squeezed.compress(row) for _ in range(height)) + squeezed.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    packed = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize(("width", "height"), [(10_000, 5_001), (9_500, 9_500), (40_000, 30_000)])
def test_a_bomb_is_refused_before_it_goes_off(width: int, height: int) -> None:
    bomb = png_of_zeros(width, height)
    assert len(bomb) < 1_000_000
    assert refusal(bomb, "bomb.png") == [TOO_MANY]


def test_a_bomb_of_text_is_refused() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "x" * 80_000_000, zip=True)
    assert refusal(encoded(half_red_half_blue(), "PNG", pnginfo=info)) == [UNREADABLE]


def test_uploads_at_the_same_moment_leave_python_as_it_was() -> None:
    picture, before = encoded(half_red_half_blue(size=(400, 300)), "PNG"), warnings.filters[:]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(upload, [picture] * 80))
    assert warnings.filters[:] == before


def outcome(content: bytes) -> str:
    try:
        return "stored" if upload(content)[:4] == b"RIFF" else "stored as something else"
    except ValidationError as refused:
        return str(refused.messages[0])


SEEDS = [
    encoded(half_red_half_blue("RGB"), "JPEG", progressive=True),
    encoded(half_red_half_blue("P"), "PNG", transparency=0),
    encoded(half_red_half_blue("RGBA"), "WEBP", lossless=True),
    encoded(half_red_half_blue("P"), "GIF", save_all=True, append_images=[half_red_half_blue("P")]),
]


@settings(max_examples=150)
@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.integers(0, 400), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6),
)
def test_a_picture_with_broken_bytes_is_stored_or_refused_and_nothing_else(
    seed: bytes, changes: list[tuple[int, bytes]]
) -> None:
    content = bytearray(seed)
    for at, what in changes:
        content[at % len(content) : at % len(content) + len(what)] = what
    assert outcome(bytes(content)) in {"stored", UNREADABLE, TOO_MANY}
