"""What was measured of a version, in words that a leader can decide by."""

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.weights import PARTS, WEIGHTS
from portal.ranking.fairness_tables import labels_of
from portal.ranking.learning_models import RankingVersion
from portal.ranking.learning_states import VersionState
from portal.ranking.sentences import PART_LABELS
from portal.ranking.states import Dimension
from portal.ranking.versions import is_readable

COUNTED = {
    "outcomes": _l("câu trả lời của nơi tuyển"),
    "yes": _l("lần được nhận"),
    "no": _l("lần không nhận vì công việc"),
    "openings": _l("việc có kết quả"),
    "weeks": _l("tuần có kết quả"),
    "tested": _l("câu trả lời trong những tuần dùng để thử"),
}
LIMIT = 0.8

TONES = {
    VersionState.TOO_FEW: "calm",
    VersionState.REFUSED: "stop",
    VersionState.PASSED: "wait",
    VersionState.ACTIVE: "good",
    VersionState.REPLACED: "calm",
    VersionState.TAKEN_BACK: "warn",
}


def name_of(version: RankingVersion | None) -> str:
    return _("Trọng số đã nêu") if version is None else _("Bản học %(id)s", id=version.id)


def group_words(row: Mapping[str, Any]) -> str:
    trait, group = Dimension(row["trait"]), row["group"]
    return f"{trait.label}: {labels_of(trait, [group]).get(group, group)}"


def groups_told(version: RankingVersion) -> list[Mapping[str, Any]]:
    """Of a hundred communes only those below the limit."""
    rows: list[Mapping[str, Any]] = version.figures.get("fairness", [])
    return [row for row in rows if row["trait"] != Dimension.COMMUNE or row["ratio"] < LIMIT]


def number(value: float, signed: bool = False) -> str:
    text = format_decimal(round(value, 3))
    return f"+{text}" if signed and value > 0 else text


def _of_hundred(value: float) -> str:
    return format_decimal(round(100 * value, 1))


def why_not(version: RankingVersion) -> list[str]:
    """One sentence for each thing that speaks against it."""
    return [line for one in version.against for line in SAID[one["code"]](one["figures"])]


def _few(short: Mapping[str, Any]) -> list[str]:
    return [
        _("%(what)s: có %(have)s, cần ít nhất %(need)s.", what=_upper(COUNTED[name]), **row)
        for name, row in short.items()
    ]


def _upper(text: Any) -> str:
    words = str(text)
    return words[:1].upper() + words[1:]


def _not_better(gain: Mapping[str, Any]) -> list[str]:
    return [
        _(
            "Chưa chắc xếp tốt hơn bản đang dùng: trên những tuần chưa học, chênh lệch là %(gain)s "
            "(90 trên 100 lần nằm trong khoảng từ %(low)s đến %(high)s).",
            gain=number(gain["difference"], signed=True),
            low=number(gain["low"], signed=True),
            high=number(gain["high"], signed=True),
        )
    ]


def _calibration(share: Mapping[str, Any]) -> list[str]:
    return [
        _(
            "Máy đoán tỷ lệ được nhận chưa đúng: lệch trung bình %(error)s điểm; do may rủi thì chỉ đến "
            "%(by_chance)s.",
            error=_of_hundred(share["error"]),
            by_chance=_of_hundred(share["by_chance"]),
        )
    ]


def _fairness(row: Mapping[str, Any]) -> list[str]:
    told = {
        "group": group_words(row),
        "ratio": number(row["ratio"]),
        "present": number(row["present"]),
        "limit": number(LIMIT),
    }
    if "by_chance" in row:
        return [
            _(
                "%(group)s: vào mười chỗ đầu chỉ bằng %(ratio)s lần những nơi khác, ít hơn hẳn trước "
                "(bản đang dùng: %(present)s; giới hạn: %(limit)s).",
                **told,
            )
        ]
    return [
        _(
            "%(group)s: vào mười chỗ đầu chỉ bằng %(ratio)s lần nhóm được nhiều nhất "
            "(bản đang dùng: %(present)s; giới hạn: %(limit)s).",
            **told,
        )
    ]


SAID = {"few": _few, "not_better": _not_better, "calibration": _calibration, "fairness": _fairness}


def measured(version: RankingVersion) -> list[tuple[str, str]]:
    """What was learned from and what came out, as label and value."""
    told = version.figures
    learned_from = _(
        "%(n)s câu trả lời của nơi tuyển, %(openings)s việc, %(weeks)s tuần",
        n=told["outcomes"],
        openings=told["openings"],
        weeks=told["weeks"],
    )
    lines = [(_("Học từ"), learned_from)]
    return lines + _order(told) + _shares(told) if "ndcg" in told else lines


def _order(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    gain = told["ndcg"]
    both = _(
        "bản này %(new)s, bản khi đó %(present)s", new=number(gain["new"]), present=number(gain["present"])
    )
    apart = _(
        "%(gain)s (từ %(low)s đến %(high)s, trên %(n)s việc)",
        gain=number(gain["difference"], signed=True),
        low=number(gain["low"], signed=True),
        high=number(gain["high"], signed=True),
        n=gain["openings"],
    )
    return [
        (_("Xếp đúng đến đâu (nDCG@10; 1 là đúng hết)"), both),
        (_("Hơn bao nhiêu (90 trên 100 lần nằm trong khoảng này)"), apart),
    ]


def _shares(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    share = told["calibration"]
    both = _(
        "nói %(told)s, thật %(came)s trên 100",
        told=_of_hundred(share["told"]),
        came=_of_hundred(share["came"]),
    )
    off = _(
        "%(error)s trên 100; do may rủi có thể đến %(by_chance)s",
        error=_of_hundred(share["error"]),
        by_chance=_of_hundred(share["by_chance"]),
    )
    reading = number(told["steepness"])
    return [
        (_("Tỷ lệ được nhận: nói trước và thực tế"), both),
        (_("Lệch trung bình"), off),
        (_("Người đứng cuối danh sách ít được xem đến mức nào (0: được xem như nhau)"), reading),
    ]


def weights_of(version: RankingVersion | None) -> dict[str, int]:
    """Each part's share of all points, in hundredths, where an opening asks about everything."""
    tops = WEIGHTS if version is None else {name: version.parameters["curves"][name][-1] for name in PARTS}
    whole = sum(tops.values())
    return {name: round(100 * tops[name] / whole) for name in PARTS}


def weight_rows(first: RankingVersion | None, second: RankingVersion | None) -> list[tuple[Any, int, int]]:
    """None where one of them cannot be read any more: nothing in it can be relied on."""
    if not all(version is None or is_readable(version) for version in (first, second)):
        return []
    one, other = weights_of(first), weights_of(second)
    return [(PART_LABELS[name], one[name], other[name]) for name in PARTS]
