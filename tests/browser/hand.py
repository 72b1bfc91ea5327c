"""A hand that uses every control of a page once: no error, and what is shown is what the address says.

Controls are found in the page itself, those that appear on the way as well: a new page is covered from its first day.
The tests of the server's side rerun the whole script; only a browser reruns a part of it as a reader's hand does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator
from sent import assert_sent
from visit import Visit

# What the address does not say, by design; used last, and held to cause no error only.
NOT_ADDRESSED = {
    "said-": "a sentence typed by the reader is the reader's own",
    "measure": "a measurement on this server comes out differently every time",
}
# Everything in the page that takes a click or a key, marked with what it is; what has no name here fails the test.
CONTROLS = """() => {
    const KINDS = {
        slider: 'input[type=range]',
        option: '[data-testid=stButtonGroup] button',
        remove: '[data-testid=stMultiSelectTagsContainer] button, [data-testid=stMultiSelect] [aria-label="Clear all"]',
        pick: ':is([data-testid=stSelectbox], [data-testid=stMultiSelect]) input',
        opened_by_the_picker: ':is([data-testid=stSelectbox], [data-testid=stMultiSelect]) button',
        write: '[data-testid=stTextArea] textarea',
        type: 'input[type=number], [data-testid=stTextInput] input',
        unfold: 'summary',
        toggle: '[data-testid=stCheckbox] input',
        save: '.keep button',
        copy: '[data-testid=stCode] button',
        press: 'button',
    };
    const found = [];
    const look = (root) => {
        for (const e of root.querySelectorAll('*')) {
            if (e.shadowRoot) look(e.shadowRoot);
            if (!e.matches('button, input, select, textarea, summary, [role=switch], [role=combobox]')) continue;
            if (!e.checkVisibility() || e.disabled || e.closest('[inert]')) continue;
            const keyed = (e.getRootNode().host ?? e).closest('[class*=st-key-]');
            const key = keyed?.className.match(/st-key-(\\S+)/)[1] ?? '';
            const kind = Object.keys(KINDS).find((name) => e.matches(KINDS[name])) ?? 'unknown';
            const label = e.getAttribute('aria-label') ?? (kind === 'slider' ? '' : e.textContent.trim());
            e.dataset.hand = [kind, key, ['slider', 'copy'].includes(kind) ? '' : label].join('|');
            found.push(e.dataset.hand);
        }
    };
    look(document.querySelector('[data-testid=stMain]'));
    return [...new Set(found)];
}"""


@dataclass
class Hand:
    """A hand that uses all controls of a page; ``done`` are those it has used.

    What is taken along of a picture it takes only if it ``saves``: the buttons for that are the same on every page.
    """

    reader: Visit
    saves: bool
    done: list[str] = field(default_factory=list)

    def use_all(self) -> None:
        """Sliders first, then what may bring others or take these away, at last what the address does not say."""
        while left := [one for one in self.reader.page.evaluate(CONTROLS) if self._is_due(one)]:
            sliders = [one for one in left if one.startswith("slider|")]
            addressed = [one for one in left if not _unaddressed(one)]
            for control in sliders or addressed[:1] or left[:1]:
                if not addressed and not any(map(_unaddressed, self.done)):
                    self.compare()
                self.use(control)
            if sliders:
                self.compare()
        if not any(map(_unaddressed, self.done)):
            self.compare()

    def use(self, control: str) -> None:
        """Use one as a reader would."""
        self.done.append(control)
        kind, _, label = control.split("|", 2)
        place = self.reader.page.locator(f'[data-hand="{control.replace(chr(34), chr(92) + chr(34))}"]').first
        acts: dict[str, Callable[[Locator], None]] = {
            "slider": self._slide, "option": _click, "toggle": _click, "press": _click, "remove": _click,
            "pick": self._pick, "opened_by_the_picker": lambda _: None, "unfold": self._twice, "write": _write,
            "type": _type,
            "save": self._twice if label in TABLE else _save, "copy": _copy,
        }  # fmt: skip
        assert kind in acts, f"no hand knows how to use this: {control}"
        acts[kind](place)
        self.reader.settle()
        assert self.reader.failed() == 0, control
        assert self.reader.complaints == [], control

    def compare(self) -> None:
        """What is shown is what Python sends to whoever opens the address."""
        # What a reader has judged their own browser keeps.
        if self.reader.path != "myths":
            assert_sent(self.reader.settle())

    def _is_due(self, control: str) -> bool:
        kind, _, label = control.split("|", 2)
        same_everywhere = kind == "copy" or (kind == "save" and label not in DEFAULTS)
        return control not in self.done and (self.saves or not same_everywhere)

    def _slide(self, slider: Locator) -> None:
        key = slider.evaluate("e => e.closest('[class*=st-key-]').className.match(/st-key-(\\S+)/)[1]")
        self.reader.drag(key, 0.7, steps=3)
        self.reader.page.mouse.up()

    def _pick(self, picker: Locator) -> None:
        picker.click()
        for stroke in ("ArrowDown", "ArrowDown", "Enter", "Escape"):
            self.reader.page.keyboard.press(stroke)

    def _twice(self, folded: Locator) -> None:
        """What is open is not in the address: opened, and closed again."""
        folded.click()
        self.reader.settle()
        folded.click()


TABLE = ("Table", "表格")
DEFAULTS = ("Defaults", "恢复默认")


def _click(place: Locator) -> None:
    # Streamlit's own box of a switch lies unseen below what is drawn of it.
    place.click(force=place.get_attribute("type") == "checkbox")


def _save(place: Locator) -> None:
    _click(place)
    if place.page.locator("dialog[open]").count():  # The panel of links lies over everything else.
        place.page.keyboard.press("Escape")


def _write(place: Locator) -> None:
    place.fill("0")
    place.blur()


def _type(line: Locator) -> None:
    line.fill("a*x + sin(b*x)")
    line.press("Enter")


def _copy(button: Locator) -> None:
    # It is there while the pointer is over the code.
    button.locator("xpath=ancestor::*[@data-testid='stCode']").hover()
    button.click()


def _unaddressed(control: str) -> bool:
    return control.split("|")[1].startswith(tuple(NOT_ADDRESSED))
