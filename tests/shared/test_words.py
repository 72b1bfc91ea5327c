"""Both languages say the same things in the same places."""

import re

import streamlit as st

from activations import CATALOGUE
from activations.experiments import chain
from pages.shared import words
from tests.all_cases import all_cases

SHELVES = {code: words._TEXT / code for code in words.LANGUAGES}
FILES = {code: sorted(path.relative_to(shelf) for path in shelf.rglob("*.*")) for code, shelf in SHELVES.items()}
PAGES = sorted(path.with_suffix("").as_posix() for path in FILES["en"] if path.suffix == ".md")
PLACEHOLDER = re.compile(r"\{([a-z_]\w*)\}")
MATHS = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
NOT_PROSE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\]\([^)]*\)|https?://\S+", re.DOTALL)
CHINESE = r"[\u4e00-\u9fff]"
APPLIED = re.compile(r"[A-Za-z\u0391-\u03c9]′?\([^()\u4e00-\u9fff]*\)")  # as in N(0, 1): no brackets of prose
SHARED = re.compile(r"b?float16|gpt-oss|erf|tanh|sigmoid|maxout|softmax|softplus|logaddexp|log|Leaky|Mish")
# What a function's page prints into its texts besides its parameters; the last few only where they always exist.
MEASURED = {"infimum", "supremum", "range", "mean", "max_slope"}
TURNING = {"minimum", "argmin", "argmax_slope"}
WITH_TURNING = {"gelu", "gelu_tanh", "gelu_sigmoid", "hard_swish", "mish"}

# English is what the others are compared with: here a new language finds what it still lacks.
OTHERS = [code for code in words.LANGUAGES if code != "en"]

each_page = all_cases("name", PAGES)
each_other = all_cases("code", OTHERS)


def placeholders(text):
    # {name} inside a formula is LaTeX's own brace.
    return set(PLACEHOLDER.findall(MATHS.sub("", text)))


def chinese_texts():
    parts = {f"{name}#{part}": text for name in PAGES for part, text in words._cut("zh", name).items()}
    return {**parts, **{f"ui#{label}": text for label, text in words._labels("zh").items()}}


def prose(text):
    # A mark stands in for what was cut out, so that its neighbours do not become neighbours of each other.
    return re.sub(r"[*_]{1,3}", "", NOT_PROSE.sub("\0", text))


def listed(names):
    return ", ".join(map(str, names))


@each_other
def test_every_language_has_the_same_files(code):
    lacking = [path for path in FILES["en"] if path not in FILES[code]]
    assert not lacking, f"{code} lacks {listed(lacking)}"
    assert FILES[code] == FILES["en"]


def test_there_are_words_for_every_function_and_more():
    assert len(PAGES) >= len(CATALOGUE) + 2


def test_every_function_has_its_page_of_words():
    assert {f"functions/{slug}" for slug in CATALOGUE} == {name for name in PAGES if name.startswith("functions/")}


@all_cases("slug", CATALOGUE)
def test_a_function_is_described_in_short(slug):
    english, chinese = (words._cut(code, f"functions/{slug}")["short"] for code in ("en", "zh"))
    assert 10 <= len(english.split()) <= 40
    # A line break would be shown as a space, which Chinese does not have between sentences.
    assert 20 <= len(chinese) <= 110
    assert "\n" not in chinese


@each_page
@each_other
def test_a_page_has_the_same_parts_in_the_same_order(name, code):
    english, other = list(words._cut("en", name)), list(words._cut(code, name))
    lacking = [part for part in english if part not in other]
    assert not other or not lacking, f"{code}/{name}.md lacks {listed(lacking)}"
    assert english != []
    assert other in ([], english), "the order"  # A file that is not there is listed above.


@each_page
@each_other
def test_a_part_waits_for_the_same_values_in_every_language(name, code):
    english, other = words._cut("en", name), words._cut(code, name)
    differing = [part for part in other if placeholders(other[part]) != placeholders(english.get(part, ""))]
    assert not differing, f"{code}/{name}.md waits for other values in {listed(differing)}"


@each_page
@all_cases("code", words.LANGUAGES)
def test_no_part_is_empty(name, code):
    assert [part for part, text in words._cut(code, name).items() if not text] == []


@all_cases("code", words.LANGUAGES)
def test_no_text_stands_before_the_first_mark_of_a_page(code):
    # It would belong to no part and never be shown.
    for path in FILES[code]:
        if path.suffix == ".md":
            assert (SHELVES[code] / path).read_text(encoding="utf-8").startswith("<!-- "), path


@each_other
def test_every_language_has_the_same_labels_in_the_same_order(code):
    english, other = list(words._labels("en")), list(words._labels(code))
    lacking = [label for label in english if label not in other]
    assert not lacking, f"{code}/ui.toml lacks {listed(lacking)}"
    assert english == other


