"""Registries that a later package fills and an earlier one reads (panels, merge, health …)."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Named entries in the order in which they were added; a name is given once."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def add(self, name: str) -> Callable[[Item], Item]:
        def keep(item: Item) -> Item:
            if self._items.get(name, item) is not item:
                raise ValueError(f"{name} is registered twice")
            self._items[name] = item
            return item

        return keep

    def get(self, name: str) -> Item | None:
        return self._items.get(name)

    def __iter__(self) -> Iterator[tuple[str, Item]]:
        return iter(self._items.items())
