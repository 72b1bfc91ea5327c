"""Questions as a content package of IMS QTI 2.1: an item each, a test of all of them, formulas in MathML.

MathML, because it is part of QTI, so that players need not know LaTeX. The elements are those of the IMS Question and
Test Interoperability Assessment Test, Section and Item Information Model, version 2.1 (2012).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from latex2mathml.converter import convert

from pages.shared import words
from serving.course.questions import Choice, Question, html, see

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = "ABCD"
_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMAS = "http://www.imsglobal.org/xsd/qti/qtiv2p1"
_ITEMS = f'xmlns="{_QTI}" xmlns:xsi="{_XSI}" xsi:schemaLocation="{_QTI} {_SCHEMAS}/imsqti_v2p1.xsd"'
_MANIFEST = (
    f'xmlns="{_PACKAGE}" xmlns:xsi="{_XSI}" xsi:schemaLocation="{_PACKAGE} {_SCHEMAS}/qtiv2p1_imscpv1p2_v1p0.xsd"'
)
# A zip holds the time of each of its files; without one of its own the same questions would be another file each time.
_TIME = (2026, 1, 1, 0, 0, 0)
# One point for the right answer. The reason whose name is that of the answer is shown.
_PROCESSING = (
    "<responseProcessing><responseCondition><responseIf>"
    '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
    '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
    "</responseIf></responseCondition>"
    '<setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/></setOutcomeValue></responseProcessing>'
)
_SUM = (
    '<outcomeProcessing><setOutcomeValue identifier="SCORE"><sum><testVariables variableIdentifier="SCORE"/></sum>'
    "</setOutcomeValue></outcomeProcessing>"
)


def write(questions: Sequence[Question], code: str) -> bytes:
    """The package, a zip."""
    files = {f"items/{question.id}.xml": _item(question, code) for question in questions}
    files = {"imsmanifest.xml": _manifest(questions, code), "test.xml": _test(questions, code), **files}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name, _TIME), _XML + text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _item(question: Question, code: str) -> str:
    title, language = escape(question.title), words.TAGS[code]
    return "".join([
        f'<assessmentItem {_ITEMS} identifier="{question.id}" title="{title}" xml:lang="{language}" adaptive="false" '
        f'timeDependent="false">', *_declarations(question), _body(question), _PROCESSING, *_reasons(question, code),
        "</assessmentItem>",
    ])  # fmt: skip


def _declarations(question: Question) -> Iterator[str]:
    right = next(name for name, choice in _named(question) if choice.right)
    yield '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">'
    yield f"<correctResponse><value>{right}</value></correctResponse></responseDeclaration>"
    yield '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
    yield "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>"
    yield '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'


def _body(question: Question) -> str:
    choices = "".join(
        f'<simpleChoice identifier="{name}">{html(choice.text, _math)}</simpleChoice>'
        for name, choice in _named(question)
    )
    shuffled = "false" if question.judged else "true"
    return (
        f'<itemBody><choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffled}" maxChoices="1">'
        f"<prompt>{html(question.text, _math)}</prompt>{choices}</choiceInteraction></itemBody>"
    )


def _reasons(question: Question, code: str) -> Iterator[str]:
    for name, choice in _named(question):
        link = f"<p>{link}</p>" if (link := see(question, code)) else ""
        reason = f"<p>{html(choice.reason, _math)}</p>{link}"
        shown = f'outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show"'
        yield f"<modalFeedback {shown}>{reason}</modalFeedback>"


def _test(questions: Sequence[Question], code: str) -> str:
    parts = ['<itemSessionControl maxAttempts="0" showFeedback="true"/>']
    for number, (group, asked) in enumerate(groupby(questions, lambda question: question.group), 1):
        items = "".join(
            f'<assessmentItemRef identifier="{question.id}" href="items/{question.id}.xml"/>' for question in asked
        )
        named = f'identifier="section-{number}" title="{escape(group)}" visible="true"'
        parts.append(f"<assessmentSection {named}>{items}</assessmentSection>")
    return (
        f'<assessmentTest {_ITEMS} identifier="nonlinear-{code}" title="{escape(words.name(code))}">'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        '<testPart identifier="all" navigationMode="nonlinear" submissionMode="individual">'
        f"{''.join(parts)}</testPart>{_SUM}</assessmentTest>"
    )


def _manifest(questions: Sequence[Question], code: str) -> str:
    names = [question.id for question in questions]
    items = "".join(_resource(name, "item", f"items/{name}.xml") for name in names)
    needed = "".join(f'<dependency identifierref="{name}"/>' for name in names)
    test = _resource(f"nonlinear-{code}", "test", "test.xml", needed)
    return (
        f'<manifest {_MANIFEST} identifier="package-nonlinear-{code}"><metadata><schema>QTIv2.1 Package</schema>'
        f"<schemaversion>1.0.0</schemaversion></metadata><organizations/><resources>{test}{items}</resources></manifest>"
    )


def _resource(name: str, kind: str, path: str, needed: str = "") -> str:
    file = f'<file href="{path}"/>{needed}'
    return f'<resource identifier="{name}" type="imsqti_{kind}_xmlv2p1" href="{path}">{file}</resource>'


def _named(question: Question) -> Iterator[tuple[str, Choice]]:
    return zip(_NAMES, question.choices, strict=False)


def _math(formula: str) -> str:
    return str(convert(formula))
