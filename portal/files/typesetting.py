"""Printed papers: a typst source and plain values become a PDF. Opens no transaction."""

import json
from pathlib import Path
from typing import Any

import typst


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """PDF/UA: a screen reader finds title, language, headings and the picture's text."""
    try:
        return _compiled(template, data, ["ua-1"])
    except typst.TypstError:
        # A sign that the font does not have (an emoji, a Chinese name) is no PDF/UA; with a box in its place
        # the person still gets the paper.
        return _compiled(template, data, [])


def _compiled(template: Path, data: dict[str, Any], standards: list[str]) -> bytes:
    pdf = typst.compile(
        template.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=standards,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no page")
    return pdf


def shortened(text: str, longest: int | None) -> str:
    """Ends at a word, with "…"."""
    if longest is None or len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(",; ") + "…"
