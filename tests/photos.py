"""Photos of a few bytes, with what phones write into them."""

import struct

PLACE = b"GPS 10.3759N 105.4358E iPhone"
SCAN = b"\xff\xda\x00\x08" + b"pixels" * 9 + b"\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = "<") -> bytes:
    head = b"II*\x00" if order == "<" else b"MM\x00*"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    ifd = struct.pack(f"{order}I", 8) + struct.pack(f"{order}H", 1) + entries + struct.pack(f"{order}I", 0)
    return segment(0xE1, b"Exif\x00\x00" + head + ifd + PLACE)


# As it leaves a phone: its place in front of the pixels, and again in the small picture behind them.
FROM_A_PHONE = b"\xff\xd8" + exif(1) + SCAN + b"\xff\xd8" + exif(1) + SCAN
BARE = b"\xff\xd8" + SCAN
