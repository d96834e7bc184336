"""`make run`: settings, database, demo, then the portal on this machine with its job thread."""

import argparse
import socket
import sys
import threading
import time

from sqlalchemy.exc import OperationalError

import config


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args(arguments).port
    if not 0 < port < 65_536:
        parser.error("a port is a number from 1 to 65535")
    started = time.monotonic()
    if not port_is_free(port):
        return say(
            f"Port {port} is in use by another program: choose another, `make run PORT={port + 1}`.", 1
        )

    from portal import settings_file

    if settings_file.write_once(config.SETTINGS_FILE):
        say(f"Wrote {config.SETTINGS_FILE} with random keys, demo mode.")
    try:
        app = _prepared(port)
    except config.SettingsError as error:
        return say(str(error), 1)
    except OperationalError as error:
        return say(f"The database of DATABASE_URL does not answer: {error.orig}", 1)

    from waitress import create_server

    from portal.jobs.runner import run_forever

    server = create_server(app, host="127.0.0.1", port=port, threads=8)
    stop = threading.Event()
    jobs = threading.Thread(target=run_forever, args=(app, stop), name="jobs", daemon=True)
    jobs.start()
    seconds = time.monotonic() - started
    say(f"\nBến Việc: http://127.0.0.1:{port}   (ready after {seconds:.1f} s, Ctrl+C ends it)")
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        jobs.join(timeout=5)
    return 0


def _prepared(port: int):  # type: ignore[no-untyped-def]
    settings = config.Config()
    settings.PUBLIC_ADDRESS = settings.PUBLIC_ADDRESS.replace(":8000", f":{port}")
    from portal import create_app
    from portal.commands import set_up
    from portal.demo.accounts import NAMES, PASSWORD
    from portal.demo.load import load_once

    app = create_app(settings)
    with app.app_context():
        set_up()
        if settings.DEMO:
            load_once(progress=say)
            say(f"\nDemo accounts (password {PASSWORD}): {', '.join(NAMES)}")
    return app


def say(sentence: str, status: int = 0) -> int:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
