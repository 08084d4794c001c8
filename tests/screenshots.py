# ruff: noqa: PLC0415 -- Django is set up only once the servers are there
"""The pictures of the guides, the front page and README.md, taken of a demo world made for them: `./dev screenshots [NAME …]`.

Servers are started for the run and thrown away, so that nobody's own data can be in a picture. Each page is taken at both
widths in both themes and kept as WebP in static/img/help/, no larger than MOST_BYTES. test_screenshots.py holds that every
picture that is named somewhere is there, and that the pages they show still are.
"""

import base64
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "static" / "img" / "help"
# What is seen of a page, in CSS pixels, and how many dots a pixel has.
SIZES = {"phone": ((390, 720), 1.5), "wide": ((1280, 800), 1)}
THEMES = ("light", "dark")
MOST_BYTES = 40_000
CANDIDATE, COACH, ADMIN = (f"{role}@demo.example" for role in ("candidate", "coach", "admin"))
TO_WEBP = """async ([png, most]) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
    canvas.getContext("2d").drawImage(image, 0, 0);
    let webp;
    for (let quality = 0.9; quality > 0.2; quality -= 0.05) {
        webp = canvas.toDataURL("image/webp", quality).split(",")[1];
        if (webp.length * 3 / 4 <= most) break;
    }
    return webp;
}"""


@dataclass(frozen=True)
class Shot:
    person: str
    page: str  # name of the address
    of: str = ""  # which record of the demo world, by the name of a function below
    at: str = ""  # what is at the top of the picture: a selector


SHOTS = {
    "one-thing": Shot("", "one-thing"),
    "today": Shot(CANDIDATE, "today"),
    "answer": Shot(CANDIDATE, "mistake-detail", "answer", ".decision"),
    "note": Shot(CANDIDATE, "note-detail", "note"),
    "closing": Shot(CANDIDATE, "interview-closing", "closed"),
    "practice": Shot(CANDIDATE, "lesson-detail", "lesson"),
    "coach-home": Shot(COACH, "today"),
    "review": Shot(COACH, "review-detail", "review"),
    "slots": Shot(ADMIN, "slot-list"),
    "away": Shot(ADMIN, "absence-detail", "absence"),
}


def record(of):
    """A record of the demo world that is worth a picture."""
    from coaching.models import CoachAbsence, Review
    from followups.models import Lesson, ThankYouNote, TriageDecision
    from interviews.models import Interview

    hers = {"interview__candidate__email": CANDIDATE}
    if of == "answer":
        decisions = TriageDecision.objects.current().filter(
            action="thank_you_note", mistake__interview__candidate__email=CANDIDATE
        )
        return decisions.order_by("pk").first().mistake
    if of == "note":
        return ThankYouNote.objects.filter(status="scheduled", **hers).order_by("pk").last()
    if of == "closed":
        return Interview.objects.filter(candidate__email=CANDIDATE, closed_at__isnull=False).order_by("pk").last()
    if of == "lesson":
        return Lesson.objects.filter(candidate__email=CANDIDATE, status="open").order_by("pk").first()
    if of == "review":
        return Review.objects.filter(coach__email=COACH, status="open").order_by("pk").first()
    return CoachAbsence.objects.order_by("pk").first()


def address(shot):
    from django.urls import reverse

    return reverse(shot.page, args=[record(shot.of).public_id] if shot.of else [])


def files(name):
    """The four files of a picture."""
    return [FOLDER / f"{name}-{size}-{theme}.webp" for size in SIZES for theme in THEMES]


def take(names):
    """Make the world, and then the pictures."""
    import django

    django.setup()
    from django.core.management import call_command
    from playwright.sync_api import sync_playwright

    from accounts.models import User
    from config.embedded import chromium
    from tests.e2e.browsing import session_of
    from tests.e2e.processes import web_site

    call_command("migrate", verbosity=0)
    call_command("seed_demo", verbosity=0)
    sessions = {
        "": "",
        **{each.email: session_of(each) for each in User.objects.filter(email__in=[CANDIDATE, COACH, ADMIN])},
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    with web_site(AFTERWORD_DEMO="0") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.find_or_install()), args=["--no-sandbox"])
        for name in names:
            shot = SHOTS[name]
            for file in files(name):
                picture = photograph(
                    browser, url, address(shot), sessions[shot.person], *file.stem.split("-")[-2:], shot.at
                )
                file.write_bytes(picture)
                print(f"{file.name}: {len(picture)} bytes", flush=True)
        browser.close()


def photograph(browser, url, path, session, size, theme, at):
    """One page as one person sees it, as WebP."""
    from django.conf import settings

    (width, height), dots = SIZES[size]
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        device_scale_factor=dots,
        color_scheme=theme,
        reduced_motion="reduce",
        timezone_id="Africa/Nairobi",
        locale="en-GB",
    )
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(path)
    page.evaluate("document.fonts.ready")
    if at:
        page.locator(at).first.evaluate("each => window.scrollTo(0, each.getBoundingClientRect().top - 16)")
    png = base64.b64encode(page.screenshot()).decode()
    empty = context.new_page()
    webp = empty.evaluate(TO_WEBP, [png, MOST_BYTES])
    context.close()
    return base64.b64decode(webp)


def main(names):
    from config.embedded.services import services

    env = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "WARNING", **os.environ}
    env |= {"DJANGO_ALLOW_ASYNC_UNSAFE": "1", "AFTERWORD_DEMO": "0", "AFTERWORD_DROP_IN_DESK": "1"}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        # PostgreSQL enters it as another user when we are root.
        Path(name).chmod(0o711)
        with services(Path(name), durable=False, env=env, say=lambda text: None) as these:
            os.environ.update(these.env)
            take(names or SHOTS)


if __name__ == "__main__":
    main(sys.argv[1:])