@each_other
def test_labels_wait_for_the_same_values_in_every_language(code):
    english, other = words._labels("en"), words._labels(code)
    differing = [label for label in other if placeholders(other[label]) != placeholders(english.get(label, ""))]
    assert not differing, f"{code}/ui.toml waits for other values in {listed(differing)}"


@all_cases("code", words.LANGUAGES)
def test_no_label_is_empty(code):
    assert [label for label, text in words._labels(code).items() if not text.strip()] == []


@each_page
@each_other
def test_english_is_not_left_in_other_pages(name, code):
    english = words._cut("en", name)
    same = {part for part, text in words._cut(code, name).items() if text == english.get(part)}
    # Numbers and the names of formats and functions are the same in both.
    written = {part for part in same if re.search("[a-z]{3}", SHARED.sub("", english[part]))}
    left = sorted(written - {"title", "defaults", "paper"})
    assert not left, f"{code}/{name}.md is still English in {listed(left)}"


def test_chinese_leaves_a_space_before_and_after_latin_letters_and_digits():
    touching = re.compile(f"{CHINESE}[A-Za-z0-9]|[A-Za-z0-9]{CHINESE}")
    found = {where: touching.findall(prose(text)) for where, text in chinese_texts().items()}
    assert {where: pairs for where, pairs in found.items() if pairs} == {}


def test_chinese_uses_its_own_punctuation():
    half_width = re.compile(f"{CHINESE}[,;:?!]")
    found = {where: half_width.findall(prose(text)) for where, text in chinese_texts().items()}
    assert {where: marks for where, marks in found.items() if marks} == {}
    # Nor full stops, brackets or straight quotes.
    western = re.compile(rf'{CHINESE} ?[.()"]|[,;:?!()"] ?{CHINESE}')
    found = {where: western.findall(APPLIED.sub("\0", prose(text))) for where, text in chinese_texts().items()}
    assert {where: marks for where, marks in found.items() if marks} == {}


def test_chinese_has_one_word_for_one_thing():
    # Quotation marks of the mainland, one translation of each term, and names of functions small within a sentence.
    unwanted = re.compile(r"[「」『』]|捷径|框架|极小值|\b(?:Sigmoid|Tanh)\b")
    for where, text in chinese_texts().items():
        if not where.endswith("#title"):
            assert unwanted.findall(prose(text)) == [], where


def test_a_negative_number_has_a_minus_and_not_a_hyphen():
    for code in words.LANGUAGES:
        pages = {f"{name}#{part}": text for name in PAGES for part, text in words._cut(code, name).items()}
        for where, text in {**pages, **words._labels(code)}.items():
            assert re.findall(r"(?<![\w:.)-])-\d", prose(text)) == [], (code, where)


@each_page
@all_cases("code", words.LANGUAGES)
def test_a_text_waits_only_for_what_its_page_can_say(name, code):
    allowed: set[str] = set()
    if name.startswith("functions/"):
        activation = CATALOGUE[name.removeprefix("functions/")]
        allowed = MEASURED | set(activation.defaults) | (TURNING if activation.slug in WITH_TURNING else set())
    if name == "start/home":
        allowed = {"functions", "experiments", "lessons", "slides", "ask"}
    for part, text in words._cut(code, name).items():
        # What a topic or a tool prints is held by its own tests; here, that both languages quote the same of it.
        known = placeholders(words._cut("en", name)[part]) if name.startswith(("topics/", "tools/")) else allowed
        assert placeholders(text) <= known, part
        # In a formula a value would be read as a product of letters, or not be filled at all.
        within = {mark for formula in MATHS.findall(text) for mark in PLACEHOLDER.findall(formula)}
        assert not within & (MEASURED | TURNING), part


@all_cases("code", words.LANGUAGES)
def test_every_parameter_and_preset_has_its_label(code):
    labels = words._labels(code)
    wanted = {f"param.{activation.slug}.{p.name}" for activation in CATALOGUE.values() for p in activation.params}
    wanted |= {
        f"preset.{activation.slug}.{name}"
        for activation in CATALOGUE.values()
        for p in activation.params
        for name in p.presets
    }
    wanted |= {f"param.{param.name}" for param in chain.PARAMS}
    assert wanted <= set(labels)
    presets = {label for label in labels if label.startswith("preset.")}
    assert presets <= wanted, "a preset nobody can press"


def test_the_languages_speak_their_own_words():
    for code, home in (("en", "Home"), ("zh", "首页")):
        st.session_state["language"] = code
        assert words.ui("page.home") == home
    del st.session_state["language"]
