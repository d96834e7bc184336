"""Which rule of law meets which market and job: plain tables, read once."""

from dataclasses import dataclass
from functools import lru_cache

from portal.reference.datafiles import read_rows

ANY = "*"


@dataclass(frozen=True, slots=True)
class Market:
    """A country as the rules see it."""

    country: str
    region: str
    middle_east: bool

    @property
    def places(self) -> tuple[str, ...]:
        """What a rule may name, the closest first."""
        return (self.country, self.region, ANY)


@dataclass(frozen=True, slots=True)
class BarredJob:
    code: str
    # The occupation alone decides; otherwise a person asks what is done there.
    certain: bool
    occupations: tuple[str, ...]
    name_vi: str
    name_en: str
    source: str


@lru_cache(maxsize=1)
def markets() -> dict[str, Market]:
    return {
        row["country"]: Market(row["country"], row["region"], row["middle_east"] == "1")
        for row in read_rows("market_groups.csv")
    }


@lru_cache(maxsize=1)
def known_rules() -> frozenset[str]:
    """Every rule that has ever had a row: one without a row on a day is unknown on that day, not absent."""
    return frozenset(row["key"] for row in read_rows("legal_rule_keys.csv"))


@lru_cache(maxsize=1)
def _lower_fees() -> dict[tuple[str, str], str]:
    return {(row["place"], row["job_class"]): row["rule"] for row in read_rows("lower_fees.csv")}


def lower_fee(market: Market, job_class: str) -> tuple[str, str] | None:
    """The start of the rule keys of a ceiling below the general one, and its rule's id."""
    for place in market.places:
        rule = _lower_fees().get((place, job_class))
        if rule:
            return f"overseas.fee.{place}.{job_class}", rule
    return None


@lru_cache(maxsize=1)
def _contract_terms() -> dict[tuple[str, str], str]:
    return {(row["place"], row["job_class"]): row["terms"] for row in read_rows("contract_terms.csv")}


def contract_terms(market: Market, job_class: str) -> str | None:
    """Which minimum terms a contract has to meet; None: the circular names none for it."""
    table = _contract_terms()
    # Work at sea has an annex of its own, whatever the country.
    at_sea = table.get((ANY, job_class))
    if at_sea:
        return at_sea
    for place in market.places:
        for job in (job_class, ANY):
            if (place, job) in table:
                return table[place, job]
    return None


@lru_cache(maxsize=1)
def barred_jobs() -> tuple[BarredJob, ...]:
    return tuple(
        BarredJob(
            code=row["code"],
            certain=row["certain"] == "1",
            occupations=tuple(row["occupations"].split()),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            source=row["source"],
        )
        for row in read_rows("barred_jobs.csv")
    )
