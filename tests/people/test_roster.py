"""Roster files as HR systems write them, and files that must be refused whole."""

import csv
import os
import re
import tracemalloc
from datetime import date

import pytest
from openpyxl import Workbook

from askfirst.people import actions, uploads
from askfirst.people import roster as roster_file
from askfirst.people.errors import RosterError
from askfirst.people.models import Person, Team


@pytest.fixture
def roster(tmp_path, db):
    """Write a file and import it."""

    def imported(text, name="roster.csv", **options):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return actions.import_roster(path, **options)

    return imported


@pytest.mark.parametrize(
    "text",
    [
        "email,name\nanna@example.org,Anna Berg\n",
        "\ufeffE-Mail;Vollname\nanna@example.org;Anna Berg\n",
        "Work Email\tFirst name\tLast name\nANNA@example.org\tAnna\tBerg\n",
        "userPrincipalName,displayName,department\nanna@example.org,Anna Berg,\n",
        "\ufeffE-Mail;Vollname\r\nanna@example.org;Anna Berg\r\n".replace("\ufeff", ""),
    ],
)
def test_usual_headers_and_dialects_are_understood(roster, text):
    roster(text)

    person = Person.objects.get()
    assert (person.email, person.name) == ("anna@example.org", "Anna Berg")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Employee #,First Name,Last Name,Work Email,Home Email,Department,Status", "1,Anna,Berg,anna@example.org,,Shop,Full-Time"),
        (
            "First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required],Status [READ ONLY]",
            "Anna,Berg,anna@example.org,Shop,Active",
        ),
        ("Worker,Employee ID,Email - Primary Work,Supervisory Organization,Hire Date", "Anna Berg,1,anna@example.org,Shop,11/23/2025"),
        ("STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,EMAIL,DEPARTMENT,DEFAULT_LOCALE", "active,1,aberg,Anna,Berg,anna@example.org,Shop,en_US"),
        ("Payroll Name,Associate ID,Position Status,Home Department Description,Work Contact: Work Email", '"Berg, Anna",1,Active,Shop,anna@example.org'),
        ("Personalnummer;Name;Vorname;E-Mail (geschäftlich);Abteilung;Eintritt;Austritt", "1;Berg;Anna;anna@example.org;Shop;01.02.2020;"),
        ("Name, Vorname;Mail;Kostenstelle;Team", '"Berg, Anna";anna@example.org;4711;Shop'),
        (
            "id,displayName,givenName,surname,userPrincipalName,mail,department,accountEnabled",
            "7f,Berg (external),Anna,Berg,aberg@example.org,anna@example.org,Shop,true",
        ),
        ("Roster of Halden Ltd\n\nExported on,2026-11-27\nE-mail,Full name,Team", "anna@example.org,Anna Berg,Shop"),
    ],
)  # fmt: skip
def test_exports_of_hr_systems_and_directories_are_read_as_they_are(roster, header, row):
    header = header.replace("Name, Vorname;", '"Name, Vorname";')

    roster(f"{header}\n{row}\n")

    person = Person.objects.get()
    assert (person.email, person.name, person.team.name) == ("anna@example.org", "Anna Berg", "Shop")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Halden\nEli Berg\n", ["Ada Halden", "Eli Berg"]),
        ("Report 7\n\nVorname;Name\nAda;Halden\n", ["Ada Halden"]),
        ("Preferred First Name,First Name,Last Name\n,Ada,Halden\nEl,Eli,Berg\n", ["Ada Halden", "El Berg"]),
        ('Payroll Name\n"Berg, Eli"\n', ["Eli Berg"]),
    ],
)
def test_names_are_read_from_files_that_are_no_whole_roster(tmp_path, text, names):
    path = tmp_path / "names.csv"
    path.write_text(text)

    assert roster_file.names_in(path) == names


def test_languages_are_read_by_name_and_by_code(roster):
    lines = "\n".join(
        f"{n}@example.org,{n},{said}" for n, said in enumerate(["de_DE", "German", "Deutsch", "Englisch", "pt-BR", ""])
    )
    roster(f"email,name,language\n{lines}\n")

    assert list(Person.objects.order_by("name").values_list("language", flat=True)) == [
        "de",
        "de",
        "de",
        "en",
        "pt",
        "",
    ]


