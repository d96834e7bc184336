"""Referrals in every state, made by the same operations as real ones, with dates behind today."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from portal.access.models import Account
from portal.access.states import Role
from portal.common.clock import local_date
from portal.demo import hours
from portal.errors import DomainError
from portal.extensions import db
from portal.openings.models import Opening
from portal.openings.queries import Openings
from portal.openings.states import Sphere
from portal.ranking import lists
from portal.ranking.operations import record_shown
from portal.referrals import operations
from portal.referrals.interviews import Meeting
from portal.referrals.models import Referral
from portal.referrals.results import Hire
from portal.referrals.states import AnswerChannel
from portal.web.transactions import write_transaction
from portal.workers.models import Worker

# How far the stories go, by share; each later step is tried only where the ones before it held.
ENDS = {
    "interested": 12, "not_now": 5, "shortlisted": 10, "asked": 12, "declined": 8, "lapsed": 1, "agreed": 8,
    "referred": 12, "interview": 10, "refused": 9, "hired": 14,
}  # fmt: skip
OLD_ENDS = {"placed": 60, "left": 12, "refused": 15, "declined": 8, "not_now": 5}
OPENINGS_WITH_STORIES = 70
PEOPLE_AN_OPENING = 4
# Of the demo account `seeker`: how far, and begun how many days ago.
SEEKER_ENDS = (("interview", 4), ("asked", 1), ("interested", 0))


@dataclass
class Story:
    """One person and one opening; `moment` walks forward from step to step."""

    worker: Worker
    opening: Opening
    adviser: Account
    rng: random.Random
    moment: dt.datetime
    latest: dt.datetime
    list_id: int | None
    referral: Referral | None = None
    interview_on: dt.date | None = None

    def later(self, days: float) -> dt.datetime:
        then = self.moment + dt.timedelta(days=days, hours=self.rng.random() * 3)
        self.moment = min(self.latest, hours.fit(then))
        return self.moment

    @property
    def made(self) -> Referral:
        assert self.referral is not None
        return self.referral


def make_histories(
    opening_ids: list[int],
    adviser_ids: list[int],
    persona_ids: list[int],
    rng: random.Random,
    now: dt.datetime,
) -> None:
    """Each opening's people come from its own ranked list, which is recorded as shown.

    The personas are left as they are told, but for the first: her pages have something to show.
    """
    latest = hours.latest(now)
    for opening_id in rng.sample(opening_ids, k=min(OPENINGS_WITH_STORIES, len(opening_ids))):
        opening = db.session.scalars(Openings().by_id(opening_id).with_page_data()).unique().one()
        shown = lists.ranked_list(opening, on=local_date(now), limit=15)
        listed = [row.worker.id for row in (*shown.rows, *shown.unknowns)]
        people = [worker_id for worker_id in listed if worker_id not in persona_ids][:15]
        chosen = rng.sample(people, k=min(PEOPLE_AN_OPENING, len(people)))
        with write_transaction():
            opening = db.session.get_one(Opening, opening_id)
            adviser = db.session.get_one(Account, rng.choice(adviser_ids))
            begun = min(latest, (opening.published_at or latest) + dt.timedelta(hours=2))
            kept = record_shown(opening, shown, actor=adviser, now=begun)
            for worker_id in chosen:
                worker = db.session.get_one(Worker, worker_id)
                story = Story(worker, opening, adviser, rng, begun, latest, kept.id)
                _tell(story, _end(story))
        db.session.expunge_all()
    with write_transaction():
        # As the clock of a running portal would: a question nobody answered in time is over.
        operations.lapse_due(now=latest)
        _tell_of_seeker(db.session.get_one(Worker, persona_ids[0]), adviser_ids[0], rng, now)


def _tell_of_seeker(worker: Worker, adviser_id: int, rng: random.Random, now: dt.datetime) -> None:
    """Who signs in as `seeker` finds a letter with an interview ahead, a question, and a wish of her own."""
    latest, on = hours.latest(now), local_date(now)
    trades = {own.code for own in worker.occupations}
    fitting = [row.opening for row in lists.openings_for(worker, on=on, limit=30).rows]
    fitting = [opening for opening in fitting if opening.sphere == Sphere.DOMESTIC]
    # Her own trade first; the sort keeps the order of the list otherwise.
    fitting.sort(key=lambda opening: opening.occupation_code not in trades)
    for (end, days), opening in zip(SEEKER_ENDS, fitting, strict=False):
        published = (opening.published_at or latest) + dt.timedelta(hours=2)
        begun = min(latest, max(published, hours.fit(latest - dt.timedelta(days=days))))
        adviser = db.session.get_one(Account, adviser_id)
        story = Story(worker, opening, adviser, rng, begun, latest, None)
        story.interview_on = on + dt.timedelta(days=2)
        _tell(story, end)


def _end(story: Story) -> str:
    """Most stories that are old enough have ended, well or not."""
    old = story.latest - story.moment > dt.timedelta(days=40)
    shares = OLD_ENDS if old else ENDS
    return story.rng.choices(list(shares), list(shares.values()))[0]


def _tell(story: Story, end: str) -> None:
    for step in STORIES[end]:
        try:
            with db.session.begin_nested():
                step(story)
        except DomainError:
            # The rules stopped this story here (the opening was filled, consent is missing …): as in life.
            return


def _wants(story: Story) -> None:
    """Only the person can say so: they get an account, which nobody can sign in to."""
    if story.worker.account is None:
        story.worker.account = Account(
            sign_in_name=f"demo-{story.worker.uid[:12]}",
            display_name=story.worker.full_name,
            role=Role.SEEKER,
            is_demo=True,
            created_at=story.moment,
        )
        db.session.flush()
    story.referral = operations.express_interest(
        story.worker, story.opening, actor=story.worker.account, now=story.moment
    )


def _not_now(story: Story) -> None:
    operations.decline_interest(
        story.made, reason="centre_better_fit", actor=story.adviser, now=story.later(1)
    )


def _shortlisted(story: Story) -> None:
    story.referral = operations.shortlist(
        story.worker, story.opening, shown_list_id=story.list_id, actor=story.adviser, now=story.moment
    )


def _asked(story: Story) -> None:
    operations.ask(story.made, actor=story.adviser, now=story.later(0.5))


def _declined(story: Story) -> None:
    reason = story.rng.choice(
        ("person_wage", "person_distance", "person_hours", "person_family", "person_found")
    )
    operations.answer(
        story.made, False, channel=AnswerChannel.PHONE, reason=reason, actor=story.adviser, now=story.later(1)
    )


def _lapsed(story: Story) -> None:
    story.later(20)
    operations.lapse_due(now=story.moment)


def _agreed(story: Story) -> None:
    operations.answer(story.made, True, channel=AnswerChannel.PHONE, actor=story.adviser, now=story.later(1))


def _letter(story: Story) -> None:
    operations.issue_letter(story.made, actor=story.adviser, now=story.later(0.3))


def _interview(story: Story) -> None:
    opening = story.opening
    # Still ahead, whenever the story began: an appointment that has passed asks for its result.
    day = story.interview_on or local_date(story.latest) + dt.timedelta(days=story.rng.choice((1, 2, 3)))
    meeting = Meeting(
        starts_at=hours.meeting(day, story.rng),
        place=opening.address_line or "Văn phòng doanh nghiệp",
        directions=opening.directions,
        contact_name=opening.contact_name,
        contact_phone=opening.contact_phone,
        bring="Giấy giới thiệu, căn cước, bằng cấp nếu có",
    )
    operations.set_interview(story.made, meeting, actor=story.adviser, now=story.later(0.2))


def _refused(story: Story) -> None:
    reason = story.rng.choice(
        ("employer_experience", "employer_skills", "employer_other_chosen", "employer_test")
    )
    operations.record_result(story.made, reason=reason, actor=story.adviser, now=story.later(3))


def _hired(story: Story) -> None:
    day = local_date(story.later(2))
    operations.record_result(
        story.made, Hire(hired_on=day, notice_on=day), actor=story.adviser, now=story.moment
    )


def _exchanged(story: Story) -> None:
    day = local_date(story.later(5))
    operations.record_exchange(
        story.made,
        done_on=day,
        proof=f"Mã tin {story.rng.randrange(10**6):06d}",
        actor=story.adviser,
        now=story.moment,
    )


def _placed(story: Story) -> None:
    operations.follow_up(story.made, True, actor=story.adviser, now=story.later(32))
    if story.opening.sphere == Sphere.OVERSEAS:
        day = local_date(story.later(1))
        operations.record_departure(story.made, day, actor=story.adviser, now=story.moment)


def _left(story: Story) -> None:
    operations.follow_up(
        story.made, False, reason="person_left_soon", actor=story.adviser, now=story.later(32)
    )


_TO_LETTER = (_shortlisted, _asked, _agreed, _letter)
STORIES: dict[str, tuple[Callable[[Story], None], ...]] = {
    "interested": (_wants,),
    "not_now": (_wants, _not_now),
    "shortlisted": (_shortlisted,),
    "asked": (_shortlisted, _asked),
    "declined": (_shortlisted, _asked, _declined),
    "lapsed": (_shortlisted, _asked, _lapsed),
    "agreed": (_shortlisted, _asked, _agreed),
    "referred": _TO_LETTER,
    "interview": (*_TO_LETTER, _interview),
    "refused": (*_TO_LETTER, _refused),
    "hired": (*_TO_LETTER, _hired),
    "placed": (*_TO_LETTER, _hired, _exchanged, _placed),
    "left": (*_TO_LETTER, _hired, _exchanged, _left),
}
