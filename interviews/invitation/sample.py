"""An invitation to try with, as a company's calendar would send it. Company, people and place are invented."""

from datetime import date, timedelta

LINES = (
    "BEGIN:VCALENDAR",
    "PRODID:-//Lakeside Printers//Calendar//EN",
    "VERSION:2.0",
    "METHOD:REQUEST",
    "BEGIN:VTIMEZONE",
    "TZID:E. Africa Standard Time",
    "BEGIN:STANDARD",
    "DTSTART:16010101T000000",
    "TZOFFSETFROM:+0300",
    "TZOFFSETTO:+0300",
    "END:STANDARD",
    "END:VTIMEZONE",
    "BEGIN:VEVENT",
    "UID:sample-invitation@lakeside-printers.example",
    "SEQUENCE:0",
    "DTSTART;TZID=E. Africa Standard Time:{day}T100000",
    "DTEND;TZID=E. Africa Standard Time:{day}T110000",
    "SUMMARY:Interview for Production editor at Lakeside Printers",
    "LOCATION:Second floor\\, 12 Harbour Road\\, Kisumu\\, Kenya",
    "DESCRIPTION:Please bring one page that you have edited.\\nAsk for Naliaka at the desk.",
    "ORGANIZER;CN=Naliaka Barasa:mailto:naliaka.barasa@lakeside-printers.example",
    "ATTENDEE;CN=Joseph Mutai:mailto:joseph.mutai@lakeside-printers.example",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
)
DAYS_AHEAD = 6
SATURDAY = 5


def sample(today: date) -> str:
    """Its text, for a working day about a week from `today`."""
    day = today + timedelta(days=DAYS_AHEAD)
    if day.weekday() >= SATURDAY:
        day += timedelta(days=2)
    return "\r\n".join(LINES).format(day=f"{day:%Y%m%d}")
