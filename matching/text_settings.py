"""The few numbers of the text model. docs/ranking.md says why each is what it is and what it brings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextSettings:
    """Numbers by which words become weights.

    Attributes
    ----------
    pair : float
        Weight of two neighbouring words against that of one.
    repeated : int
        What a second and a fourth mention of a term add to the first, in 64ths: ln 2.
    posting_share : float
        A word that every posting has counts as if at least this share of the documents had it; 0: as it is.
    length_power : float
        Power of a document's length that its score is divided by; 1 is the cosine.
    least_like : float
        Cosine of character n-grams from which a word is widened to another; above 1: never.
    typed_like : float
        Likeness of a Vietnamese word to its letters typed without marks.
    company : float
        Weight of the company that words keep against the words themselves.
    hinted : float
        Weight of the words of the occupation that a text names.
    first_terms : int
        Terms of the first stage; each costs a posting list.
    first_company : float
        Weight, in the first stage, of words that keep the same company.
    near_company : float
        And how near that company must be.
    """

    pair: float = 0.7
    repeated: int = 44
    posting_share: float = 0.5
    length_power: float = 0.95
    least_like: float = 0.2
    typed_like: float = 0.7
    company: float = 0.4
    hinted: float = 0.5
    first_terms: int = 64
    first_company: float = 0.6
    near_company: float = 0.2


SETTINGS = TextSettings()
"""The settings of the product; others are for measuring what each idea brings."""
