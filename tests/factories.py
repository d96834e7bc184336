"""Rows for tests, believable and complete; anything can be given by name."""

import datetime as dt
import itertools
import uuid
from typing import Any

from sqlalchemy import select

from portal.access.models import Account
from portal.access.states import Role
from portal.common.text import fold, name_sort_key
from portal.extensions import db
from portal.openings.models import Opening, OpeningRequirement, OverseasCost, OverseasTerms
from portal.openings.states import OpeningState, RequirementKind, Sphere
from portal.organisations.models import Membership, Organisation, OrganisationConfirmation
from portal.organisations.rules import CALLED_KINDS
from portal.organisations.states import LicenceStatus, OrganisationKind
from portal.workers.changes import log_change
from portal.workers.consent_models import Consent
from portal.workers.models import WantedPlace, Worker, WorkerCertificate, WorkerOccupation
from portal.workers.states import ConsentChannel, Purpose, Sex, WorkerState

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
_numbers = itertools.count(1)


class Factory:
    def account(self, role: str = "seeker", **given: Any) -> Account:
        number = next(_numbers)
        account = Account(
            **{
                "sign_in_name": f"{role}{number}",
                "display_name": f"Tài khoản {number}",
                "role": Role(role),
                "created_at": NOW,
                "is_enabled": True,
                "session_version": 1,
                "locale": "vi",
                **given,
            }
        )
        return self._save(account)

    def organisation(self, kind: str = "employer", **given: Any) -> Organisation:
        """Called back by a member of staff already, where its openings would wait for that."""
        number = next(_numbers)
        name = given.pop("name", f"Công ty Thử {number}")
        confirmed = given.pop("confirmed", True)
        organisation = self._save(
            Organisation(
                **{
                    "kind": OrganisationKind(kind),
                    "name": name,
                    "name_folded": fold(name),
                    "commune_code": "30307",
                    "created_at": NOW,
                    "licence_status": LicenceStatus.VALID if kind == "sender" else LicenceStatus.UNKNOWN,
                    **given,
                }
            )
        )
        if confirmed and organisation.kind in CALLED_KINDS:
            self.confirmation(organisation)
        return organisation

    def confirmation(self, organisation: Organisation, **given: Any) -> OrganisationConfirmation:
        return self._save(
            OrganisationConfirmation(
                **{
                    "organisation_id": organisation.id,
                    "called_number": "02963999999",
                    "number_source": "Đăng ký doanh nghiệp",
                    "spoke_with": "Chị Hạnh, nhân sự",
                    "confirmed_by_id": self._caller().id,
                    "confirmed_at": NOW,
                    **given,
                }
            )
        )

    def _caller(self) -> Account:
        found = db.session.scalar(select(Account).where(Account.sign_in_name == "caller"))
        return found or self.account("adviser", sign_in_name="caller", display_name="Trần Thị Gọi")

    def member(self, role: str, organisation: Organisation | None = None, **given: Any) -> Account:
        """An account of a partner role that belongs to an organisation of that kind."""
        account = self.account(role, **given)
        organisation = organisation or self.organisation(role)
        self._save(
            Membership(
                account_id=account.id, organisation_id=organisation.id, is_manager=True, created_at=NOW
            )
        )
        return account

    def worker(
        self,
        full_name: str = "Nguyễn Thị Mai",
        *,
        occupations: tuple[tuple[str, int], ...] = (("7531", 36),),
        consents: tuple[Purpose, ...] = (Purpose.MATCHING, Purpose.SHARING, Purpose.MESSAGES),
        certificates: tuple[tuple[str, str], ...] = (),
        countries: tuple[str, ...] = (),
        **given: Any,
    ) -> Worker:
        birth_date = given.pop("birth_date", dt.date(1998, 5, 17))
        worker = Worker(
            **{
                "uid": uuid.uuid4().hex,
                "state": WorkerState.ACTIVE,
                "full_name": full_name,
                "name_folded": fold(full_name),
                "name_sort": name_sort_key(full_name),
                "birth_date": birth_date,
                "birth_year": birth_date.year if birth_date else None,
                "sex": Sex.FEMALE,
                "phone": f"0901{next(_numbers):06d}",
                "commune_code": "30307",
                "education_code": "upper_secondary",
                "wants_home": True,
                "wants_other_provinces": False,
                "wants_abroad": bool(countries),
                "wage_min": 7_000_000,
                "created_at": NOW,
                "updated_at": NOW,
                **given,
            }
        )
        worker.occupations = [
            WorkerOccupation(code=code, months=months, position=place)
            for place, (code, months) in enumerate(occupations)
        ]
        worker.certificates = [WorkerCertificate(scale=scale, level=level) for scale, level in certificates]
        worker.wanted_places = [WantedPlace(country=country) for country in countries]
        worker.consents = [
            Consent(
                purpose=purpose,
                text_version="2026-11",
                sentence="Tôi đồng ý.",
                channel=ConsentChannel.ONLINE,
                given_at=NOW,
            )
            for purpose in consents
        ]
        db.session.add(worker)
        log_change(worker, now=NOW)
        return self._save(worker)

    def opening(self, title: str = "Công nhân may", **given: Any) -> Opening:
        requirements = given.pop("requirements", ())
        terms = given.pop("overseas", None)
        organisation = given.pop("organisation", None) or self.organisation(
            "sender" if given.get("sphere") == Sphere.OVERSEAS else "employer"
        )
        opening = Opening(
            **{
                "organisation_id": organisation.id,
                "state": OpeningState.PUBLISHED,
                "sphere": Sphere.DOMESTIC,
                "title": title,
                "occupation_code": "7531",
                "text": "May áo sơ mi theo chuyền.",
                "search_text": fold(f"{title} {organisation.name}"),
                "positions": 5,
                "positions_left": 5,
                "province_code": "91",
                "commune_code": "30307",
                "wage_min": 7_000_000,
                "wage_max": 10_000_000,
                "expires_on": NOW.date() + dt.timedelta(days=30),
                "created_at": NOW,
                "updated_at": NOW,
                "published_at": NOW,
                "contact_name": "Chị Lan",
                "contact_phone": "02963000001",
                **given,
            }
        )
        for place, requirement in enumerate(requirements):
            kind, op, value = requirement[:3]
            opening.requirements.append(
                OpeningRequirement(
                    kind=RequirementKind(kind),
                    op=op,
                    value=value,
                    is_hard=requirement[3] if len(requirement) > 3 else True,
                    position=place,
                )
            )
        if opening.sphere == Sphere.OVERSEAS:
            stated = dict(terms or {"approval_number": "123/QLLĐNN"})
            costs = [
                OverseasCost(position=place, **line) for place, line in enumerate(stated.pop("costs", ()))
            ]
            opening.overseas = OverseasTerms(costs=costs, **stated)
        return self._save(opening)

    def _save(self, row: Any) -> Any:
        db.session.add(row)
        db.session.commit()
        return row
