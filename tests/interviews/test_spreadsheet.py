"""Lists from elsewhere: read as kindly as can be, refused in words, never guessed; and our own, which can be read again."""
# ruff: noqa: DTZ001 -- wall times have no zone

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import csv_files
from accounts.csv_files import with_guard, without_guard
from interviews import spreadsheet
from interviews.spreadsheet import columns, reading
from interviews.spreadsheet.dates import Unclear, moment, order_of

ZONE = "Africa/Nairobi"


def rows(text, *, order=""):
    data = text if isinstance(text, bytes) else text.encode()
    return spreadsheet.rows_of(spreadsheet.read(data), zone=ZONE, order=order)


def one(cells, **more):
    """The row of a list with these columns."""
    quoted = ",".join(f'"{cell}"' for cell in cells.values())
    [row] = rows(f"{','.join(cells)}\n{quoted}\n", **more)
    return row


def said(row):
    return [problem.words() for problem in row.problems], [hint.words() for hint in row.hints]


def test_a_whole_row():
    row = one(
        {
            "Company": "Kijani Foods",
            "Job title": "Editor",
            "Date": "2026-11-03",
            "Start": "13:30",
            "End": "2:30 pm",
            "Time zone": "london",
            "Decision": "10 November 2026",
            "Decision time": "17:00",
            "Interviewers": "Grace Wanjiru (CTO); Peter (HR); Ann (recruiter, agency)",
            "E-mail addresses": "grace@kijani.example; ; ann@agency.example",
            "Outcome": "Next round",
            "What went well": "The tour",
            "Notes": "Third floor",
        }
    )
    assert said(row) == ([], [])
    assert (row.company, row.role_title, row.zone) == ("Kijani Foods", "Editor", "Europe/London")
    assert (row.starts_wall, row.ends_wall) == (datetime(2026, 11, 3, 13, 30), datetime(2026, 11, 3, 14, 30))
    assert (row.decision_on, row.decision_time, row.outcome) == (date(2026, 11, 10), time(17), "next_round")
    assert [(who.name, who.title, who.kind, who.email) for who in row.people] == [
        ("Grace Wanjiru", "CTO", "interviewer", "grace@kijani.example"),
        ("Peter", "", "hr", ""),
        ("Ann", "agency", "recruiter", "ann@agency.example"),
    ]
    assert (row.went_well, row.notes) == ("The tour", "Third floor")


@pytest.mark.parametrize(
    "header",
    ["Company,Date,End", "EMPLOYER, interview date ,ended", "Kampuni,Tarehe,Mwisho", '"Organisation","day","until"'],
)
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_are_known_by_their_words(header, sign):
    text = header.replace(",", sign) + "\n" + sign.join(["Kijani", "2026-11-03", "14:30"])
    [row] = rows(text)
    assert (row.company, row.ends_wall) == ("Kijani", datetime(2026, 11, 3, 14, 30))


def test_unknown_and_doubled_columns_are_named():
    sheet = spreadsheet.read(b"Company,Colour,Date,Employer\nKijani,red,2026-11-03,Other\n")
    assert (sheet.columns, sheet.unused) == ({"company": "Company", "date": "Date"}, ["Colour", "Employer"])


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("Empresa,Fecha", columns.NO_COMPANY),
        ("Company,Fecha", columns.NO_DATE),
        ("Empresa,Date", columns.NO_COMPANY),
        ("Company,Date", ""),
        ("Company,Until", ""),
    ],
)
def test_what_no_column_says_is_to_be_asked(header, missing):
    assert spreadsheet.read(f"{header}\nKijani,2026-11-03\n".encode()).missing == missing


def test_a_column_means_what_she_says():
    sheet = spreadsheet.read(b"Date,Company,Colour,,\nKijani,2026-11-03,red,14:00,,,\n")
    assert (sheet.names, sheet.examples) == (
        ["Date", "Company", "Colour", "D"],
        ["Kijani", "2026-11-03", "red", "14:00"],
    )
    told = replace(sheet, meanings=["company", "date", "", "end"])
    [row] = spreadsheet.rows_of(told, zone=ZONE)
    assert (said(row), row.company, row.ends_wall) == (([], []), "Kijani", datetime(2026, 11, 3, 14))
    assert (told.columns, told.unused) == ({"company": "Date", "date": "Company", "end": "D"}, ["Colour"])


def test_two_columns_of_one_meaning_are_named():
    problems = spreadsheet.problems_of(["company", "date", "company", "colour"], ["Firm", "Day", "Post", ""])
    assert {place: problem.words() for place, problem in problems.items()} == {
        2: "“Firm” has this meaning already.",
        3: "Choose one of the meanings.",
    }


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (49, "AX")])
def test_a_column_without_a_name_goes_by_its_letter(place, name):
    assert columns.name_of([""] * 50, place) == name


