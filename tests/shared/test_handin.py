"""Lines that students hand in are read whatever mail programs have made of them; nothing in them can do harm."""

import csv
import io
import json
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared import handin
from pages.shared.handin import MOST, Problem

# Of the browser: what was typed has none of these signs in the line.
SPELLED = {letter: f"\\u{ord(letter):04x}" for letter in '"“”„‟«»″＂{}<>'}
# What a reader can type: letters of several scripts, signs, and no blank but a single space inside.
typed = st.text(
    st.one_of(
        st.sampled_from("\"“”{}<>&\\'=+-@|,:;#`*_$~%!?().…梯度消失é😀 "),
        st.characters(categories=("L", "N", "P", "S"), exclude_characters="\u200b\ufeff\u2060"),
    ),
    max_size=60,
).map(lambda text: " ".join(text.split()))


def line(n="Ada", l="sigmoids", a=None, s="", u=""):  # noqa: E741
    """A line as a browser writes it."""

    def spell(text):
        inside = json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', '"')
        return '"' + "".join(SPELLED.get(letter, letter) for letter in inside) + '"'

    answers = ",".join(f"{spell(page)}:{spell(answer)}" for page, answer in (a or {}).items())
    return f'nonlinear1 {{"n":{spell(n)},"l":{spell(l)},"a":{{{answers}}},"s":{spell(s)},"u":{spell(u)}}}'


def only(text):
    """The one line in a text about which nothing is to be said."""
    read = handin.read(text)
    assert read.problems == ()
    (hand,) = read.found
    return hand


ANSWERS = {"basics": "2", "vanishing": "3", "dying": "shown"}
ADDRESS = "https://guide.example/base/vanishing?depth=50&w=4.0&b=-2.0&input=0.5&f=sigmoid&f=relu&lang=en"
WHOLE = line("Ada Lovelace", "sigmoids", ANSWERS, 'It is "one" factor for each layer, of at most |w|/4.', ADDRESS)


def assert_whole(hand):
    assert (hand.name, hand.lesson, dict(hand.answers)) == ("Ada Lovelace", "sigmoids", ANSWERS)
    assert hand.sentences == 'It is "one" factor for each layer, of at most |w|/4.'
    assert hand.address == ADDRESS


def quoted(text):
    return "\n".join(f"> {part}" for part in text.split("\n"))


