"""Domain events: how an earlier package tells a later one, in the same transaction.

The earlier package defines a dataclass and emits it; the later one subscribes with `@on`.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")
_subscribers: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)


def on(event_class: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    def subscribe(function: Callable[[Event], None]) -> Callable[[Event], None]:
        if function not in _subscribers[event_class]:
            _subscribers[event_class].append(function)
        return function

    return subscribe


def emit(event: object) -> None:
    for function in _subscribers[type(event)]:
        function(event)