def test_every_meaning_has_its_words_and_is_given_out():
    assert (list(columns.MEANINGS), tuple(columns.MEANINGS.values())) == (list(columns.WORDS), spreadsheet.HEADER)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings(encoding, name):
    sheet = spreadsheet.read("Company,Date\nCafé “Zoë”,2026-11-03\n".encode(encoding))
    assert (sheet.encoding, sheet.lines) == (name, [(2, {"company": "Café “Zoë”", "date": "2026-11-03"})])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", csv_files.EMPTY),
        (b" \r\n \n", csv_files.EMPTY),
        (b"\xef\xbb\xbf", csv_files.EMPTY),
        (b"Company,Date\n", reading.NO_ROWS),
        (b"PK\x03\x04rest of a workbook", csv_files.WORKBOOK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", csv_files.WORKBOOK),
        (b"%PDF-1.7 ...", csv_files.NO_TEXT),
        (b"\x89PNG\r\n\x1a\n", csv_files.NO_TEXT),
        (bytes(range(256)), csv_files.NO_TEXT),
        (b"Company,Date\nKij\x07ani,2026-11-03\n", csv_files.NO_TEXT),
        (b"<!DOCTYPE html><table>", csv_files.WEB_PAGE),
        (b"Company,Date\nKijani \x81\x8d,2026-11-03\n", csv_files.UNKNOWN_LETTERS),
        (b"\xff\xfeC", csv_files.NO_TEXT),
        (b"x" * (spreadsheet.MAX_BYTES + 1), reading.TOO_LARGE),
    ],
)
def test_what_is_no_list_is_refused_in_words(data, reason):
    with pytest.raises(spreadsheet.Unreadable) as caught:
        spreadsheet.read(data)
    assert caught.value.said.text == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Name\nx", "We read: Name."),
        ("Company\nx", "We read: Company."),
        ("Dear Grace\nthank you for the talk", "We read: Dear Grace."),
        ('{"company": "x"}\n', "We read: {\"company\": \"x\"}."),
        ("Company,Date" + ",x" * 60 + "\nKijani,2026-11-03\n", "This file has 62 columns; 50 can be read. Please leave out those that say nothing about the interview."),
        ("Company,Date\n" + "Kijani,2026-11-03\n" * 50_000, "This file has 50,000 rows; 1,000 can be brought in at once. Please split it."),
    ],
)  # fmt: skip
def test_what_is_missing_or_too_much_is_said(text, reason):
    with pytest.raises(spreadsheet.Unreadable) as caught:
        spreadsheet.read(text.encode())
    assert caught.value.said.words().endswith(reason)


def test_a_thousand_rows_can_be_read():
    assert len(rows("Company,Date\n" + "Kijani,2026-11-03\n" * 1000)) == 1000


def test_bad_lines_are_named_by_their_number_and_good_ones_kept():
    text = (
        "Company,Date,Notes\n"
        "\n"
        'Kijani,2026-11-03,"two\nlines"\n'
        "Savanna,2026-11-04,a,b\n"
        'Bro"ken,"2026-11-04" x,\n'
        ",2026-11-05,\n"
        "Lake,soon,\n"
        "Lake,2026-02-30,\n"
        "Lake,,\n"
        "Last,2026-11-06,\n"
    )
    assert [(row.number, row.company, said(row)[0]) for row in rows(text)] == [
        (3, "Kijani", []),
        (5, "", ["This row has more cells than there are columns. A text with a comma in it needs quotation marks."]),
        (6, "", ["The quotation marks of this row do not match, so its cells can't be told apart."]),
        (7, "", ["The company is missing."]),
        (8, "Lake", ["“soon” is not a day we can read. 2026-11-03 and 3 November 2026 can be read."]),
        (9, "Lake", ["There is no such day as 2026-02-30."]),
        (10, "Lake", ["The day is missing."]),
        (11, "Last", []),
    ]


def test_a_quotation_mark_that_never_ends_is_one_bad_row():
    assert [(row.number, row.company) for row in rows('Company,Date\nKijani,2026-11-03\n"Lake,2026-11-04\nmore\n')] == [
        (2, "Kijani"),
        (3, ""),
    ]


