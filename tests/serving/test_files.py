"""Streamlit's bundle is compressed once, whoever asks and however many, and arrives byte for byte."""

import asyncio
import gzip
import re
from pathlib import Path

import brotli
import pytest
from asking import ask, behind, request
from streamlit import file_util

from serving import encodings, shell
from serving.files import Files
from serving.routes import Pages

SCRIPT = b"export const slope = 1;\n" * 400
OPEN = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture
def files(tmp_path):
    for name, content in {"js/a.js": SCRIPT, "css/a.css": b"p { margin: 0 }", "media/a.woff2": b"wOF2"}.items():
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "index.html").write_bytes(b"<html>")
    return Files(behind, tmp_path)


@pytest.fixture
def compressed(monkeypatch):
    """The codings that texts were compressed to, in order."""
    done = []
    real = encodings.compress
    monkeypatch.setattr(encodings, "compress", lambda text, coding: (done.append(coding), real(text, coding))[1])
    return done


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR ; Q=1", "br"),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=high", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_best_coding_a_browser_accepts_is_chosen(files, accepted, coding):
    answer = ask(files, "/static/js/a.js", accept_encoding=accepted)
    assert answer.headers.get("content-encoding", "") == coding
    assert answer.body == b"Streamlit's own answer" if not coding else OPEN[coding](answer.body) == SCRIPT
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("coding", ["br", "gzip", ""])
def test_our_scripts_are_one_file_that_a_browser_keeps(files, coding):
    page = ask(Pages(behind), "/elu").body.decode()
    name = re.search(r'<script src="\./(assets/guide\.\w+\.js)"', page)[1]
    answer = ask(files, f"/{name}", accept_encoding=coding, range="bytes=0-9")
    text = (OPEN[coding](answer.body) if coding else answer.body).decode()
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert text == shell.script()
    assert "window.nonlinear = { follow, keepAnswers };" in text
    assert len(answer.body) < 40_000 or not coding
    known = ask(files, f"/{name}", accept_encoding=coding, if_none_match=answer.headers["etag"])
    assert (known.status, known.body) == (304, b"")


def test_every_file_of_the_bundle_arrives_whole():
    folder = Path(file_util.get_static_dir())
    bundle = Files(behind)
    assert len(bundle.paths) > 200
    for name in [name for name in bundle.paths if not name.endswith(".woff2")][::40]:
        answer = ask(bundle, name, accept_encoding="br")
        assert brotli.decompress(answer.body) == (folder / name.lstrip("/")).read_bytes()
        assert answer.headers["content-type"].split(";")[0] in ("text/javascript", "text/css", "image/svg+xml")
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("accepted", ["br", ""])
def test_a_font_is_sent_as_it_is_and_kept(files, compressed, accepted):
    for _ in range(2):
        answer = ask(files, "/static/media/a.woff2", accept_encoding=accepted)
        assert (answer.body, answer.headers["content-type"]) == (b"wOF2", "font/woff2")
        assert "content-encoding" not in answer.headers
        assert "immutable" in answer.headers["cache-control"]
    assert compressed == [""], "it is asked for once"


def test_a_crowd_costs_one_compression(files, compressed):
    async def crowd():
        answers = [request(files, "/static/js/a.js", accept_encoding=coding) for coding in ("br", "gzip") * 20]
        return await asyncio.gather(*answers, request(files, "/static/js/a.js", "HEAD", accept_encoding="br"))

    answers = asyncio.run(crowd())
    assert sorted(compressed) == ["br", "gzip"]
    assert len({answer.body for answer in answers[:-1]}) == 2


def test_a_visitor_who_leaves_does_not_take_the_file_along(files, compressed):
    async def leave_and_come_back():
        leaving = asyncio.create_task(request(files, "/static/js/a.js", accept_encoding="br"))
        await asyncio.sleep(0)
        leaving.cancel()
        return await request(files, "/static/js/a.js", accept_encoding="br")

    assert brotli.decompress(asyncio.run(leave_and_come_back()).body) == SCRIPT
    assert compressed == ["br"]


def test_head_says_everything_and_sends_nothing(files):
    head, get = (ask(files, "/static/js/a.js", method, accept_encoding="gzip") for method in ("HEAD", "GET"))
    assert head.headers == get.headers
    assert (head.status, head.body) == (200, b"")


def test_what_a_browser_has_is_not_sent_again(files):
    tag = ask(files, "/static/js/a.js", accept_encoding="br").headers["etag"]
    assert tag != ask(files, "/static/js/a.js", accept_encoding="gzip").headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        again = ask(files, "/static/js/a.js", accept_encoding="br", if_none_match=known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == tag
        assert not [name for name in again.headers if name.startswith("content-")]
    assert ask(files, "/static/js/a.js", accept_encoding="br", if_none_match='"other"').status == 200


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/static/js/a.js", "GET", {"range": "bytes=0-9"}),
        ("/static/js/a.js", "POST", {}),
        ("/static/media/a.woff2", "GET", {"range": "bytes=0-1"}),
        ("/static/media/a.png", "GET", {}),
        ("/static/js/none.js", "GET", {}),
        ("/static/js/../../index.html", "GET", {}),
        ("/index.html", "GET", {}),
        ("/elu", "GET", {}),
    ],
)
def test_all_else_is_left_to_streamlit(files, path, method, headers):
    answer = ask(files, path, method, accept_encoding="br", **headers)
    assert answer.body == b"Streamlit's own answer"
    assert "content-encoding" not in answer.headers


def test_a_file_that_could_not_be_read_is_tried_again(files, tmp_path):
    path = tmp_path / "static" / "js" / "a.js"
    path.rename(tmp_path / "away")
    with pytest.raises(FileNotFoundError):
        ask(files, "/static/js/a.js", accept_encoding="br")
    (tmp_path / "away").rename(path)
    assert ask(files, "/static/js/a.js", accept_encoding="br").status == 200


def test_all_who_wait_for_a_file_that_is_gone_hear_the_same(files, tmp_path):
    (tmp_path / "static" / "js" / "a.js").unlink()

    async def crowd():
        answers = [request(files, "/static/js/a.js", accept_encoding="br") for _ in range(3)]
        return await asyncio.gather(*answers, return_exceptions=True)

    assert [type(error) for error in asyncio.run(crowd())] == [FileNotFoundError] * 3
