"""Files for a course site as such a site reads them: GIFT as Moodle does, QTI and Anki's text by their elements.

Written from Moodle's ``question/format/gift/format.php``, the information model of QTI 2.1 and Anki's manual; no code
of the guide is used.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
SIGNS = ":#={}~n"


@dataclass
class Read:
    """A question: HTML of its text, and of each choice and its feedback; which choices are right; its link."""

    id: str
    title: str
    text: str
    choices: list[str]
    feedback: list[str]
    right: list[int]
    link: str | None


def gift(raw):
    """The questions of a file in GIFT format, and how many are in each category."""
    found, categories, category = [], {}, ""
    for block in re.split(r"\n\s*\n", raw.decode()):
        id_ = re.search(r"^// \[id:([^\]\n]+)\]$", block, re.M)
        text = "\n".join(line for line in block.split("\n") if not line.strip().startswith("//")).strip()
        if not text:
            continue
        # Where a sign is escaped, a placeholder stands in for it until the question has been cut.
        text = text.replace("\\\\", "\0b")
        text = re.sub(rf"\\([{SIGNS}])", lambda sign: f"\0{SIGNS.index(sign[1])}", text)
        assert "\\" not in text, "a backslash before no sign"
        if text.startswith("$CATEGORY:"):
            category = _whole(text.removeprefix("$CATEGORY:").strip())
            continue
        _, title, rest = text.split("::")
        start, end = rest.index("{"), rest.index("}")
        assert rest.count("{") == rest.count("}") == 1
        assert end == len(rest) - 1
        assert rest.startswith("[html]")
        answers, _, general = rest[start + 1 : end].partition("####")
        found.append(_gift(id_[1], _whole(title), _whole(rest[6:start]), answers.strip(), _whole(general)))
        categories[category] = categories.get(category, 0) + 1
    return found, categories


def _gift(id_, title, text, answers, general):
    if "~" in answers:
        pieces = [piece.strip() for piece in re.split(r"~|(?==)", answers) if piece.strip()]
        right = [place for place, piece in enumerate(pieces) if piece.startswith("=")]
        cut = [piece.removeprefix("=").partition("#")[::2] for piece in pieces]
        choices, feedback = ([_whole(part) for part in column] for column in zip(*cut, strict=True))
    else:
        truth, wrong, right_one = answers.split("#")
        assert truth in ("TRUE", "FALSE")
        choices, right = ["TRUE", "FALSE"], [0 if truth == "TRUE" else 1]
        both = _whole(right_one), _whole(wrong)
        feedback = list(both if truth == "TRUE" else both[::-1])
    return Read(id_, title, text, choices, feedback, right, _link(general))


def _whole(text):
    """A text with the signs in their places again."""
    text = re.sub(r"\0(\d)", lambda mark: "\n" if mark[1] == "6" else SIGNS[int(mark[1])], text)
    return text.replace("\0b", "\\").strip()


def anki(raw):
    """The questions of a text for Anki, and how many are in each deck."""
    lines = raw.decode().split("\n")
    head = dict(line[1:].split(":", 1) for line in lines if line.startswith("#"))
    assert (head["separator"], head["html"]) == ("tab", "true")
    body = "\n".join(line for line in lines if not line.startswith("#"))
    columns, found, decks = head["columns"].split("\t"), [], {}
    for row in csv.reader(io.StringIO(body), delimiter="\t"):
        card = dict(zip(columns, row, strict=True))
        assert row[int(head["guid column"]) - 1] == card["guid"]
        deck = row[int(head["deck column"]) - 1]
        decks[deck] = decks.get(deck, 0) + 1
        assert card["tags"].split()[0] == "nonlinear"
        found.append(_card(card))
    return found, decks


def _card(card):
    text, choices, _ = re.split(r"<ol[^>]*>(.*)</ol>", card["Front"], flags=re.S)
    choices = re.findall(r"<li>(.*?)</li>", choices, re.S)
    backs = re.findall(r"<li>([✓✗]) <b>(.*?)</b><br>(.*?)</li>", card["Back"], re.S)
    if backs:
        assert [choice for _, choice, _ in backs] == choices
        right, feedback = [k for k, back in enumerate(backs) if back[0] == "✓"], [back[2] for back in backs]
    else:
        answer, reason = re.match(r"<b>(.*?)</b><br>(.*?)<br>", card["Back"], re.S).groups()
        right, feedback = [choices.index(answer)], [reason] * len(choices)
    return Read(card["guid"], "", text, choices, feedback, right, _link(card["Back"]))


def qti(raw):
    """The questions of a package in the order of its test, and how many are in each section of the test."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert package.testzip() is None
        names = package.namelist()
        parts = {name: ElementTree.fromstring(package.read(name)) for name in names}
    resources = parts["imsmanifest.xml"].findall(f".//{PACKAGE}resource")
    by_id = {resource.get("identifier"): resource for resource in resources}
    files = [file.get("href") for file in parts["imsmanifest.xml"].iter(f"{PACKAGE}file")]
    assert sorted(files) == sorted(set(names) - {"imsmanifest.xml"}), "a file that nobody names, or a name of no file"
    (test,) = (each for each in resources if each.get("type") == "imsqti_test_xmlv2p1")
    needed = [each.get("identifierref") for each in test.findall(f"{PACKAGE}dependency")]
    sections, found = {}, []
    for section in parts[test.get("href")].iter(f"{QTI}assessmentSection"):
        for reference in section.findall(f"{QTI}assessmentItemRef"):
            assert by_id[reference.get("identifier")].get("href") == reference.get("href")
            assert by_id[reference.get("identifier")].get("type") == "imsqti_item_xmlv2p1"
            found.append(_item(parts[reference.get("href")]))
        sections[section.get("title")] = len(section.findall(f"{QTI}assessmentItemRef"))
    assert needed == [each.id for each in found] == [name for name in by_id if by_id[name] is not test]
    return found, sections


