"""The demo's inbox: what was delivered, shown safely, in the demo only."""

import os
from email.message import EmailMessage

import pytest
from django.test import Client

HOSTILE = "<p>Hello</p><script>alert(1)</script>"
ICS = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def maildir(settings, tmp_path):
    settings.AFTERWORD_MAILDIR = str(tmp_path)
    settings.AFTERWORD_DEMO = True
    (tmp_path / "new").mkdir()
    return tmp_path


@pytest.fixture
def deliver(maildir):
    """Puts a mail into the Maildir; the n-th one is n seconds younger than the first."""

    def put(
        key, *, to="achieng@cast.example", subject="A word", text="Read this: https://example.org/page", html="", ics=""
    ):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"], mail["X-RcptTo"] = "afterword@cast.example", to, subject, to
        mail.set_content(text)
        if html:
            mail.add_alternative(html, subtype="html")
        if ics:
            mail.add_attachment(ics.encode(), maintype="text", subtype="calendar", filename="session.ics")
        file = maildir / "new" / key
        file.write_bytes(bytes(mail))
        seconds = 1_700_000_000 + len(list((maildir / "new").iterdir()))
        os.utime(file, (seconds, seconds))

    return put


def subjects(answer):
    return [mail.subject for mail in answer.context["mails"]]


@pytest.mark.django_db
def test_list_shows_the_newest_first(deliver):
    deliver("z", subject="First")
    deliver("a", subject="Second")
    assert subjects(Client().get("/dev/mail/")) == ["Second", "First"]


@pytest.mark.django_db
def test_list_filters_by_the_envelope_recipient(deliver):
    deliver("one", to="achieng@cast.example, tom@cast.example", subject="Both")
    deliver("two", to="tom@cast.example", subject="Tom's")
    assert subjects(Client().get("/dev/mail/", {"to": "Achieng@cast.example"})) == ["Both"]


@pytest.mark.django_db
def test_list_is_there_before_the_first_mail(settings, tmp_path):
    settings.AFTERWORD_DEMO, settings.AFTERWORD_MAILDIR = True, str(tmp_path / "nothing yet")
    assert subjects(Client().get("/dev/mail/")) == []


@pytest.mark.django_db
def test_detail_shows_headers_and_text_and_escapes_the_subject(deliver):
    deliver("one", subject="<b>Hi</b>", text="Line one\nhttps://example.org/page")
    page = Client().get("/dev/mail/one/").content.decode()
    assert "&lt;b&gt;Hi&lt;/b&gt;" in page
    assert '<a href="https://example.org/page" rel="nofollow">https://example.org/page</a>' in page
    assert "afterword@cast.example" in page
    assert "<iframe" not in page


@pytest.mark.django_db
def test_detail_names_what_is_attached(deliver):
    deliver("one", ics=ICS)
    page = Client().get("/dev/mail/one/").content.decode()
    assert '<a class="row-link" href="/dev/mail/one/parts/0/">session.ics</a>' in page


@pytest.mark.django_db
def test_html_is_shown_in_a_sandboxed_view_of_its_own(deliver):
    deliver("one", html=HOSTILE)
    page = Client().get("/dev/mail/one/").content.decode()
    assert "alert(1)" not in page
    answer = Client().get("/dev/mail/one/html/")
    rules = answer.headers["Content-Security-Policy"]
    assert HOSTILE in answer.content.decode()
    assert "default-src 'none'" in rules
    assert "sandbox allow-popups" in rules
    assert "allow-scripts" not in rules
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.django_db
def test_calendar_entry_is_a_download(deliver):
    deliver("one", ics=ICS)
    answer = Client().get("/dev/mail/one/parts/0/")
    assert answer.headers["Content-Type"] == "text/calendar"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="session.ics"'
    assert answer.content.decode() == ICS


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["nobody/", "one/html/", "one/parts/0/", "nobody/html/", "..%2Fsecret/"])
def test_what_is_not_there_is_404(deliver, maildir, address):
    (maildir / "secret").write_text("Subject: secret\n\n")
    deliver("one")
    assert Client().get(f"/dev/mail/{address}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "one/", "one/html/", "one/parts/0/"])
def test_nothing_exists_outside_the_demo(deliver, settings, address):
    deliver("one", html=HOSTILE, ics=ICS)
    settings.AFTERWORD_DEMO = False
    assert Client().get(f"/dev/mail/{address}").status_code == 404
