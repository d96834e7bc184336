"""What was said of an incident: open for the case staff, sealed where violence or trafficking is told of."""

import json
from dataclasses import dataclass

from flask import current_app

from portal.common.secrets import seal, unseal
from portal.overseas.abroad.incident_models import Incident, IncidentStep


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    # How to reach who told of it, where they are no worker of ours.
    told_by: str = ""
    phone: str = ""


def put_words(incident: Incident, words: Words) -> None:
    """The seal is bound to the row."""
    if not incident.is_restricted:
        incident.text, incident.told_by, incident.phone = words.text, words.told_by, words.phone
        return
    incident.text = incident.told_by = incident.phone = ""
    incident.words_sealed = _seal(
        json.dumps([words.text, words.told_by, words.phone], ensure_ascii=False), f"incident:{incident.uid}"
    )


def words_of(incident: Incident) -> Words:
    """Who shows them has looked whether the account may, and records the look."""
    if incident.words_sealed is None:
        return Words(incident.text, incident.told_by, incident.phone)
    return Words(*json.loads(_unseal(incident.words_sealed, f"incident:{incident.uid}")))


def put_step_text(step: IncidentStep, text: str, *, restricted: bool) -> None:
    """The same for what was done."""
    if restricted and text:
        step.text, step.text_sealed = "", _seal(text, f"incident_step:{step.id}")
    else:
        step.text = text


def step_text(step: IncidentStep) -> str:
    if step.text_sealed is None:
        return step.text
    return _unseal(step.text_sealed, f"incident_step:{step.id}")


def _seal(text: str, bound_to: str) -> bytes:
    return seal(current_app.config["SEAL_KEY"], text, bound_to)


def _unseal(sealed: bytes, bound_to: str) -> str:
    return unseal(current_app.config["SEAL_KEY"], sealed, bound_to)
