"""The catalogues of translations: whole, and saying in both languages what the code has places for."""

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from config import catalogues

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>|&\w+;")
everywhere = pytest.mark.parametrize("name", catalogues.CATALOGUES)
in_each_language = pytest.mark.parametrize("language", catalogues.LANGUAGES)


@pytest.fixture(scope="module")
def wanted():
    return catalogues.sentences()


def texts_of(message):
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string]


@in_each_language
@everywhere
def test_holds_the_sentences_of_the_code_and_no_other(name, language, wanted):
    """`./dev messages` brings it up to date."""
    there = {catalogues.key_of(message) for message in catalogues.read(name, language) if message.id}
    needed = {catalogues.key_of(message) for message in wanted[name] if message.id}
    assert there == needed


@in_each_language
@everywhere
def test_no_sentence_waits_for_its_translation(name, language):
    assert [
        message.id
        for message in catalogues.read(name, language)
        if message.id and not catalogues.is_translated(message)
    ] == []


@in_each_language
@everywhere
def test_keeps_values_and_markup(name, language):
    """Only the form for exactly one may leave a number out."""
    for message in catalogues.read(name, language):
        if not message.id or not catalogues.is_translated(message):
            continue
        originals = list(message.id) if message.pluralizable else [message.id]
        for original, text in zip(originals, texts_of(message), strict=True):
            missing = set(PLACES.findall(original)) - set(PLACES.findall(text))
            added = set(PLACES.findall(text)) - set(PLACES.findall(originals[-1]))
            assert not missing | added, (original, text)
            assert original.startswith("\n") == text.startswith("\n"), original
            assert original.endswith("\n") == text.endswith("\n"), original


@in_each_language
@everywhere
def test_what_the_program_reads_says_the_same(name, language):
    with catalogues.path_of(name, language, "mo").open("rb") as file:
        compiled = {catalogues.key_of(message): texts_of(message) for message in read_mo(file) if message.id}
    read = catalogues.read(name, language)
    whole = {catalogues.key_of(one): texts_of(one) for one in read if one.id and catalogues.is_translated(one)}
    assert compiled == whole


def test_no_other_catalogue_lies_about():
    found = {path.relative_to(catalogues.BASE_DIR) for path in Path(catalogues.BASE_DIR, "locale").rglob("*.po")}
    known = {
        catalogues.path_of(name, language).relative_to(catalogues.BASE_DIR)
        for name in catalogues.CATALOGUES
        for language in catalogues.LANGUAGES
    }
    assert found == known
