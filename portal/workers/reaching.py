"""How a person is reached who shares a phone or has none: their way, and a relative who takes messages."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal.access.models import Account
from portal.common.events import on
from portal.common.text import tidy_name
from portal.errors import Invalid
from portal.workers.consenting import give_consent, withdraw_consent
from portal.workers.events import ConsentWithdrawn
from portal.workers.models import Worker
from portal.workers.permissions import is_self
from portal.workers.queries import live_consent
from portal.workers.states import ConsentChannel, ContactWay, Purpose

RELATIVE_FIELDS = ("relative_name", "relative_relation", "relative_phone")


def set_reach(worker: Worker, values: Mapping[str, Any]) -> None:
    """The columns alone; `settle_relative` settles the consent once the profile has its row."""
    if "contact_way" in values:
        worker.contact_way = ContactWay(values["contact_way"]) if values["contact_way"] else None
    if "relative_name" in values:
        worker.relative_name = tidy_name(values["relative_name"] or "")
        worker.relative_relation = values.get("relative_relation") or ""
        worker.relative_phone = values.get("relative_phone") or ""
    check_relative(worker, values)


def check_relative(worker: Worker, values: Mapping[str, Any]) -> None:
    if worker.relative_name and not worker.relative_phone:
        raise Invalid(_("Hãy ghi số điện thoại của người thân."), field="relative_phone")
    if worker.relative_phone and not worker.relative_name:
        raise Invalid(_("Hãy ghi tên người thân."), field="relative_name")
    if worker.contact_way is ContactWay.RELATIVE and not worker.relative_name:
        raise Invalid(_("Hãy ghi tên và số điện thoại của người thân."), field="relative_name")
    if worker.relative_name and not values.get("relative_agreed", "relative_name" not in values):
        raise Invalid(
            _(
                "Chỉ ghi tên người thân khi người đăng ký đồng ý. "
                "Hãy đánh dấu ô đồng ý, hoặc bỏ trống phần này."
            ),
            field="relative_agreed",
        )


def settle_relative(
    worker: Worker,
    values: Mapping[str, Any],
    *,
    channel: ConsentChannel | None = None,
    actor: Account | None,
    now: dt.datetime,
) -> None:
    """A relative is named with the person's own consent, and with the relative's name the consent goes."""
    if "relative_name" not in values:
        return
    if not worker.relative_name:
        withdraw_consent(worker, Purpose.RELATIVE, actor=actor, now=now)
    elif live_consent(worker, Purpose.RELATIVE) is None:
        own = ConsentChannel.ONLINE if is_self(worker, actor) else ConsentChannel.DESK
        give_consent(worker, Purpose.RELATIVE, channel=channel or own, actor=actor, now=now)


@on(ConsentWithdrawn)
def forget_relative(event: ConsentWithdrawn) -> None:
    worker = event.worker
    if event.purpose is Purpose.RELATIVE:
        worker.relative_name = worker.relative_relation = worker.relative_phone = ""
        if worker.contact_way is ContactWay.RELATIVE:
            worker.contact_way = None


def may_use_relative(worker: Worker) -> bool:
    return bool(worker.relative_phone) and live_consent(worker, Purpose.RELATIVE) is not None


def is_reachable(worker: Worker) -> bool:
    """By a phone of their own or shared, or through a relative who may be asked."""
    return bool(worker.phone) or may_use_relative(worker)
