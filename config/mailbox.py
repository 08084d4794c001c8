"""The demo's inbox at /dev/mail/: every mail that was handed to the demo's SMTP server, for whoever is there to see."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.csp import CSP
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

LONGEST_LIST = 200
SHOWN_PARTS = {"text/plain", "text/html"}
SHOWN_HEADERS = ["From", "To", "Cc", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe"]
# A mail is somebody else's text: no scripts and no request to anywhere; its links lead out of the frame.
MAIL_CSP = {
    "default-src": [CSP.NONE],
    "img-src": ["data:"],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}
LINKS_LEAVE_THE_FRAME = '<base target="_top">'


@dataclass(frozen=True)
class Attachment:
    """One part to download."""

    name: str
    kind: str
    body: bytes


@dataclass(frozen=True)
class Mail:
    """One mail as it was delivered."""

    key: str
    message: EmailMessage
    arrived_at: datetime

    @property
    def subject(self):
        return self._header("Subject")

    @property
    def sender(self):
        return self._header("From")

    @property
    def recipients(self):
        """The addresses of the envelope: whom it really went to."""
        return [address.strip() for address in self._header("X-RcptTo").split(",") if address.strip()]

    @property
    def headers(self):
        """Name and value of the headers worth showing, in reading order."""
        return [(name, self._header(name)) for name in SHOWN_HEADERS if name in self.message]

    @property
    def text(self):
        return self._body("plain")

    @property
    def html(self):
        return self._body("html")

    @property
    def attachments(self):
        """The parts to download: files, and calendar entries whether or not they call themselves a file."""
        leaves = [part for part in self.message.walk() if not part.is_multipart()]
        return [
            attachment_of(part) for part in leaves if part.is_attachment() or part.get_content_type() not in SHOWN_PARTS
        ]

    def is_to(self, address):
        return address.casefold() in map(str.casefold, self.recipients)

    def _header(self, name):
        return str(self.message.get(name, ""))

    def _body(self, kind):
        part = self.message.get_body(preferencelist=(kind,))
        return part.get_content() if part else ""


def attachment_of(part):
    """A part of the message; its name may be anything, so only what is safe in a file name is kept."""
    kind = part.get_content_type()
    name = get_valid_filename(part.get_filename() or kind.replace("/", "."))
    return Attachment(name, kind, part.get_payload(decode=True) or b"")


def delivered():
    """The files of the Maildir by name, newest first."""
    folders = [Path(settings.AFTERWORD_MAILDIR) / part for part in ("new", "cur")] if settings.AFTERWORD_MAILDIR else []
    files = [file for folder in folders if folder.is_dir() for file in folder.iterdir()]
    files.sort(key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    return {file.name: file for file in files}


def read(file):
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    return Mail(file.name, message, datetime.fromtimestamp(file.stat().st_mtime, UTC))


def find(key):
    """The mail with this key; 404 when there is none."""
    file = delivered().get(key)
    if file is None:
        raise Http404
    return read(file)


def newest(to):
    """The latest mails, newest first; with an address, those to it."""
    found = []
    for file in delivered().values():
        mail = read(file)
        if not to or mail.is_to(to):
            found.append(mail)
        if len(found) == LONGEST_LIST:
            break
    return found


def demo_only(view):
    """Open to everybody in the demo; nowhere else does the page exist."""

    @login_not_required
    @require_safe
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.AFTERWORD_DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
def dev_mail(request):
    to = request.GET.get("to", "").strip()
    context = {"mails": newest(to), "to": to, "longest": LONGEST_LIST, "has_maildir": bool(settings.AFTERWORD_MAILDIR)}
    return render(request, "config/mail_list.html", context)


@demo_only
def dev_mail_detail(request, key):
    return render(request, "config/mail_detail.html", {"mail": find(key)})


@demo_only
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
def dev_mail_html(request, key):
    """The HTML part by itself, for the frame of the page above."""
    html = find(key).html
    if not html:
        raise Http404
    return HttpResponse(LINKS_LEAVE_THE_FRAME + html)


@demo_only
@csp_override(MAIL_CSP)
def dev_mail_part(request, key, number):
    """One attachment, always as a download."""
    attachments = find(key).attachments
    if number >= len(attachments):
        raise Http404
    part = attachments[number]
    disposition = content_disposition_header(True, part.name)
    return HttpResponse(part.body, content_type=part.kind, headers={"Content-Disposition": disposition})


urlpatterns = [
    path("", dev_mail, name="dev-mail"),
    path("<str:key>/", dev_mail_detail, name="dev-mail-detail"),
    path("<str:key>/html/", dev_mail_html, name="dev-mail-html"),
    path("<str:key>/parts/<int:number>/", dev_mail_part, name="dev-mail-part"),
]
