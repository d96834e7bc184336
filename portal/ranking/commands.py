"""`flask rank` and `flask why-not`: the ranked page and its explanation for the terminal and for scripts."""

import json
from typing import Any

import click

from matching.types import RankedCandidate, Reason
from portal.common.clock import today
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.ranking import explanations, lists
from portal.ranking.keeper import IndexMissing
from portal.ranking.rebuilding import Due, bring_up_to_date
from portal.web.row_numbers import LARGEST
from portal.workers.models import Worker
from portal.workers.queries import Workers

ROW = click.IntRange(1, LARGEST)
NO_INDEX = "There is no index yet. A job makes it; `flask --app wsgi make-index` makes it now."
SAID = {
    Due.NOTHING: "The index is up to date.",
    Due.MERGE: "The changes are in the index.",
    Due.ANEW: "The index is made.",
}


def _opening(opening_id: int) -> Opening:
    opening = db.session.scalars(Openings().by_id(opening_id).with_page_data()).unique().one_or_none()
    if opening is None:
        raise click.ClickException(f"There is no opening {opening_id}.")
    return opening


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "weight": reason.weight,
        "text_vi": reason.text_vi,
        "text_en": reason.text_en,
    }


def _candidate(candidate: RankedCandidate) -> dict[str, Any]:
    return {
        "rank": candidate.rank,
        "worker_id": candidate.worker_id,
        "score": candidate.score,
        "parts": dict(candidate.parts),
        "reasons": [_reason(reason) for reason in candidate.reasons],
        "missing": [_reason(reason) for reason in candidate.missing],
    }


@click.command("rank")
@click.argument("opening_id", type=ROW)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rank_command(opening_id: int, limit: int, as_json: bool) -> None:
    """Rank the people for an opening, with reasons."""
    opening = _opening(opening_id)
    try:
        shown = lists.ranked_list(opening, on=today(), limit=limit)
    except ValueError as error:
        raise click.ClickException(f"This opening cannot be ranked: {error}") from error
    except IndexMissing as error:
        raise click.ClickException(NO_INDEX) from error
    if as_json:
        answer = {
            "opening_id": opening.id,
            "model": shown.model,
            "index_mark": shown.index_mark,
            "total_may": shown.total_may,
            "candidates": [_candidate(row.candidate) for row in shown.rows],
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    click.echo(f"{opening.title}: {shown.total_may} may, {shown.total_unknown} may once something is known")
    for row in shown.rows:
        # No names in a terminal: its scroll-back and its logs outlive the screen.
        why = "; ".join(reason.text_vi for reason in row.candidate.reasons[:3])
        click.echo(f"{row.candidate.rank:>4}  worker {row.worker.id:<7} {row.candidate.score:>8}  {why}")


@click.command("why-not")
@click.argument("opening_id", type=ROW)
@click.argument("worker_id", type=ROW)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def why_not_command(opening_id: int, worker_id: int, as_json: bool) -> None:
    """Say why a person is where they are in the list of an opening, or not in it."""
    opening = _opening(opening_id)
    worker: Worker | None = Workers().by_id(worker_id).with_profile_data().first()
    if worker is None:
        raise click.ClickException(f"There is no worker {worker_id}.")
    try:
        answer = explanations.explain(opening, worker, today())
    except ValueError as error:
        raise click.ClickException(f"This opening cannot be ranked: {error}") from error
    except IndexMissing as error:
        raise click.ClickException(NO_INDEX) from error
    told = answer.explanation
    if told is None:
        nothing = {"verdicts": [], "rank": None, "score": None, "changes": []}
        body = {**nothing, "not_ranked": answer.not_ranked}
        click.echo(json.dumps(body, ensure_ascii=False, indent=1) if as_json else answer.not_ranked)
        return
    if as_json:
        verdicts = [
            {name: getattr(v, name) for name in ("rule", "verdict", "stated", "needed", "text_vi", "text_en")}
            for v in told.verdicts
        ]
        changes = [
            {"code": c.code, "text_vi": c.text_vi, "text_en": c.text_en, "gain": c.gain, "rank": c.rank}
            for c in told.changes
        ]
        body = {"verdicts": verdicts, "rank": told.rank, "score": told.score, "changes": changes}
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
        return
    click.echo(f"rank {told.rank}, score {told.score}")
    for verdict in told.verdicts:
        click.echo(f"  {verdict.verdict:<8} {verdict.text_vi}")
    for change in told.changes:
        click.echo(f"  + {change.text_vi}")


@click.command("make-index")
def make_index_command() -> None:
    """Make the index that the ranked pages read, if one is due: before a first start with many people, or
    after a new version (a job does the same)."""
    shown = 0

    def told(done: int, total: int) -> None:
        nonlocal shown
        share = 100 * done // max(1, total)
        if share >= shown + 5:
            shown = share
            click.echo(f"  {share} %")

    click.echo(SAID[bring_up_to_date(today(), told)])