def test_dates_with_slashes_are_read_one_way_in_the_whole_file(roster):
    roster("email,name,hire date\na@example.org,A,03/04/2025\nb@example.org,B,11/23/2025\n")
    roster("email,name,hire date\nc@example.org,C,03/04/2025\nd@example.org,D,23/11/2025\n")

    joined = dict(Person.objects.values_list("name", "joined_on"))
    assert joined == {"A": date(2025, 3, 4), "B": date(2025, 11, 23), "C": date(2025, 4, 3), "D": date(2025, 11, 23)}


def test_who_has_left_by_the_date_is_a_leaver(roster):
    roster("email,name,termination date\na@example.org,A,2026-01-31\nb@example.org,B,2126-01-31\nc@example.org,C,\n")

    assert list(Person.objects.order_by("name").values_list("is_active", flat=True)) == [False, True, True]


def test_utf16_and_xlsx_are_understood(roster, tmp_path, db):
    roster("email;name\nanna@example.org;Änna\n".encode("utf-16"))
    book = Workbook()
    book.active.append(["Mail", "Name", "Personnel number", "Start date"])
    book.active.append(["ben@example.org", "Ben", 1234, date(2026, 3, 1)])
    book.save(tmp_path / "r.xlsx")

    actions.import_roster(tmp_path / "r.xlsx")

    assert Person.objects.get(email="ben@example.org").employee_id == "1234"
    assert Person.objects.get(email="ben@example.org").joined_on == date(2026, 3, 1)


def test_second_import_changes_only_what_differs(roster):
    roster("id,email,name,team\n1,anna@example.org,Anna,Shop\n2,ben@example.org,Ben,Shop\n")

    change = roster("id,email,name,team\n1,anna.new@example.org,Anna,Office\n2,ben@example.org,Ben,shop\n")

    assert (change.joiners, change.changed, change.unchanged) == (0, 1, 1)
    assert Person.objects.get(employee_id="1").email == "anna.new@example.org"
    assert Team.objects.count() == 2


def test_dry_run_says_what_would_change_and_changes_nothing(roster):
    change = roster("email,name\nanna@example.org,Anna\n", is_dry_run=True)

    assert change.joiners == 1
    assert not Person.objects.exists()
    assert not Team.objects.exists()


def test_full_file_switches_off_leavers_and_their_sessions(roster, browser_of):
    lines = "".join(f"p{n}@example.org,P{n}\n" for n in range(20))
    roster("email,name\n" + lines)
    leaver = browser_of(Person.objects.get(email="p19@example.org"))
    assert leaver.get("/today").status_code == 200

    change = roster("email,name\n" + lines.replace("p19@example.org,P19\n", ""), is_full=True)

    assert change.leavers == 1
    assert leaver.get("/today").status_code == 302


def test_full_file_that_forgets_the_last_administrator_does_not_switch_them_off(roster):
    lines = "".join(f"p{n}@example.org,P{n}\n" for n in range(20))
    roster("email,name\n" + lines)
    Person.objects.filter(email="p19@example.org").update(is_admin=True)

    change = roster("email,name\n" + lines.replace("p19@example.org,P19\n", ""), is_full=True)

    assert (change.leavers, change.kept_admins) == (0, ["p19@example.org"])
    assert Person.objects.get(email="p19@example.org").is_active


def test_full_file_that_would_switch_off_too_many_is_refused(roster):
    roster("email,name\n" + "".join(f"p{n}@example.org,P{n}\n" for n in range(20)))

    with pytest.raises(RosterError, match="15 of 20"):
        roster("email,name\n" + "".join(f"p{n}@example.org,P{n}\n" for n in range(5)), is_full=True)

    assert Person.objects.filter(is_active=True).count() == 20


def test_columns_that_are_not_read_are_named(roster):
    assert roster("email,name,shoe size\nanna@example.org,Anna,38\n").ignored_columns == ("shoe size",)


def test_mistakes_are_named_by_line_and_column_and_nothing_is_imported(roster):
    with pytest.raises(RosterError) as refused:
        roster(
            "email,name,start date\nanna@example.org,Anna,2026-01-01\nnot an address,Ben,\ncem@example.org,,\ndora@example.org,Dora,someday\n"
        )

    assert [(row.line, row.column) for row in refused.value.rows] == [(3, "email"), (4, "name"), (5, "start date")]
    assert not Person.objects.exists()


