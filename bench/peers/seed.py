# ruff: noqa: PLC0415 -- Django is set up first
"""Run in a peer's environment: its tables, data like ours, and a session; prints the cookie and the addresses of the work."""

import json
import os
from datetime import UTC, datetime, time, timedelta

import django

MANY, WAITING, STAFF = 10_000, 25, 20


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.settings"
    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command(
        "migrate", verbosity=0, run_syncdb=True
    )  # for a package without migrations, whose tables point to people
    person = User.objects.create_superuser("coach", "coach@people.example", "x")
    paths = {"helpdesk": helpdesk, "appointment": appointment}[settings.PEER](person)
    connection.cursor().execute("VACUUM ANALYZE")
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    print(json.dumps({"cookie": f"sessionid={client.cookies['sessionid'].value}", "paths": paths}))


def helpdesk(person):
    """Tickets as there are reviews: 25 wait for her, the others are closed."""
    from helpdesk.models import FollowUp, Queue, Ticket
    from helpdesk.query import query_to_base64

    queue = Queue.objects.create(title="Reviews", slug="reviews")
    now = datetime.now(UTC)
    Ticket.objects.bulk_create(
        Ticket(
            title=f"Is it worth writing about the internship once more? {number}",
            queue=queue,
            assigned_to=person,
            submitter_email=f"person{number}@people.example",
            status=Ticket.OPEN_STATUS if number < WAITING else Ticket.CLOSED_STATUS,
            description="They asked twice, and I never mentioned it.",
            due_date=now + timedelta(hours=number),
            created=now,
            priority=3,
        )
        for number in range(MANY)
    )
    FollowUp.objects.bulk_create(
        FollowUp(ticket=ticket, date=now, title="Opened", public=True, user=person) for ticket in Ticket.objects.all()
    )
    mine = {
        "filtering": {"status__in": [1], "assigned_to__id__in": [person.pk]},
        "sorting": "due_date",
        "search_string": "",
    }
    # The page, and the rows that its script asks for.
    return [
        f"/tickets/?status=1&assigned_to={person.pk}&sortx=due_date",
        f"/datatables_ticket_list/{query_to_base64(mine)}",
    ]


def appointment(person):
    """Twenty people with free hours on each working day; the address asks for one day of one of them."""
    from appointment.models import Service, StaffMember, WorkingHours
    from django.contrib.auth.models import User

    service = Service.objects.create(name="Mock session", duration=timedelta(minutes=45), price=0)
    for number in range(STAFF):
        user = User.objects.create_user(f"staff{number}", first_name=f"Staff {number}")
        member = StaffMember.objects.create(user=user, slot_duration=60, lead_time=time(6), finish_time=time(14))
        member.services_offered.add(service)
        WorkingHours.objects.bulk_create(
            WorkingHours(staff_member=member, day_of_week=day, start_time=time(6), end_time=time(14))
            for day in range(7)
        )
    on = datetime.now(UTC).date() + timedelta(days=3)
    first = StaffMember.objects.order_by("pk").first()
    return [f"/ajax/available_slots/?selected_date={on}&staff_member={first.pk}"]


if __name__ == "__main__":
    main()