CHANGES = {
    "none": lambda text: text,
    "a mail around": lambda text: f"Dear teacher,\r\nhere it is:\r\n{text}\r\n\r\nRegards {{Ada}} > \r\n-- \r\n",
    "quoted": quoted,
    "quoted twice": lambda text: quoted(quoted(text)),
    "wrapped": lambda text: "\n".join(textwrap.wrap(text, 72)),
    "wrapped with spaces": lambda text: " \r\n".join(textwrap.wrap(text, 40)),
    "wrapped and quoted": lambda text: quoted("\n".join(textwrap.wrap(text, 60))),
    "curled": lambda text: text.replace('"', "”"),
    "curled both ways": lambda text: text.replace(':"', ":“").replace('",', "”,"),
    "guillemets": lambda text: text.replace('"', "»"),
    "capital": lambda text: text.replace("nonlinear", "Nonlinear"),
    "hard spaces": lambda text: text.replace(" ", "\xa0"),
    "zero width": lambda text: f"\ufeff{text[:30]}\u200b{text[30:]}",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_line_survives_a_mail_program(change):
    assert_whole(only(CHANGES[change](WHOLE)))


def test_a_sentence_in_chinese_survives_wrapping():
    text = line("王小明", s="每层的梯度都乘以一个因子，所以梯度消失。")
    cut = text.index("乘以")
    assert only(f"{text[:cut]}\r\n{text[cut:]}").sentences == "每层的梯度都乘以一个因子，所以梯度消失。"


@given(typed, typed, st.dictionaries(st.sampled_from(["home", "basics", "elu"]), st.sampled_from(["1", "4", "shown"])))
def test_what_is_typed_arrives_as_it_was(name, sentence, answers):
    names = {hand.name for hand in handin.read(line(name, s=sentence)).found}
    assert names == {"".join(c if c.isprintable() else " " for c in name)[:60].strip()}
    hand = only(line("x", s=sentence, a=answers))
    assert hand.sentences == " ".join("".join(c if c.isprintable() else " " for c in sentence).split())
    assert dict(hand.answers) == answers


@given(st.lists(typed, min_size=2, max_size=8, unique_by=str.casefold), st.data())
def test_every_line_of_a_class_is_counted(names, data):
    names = [f"{k} {name}".strip() for k, name in enumerate(names)]
    kept = [" ".join(name.split()) for name in names]
    given_answers = [data.draw(st.sampled_from(["1", "2", "3", "4", "shown", ""])) for _ in names]
    text = "\n\nOn Monday someone wrote:\n> ".join(
        line(name, a={"elu": answer} if answer else {}) for name, answer in zip(names, given_answers, strict=True)
    )
    found = handin.read(text).found
    assert [hand.name for hand in found] == kept
    tally = dict.fromkeys(("1", "2", "3", "4", "shown"), 0)
    for answer in filter(None, given_answers):
        tally[answer] += 1
    assert handin.counts(found, "elu") == tally


@given(st.text(), st.text(st.sampled_from('nonlinear1 {}[]":,\\u0d8>\n“”\x00\ud800'), max_size=80))
def test_no_text_breaks_the_reader(anything, nearly):
    for text in (anything, f"nonlinear1 {{{nearly}", f'nonlinear1 {{"n":"{anything}","a":{{"{nearly}":"1"}}}}'):
        read = handin.read(text)
        for hand in read.found:
            for part in (hand.name, hand.lesson, hand.sentences, hand.address):
                assert part.isprintable()
                part.encode("utf-8")


@pytest.mark.parametrize(
    "inside",
    [
        '"n":"Ada"',
        '"n":"Ada","a":[1]}',
        '"n":',
        '"n":"Ada"}'.replace(":", "="),
        '"a":' + "[" * 100_000,
        '"a":' + '{"a":' * 40_000,
        '"n":' + "9" * 10_000,
        "}}}",
        '"n":3}',
    ],
)
def test_a_line_that_cannot_be_read_is_named(inside):
    read = handin.read(f"{WHOLE}\n\nnonlinear1 {{{inside}\n")
    assert_whole(read.found[0])
    assert len(read.found) == 1
    assert read.problems == (Problem(3, "broken"),)


def test_what_is_no_text_is_empty():
    hand = handin.read(
        'nonlinear1 {"n":" ","l":null,"a":{"elu":1,"relu":"5","tanh":["1"],"gelu":"2"},"s":{},"u":[]}'
    ).found[0]
    assert (hand.name, hand.lesson, hand.sentences, hand.address) == ("", "", "", "")
    assert dict(hand.answers) == {"gelu": "2"}


def test_the_last_line_of_a_name_counts():
    text = "\n".join([line("Ada", s="first"), line("Bo"), line("  ada ", s="second"), line(""), line("")])
    read = handin.read(text)
    assert [(hand.line, hand.name, hand.sentences) for hand in read.found] == [
        (2, "Bo", ""), (3, "ada", "second"), (4, "", ""), (5, "", ""),
    ]  # fmt: skip
    assert read.problems == (Problem(1, "twice", "ada"), Problem(4, "nameless"), Problem(5, "nameless"))


def test_there_are_limits():
    assert handin.read("x" * 300_001).problems == (Problem(0, "long"),)
    assert handin.read("Hello\n").problems == (Problem(0, "none"),)
    assert handin.read(" \n").problems == ()
    many = handin.read("\n".join(line(str(k)) for k in range(MOST + 1)))
    assert (len(many.found), many.problems) == (MOST, (Problem(0, "many"),))
    hand = handin.read(line("n" * 100, s="s" * 1000, u="u" * 3000)).found[0]
    assert (len(hand.name), len(hand.sentences), len(hand.address)) == (60, 600, 1500)


@given(
    st.lists(
        st.lists(
            st.one_of(typed, st.text(), st.sampled_from(["=1+1", "+1", "-1", "@a", " =1", "\t=1"])),
            min_size=2,
            max_size=4,
        )
    )
)
def test_no_cell_of_the_table_is_a_formula_and_every_cell_is_kept(rows):
    rows = [[cell.replace("\x00", "").replace("\r", "") for cell in row] for row in rows]
    table = handin.csv(rows)
    found = list(csv.reader(io.StringIO(table, newline="")))
    assert len(found) == len(rows)
    for row, cells in zip(rows, found, strict=True):
        for text, cell in zip(row, cells, strict=True):
            assert not cell.lstrip().startswith(("=", "+", "-", "@"))
            assert cell in (text, f"'{text}")
            assert (cell == text) or text.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
