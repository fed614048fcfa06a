"""What the other system has put into its workbook is there still when it comes back filled in."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from shiftcast.cli.exports.templates.sheet_cells import with_values
from shiftcast.data.errors import Problems

from tests.unit.exports.handed import PLAN, codes, files_of

CODES = ("E8", "M8", "L8", "S8", "休息")
LAST = "I13"  # of ten people's seven days from C4 on
SHEET = "xl/worksheets/sheet1.xml"
NEWER = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>班次!$A$1:$A$5</xm:f>'
    f"</x14:formula1><xm:sqref>C4:{LAST}</xm:sqref></x14:dataValidation></x14:dataValidations>"
    "</ext></extLst>"
)
"""A list that lies on another sheet, as Excel has written it since 2010."""


def a_book(names: tuple[str, ...] = CODES) -> Workbook:
    """A protected sheet whose cells for shifts are open, with comments, a rule for colours and a
    count of days off; the names of shifts are on a sheet of their own."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "排班表"
    sheet["A3"], sheet["B3"], sheet["J3"] = "姓名", "工号", "休息天数"
    for column, day in enumerate(PLAN.grid.dates, start=3):
        sheet.cell(2, column, day)
    for row, agent in enumerate(PLAN.centre.agents, start=4):
        sheet.cell(row, 2, agent.id)
        sheet.cell(row, 10, f'=COUNTIF(C{row}:I{row},"休息")')
        sheet.cell(row, 3).protection = Protection(locked=False)
    sheet["C4"].comment = Comment("请从列表中选择", "DingTalk")
    sheet["D4"] = "旧班"
    fill = PatternFill(bgColor="FFC000")
    sheet.conditional_formatting.add(
        f"C4:{LAST}", CellIsRule(operator="equal", formula=['"休息"'], fill=fill)
    )
    sheet.protection.sheet = True
    sheet.protection.password = "1234"
    shifts = book.create_sheet("班次")
    for row, name in enumerate(names, start=1):
        shifts.cell(row, 1, name)
    return book


def saved(book: Workbook, path: Path, tail: str = "") -> Path:
    """The workbook as Excel would leave it: with what goes at the end of its first sheet, and
    parts that openpyxl does not know."""
    plain = io.BytesIO()
    book.save(plain)
    with ZipFile(plain) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == SHEET:
                content = content.replace(b"</worksheet>", f"{tail}</worksheet>".encode())
            new.writestr(name, content.replace(b' fullCalcOnLoad="1"', b""))
        new.writestr("xl/threadedComments/threadedComment1.xml", "<ThreadedComments/>")
        new.writestr("customXml/item1.xml", "<group>dingtalk</group>")
    return path


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def a_list(formula: str) -> DataValidation:
    found = DataValidation(type="list", formula1=formula, showErrorMessage=True)
    found.add(f"C4:{LAST}")
    return found


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_all_that_is_no_cell_of_the_roster_stays(tmp_path: Path) -> None:
    book = a_book()
    book.worksheets[0].add_data_validation(a_list(f'"{",".join(CODES)}"'))
    theirs = saved(book, tmp_path / "theirs.xlsx", NEWER)
    (content,) = files_of("dingtalk-workbook", workbook=theirs).values()
    before, after = parts_of(theirs.read_bytes()), parts_of(content)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {SHEET, "xl/workbook.xml"}
    assert NEWER.encode() in after[SHEET]
    rest = after[SHEET].partition(b"</sheetData>")[2]
    assert rest == before[SHEET].partition(b"</sheetData>")[2]
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    was = load_workbook(theirs).worksheets[0]
    assert [sheet.cell(4, column).value for column in range(3, 10)] == ["E8"] * 5 + ["休息"] * 2
    assert sheet["J4"].value == '=COUNTIF(C4:I4,"休息")'
    assert sheet.protection.sheet
    assert sheet.protection.password == was.protection.password
    assert [sheet[cell].protection.locked for cell in ("C4", "D4")] == [False, True]
    assert sheet["C4"].comment is not None
    assert sheet["C4"].comment.text == "请从列表中选择"
    assert [str(rule.sqref) for rule in sheet.conditional_formatting] == [f"C4:{LAST}"]
    assert [v.formula1 for v in sheet.data_validations.dataValidation] == [f'"{",".join(CODES)}"']


def test_counts_are_worked_out_anew_when_it_is_opened(tmp_path: Path) -> None:
    theirs = saved(a_book(), tmp_path / "theirs.xlsx")
    (content,) = files_of("dingtalk-workbook", workbook=theirs).values()
    calculation = load_workbook(io.BytesIO(content)).calculation
    assert calculation.fullCalcOnLoad


