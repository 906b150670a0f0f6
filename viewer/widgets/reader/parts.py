"""What stands above and below a source's text: what it is, and what a quote is evidence for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from viewer.layout.signs import FLAW_SIGNS, explained
from viewer.widgets.parts import telling
from viewer.widgets.parts.boxes import Column, heading_row
from viewer.widgets.parts.quote_words import add_figures, add_other_words
from viewer.widgets.parts.text_buttons import TextButton
from viewer.widgets.parts.wrapped import paint_focus
from viewer.words import term
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.details import SourceQuote
    from db.flaws import Flaw
    from db.records import Ref, Source
    from viewer.widgets.parts.boxes import Doing
    from viewer.widgets.parts.look import Look

_MARGINS = (14, 8, 8, 8)
_MOST = 0.32  # of the reader's height, for what stands above and below the text each


class SignButton(QAbstractButton):
    """A small button that bears a sign; `told` is what it does."""

    def __init__(self, sign: str, told: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setText(sign)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.dress(told, look)

    def dress(self, told: str, look: Look) -> None:
        """Takes another language, size of type or theme."""
        self._look = look
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self._look.size * 1.9)
        return QSize(side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.isEnabled() and (self.underMouse() or self.isDown())
        if over or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("selection"))
            painter.drawRoundedRect(QRectF(self.rect()), 4.0, 4.0)
        painter.setPen(self._look.colour("text" if self.isEnabled() else "border"))
        painter.setFont(self._look.font("strong"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), self._look.colour("accent"))
        painter.end()


class _Part(QScrollArea):
    """What stands above or below the text: as high as it needs, but the text keeps its room;
    what finds none scrolls."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.rows = Column(look, 0.1, _MARGINS)

    def finish(self) -> None:
        """To be called when the part has everything."""
        self.rows.rows.addStretch(1)
        self.setWidget(self.rows)

    def sizeHint(self) -> QSize:
        holder = self.parentWidget()
        if holder is None:
            return super().sizeHint()
        height = self.rows.heightForWidth(max(holder.width(), 240))
        most = max(round(holder.height() * _MOST), round(self.rows.look.size * 5))
        return QSize(240, min(height, most))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, round(self.rows.look.size * 3))


class Header(_Part):
    """Titles, publisher, date, rights, and that the source is a translation. `quote_button` is to
    quote what is selected; `refusal` says why nothing can be quoted, where it is so."""

    def __init__(
        self, look: Look, source: Source, refusal: str = "", *, changed: bool = False
    ) -> None:
        super().__init__(look)
        self.quote_button = SignButton("❝", refusal or look.t("quoting.passage"), look)
        self.quote_button.setEnabled(not refusal)
        self.find_button = SignButton("⌕", look.t("pages.find.open"), look)
        self.pages_button = SignButton("▤", look.t("pages.page.show"), look)
        self.pages_button.setCheckable(True)
        self.wide_button = SignButton("⤢", look.t("pages.wide"), look)
        self.about = SignButton("ⓘ", look.t("reader.about"), look)
        self.close_button = SignButton("✕", look.t("reader.close"), look)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2)
        titles = Column(look, 0.0)
        titles.say(look.text(source.title), "strong")
        other = source.title.other(look.language)
        if other and other != look.text(source.title) and source.language != look.language:
            titles.say(other, "small", "muted")
        across.addWidget(titles, 1)
        for button in (
            self.quote_button, self.find_button, self.pages_button, self.wide_button, self.about,
            self.close_button,
        ):  # fmt: skip
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.rows.add(row)
        if changed:
            self.rows.say(f"⚠ {look.t('proof.changed-source')}", "small", "dispute")
        date = edtf_words(source.edtf, look.language) if source.edtf else ""
        author = look.text(source.author)
        by = look.t("reader.by", author=author) if author else ""
        facts = (look.text(source.publisher), by, date)
        self.rows.say(" · ".join(fact for fact in facts if fact), "small", "muted")
        self.rows.say(telling.edition(source, look), "small", "warning-text")
        self.rows.say(source.marking or "", "small", "warning-text")
        self.rows.say(source.rights or "", "small", "muted")
        self._add_about(look, source)
        self.finish()

    def show_pages(self, shown: bool, *, offered: bool) -> None:
        """Whether there are pages to look at, and whether one does."""
        self.pages_button.setVisible(offered)
        self.pages_button.setChecked(shown)

    def _add_about(self, look: Look, source: Source) -> None:
        """The editors' notes on the source, which open when asked for."""
        notes = [look.text(note) for note in (source.date_note, source.translation_note)]
        self.about.setVisible(any(notes))
        self.notes = Column(look, 0.1)
        for note in notes:
            self.notes.comment(note)
        self.notes.hide()
        self.about.clicked.connect(self._switch_notes)
        self.rows.add(self.notes)

    def _switch_notes(self) -> None:
        self.notes.setVisible(self.notes.isHidden())
        self.updateGeometry()


