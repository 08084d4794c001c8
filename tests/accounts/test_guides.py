"""The guides of docs/ as pages: safe, for a phone too, and every link of theirs leads somewhere."""

import re

import pytest
from django.urls import reverse

from accounts.guides import FOLDER, GUIDES, guide, read


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
    files = re.findall(r"\]\((?!https?:)([^)#]+)", (FOLDER / f"{name}.md").read_text())
    assert [file for file in files if not (FOLDER / file).exists()] == []


@pytest.mark.parametrize("name", GUIDES)
def test_its_contents_name_each_section_once(name):
    anchors = re.findall(r'<h2 id="([^"]+)"', guide(name).body)

    assert [anchor for anchor, _heading in guide(name).contents] == anchors
    assert len(set(anchors)) == len(anchors) > 3


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
    pages = "".join(page.read_text() for page in (FOLDER.parent / "templates").rglob("*.html"))
    led = re.findall(r'in_the_guide.html" with guide="(\w+)" anchor="([\w-]+)"', pages)

    assert len(led) > 5
    assert [(name, anchor) for name, anchor in led if anchor not in guide(name).anchors] == []


def test_the_image_brings_the_files_along():
    assert not {"docs", "docs/", "*.md"} & set((FOLDER.parent / ".dockerignore").read_text().split())
