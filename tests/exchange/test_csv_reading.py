"""Reading CSV: what is in the file comes out, and what cannot be read is told in a sentence."""

import csv
import json

import pytest

from kamtui.domain.errors import BadFile, BadInput
from kamtui.exchange.csv_reading import CsvTable, unguarded
from kamtui.exchange.source_file import open_source


def read(path, **options):
    encoding = options.pop("encoding", None)
    with open_source(str(path), encoding=encoding) as source:
        table = CsvTable(source, **options)
        return table.header, list(table.records())


@pytest.fixture
def file(tmp_path):
    def write(content, name="x.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


SPECTRUM = [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
    "quotes_and_newlines", "simple", "simple_crlf", "utf8",
]  # fmt: skip


@pytest.mark.parametrize("name", SPECTRUM)
def test_the_acceptance_set_is_read_exactly(shared, file, name):
    content = (shared / "csv-spectrum" / "csvs" / f"{name}.csv").read_bytes()
    if name.endswith("_crlf"):
        # The copy at hand has lost the line ends that its answer speaks of.
        content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    header, records = read(file(content))
    expected = json.loads((shared / "csv-spectrum" / "json" / f"{name}.json").read_text(encoding="utf-8"))
    assert [dict(zip(header, record.cells, strict=True)) for record in records] == expected


def test_quotes_inside_an_unquoted_cell_are_text(shared):
    _header, records = read(shared / "csv-spectrum" / "csvs" / "location_coordinates.csv")
    assert len(records) == 1
    assert records[0].cells[1].endswith('17.9"W')


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(file, sign):
    header, records = read(file(sign.join("ab") + "\n" + sign.join("12")))
    assert (header, records[0].cells) == (["a", "b"], ["1", "2"])


def test_a_delimiter_inside_quotes_does_not_count(file):
    header, _records = read(file('"a,b,c,d";e\n1;2\n'))
    assert header == ["a,b,c,d", "e"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_of_the_three_ways(file, end):
    _header, records = read(file(end.join(["a,b", "1,2", "3,4"])))
    assert [list(record.cells) for record in records] == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(file, encoding):
    header, records = read(file("名称,b\n华东物流,2\n".encode(encoding)))
    assert (header[0], records[0].cells[0]) == ("名称", "华东物流")


def test_another_encoding_is_proposed_and_not_taken(file):
    path = file(("名称,城市\n" + "华东物流有限公司,上海\n客户经理,北京\n" * 30).encode("gb18030"))
    with pytest.raises(BadFile, match="--encoding gb18030"):
        read(path)
    assert read(path, encoding="gb18030")[0] == ["名称", "城市"]


def test_an_encoding_that_does_not_fit_is_refused(file):
    with pytest.raises(BadFile, match="the text is not ascii"):
        read(file("a,b\nü,2\n"), encoding="ascii")


def test_an_encoding_that_there_is_not_is_wrong_usage(file):
    with pytest.raises(BadInput, match="there is no encoding"):
        read(file("a\n1\n"), encoding="klingon")


def test_half_wide_text_without_a_mark_is_recognised(file):
    with pytest.raises(BadFile, match="utf-16-le"):
        read(file("a,b\n1,2\n".encode("utf-16-le")))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\n\n", "must name the columns"),
        (b",,\n1,2,3\n", "must name the columns"),
        (b"a\x00b,c\n1,2\n", "NUL"),
        (b'"a,b\n1,2\n', "row 1"),
        (b"PK\x03\x04" + bytes(range(256)) * 9, "not a text file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name(file, content, said):
    with pytest.raises(BadFile, match=said) as error:
        read(file(content, "bad.csv"))
    assert "bad.csv" in error.value.message
    assert "Nothing was imported" in error.value.message


@pytest.mark.parametrize("where", ["", "missing.csv", "a\x00b"])
def test_a_folder_or_a_missing_file_is_refused(tmp_path, where):
    with pytest.raises(BadFile):
        read(f"{tmp_path}/{where}")


def test_ragged_rows_are_told_and_the_rest_goes_on(file):
    _header, records = read(file("a,b\n1,2\n1,2,3\n1\n\n4,5\n"))
    assert [(record.number, record.fault) for record in records] == [
        (2, ""),
        (3, "The row has 3 cells, the header has 2."),
        (4, "The row has 1 cell, the header has 2."),
        (6, ""),
    ]


def test_text_behind_a_closing_quote_is_told(file):
    _header, records = read(file('a,b\n"Acme" Ltd,2\n3,4\n'))
    assert [bool(record.fault) for record in records] == [True, False]


def test_an_unclosed_quote_of_five_megabytes_is_refused_by_its_row(file):
    with pytest.raises(BadFile, match="row 3: a quote that opens there is never closed"):
        read(file('a,b\n1,2\n"' + "x,y\n" * 1_300_000))


def test_a_field_beyond_the_limit_of_the_csv_module_is_read(file):
    _header, records = read(file("a,b\n" + "x" * 200_000 + ",2\n"))
    assert len(records[0].cells[0]) == 200_000


def test_fifty_thousand_columns_are_read(file):
    names = [f"c{number}" for number in range(50_000)]
    header, records = read(file(",".join(names) + "\n" + ",".join("1" * 50_000) + "\n"))
    assert (len(header), len(records[0].cells)) == (50_000, 50_000)


def test_the_formula_guard_of_an_export_is_taken_off_and_nothing_else():
    assert [unguarded(cell) for cell in ("'=1+1", "'-5 days", "'+44 20", "'@x", "'\t=1", "'tis", "=1", "''")] == [
        "=1+1", "-5 days", "+44 20", "@x", "\t=1", "'tis", "=1", "''",
    ]  # fmt: skip


def test_the_spectrum_of_python_is_ours(shared):
    path = shared / "crm-maven" / "original" / "accounts.csv"
    header, records = read(path)
    with path.open(newline="", encoding="utf-8") as text:
        assert [header, *(list(record.cells) for record in records)] == list(csv.reader(text))