class Targets(_Part):
    """The events and stages that a quote is evidence for; `chosen` names the one pressed, `asked`
    what is to be done with the quote: "edit", "link" or "delete".

    `previous` and `next` are for the quotes of the source, whatever they support.
    """

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(
        self,
        look: Look,
        found: SourceQuote | None,
        selected: Ref | None,
        place: str,
        whole: str = "",
        *,
        may_write: bool = False,
        flaws: Callable[[Ref], tuple[Flaw, ...]] = lambda _: (),
    ) -> None:
        """`place` says which of how many quotes it is; `whole` is said of the source where none
        is chosen; `flaws` are what is doubtful about an event or stage."""
        super().__init__(look)
        self._flaws = flaws
        self.buttons: list[TextButton] = []
        self.cite = SignButton("†", look.t("citation.copy"), look)
        self.previous = SignButton("‹", look.t("reader.previous"), look)
        self.next = SignButton("›", look.t("reader.next"), look)
        if found is not None:
            self._fill(found, selected, place)
            self._fill_words(found)
            if may_write:
                self.rows.buttons(*self._doings())
        elif whole:
            self.rows.add(heading_row(whole, "", look, self.previous, self.next))
        else:
            self.rows.say(look.t("reader.absent"), "body", "dispute")
        self.finish()

    def _fill(self, found: SourceQuote, selected: Ref | None, place: str) -> None:
        look = self.rows.look
        if found.anchor.state == "broken":
            words = telling.quoted(found.quote.exact)
            self.rows.say(look.t("reader.broken", exact=words), "body", "dispute")
        elif found.anchor.state == "moved":
            self.rows.say(look.t("reader.moved"), "small", "dispute")
        key = "reader.targets" if found.evidence else "reader.no-targets"
        buttons = (self.cite, self.previous, self.next)
        self.rows.add(heading_row(look.t(key), place, look, *buttons))
        for evidence, title in found.evidence:
            sign = telling.STANCE_SIGNS[evidence.stance]
            stance = term("stance", evidence.stance, look.language)
            what = look.t(f"reader.target.{evidence.target[0]}")
            flaws = self._flaws(evidence.target)
            name = " ".join([look.text(title), *(FLAW_SIGNS[flaw] for flaw in flaws)])
            words = f"{name} ({stance}, {what})"
            button = TextButton(words, look, lead="▸" if evidence.target == selected else sign)
            button.setToolTip(explained(flaws, look.language))
            button.clicked.connect(lambda _=False, ref=evidence.target: self.chosen.emit(ref))
            self.buttons.append(button)
            self.rows.add(button)

    def _fill_words(self, found: SourceQuote) -> None:
        """Who says it, in other words too, and what it counts."""
        look = self.rows.look
        self.rows.say(telling.speaker(found.quote, look), "small", "muted")
        add_other_words(self.rows, found.translations)
        add_figures(self.rows, found.figures)
        self.rows.comment(look.text(found.quote.note))

    def _doings(self) -> Iterator[Doing]:
        for what in ("edit", "link", "delete"):
            words = self.rows.look.t(f"quoting.do.{what}")
            yield words, self.rows.look.t(f"quoting.do.{what}-told"), partial(self.asked.emit, what)

    def take_focus(self) -> None:
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