def test_excels_first_line_says_the_sign_between_cells():
    [row] = rows("sep=;\nCompany;Date;Notes\nKijani;2026-11-03;a,b,c\n")
    assert (row.number, row.company, row.notes) == (3, "Kijani", "a,b,c")


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2026-11-03", (date(2026, 11, 3), None)),
        ("2026/11/3", (date(2026, 11, 3), None)),
        ("2026-11-03T09:05:00", (date(2026, 11, 3), time(9, 5))),
        ("2026-11-03 9.05", (date(2026, 11, 3), time(9, 5))),
        ("3.11.2026", (date(2026, 11, 3), None)),
        ("3 November 2026", (date(2026, 11, 3), None)),
        ("Tuesday, 3rd Nov. 2026, 2 pm", (date(2026, 11, 3), time(14))),
        ("Nov 3, 2026", (date(2026, 11, 3), None)),
        ("November 3rd 2026", (date(2026, 11, 3), None)),
        ("3 Novemba 2026", (date(2026, 11, 3), None)),
        ("7-Mac-2026", (date(2026, 3, 7), None)),
        ("23/11/2026", (date(2026, 11, 23), None)),
        ("11/23/2026", (date(2026, 11, 23), None)),
        ("11/11/2026", (date(2026, 11, 11), None)),
        ("14:30", (None, time(14, 30))),
        ("12:15 am", (None, time(0, 15))),
        ("12 p.m.", (None, time(12))),
        ("14h30", (None, time(14, 30))),
        ("9h", (None, time(9))),
    ],
)
def test_days_and_times(cell, read):
    assert moment(cell) == read


@pytest.mark.parametrize(
    "cell",
    ["", "3/11/2026", "03/11/26", "31/2/2026", "2026-13-01", "46329", "tomorrow", "25:00", "13 pm", "9", "2026-11-03T09:00Z", "3 Foo 2026", "0000-01-01"],
)  # fmt: skip
def test_what_is_no_day_or_means_two_is_not_guessed(cell):
    with pytest.raises(Unclear):
        moment(cell)


@pytest.mark.parametrize(
    ("dates", "unclear"),
    [
        (["03/11/2026", "04/11/2026"], "03/11/2026"),
        (["03/11/2026", "13/11/2026"], ""),
        (["03/11/2026", "11/13/2026"], ""),
        (["03/11/2026", "13/11/2026", "11/13/2026"], "03/11/2026"),
        (["2026-11-03", "03.11.2026", "11/11/2026"], ""),
        (["03/11/2026 10:00"], "03/11/2026 10:00"),
    ],
)
def test_one_clear_date_tells_how_the_others_are_meant(dates, unclear):
    sheet = spreadsheet.read(("Company,Date\n" + "".join(f"K,{day}\n" for day in dates)).encode())
    assert spreadsheet.first_unclear_date(sheet) == unclear


@pytest.mark.parametrize(
    ("others", "order", "read"),
    [
        ("13/11/2026", "", datetime(2026, 11, 3, 17)),
        ("11/13/2026", "", datetime(2026, 3, 11, 17)),
        ("2026-11-13", spreadsheet.DAY_FIRST, datetime(2026, 11, 3, 17)),
        ("2026-11-13", spreadsheet.MONTH_FIRST, datetime(2026, 3, 11, 17)),
    ],
)
def test_unclear_dates_follow_the_others_or_what_she_says(others, order, read):
    first, _other = rows(f"Company,Date\nK,03/11/2026\nK,{others}\n", order=order)
    assert (said(first)[0], first.ends_wall) == ([], read)


def test_a_date_against_the_order_is_named():
    [row] = rows("Company,Date\nK,13/11/2026\n", order=spreadsheet.MONTH_FIRST)
    assert said(row)[0] == ["“13/11/2026” does not fit the way the other dates are written."]


@pytest.mark.parametrize(
    ("cells", "times", "hints"),
    [
        ({"Date": "2026-11-03"}, (None, datetime(2026, 11, 3, 17)), ["No time is given: we take 17:00 for its end."]),
        (
            {"Date": "2026-11-03", "Time": "10:00"},
            (datetime(2026, 11, 3, 10), datetime(2026, 11, 3, 11)),
            ["No end is given: we take an hour."],
        ),
        ({"Date": "2026-11-03", "End": "10:00"}, (None, datetime(2026, 11, 3, 10)), []),
        (
            {"Start": "2026-11-03 23:30", "End": "2026-11-04 00:30"},
            (datetime(2026, 11, 3, 23, 30), datetime(2026, 11, 4, 0, 30)),
            [],
        ),
    ],
)
def test_what_is_not_given_is_assumed_and_said(cells, times, hints):
    row = one({"Company": "Kijani", **cells})
    assert ((row.starts_wall, row.ends_wall), said(row)) == (times, ([], hints))


