import pytest

from followups.jsonl import BadLine, read_objects


def test_numbers_count_blank_lines():
    assert read_objects(['{"id": "a"}\n', "\n", '  {"id": "b", "n": [1]}\n']) == [
        (1, {"id": "a"}),
        (3, {"id": "b", "n": [1]}),
    ]


def test_nothing_gives_nothing():
    assert read_objects([]) == []
    assert read_objects(["", "  \n"]) == []


def test_bytes_and_byte_order_mark():
    assert read_objects([b'\xef\xbb\xbf{"id": 1, "text": "caf\xc3\xa9"}\n']) == [(1, {"id": 1, "text": "café"})]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "b"', "not JSON: Expecting ',' delimiter at character 11"),
        ("[1]", 'a JSON object was expected, such as {"id": "1", …}'),
        ("null", 'a JSON object was expected, such as {"id": "1", …}'),
        ("{}", "the id is missing"),
        ('{"id": ""}', "the id must be text that is not empty, or a whole number"),
        ('{"id": null}', "the id must be text that is not empty, or a whole number"),
        ('{"id": true}', "the id must be text that is not empty, or a whole number"),
        ('{"id": 1.5}', "the id must be text that is not empty, or a whole number"),
        ('{"id": ["x"]}', "the id must be text that is not empty, or a whole number"),
        ('{"id": "a"}', "the id 'a' was used on line 1 already"),
        ('{"id": "b", "n": NaN}', "not usable JSON: NaN is not a JSON number"),
        ('{"id": "b", "id": "c"}', "not usable JSON: the key 'id' stands twice in one object"),
        ("[" * 200_000, "not usable JSON: nested too deeply"),
        (b'{"id": "\xff"}', "not UTF-8 at byte 9"),
    ],
)
def test_bad_line(line, reason):
    with pytest.raises(BadLine) as caught:
        read_objects(['{"id": "a"}', line])
    assert (caught.value.line, caught.value.reason) == (2, reason)
    assert str(caught.value) == f"line 2: {reason}"