def test_two_people_with_one_address_are_refused(roster):
    with pytest.raises(RosterError) as refused:
        roster("email,name\nanna@example.org,Anna\nAnna@Example.org,Anne\n")

    assert refused.value.rows[0].line == 3


def test_address_of_another_employee_is_refused(roster):
    roster("id,email,name\n1,anna@example.org,Anna\n2,ben@example.org,Ben\n")

    with pytest.raises(RosterError):
        roster("id,email,name\n1,ben@example.org,Anna\n")

    assert Person.objects.get(employee_id="1").email == "anna@example.org"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "neither"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"name,team\nAnna,Shop\n", "e-mail"),
        (b"email,E-Mail,name\na@b.org,a@b.org,A\n", "same"),
        ("email,name\nanna@example.org,Änna\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_unusable_files_are_refused_in_words(roster, content, says):
    with pytest.raises(RosterError, match=says):
        roster(content)


def test_broken_encoding_is_named_by_line(roster):
    with pytest.raises(RosterError) as refused:
        roster(b"email,name\nanna@example.org,Anna\nben@example.org,B\xe4n\n")

    assert refused.value.rows[0].line == 3


def test_large_file_is_imported_with_flat_memory(tmp_path, db):
    path = tmp_path / "large.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "email", "name", "team"])
        writer.writerows([n, f"p{n}@example.org", f"Person {n}", f"Team {n % 50}"] for n in range(8_000))
    seen = []
    tracemalloc.start()

    change = actions.import_roster(path, progress=seen.append)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert change.joiners == 8_000
    assert seen[-1] == 8_000
    assert peak < 24_000_000


def look_at(browser, tmp_path, text):
    """Upload a roster, and return what the page would import."""
    path = tmp_path / "r.csv"
    path.write_text(text)
    with path.open("rb") as file:
        page = browser.post("/people/import", {"file": file, "leavers_up_to": 10}).content.decode()
    return page, {"again": "1", "name": re.search(r'name="name" value="([^"]+)"', page)[1]}


def test_page_shows_first_and_then_imports(ada, browser_of, tmp_path):
    browser = browser_of(ada)

    page, seen = look_at(browser, tmp_path, "email,name\nanna@example.org,Anna\n")
    assert not Person.objects.filter(email="anna@example.org").exists()
    browser.post("/people/import", seen)

    assert "anna@example.org" in page
    assert Person.objects.filter(email="anna@example.org").exists()
    assert not uploads.path(seen["name"]).exists()


def test_nobody_imports_a_file_that_another_tab_has_looked_at(ada, browser_of, tmp_path):
    browser = browser_of(ada)
    _page, first = look_at(browser, tmp_path, "email,name\nanna@example.org,Anna\n")
    _page, second = look_at(browser, tmp_path, "email,name\nberta@example.org,Berta\n")

    said = browser.post("/people/import", first, follow=True).content.decode()

    assert "no longer here" in said
    assert not Person.objects.filter(email__in=["anna@example.org", "berta@example.org"]).exists()
    browser.post("/people/import", second)
    assert Person.objects.filter(email="berta@example.org").exists()


def test_a_roster_that_was_only_looked_at_is_gone_after_a_day(ada, browser_of, tmp_path):
    _page, seen = look_at(browser_of(ada), tmp_path, "email,name\nanna@example.org,Anna\n")
    file = uploads.path(seen["name"])
    assert uploads.tidy() == 0

    os.utime(file, (0, 0))

    assert uploads.tidy() == 1
    assert not file.exists()


def test_search_that_fits_very_many_says_so(ada, browser_of):
    Person.objects.bulk_create(Person(email=f"kim{n}@x.example", name=f"Kim {n}", password="!") for n in range(1002))

    page = browser_of(ada).get("/people/?q=kim").content.decode()
    narrower = browser_of(ada).get("/people/?q=kim+1001").content.decode()

    assert "More than 1000 people fit" in page
    assert "1 / 21" in page
    assert "More than" not in narrower
    assert "kim1001@x.example" in narrower
