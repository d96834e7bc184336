"""`python -m tests.counting URL TIMES`: reads a number and writes one more, as an operation does."""

import sys

from sqlalchemy import select


def count(url: str, times: int) -> None:
    from portal import create_app
    from portal.access.models import SignInThrottle
    from portal.extensions import db
    from portal.web.transactions import write_transaction
    from tests.settings import config_for

    app = create_app(config_for(url))
    with app.app_context():
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        query = select(SignInThrottle).where(SignInThrottle.key == "counted").with_for_update()
        for _ in range(times):
            with write_transaction():
                row = db.session.scalars(query).one()
                row.failures = row.failures + 1


if __name__ == "__main__":
    count(sys.argv[1], int(sys.argv[2]))