@pytest.mark.parametrize(
    ("cells", "outcome", "state", "hints"),
    [
        ({"Result": "Rejected"}, "rejected", "", []),
        ({"Status": "cancelled"}, "none", "cancelled", []),
        ({"Status": "an offer"}, "offer", "", []),
        ({"Outcome": "ghosted"}, "none", "", ["“ghosted” is none of our answers, and is left out."]),
    ],
)
def test_how_it_ended(cells, outcome, state, hints):
    row = one({"Company": "K", "Date": "2026-11-03", "End": "10:00", **cells})
    assert (row.outcome, row.state, said(row)[1]) == (outcome, state, hints)


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("", ZONE),
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("EAT", "Africa/Nairobi"),
        ("GMT", "UTC"),
    ],
)
def test_zones(zone, name):
    assert one({"Company": "K", "Date": "2026-11-03", "Zone": zone}).zone == name


def test_an_unknown_zone_is_named():
    assert said(one({"Company": "K", "Date": "2026-11-03", "Zone": "Mars"}))[0] == [
        "“Mars” is not a time zone we know. Try a city, such as Africa/Nairobi."
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+254 700", "-x", "@SUM(A1)", "\tx", "\rx", "'=1", "''@x", "＝1"])
def test_formulas_are_given_out_as_text_and_come_back_as_they_were(cell):
    guarded = with_guard(cell)
    assert (guarded[0], without_guard(guarded)) == ("'", cell)


@given(st.text())
def test_every_cell_comes_back(cell):
    assert without_guard(with_guard(cell)) == cell


def test_excel_sees_utf_8_and_no_formula():
    lines = list(spreadsheet.table([["=HYPERLINK(1)", *[""] * 13]]))
    assert (lines[0][0], lines[1].split(",")[0]) == ("\ufeff", "'=HYPERLINK(1)")


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=";()"), min_size=1, max_size=12
)
texts = st.lists(words, min_size=1, max_size=3).map(" ".join)
people = st.lists(st.tuples(texts, st.one_of(st.just(""), texts), st.sampled_from(["interviewer", "hr", "recruiter", "panel"])), max_size=3)  # fmt: skip


@given(
    company=texts,
    role=texts,
    notes=texts,
    panel=people,
    day=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    end=st.times(),
)
def test_what_we_give_out_we_can_read(company, role, notes, panel, day, end):
    panel = [(name, title, kind) for name, title, kind in panel if title.partition(",")[0].casefold().strip() not in {"hr", "recruiter", "panel"}]  # fmt: skip
    cells = [company, role, f"{day}", "", f"{end:%H:%M}", ZONE, f"{day}", "", spreadsheet.cell_of_people(panel), "", "", "held", "", notes]  # fmt: skip
    [row] = rows("".join(spreadsheet.table([cells])).encode())
    assert said(row) == ([], [])
    assert (row.company, row.role_title, row.notes, row.state) == (company, role, notes, "held")
    assert row.ends_wall == datetime.combine(day, end.replace(second=0, microsecond=0))
    assert [(who.name, who.title, who.kind) for who in row.people] == panel


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused(data):
    _try(data)
    _try(b"Company,Date,Start,End,Decision,Zone,Interviewers,E-mail,Outcome\n" + data)


@given(st.lists(st.text(max_size=30), min_size=9, max_size=9))
def test_cells_of_any_kind_are_read_or_named(cells):
    header = "Company,Date,Start,End,Decision,Zone,Interviewers,E-mail,Status\n"
    _try((header + ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)).encode("utf-8", "replace"))


def _try(data):
    try:
        sheet = spreadsheet.read(data)
    except spreadsheet.Unreadable as refusal:
        assert refusal.said.words()
        return
    assert spreadsheet.Sheet.from_json(sheet.as_json()) == sheet
    assert len(sheet.meanings) == len(sheet.header) <= reading.MAX_COLUMNS
    if sheet.missing:
        return
    for order in ("", spreadsheet.DAY_FIRST, spreadsheet.MONTH_FIRST):
        for row in spreadsheet.rows_of(sheet, zone=ZONE, order=order):
            assert bool(row.problems) or (bool(row.company) and row.ends_wall is not None)


@given(st.integers(1, 12), st.integers(1, 12), st.sampled_from("/-"))
def test_a_day_is_never_guessed(first, second, sign):
    cell = f"{first}{sign}{second}{sign}2026"
    assert order_of(cell) == ("" if first == second else "?")
    if first != second:
        with pytest.raises(Unclear):
            moment(cell)