ORDER = ["responseDeclaration", "outcomeDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing"]


def _item(item):
    children = [child.tag.removeprefix(QTI) for child in item]
    assert children[:5] == ORDER
    assert set(children[5:]) == {"modalFeedback"}
    asked = item.find(f"{QTI}itemBody/{QTI}choiceInteraction")
    assert asked.get("maxChoices") == "1"
    names = [choice.get("identifier") for choice in asked.findall(f"{QTI}simpleChoice")]
    # What a player does: an answer is compared with the right one, and the feedback of its name is shown.
    declared = item.find(f"{QTI}responseDeclaration")
    correct = [value.text for value in declared.iter(f"{QTI}value")]
    rule = item.find(f"{QTI}responseProcessing/{QTI}responseCondition/{QTI}responseIf")
    assert [rule.find(f"{QTI}match/{QTI}{kind}").get("identifier") for kind in ("variable", "correct")] == [
        "RESPONSE",
        "RESPONSE",
    ]
    assert rule.find(f"{QTI}setOutcomeValue/{QTI}baseValue").text == "1"
    shown = item.find(f"{QTI}responseProcessing/{QTI}setOutcomeValue")
    assert (shown.get("identifier"), shown[0].get("identifier")) == ("FEEDBACK", "RESPONSE")
    feedback = {each.get("identifier"): each for each in item.findall(f"{QTI}modalFeedback")}
    assert all(each.get("outcomeIdentifier") == "FEEDBACK" for each in feedback.values())
    assert all(each.get("showHide") == "show" for each in feedback.values())
    links = {link.get("href") for each in feedback.values() for link in each.iter(f"{QTI}a")}
    assert len(links) <= 1
    return Read(
        item.get("identifier"), item.get("title"), _inside(asked.find(f"{QTI}prompt")),
        [_inside(choice) for choice in asked.findall(f"{QTI}simpleChoice")],
        [_inside(feedback[name].find(f"{QTI}p")) for name in names],
        [names.index(name) for name in correct], next(iter(links), None),
    )  # fmt: skip


def _inside(element):
    """What is in an element as HTML, each formula of MathML as the one sign □."""
    parts = [element.text or ""]
    for child in element:
        name = child.tag.removeprefix(QTI)
        parts.append("□" if child.tag == f"{MATHML}math" else f"<{name}>{_inside(child)}</{name}>")
        parts.append(child.tail or "")
    return "".join(parts)


def _link(html):
    link = re.search(r'<a href="([^"]*)">', html)
    return unescape(link[1]) if link else None
