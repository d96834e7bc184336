"""Several people at once: each in a thread and a transaction of its own."""

import threading

from portal.errors import DomainError
from portal.extensions import db
from portal.web.transactions import write_transaction


def all_at_once(app, jobs):
    """What each job came to: "done", or the sentence of its refusal."""
    barrier, came = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        with app.app_context():
            try:
                barrier.wait()
                with write_transaction():
                    job()
                came[place] = "done"
            except DomainError as error:
                came[place] = str(error.sentence)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return came
