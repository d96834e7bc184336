"""What every posting says: words that tell postings from other texts, but not one kind of work from another.

Profiles seldom hold "ưu tiên" or "trình độ", so by profiles alone these words look rare and telling, and an
opening would find whoever happens to use them. `matching/data/posting_phrases.csv` holds such sentences, in
our own words.
"""

import csv
from functools import lru_cache
from pathlib import Path

from matching.terms import document_terms

FILE = Path(__file__).parent / "data" / "posting_phrases.csv"


@lru_cache(maxsize=1)
def posting_terms() -> frozenset[str]:
    """Return the words and pairs of the sentences that every posting has."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return frozenset(term for row in csv.DictReader(lines) for term in document_terms(row["phrase"]))
