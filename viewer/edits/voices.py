"""Speakers of quotes that come from elsewhere: those that the file has, or new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import Insert, new_id
from viewer.edits.edit import columns_of
from viewer.edits.quote_drafts import SpeakerDraft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.changes import Value
    from db.portable import PortableSpeaker
    from db.records import Bilingual, Speaker

    Voice = tuple[Bilingual, Bilingual, bool]


class Voices:
    """Each is made once. `of` and `of_draft` give the id, and the row that is to be made."""

    def __init__(self, speakers: Iterable[Speaker]) -> None:
        self._ids: dict[Voice, int] = {}
        self._known: dict[int, Voice] = {}
        for each in speakers:
            voice = (each.name, each.role, each.named)
            self._ids.setdefault(voice, each.id)
            self._known[each.id] = voice

    def of(self, speaker: PortableSpeaker) -> tuple[int, tuple[Insert, ...]]:
        """A speaker of that name, role and standing; a new one keeps its number if that is free."""
        voice = (speaker.name, speaker.role, speaker.named)
        if speaker.id is not None and self._known.get(speaker.id) == voice:
            return speaker.id, ()
        if voice in self._ids:
            return self._ids[voice], ()
        free = speaker.id is not None and speaker.id not in self._known
        return self._made(voice, speaker.id if free else None)

    def of_draft(self, speaker: int | SpeakerDraft) -> tuple[int, tuple[Insert, ...]]:
        """A speaker that is there, or one as a form would make it."""
        if not isinstance(speaker, SpeakerDraft):
            return speaker, ()
        voice = (speaker.name, speaker.role, speaker.named)
        if voice in self._ids:
            return self._ids[voice], ()
        return self._made(voice, None)

    def _made(self, voice: Voice, speaker_id: int | None) -> tuple[int, tuple[Insert, ...]]:
        ident = new_id() if speaker_id is None else speaker_id
        self._ids[voice] = ident
        self._known[ident] = voice
        name, role, named = voice
        values: dict[str, Value] = {
            **columns_of("name", name),
            **columns_of("role", role),
            "named": int(named),
        }
        return ident, (Insert("speaker", ident, values),)
