"""How a state looks: the tone of its tag, as docs/look.md names them."""

from portal.referrals.models import Referral
from portal.referrals.states import ReferralState

S = ReferralState
TONES = {
    S.INTERESTED: "wait", S.SHORTLISTED: "calm", S.ASKED: "wait", S.AGREED: "water", S.REFERRED: "water",
    S.INTERVIEW: "water", S.HIRED: "good", S.PLACED: "good", S.LEFT: "calm", S.NOT_NOW: "calm",
    S.DECLINED: "calm", S.REFUSED: "stop", S.FILLED: "calm", S.LAPSED: "calm",
}  # fmt: skip


def tone_of(referral: Referral) -> str:
    return TONES[referral.state]
