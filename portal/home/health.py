"""What `/healthz` says about the outbox and the index."""

from portal.messages.queries import count_by_state
from portal.ranking.keeper import keeper
from portal.web.health import CHECKS


@CHECKS.add("outbox")
def outbox() -> str:
    count_by_state()
    return "ok"


@CHECKS.add("index")
def index() -> str:
    """The first ranking loads it, and each ranking catches up: waiting is no fault."""
    return "ok" if keeper().ranker is not None else "waiting"
