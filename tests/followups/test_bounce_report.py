"""What comes back is understood, whoever wrote it; and nothing breaks the reader."""

import email

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followups.bounce_report import MAX_BYTES, read
from tests.followups import bounce_samples as samples

TO = "bounces+row.token@afterword.example"


def reading(text, **values):
    report = read(text.format(to=TO, id="one@afterword.example", **values).encode())
    return report and (report.action, report.status, report.is_hard)


@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [
        ("failed", "5.1.1", ("failed", "5.1.1", True)),
        ("failed", "5.1.2", ("failed", "5.1.2", True)),
        ("failed", "5.1.7", ("failed", "5.1.7", False)),
        ("failed", "5.1.8", ("failed", "5.1.8", False)),
        ("failed", "5.1.10", ("failed", "5.1.10", True)),
        ("failed", "5.2.1", ("failed", "5.2.1", True)),
        ("failed", "5.2.2", ("failed", "5.2.2", False)),
        ("failed", "5.7.1", ("failed", "5.7.1", False)),
        ("failed", "4.4.7", ("failed", "4.4.7", False)),
        ("Failed (final)", "5.1.1", ("failed", "5.1.1", True)),
        ("delayed", "4.4.1", ("delayed", "4.4.1", False)),
        ("delivered", "2.1.5", ("delivered", "2.1.5", False)),
        ("relayed", "2.1.9", ("delivered", "2.1.9", False)),
    ],
)
def test_reports_of_rfc_3464(action, status, expected):
    assert reading(samples.POSTFIX, action=action, status=status) == expected


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        (samples.EXIM, ("failed", "5.1.1", True)),
        (samples.QMAIL, ("failed", "5.1.1", True)),
        (samples.GMAIL_WORDS, ("failed", "5.1.1", True)),
        (samples.EXCHANGE_HTML, ("failed", "5.2.2", False)),
        (samples.EXIM_WARNING, ("delayed", "4.0.0", False)),
        (samples.ABSENT, None),
        (samples.REPLY, None),
    ],
)
def test_words_of_servers_without_reports(sample, expected):
    assert reading(sample) == expected


def test_a_vague_status_is_told_by_the_answer_behind_it():
    text = samples.postfix(TO, status="5.0.0").replace(b"Recipient address rejected", b"mailbox quota exceeded")
    assert read(text).status == "5.2.2"


def test_a_sender_that_is_refused_says_nothing_of_the_reader():
    text = samples.postfix(TO, status="5.0.0").replace(b"Recipient address rejected", b"Sender address rejected")
    assert (read(text).status, read(text).is_hard) == ("5.0.0", False)


@pytest.mark.parametrize("sample", [samples.EXIM, samples.QMAIL])
def test_the_returned_mail_is_named_by_its_message_id(sample):
    assert read(sample.format(to=TO, id="one@afterword.example").encode()).message_ids == ("one@afterword.example",)


def test_who_it_was_sent_to():
    report = read(samples.postfix(f"Bounces <{TO}>"), recipient="other@afterword.example")
    assert report.recipients == ("other@afterword.example", TO)
    assert report.message_ids == ("x@afterword.example",)


def nested(depth):
    begin = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number) for number in range(depth)
    )
    return b"From: <>\r\nSubject: Undelivered\r\n" + begin


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 1000,
        nested(5000),
        b"Content-Type: message/rfc822\r\n\r\n" * 5000,
        b"From: mailer-daemon\r\nSubject: undelivered\r\nContent-Type: text/plain; charset=\xff\xfe\r\n\r\n550",
        b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n",
        b"A: b\r\n" * 200_000,
        samples.postfix(TO) + b"x" * MAX_BYTES * 3,
    ],
    ids=["empty", "nulls", "deep parts", "deep mails", "odd charset", "no boundary", "many headers", "large"],
)
def test_nothing_breaks_it(content):
    report = read(content)
    assert report is None or report.status[0] in "245"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("folds", [False, True])
def test_no_long_header_reaches_the_parser(monkeypatch, end, folds):
    """Python's own takes three minutes for one of half a megabyte: its time grows with the square of the semicolons."""
    parsed = []
    parse = email.message_from_bytes
    monkeypatch.setattr(email, "message_from_bytes", lambda content, **how: parsed.append(parse(content, **how)))
    bomb = 'multipart/report; a="' + (f"{end} ;" if folds else ";") * 3000
    read(f"From: <>{end}CONTENT-TYPE: {bomb}{end}Subject: Undelivered{end}{end}gone".encode())
    [message] = parsed
    assert (len(message["content-type"]) <= 1000, message["subject"]) == (True, "Undelivered")


@given(st.binary(max_size=2000))
def test_noise_never_raises(content):
    read(content)


@given(
    st.lists(st.sampled_from(samples.POSTFIX.splitlines() + samples.QMAIL.splitlines()), max_size=60),
    st.binary(max_size=40),
)
def test_reports_with_lines_lost_and_mixed_never_raise(lines, noise):
    report = read("\n".join(lines).encode() + noise)
    assert report is None or report.action in ("failed", "delayed", "delivered")
