"""Lessons: ready ones, one made of any addresses, and, where an address holds a lesson, its steps or its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

import streamlit as st

from pages.shared import addressed, handin, layout, lesson, state, words
from pages.shared.explanation import SAID
from pages.shared.lesson import Step
from pages.shared.page import Page

_ADDRESSES, _ADDED, _MADE = "teach.addresses", "teach.added", "teach.made"


def render(pages: Sequence[Page]) -> None:
    """Draw the page."""
    text, by_path = words.page("tools/teach"), {page.path: page for page in pages}
    steps = lesson.known(state.lesson(), by_path)
    with st.container(key="teach"):
        if steps:
            _lesson(steps, by_path, text)
        else:
            if state.lesson():
                st.markdown(text["unknown"])
            _ready(by_path, text)
        _own(by_path, text)
        st.html(_files(text))


def _ready(by_path: Mapping[str, Page], text: words.Words) -> None:
    """The ready lessons, each with its links."""
    st.markdown(f"## {text['ready']}")
    for name in lesson.READY:
        steps = lesson.known(name, by_path)
        first = {"lesson": name, "place": 1}
        links = {
            "students": state.address(layout.LESSON_PAGE, lesson=name),
            "plan": state.address(layout.LESSON_PAGE, lesson=name, key=1),
            "slides": state.address(steps[0].path, present=1, **first),
        }
        shown = " · ".join(f"[{text[f'link-{kind}']}]({link})" for kind, link in links.items())
        minutes = words.format(text["minutes"], minutes=_minutes(steps, by_path), count=len(steps))
        st.markdown(f"### {text[f'lesson-{name}']}\n\n{text[f'about-{name}']} {minutes}\n\n{shown}")
    st.markdown(f"{text['collect']} [{words.ui('page.tally')}]({state.address('tally')})")


def _minutes(steps: Sequence[Step], by_path: Mapping[str, Page]) -> int:
    return sum(by_path[step.path].minutes for step in steps)


def _lesson(steps: Sequence[Step], by_path: Mapping[str, Page], text: words.Words) -> None:
    """The steps of a lesson for students; with the answer key its whole plan."""
    code, with_key = state.lesson(), state.shows_key()
    name = code if code in lesson.READY else ""
    minutes = words.format(text["minutes"], minutes=_minutes(steps, by_path), count=len(steps))
    st.markdown(f"## {text[f'lesson-{name}'] if name else text['own-lesson']}\n\n{minutes}")
    if with_key and name:
        st.markdown("\n\n".join(f"**{text[part]}** {text[f'{part}-{name}']}" for part in ("goals", "before")))
    st.html(f"<ol class='nl-steps'>{''.join(_step(step, k, by_path, text) for k, step in enumerate(steps, 1))}</ol>")
    start = layout.step_address(steps[0], 1)
    st.markdown(f"[{text['start']} →]({start})")
    if not with_key:
        st.html(_hand_in(steps, by_path, text))
        _worksheet(steps, by_path, text)
    else:
        for step in steps:
            _answers(by_path[step.path], text)
        if name:
            st.markdown(f"### {text['homework']}\n\n{text[f'homework-{name}']}")
        st.markdown(f"{text['collect']} [{words.ui('page.tally')}]({state.address('tally')})")
    other = state.address(layout.LESSON_PAGE, key=None if with_key else 1)
    every = state.address(layout.LESSON_PAGE, lesson="", place="", key=None)
    st.markdown(f"[{text['link-students' if with_key else 'link-plan']}]({other}) · [{text['all']}]({every})")
    st.html(
        f"<p><button type='button' class='nl-print'>{escape(text['print'])}</button> "
        f"<a href='answer-cards.html' target='_blank'>{escape(text['cards'])}</a></p>"
    )


def _step(step: Step, number: int, by_path: Mapping[str, Page], text: words.Words) -> str:
    """A step in the list: its title, what it asks, its minutes, and what it presupposes."""
    page = by_path[step.path]
    of_page = words.page(page.words)
    link = f"<a href='{escape(layout.step_address(step, number))}'>{escape(of_page['title'])}</a>"
    minutes = escape(words.format(text["step-minutes"], minutes=page.minutes))
    names = [words.format(text["quoted"], name=layout.name(by_path[path])) for path in page.needs]
    before = words.format(text["needs"], pages=words.ui("and").join(names))
    said = [escape(of_page["claim"]), escape(before) if page.needs and state.shows_key() else ""]
    return f"<li>{link} <span>{minutes}</span>{''.join(f'<p>{part}</p>' for part in said if part)}</li>"


def _worksheet(steps: Sequence[Step], by_path: Mapping[str, Page], text: words.Words) -> None:
    """The lesson on paper, which no screen shows: a page for each step, with lines to write on and an exit ticket."""
    root = (st.context.url or "").removesuffix(layout.LESSON_PAGE)
    name, lines = f"<p class='name'>{escape(text['name-line'])}</p>", "<div class='write'></div>"
    with st.container(key="worksheet"):
        for number, step in enumerate(steps, 1):
            of_page = words.page(by_path[step.path].words)
            link = root + layout.step_address(step, number).removeprefix("./")
            with st.container(key=f"sheet-{number}"):
                st.html(
                    f"{name}<div class='top'><div><h2>{number}. {escape(of_page['title'])}</h2>"
                    f"<p>{escape(of_page['claim'])}</p><p class='address'>{escape(link)}</p></div>"
                    f"<img src='qr.svg?to={quote(link, safe='')}' alt=''></div>"
                    f"<img class='card' src='cards/{step.path or lesson.HOME}.png' alt=''>"
                )
                if "question" in of_page:
                    choices = [f"☐ {of_page[f'choice-{n}']}" for n in "1234" if f"choice-{n}" in of_page]
                    st.markdown("\n\n".join([f"**{of_page['question']}**", *choices, text["because"]]))
                st.html(lines)
        ticket = "".join(f"<p>{escape(text[f'ticket-{n}'])}</p>{lines}" for n in "123")
        st.html(f"{name}<h2>{escape(text['ticket'])}</h2>{ticket}")


def _hand_in(steps: Sequence[Step], by_path: Mapping[str, Page], text: words.Words) -> str:
    """The form that makes one line of a student's answers and sentences, which assets/handin.js fills.

    A page that is several steps of the lesson has one question. The sentences are at first those of this visit.
    """
    links: dict[str, str] = {}
    for number, step in enumerate(steps, 1):
        links.setdefault(step.path, layout.step_address(step, number))
    given = "".join(
        _given(by_path[path], link, text)
        for path, link in links.items()
        if "question" in words.page(by_path[path].words)
    )
    said = " ".join(filter(None, (str(st.session_state.get(f"{SAID}{path}") or "").strip() for path in links)))
    name = state.lesson() if state.lesson() in lesson.READY else ""
    subject = words.format(text["subject"], lesson=text[f"lesson-{name}"] if name else text["own-lesson"])
    facts = {"lesson": state.lesson(), "mark": handin.MARK, "shown": text["answer-shown"], "subject": subject}
    attributes = " ".join(f"data-{fact}='{escape(value)}'" for fact, value in facts.items())
    sentences = escape(said[: handin.SENTENCES])
    parts = (
        f"<h3>{escape(text['hand-in'])}</h3><p>{escape(text['hand-in-text'])}</p>",
        _field(text["your-name"], "input type='text' data-field='n'", handin.NAME),
        f"<b>{escape(text['your-answers'])}</b><ul class='nl-steps given'>{given}</ul>" if given else "",
        _field(text["understood"], "textarea rows='3' data-field='s'", handin.SENTENCES, f"{sentences}</textarea>"),
        _field(text["your-address"], "input type='url' data-field='u'", handin.ADDRESS),
        _field(text["line"], "textarea class='line' rows='3' readonly", handin.LONGEST, "</textarea>"),
        *(f"<button type='button' class='{way}'>{escape(text[f'way-{way}'])}</button>" for way in ("copy", "print")),
        f"<a class='mail' href='mailto:'>{escape(text['way-mail'])}</a><p class='said' role='status'></p>",
    )
    return f"<section class='nl-handin' {attributes}>{''.join(parts)}</section>"


def _field(label: str, tag: str, longest: int, inside: str = "") -> str:
    """A field with its label; ``inside`` is what follows the tag."""
    return f"<label><b>{escape(label)}</b><{tag} maxlength='{longest}' autocomplete='off'>{inside}</label>"


def _given(page: Page, link: str, text: words.Words) -> str:
    """The line about the question of a page, with what each choice says, for the script to tell which is the answer."""
    of_page = words.page(page.words)
    choices = " ".join(
        f"data-choice-{number}='{escape(of_page[f'choice-{number}'])}'"
        for number in handin.CHOICES
        if f"choice-{number}" in of_page
    )
    missing = f"<a href='{escape(link)}'>{escape(text['no-answer'])}</a>"
    title = escape(words.format(text["quoted"], name=of_page["title"]))
    return f"<li data-page='{page.path or lesson.HOME}' {choices}>{title} {missing}<b></b></li>"


def _answers(page: Page, text: words.Words) -> None:
    """The question of a page with each choice and its reason, the right one first."""
    of_page = words.page(page.words)
    if "question" not in of_page:
        return
    right = of_page["right"]
    numbers = [right, *(n for n in "1234" if n != right and f"choice-{n}" in of_page)]
    rows = [
        f"- {'✓ ' if n == right else ''}**{of_page[f'choice-{n}']}** {words.format(of_page[f'why-{n}'])}"
        for n in numbers
    ]
    asked = words.format(of_page["question"])
    st.markdown("\n".join([f"### {of_page['title']}", "", asked, "", rows[0], "", text["wrong"], "", *rows[1:]]))


def _own(by_path: Mapping[str, Page], text: words.Words) -> None:
    """The form in which a teacher makes a lesson: addresses, one a line, which becomes the lesson of this address."""
    with st.expander(text["own"], expanded=not state.lesson()):
        st.markdown(f"{text['own-text']} [{text['names']}]({state.address(addressed.PATH, lesson='', place='')})")

        def add() -> None:
            path = st.session_state[_ADDED]
            lines = st.session_state.get(_ADDRESSES, "").rstrip("\n")
            st.session_state[_ADDRESSES] = f"{lines}\n{path or lesson.HOME}".lstrip("\n")
            st.session_state[_ADDED] = None

        def make() -> None:
            found, _ = lesson.pasted(st.session_state.get(_ADDRESSES, ""), by_path)
            st.query_params["lesson"] = lesson.code(found)

        offered = [page.path for page in by_path.values() if page.path != layout.LESSON_PAGE]
        st.selectbox(
            text["add"], offered, index=None, key=_ADDED, on_change=add, placeholder=text["add-hint"],
            format_func=lambda path: layout.name(by_path[path]),
        )  # fmt: skip
        st.text_area(text["addresses"], key=_ADDRESSES, height=140, placeholder="vanishing?w=4\ndying", max_chars=4000)
        found, unknown = lesson.pasted(st.session_state.get(_ADDRESSES, ""), by_path)
        for line in unknown:
            st.html(f"<p>{words.format(escape(text['no-page']), line=f'<code>{escape(line[:80])}</code>')}</p>")
        for step in found:
            page = by_path[step.path]
            for name in dict.fromkeys(name for name, _ in step.asked if not addressed.is_known(name, page)):
                st.html(f"<p>{escape(layout.name(page) + words.ui('colon'))}{addressed.about(name, page)}</p>")
        if too_long := len(found) > lesson.MOST_STEPS or len(lesson.code(found)) > lesson.LONGEST:
            st.markdown(words.format(text["too-long"], most=lesson.MOST_STEPS))
        st.button(text["make"], key=_MADE, on_click=make, disabled=too_long or not found)


def _files(text: words.Words) -> str:
    """Where the questions beside the pictures can be downloaded for a course site."""
    files = " · ".join(
        f"<a href='course/nonlinear-{words.language()}.{kind}.{ending}' download>{escape(text[f'course-{kind}'])}</a>"
        for kind, ending in (("gift", "txt"), ("qti", "zip"), ("anki", "txt"))
    )
    said = "".join(f"<p>{part}</p>" for part in (escape(text["course-what"]), files, escape(text["course-grades"])))
    return f"<section class='nl-course' data-ready><h2>{escape(text['course'])}</h2>{said}</section>"
