"""The guides of docs/ as pages: safe, for a phone too, and every link of theirs leads somewhere."""

import re

import pytest
from django.urls import reverse

from accounts.guides import FOLDER, GUIDES, guide, read

TRANSLATED = [("sw", file.stem) for file in sorted((FOLDER / "sw").glob("*.md"))]


@pytest.mark.django_db
@pytest.mark.parametrize("name", GUIDES)
def test_everybody_may_read_it(client, name):
    page = client.get(reverse("help-guide", args=[name])).text

    assert f"<h1>{guide(name).title}</h1>" in page
    assert f'href="{reverse("help")}"' in page and "This guide is there in English only" not in page


@pytest.mark.django_db
def test_no_other_file_of_the_folder_is_a_page(client):
    assert {client.get(f"/help/{name}/").status_code for name in ("operations", "README", "none")} == {404}


@pytest.mark.parametrize("name", GUIDES)
def test_its_links_lead_somewhere(name):
    """On the page and in the repository: anchors, other guides, files."""
    links = re.findall(r'href="([^"]+)"', guide(name).lede + guide(name).body)
    for link in links:
        path, _hash, anchor = link.partition("#")
        there = re.fullmatch(r"/help/(\w+)/", path)
        assert path.startswith("http") or path in ("/help/", "/one-thing/") or there or not path, link
        assert not anchor or anchor in guide(there[1] if there else name).anchors, link
    for source in (FOLDER / f"{name}.md", *FOLDER.glob(f"*/{name}.md")):
        files = re.findall(r"\]\((?!https?:)([^)#]+)", source.read_text())
        assert [file for file in files if not (source.parent / file).exists()] == []


@pytest.mark.parametrize("name", GUIDES)
def test_its_contents_name_each_section_once(name):
    anchors = re.findall(r'<h2 id="([^"]+)"', guide(name).body)

    assert [anchor for anchor, _heading in guide(name).contents] == anchors
    assert len(set(anchors)) == len(anchors) > 3


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_a_translation_has_the_sections_of_the_original_under_their_anchors(language, name):
    there, here = guide(name), guide(name, language)

    assert here.language == language
    assert re.findall(r'<h2 id="([^"]+)"', here.body) == [anchor for anchor, _heading in there.contents]
    assert [words for _anchor, words in here.contents] == re.findall(r"<h2[^>]*>([^<]+)", here.body)
    assert not {words for _anchor, words in here.contents} & {words for _anchor, words in there.contents}


@pytest.mark.django_db
def test_who_reads_swahili_reads_the_guide_in_it_and_is_told_where_there_is_none(swahili, client, settings):
    settings.LANGUAGES += [("fr", "French")]

    def read_in(language, name):
        return client.get(reverse("help-guide", args=[name]), headers={"Accept-Language": language}).text

    assert [name for _language, name in TRANSLATED] == sorted(GUIDES)
    page, none_yet = read_in("sw", "candidate"), read_in("fr", "admin")
    assert '<h2 id="the-thank-you-note">Barua ya shukrani</h2>' in page
    assert ("upo kwa Kiingereza tu" in page, 'lang="en"><h1>' in page) == (False, False)
    assert ("is there in English only" in none_yet, 'lang="en"><h1>For admins' in none_yet) == (True, True)
    assert (
        '<h2 id="the-thank-you-note">The thank-you note</h2>'
        in client.get(reverse("help-guide", args=["candidate"])).text
    )


def test_a_text_is_no_page_of_its_own_making():
    shown = read(
        "# A\n\nB\n\n<script>x</script> [go](javascript:x) [in](coach.md#a) [out](operations.md) `/help/`", "a"
    )

    assert shown.body == (
        '<p>&lt;script&gt;x&lt;/script&gt; [go](javascript:x) <a href="/help/coach/#a">in</a> out'
        ' <a href="/help/">/help/</a></p>\n'
    )


def test_a_table_tells_a_phone_what_stands_where():
    shown = read("# A\n\n| x | y |\n|---|---|\n| 1 | 2 |", "a")

    assert '<th scope="row">1</th>\n<td data-label="y">2</td>' in shown.body


def test_pages_lead_to_sections_that_are_there():
    lead = re.compile(r'in_the_guide.html" with guide="(\w+)" anchor="([\w-]+)"')
    pages = (FOLDER.parent / "templates").rglob("*.html")
    led = {page.stem: found for page in pages if (found := lead.findall(page.read_text()))}

    assert {
        "mistake_detail",
        "note_detail",
        "settings_edit",
        "slot_find",
        "slot_calendar",
        "absence_list",
        "absence_new",
    } <= set(led)
    ways = [way for found in led.values() for way in found]
    assert [(name, anchor) for name, anchor in ways if anchor not in guide(name).anchors] == []


def test_the_image_brings_the_files_along():
    assert not {"docs", "docs/", "*.md"} & set((FOLDER.parent / ".dockerignore").read_text().split())
