"""Who may open what, read from the routes themselves. `flask --app wsgi permissions` prints it."""

from typing import Any

from flask import Flask

from portal.web.access import PUBLIC, SIGNED_IN

SILENT_METHODS = ("HEAD", "OPTIONS")


def who_may(allowed: frozenset[str], order: list[str]) -> str:
    if PUBLIC in allowed:
        return "everybody"
    if SIGNED_IN in allowed:
        return "signed in"
    return ", ".join(sorted(allowed, key=order.index))


def route_table(app: Flask, roles: list[str]) -> list[tuple[str, str, str, str]]:
    """Endpoint, methods, address and who may, for every route."""
    rows = []
    for rule in app.url_map.iter_rules():
        methods = ", ".join(sorted(set(rule.methods or ()).difference(SILENT_METHODS)))
        view: Any = app.view_functions[rule.endpoint]
        rows.append((rule.endpoint, methods, rule.rule, who_may(view.allowed, roles)))
    return sorted(rows)


def as_markdown(rows: list[tuple[str, str, str, str]]) -> str:
    lines = ["| page | method | address | who may |", "|---|---|---|---|"]
    lines += [f"| {endpoint} | {methods} | `{address}` | {who} |" for endpoint, methods, address, who in rows]
    return "\n".join(lines) + "\n"
