"""Speech to text as in production: a process of its own, a model from a folder, no network."""

import importlib.util
import io
import sys
import time
from collections.abc import Iterator
from difflib import SequenceMatcher
from types import ModuleType

import pytest

from runtime import paths, speech
from runtime.console import Console
from runtime.faults import Fault
from runtime.pbx_tree import Tree

PROCESS = paths.ADDONS / "gov_hotline_telephony/recogniser/process.py"
PROMPT = "usr/share/asterisk/sounds/ru/pls-hold-while-try.gsm"
WORDS = ["оставайтесь", "на", "линии", "происходит", "соединение", "с", "абонентом"]


@pytest.fixture(scope="module")
def heard() -> speech.Voice:
    """The recogniser and its model; where they cannot be had the tests fail by one clear line."""
    try:
        return speech.ensure(Console(stream=io.StringIO()))
    except Fault as fault:
        pytest.fail(f"speech to text cannot be fetched: {fault}", pytrace=False)


@pytest.fixture(scope="module")
def process() -> ModuleType:
    """The asking side, without Odoo."""
    spec = importlib.util.spec_from_file_location("recogniser_process", PROCESS)
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def recogniser(process: ModuleType) -> Iterator[object]:
    """A recogniser that goes a second after its last question."""
    made = process.Recogniser(idle=1)
    yield made
    made.close()


def plain(word: str) -> str:
    """Return a word without blanks and signs."""
    return "".join(sign for sign in word.casefold() if sign.isalpha())


def test_russian_prompt_and_memory(
    heard: speech.Voice, process: ModuleType, recogniser: object, asterisk: Tree
) -> None:
    """X7: Debian's Russian prompt is recognised, with times; the memory is free afterwards."""
    setting = process.Setting(str(heard.python), str(heard.model), 1)
    lines = recogniser.ask(setting, str(asterisk.root / PROMPT), 300)
    words = [(at, plain(word)) for _from, _until, words in lines for at, word in words]
    heard_words = [word for _at, word in words]
    # a letter may be another one where a processor counts otherwise: «обонентом»
    assert SequenceMatcher(None, " ".join(heard_words), " ".join(WORDS)).ratio() > 0.95
    assert len(set(heard_words) & set(WORDS)) >= len(WORDS) - 1
    moments = [at for at, _word in words]
    assert moments == sorted(moments)
    assert moments[-1] > 1000
    child = recogniser._child
    end = time.monotonic() + 30
    while child.poll() is None:
        assert time.monotonic() < end, "the process stays in memory"
        time.sleep(0.1)


def test_faults_are_told(
    heard: speech.Voice, process: ModuleType, recogniser: object, asterisk: Tree
) -> None:
    """X7: no model, no package, no sound, too slow: a code each, never silence."""
    prompt = str(asterisk.root / PROMPT)
    ask = recogniser.ask
    with pytest.raises(process.Failed, match="model"):
        ask(process.Setting("", "/nowhere", 1), prompt, 5)
    with pytest.raises(process.Failed, match="no_package"):
        ask(process.Setting(sys.executable, str(heard.model), 1), prompt, 60)
    with pytest.raises(process.Failed, match="too_long"):
        ask(process.Setting(str(heard.python), str(heard.model), 1), prompt, 0.05)
    with pytest.raises(process.Failed, match="sound"):
        ask(process.Setting(str(heard.python), str(heard.model), 1), __file__, 120)
