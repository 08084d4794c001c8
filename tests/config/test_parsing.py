"""Whatever a body of the API holds, the answer is a problem in words and never a fault of the server."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b"[" * 200_000,
        b'{"company": NaN}',
        b"[]",
        b"null",
        b'"company"',
        b'{"company": "K", "zone": "\\ud800"}',
        b'{"company": "\\ud800"}',
        b'{"company": "a\\u0000b"}',
        b'{"company": {"a": 1}, "previous": []}',
        b'{"company": "K", "ends_wall": "0001-01-01T00:00"}',
        b'{"company": "K", "ends_wall": "9999-12-31T23:59", "zone": "Pacific/Honolulu", "planned": true}',
    ],
)
def test_a_body_that_cannot_be_used(client_of, candidate, body):
    answer = client_of(candidate).post(reverse("api:interview-list"), body, content_type="application/json")

    assert (answer.status_code in (400, 422), answer.headers["Content-Type"]) == (True, "application/problem+json")