@pytest.mark.parametrize("said", ['"E8,M8, L8 ,S8"', "班次!$A$1:$A$5", "ShiftNames", "newer"])
def test_what_a_list_does_not_offer_is_told_before_anything_is_written(
    tmp_path: Path, said: str
) -> None:
    """Written out, on another sheet, by a name, and as newer Excel has it: nobody rests there."""
    book = a_book(CODES[:-1])
    book.defined_names["ShiftNames"] = DefinedName("ShiftNames", attr_text="班次!$A:$A")
    if said != "newer":
        book.worksheets[0].add_data_validation(a_list(said))
    theirs = saved(book, tmp_path / "theirs.xlsx", NEWER if said == "newer" else "")
    problems = Problems()
    assert files_of("dingtalk-workbook", workbook=theirs, problems=problems) == {}
    (problem,) = problems
    assert problem.code == "exports.workbook.not_in_list"
    assert (problem.params["value"], problem.params["cell"]) == ("休息", "H4")
    assert problem.params["choices"] == "E8, M8, L8, S8"


@pytest.mark.parametrize("said", ["INDIRECT($A$1)", "班次!$B$1:$B$3", "Gone!$A$1"])
def test_a_list_that_must_be_worked_out_hinders_nobody(tmp_path: Path, said: str) -> None:
    book = a_book()
    book["班次"]["B1"] = "=A1"
    book.worksheets[0].add_data_validation(a_list(said))
    theirs = saved(book, tmp_path / "theirs.xlsx")
    assert files_of("dingtalk-workbook", workbook=theirs)


def test_a_formula_in_the_place_of_a_shift_is_told(tmp_path: Path) -> None:
    book = a_book()
    book.worksheets[0]["C4"] = '=IF(TRUE,"E8","")'
    problems = Problems()
    theirs = saved(book, tmp_path / "theirs.xlsx")
    assert files_of("wecom-workbook", workbook=theirs, problems=problems) == {}
    assert codes(problems) == ["workbook.formula"]


HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # a cell with a text of the table of texts, which keeps its looks
            '<row r="4"><c r="B4" s="2" t="s"><v>7</v></c></row>',
            '<row r="4"><c r="B4" s="2" t="inlineStr"><is><t>A&amp;B</t></is></c></row>',
        ),
        (  # an empty one
            '<row r="4"><c r="B4" s="2"/><c r="C4"/></row>',
            '<row r="4"><c r="B4" s="2" t="inlineStr"><is><t>A&amp;B</t></is></c><c r="C4"/></row>',
        ),
        (  # none, between two others
            '<row r="4"><c r="A4"/><c r="C4"/></row>',
            '<row r="4"><c r="A4"/><c r="B4" t="inlineStr"><is><t>A&amp;B</t></is></c>'
            '<c r="C4"/></row>',
        ),
        (  # none, at the end of a row with looks of its own
            '<row r="4" s="5" customFormat="1"><c r="A4"><v>1</v></c></row>',
            '<row r="4" s="5" customFormat="1"><c r="A4"><v>1</v></c>'
            '<c r="B4" s="5" t="inlineStr"><is><t>A&amp;B</t></is></c></row>',
        ),
        (  # cells without numbers
            '<row r="3"/><row><c><v>1</v></c><c s="1"><v>2</v></c></row>',
            '<row r="3"/><row><c><v>1</v></c>'
            '<c r="B4" s="1" t="inlineStr"><is><t>A&amp;B</t></is></c></row>',
        ),
    ],
)
def test_a_cell_of_a_sheet(before: str, after: str) -> None:
    frame = HEAD + "<worksheet><sheetData>{}</sheetData><!-- 班 --></worksheet>"
    found = with_values(frame.format(before).encode(), {(4, 2): "A&B"})
    assert found.decode() == frame.format(after)


def test_many_cells_with_a_prefix_and_the_looks_of_columns() -> None:
    before = (
        '<x:worksheet><x:cols><x:col min="3" max="9" style="8"/></x:cols><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="str"><x:v>班</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    values = {(1, 4): 5, (1, 3): "早 ", (1, 1): None}
    assert with_values(before.encode(), values).decode() == (
        '<x:worksheet><x:cols><x:col min="3" max="9" style="8"/></x:cols><x:sheetData>'
        '<x:row r="1"><x:c r="A1"/>'
        '<x:c r="C1" s="8" t="inlineStr"><x:is><x:t xml:space="preserve">早 </x:t></x:is></x:c>'
        '<x:c r="D1" s="8"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b"<worksheet><sheetData>", "no element found"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><worksheet/>', "iso-8859-1"),
    ],
)
def test_a_sheet_that_cannot_be_read(xml: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        with_values(xml, {})
