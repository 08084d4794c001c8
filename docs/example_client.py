#!/usr/bin/env python3
"""A program beside Afterword, with nothing but Python: reads all interviews, logs one, and changes it.

    AFTERWORD_URL=http://localhost:8000 AFTERWORD_TOKEN=… python3 docs/example_client.py "Kijani Foods"

The token is made under *Settings → Keys for programs*, with the scopes `read` and `write`.
"""

import json
import os
import sys
import time
import uuid
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

TRIES = 5


class Problem(Exception):
    """A refusal, as the API words it: `status`, and the whole of it as `told`."""

    def __init__(self, status, told):
        super().__init__(f"{status}: {told.get('detail') or told.get('errors') or told.get('title')}")
        self.status, self.told = status, told


class Afterword:
    def __init__(self, url, token, wait=time.sleep):
        self.url, self.token, self.wait = url.rstrip("/"), token, wait

    def ask(self, method, path, body=None, headers=None):
        """The answer and its headers. What may go better in a moment is tried again, when the server says so."""
        # A page says where the next one is. The key goes nowhere else.
        url = path if path.startswith(f"{self.url}/") else self.url + path
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", **(headers or {})}
        data = None if body is None else json.dumps(body).encode()
        if data:
            headers["Content-Type"] = "application/json"
        for attempt in range(TRIES):
            try:
                with urlopen(Request(url, data, headers, method=method), timeout=30) as answer:
                    return json.loads(answer.read() or b"null"), answer.headers
            except HTTPError as error:
                pause = error.headers.get("Retry-After")
                # 429: too many requests. 409 with a pause: the first of the same key is still at work. 5xx: not our fault.
                passes = error.code in (429, 502, 503, 504) or (error.code == 409 and pause)
                if not passes or attempt == TRIES - 1:
                    is_problem = error.headers.get_content_type() == "application/problem+json"
                    raise Problem(error.code, json.load(error) if is_problem else {"title": error.reason}) from None
            except (URLError, TimeoutError, ConnectionError):
                # No answer: perhaps it was done. So every POST has a key, and every PATCH says what it has read.
                if attempt == TRIES - 1:
                    raise
                pause = None
            self.wait(float(pause or 2**attempt))
        raise AssertionError("unreachable")

    def all(self, path):
        """Every row of a list, page after page."""
        while path:
            page, _headers = self.ask("GET", path)
            yield from page["results"]
            path = page["next"]

    def log(self, **facts):
        """A new interview: once, however often the line breaks, because each try bears the same key."""
        record, _headers = self.ask("POST", "/api/v1/interviews/", facts, {"Idempotency-Key": str(uuid.uuid4())})
        return record

    def change(self, path, edit):
        """`edit(record)` gives the fields to change. Should somebody else have been there first, it is asked anew."""
        for attempt in range(TRIES):
            record, headers = self.ask("GET", path)
            try:
                return self.ask("PATCH", path, edit(record), {"If-Match": headers["ETag"]})[0]
            except Problem as problem:
                if problem.status != 412 or attempt == TRIES - 1:
                    raise
        raise AssertionError("unreachable")


def main(company):
    afterword = Afterword(os.environ["AFTERWORD_URL"], os.environ["AFTERWORD_TOKEN"])
    for interview in afterword.all("/api/v1/interviews/?page_size=100"):
        print(interview["ends_at"], interview["company"], interview["status"])
    new = afterword.log(company=company)
    path = f"/api/v1/interviews/{new['public_id']}/"
    new = afterword.change(path, lambda record: {"notes": f"{record['notes']}\nLogged by a program.".strip()})
    print("logged", new["company"], new["public_id"])


if __name__ == "__main__":
    main(sys.argv[1])
