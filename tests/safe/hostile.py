"""Documents that name everything there is to be loaded: pictures, style sheets, frames, scripts,
forms, links to local files and to shares, pages of the web.

`bait` is a folder of files that nobody may open; each document names them in every way it can.
What the web is asked for goes to an address of this machine where nothing listens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sources.documents import docx, paragraph, pdf, zipped
from tests.sources.test_hwpx import made

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

WEB = "http://127.0.0.1:9"
SHARE = "\\\\127.0.0.1\\share"
WORDS = "양국은 지난 18일 만나 기술동맹을 넓히기로 하였다."
NAMES = ("bait.png", "bait.svg", "bait.css", "bait.js", "bait.html", "bait.ttf")


def lay_bait(folder: Path) -> None:
    """Files that are there to be read, so that nobody fails to open them for want of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (folder / name).write_text("body { color: red }")


def html(bait: Path) -> str:
    at, local = bait.as_posix(), bait.as_uri()
    return f"""<!doctype html><html lang="ko"><head><title>공동성명</title>
<meta http-equiv="refresh" content="0; url={WEB}/refresh"><base href="{local}/">
<link rel="stylesheet" href="bait.css"><link rel="icon" href="{WEB}/icon.png">
<style>@import url("{local}/bait.css"); @import "{WEB}/x.css";
@font-face {{ font-family: x; src: url("{local}/bait.ttf") }}
body {{ background: url("{local}/bait.png") }}</style>
<script src="bait.js"></script><script src="{WEB}/x.js"></script></head>
<body background="bait.png" onload="fetch('{WEB}')"><h1>공동성명</h1><p>{WORDS}</p>
<p><img src="bait.png"><img src="{local}/bait.png"><img src="{at}/bait.png">
<img src="{WEB}/x.png"><img src="//127.0.0.1/share/bait.png"><img src="file://127.0.0.1/share/x.png">
<img src="{SHARE}\\bait.png"><img srcset="bait.png 2x" src="data:image/svg+xml;base64,PHN2Zy8+">
<picture><source srcset="bait.svg"></picture><svg><image href="bait.svg"/><use href="bait.svg#a"/>
</svg><video src="{local}/bait.png" poster="bait.png"></video><embed src="bait.svg">
<object data="bait.html"></object><iframe src="bait.html"></iframe><iframe src="{WEB}"></iframe></p>
<form action="{WEB}/form" method="post"><input name="a" value="값"><button>보내기</button></form>
<table background="bait.png"><tr><td>표의 칸</td></tr></table>
<p><a href="{local}/bait.html">가</a> <a href="{SHARE}\\x">나</a>
<a href="javascript:x()">다</a></p>
</body></html>"""


def markdown(bait: Path) -> str:
    local = bait.as_uri()
    return f"""---
css: {local}/bait.css
---
# 공동성명

{WORDS}

![그림]({local}/bait.png) ![그림]({bait}/bait.svg) ![그림]({WEB}/x.png) ![그림](bait.png)
![이름][1] <img src="{local}/bait.png"> <link rel="stylesheet" href="{local}/bait.css">
<script src="{local}/bait.js"></script><iframe src="{local}/bait.html"></iframe>
[파일]({local}/bait.html) [공유]({SHARE}) [웹]({WEB}/x) <{WEB}>

[1]: {local}/bait.png
"""


def word(bait: Path) -> bytes:
    """A DOCX with a linked picture, a linked template and an altChunk, by relationships and by
    fields."""
    fields = "".join(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for code in (
            f'INCLUDEPICTURE "{bait.as_uri()}/bait.png" \\d', f'INCLUDETEXT "{bait}/bait.html"',
            f'HYPERLINK "{WEB}/x"', f'DDEAUTO c:\\\\x "{WEB}"',
        )
    )  # fmt: skip
    linked = (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' r:link="p1"/></w:drawing></w:r><w:altChunk r:id="p2" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    )
    from io import BytesIO
    from zipfile import ZipFile

    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    targets = {
        "image": f"{bait.as_uri()}/bait.png", "aFChunk": f"{bait.as_uri()}/bait.html",
        "attachedTemplate": f"{WEB}/x.dotx", "hyperlink": f"{SHARE}\\x",
    }  # fmt: skip
    relations = "".join(
        f'<Relationship Id="p{number}" Type="{office}/{kind}" Target="{target}"'
        ' TargetMode="External"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    plain = docx(paragraph(WORDS, fields, linked))
    with ZipFile(BytesIO(plain)) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{space}">{relations}</Relationships>'
    )
    return zipped(parts)


def hangul(bait: Path) -> bytes:
    """An HWPX whose parts name entities and files outside."""
    from io import BytesIO
    from zipfile import ZipFile

    def write(document: Any) -> None:
        document.add_paragraph(WORDS)

    with ZipFile(BytesIO(made(write))) as archive:
        parts: dict[str, str | bytes] = {each: archive.read(each) for each in archive.namelist()}
    parts["BinData/bait.html"] = html(bait)
    parts["Contents/extra.xml"] = (
        f'<?xml version="1.0"?><?xml-stylesheet href="{bait.as_uri()}/bait.css"?>'
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{bait.as_uri()}/bait.html">]><x>&e;</x>'
    )
    return zipped(parts)


def paper(bait: Path) -> bytes:
    """A PDF that would run a script, open a page, start a program and fetch a file when opened."""
    import io

    import pikepdf

    made_here = pikepdf.open(io.BytesIO(pdf([[(50, 700, WORDS)]], title="공동성명")))
    name, text = pikepdf.Name, pikepdf.String
    actions = [
        pikepdf.Dictionary(S=name.JavaScript, JS=text(f"app.launchURL('{WEB}')")),
        pikepdf.Dictionary(S=name.URI, URI=text(f"{WEB}/x")),
        pikepdf.Dictionary(S=name.Launch, F=text(str(bait / "bait.html"))),
        pikepdf.Dictionary(S=name.SubmitForm, F=text(f"{WEB}/form")),
        pikepdf.Dictionary(S=name.GoToR, F=text(f"{SHARE}\\x.pdf"), D=text("a")),
        pikepdf.Dictionary(S=name.ImportData, F=text(str(bait / "bait.css"))),
    ]
    made_here.Root.OpenAction = made_here.make_indirect(actions[0])
    links = [
        made_here.make_indirect(
            pikepdf.Dictionary(
                Type=name.Annot, Subtype=name.Link, Rect=[40, 40 + 20 * at, 200, 55 + 20 * at],
                A=action,
            )
        )
        for at, action in enumerate(actions)
    ]  # fmt: skip
    page = made_here.pages[0]
    page.Annots = pikepdf.Array(links)
    page.AA = pikepdf.Dictionary(O=actions[2])
    stream = io.BytesIO()
    made_here.save(stream)
    return stream.getvalue()


def write_all(folder: Path, bait: Path) -> list[Path]:
    """One document of each kind; beside them lie files of the names that they ask for."""
    lay_bait(folder)
    lay_bait(bait)
    documents: dict[str, bytes] = {
        "page.html": html(bait).encode(),
        "text.md": markdown(bait).encode(),
        "word.docx": word(bait),
        "hangul.hwpx": hangul(bait),
        "paper.pdf": paper(bait),
        "plain.txt": f"{WORDS}\n{markdown(bait)}".encode(),
    }
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in documents]
