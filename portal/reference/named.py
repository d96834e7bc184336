"""A coded thing with a Vietnamese and an English name, shown in the language of the page."""

from dataclasses import dataclass

from flask_babel import get_locale


def in_page_language(vietnamese: str, english: str) -> str:
    locale = get_locale()
    return english if locale is not None and locale.language == "en" else vietnamese


@dataclass(frozen=True, slots=True)
class Named:
    code: str
    name_vi: str
    name_en: str

    @property
    def label(self) -> str:
        return in_page_language(self.name_vi, self.name_en)
