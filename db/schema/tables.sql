-- The timeline file, table by table. Read this once and you know what a file holds.
--
-- Two short forms are spelled out by db/schema/__init__.py before SQLite sees them:
--   id ID             the key: random below 2^53, so unique across copies of a file and exact in JSON
--   name BILINGUAL    the columns name_en and name_ko; with NOT NULL at least one of them is there
--
-- A `day` counts from 1970-01-01, proleptic Gregorian. A `time` is UTC, 2026-11-23T00:00:00.000Z.
-- Positions of text count code points from 0, ends exclusive. Text is NFC, never empty (it is NULL
-- then), without NUL. Foreign keys restrict: what goes with what is spelled out by the edit.
-- Logged tables hold integers and text alone, so that the log keeps old values exactly. No JSON
-- function stands here: in SQLite 3.40 they are refused in the schema of a file that is not trusted.


-- ============================================================ the file and its log (not logged)

-- One row: who this file is, the file it was copied from, and the edition of the shipped data in it.
CREATE TABLE file (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL CHECK (length(id) = 32),
  parent_id TEXT CHECK (length(parent_id) = 32),
  edition TEXT NOT NULL,
  edition_date TEXT NOT NULL
) STRICT;

-- What belongs together in the log: one edit, one import, one edition. Its origin: `base` is the
-- shipped data, `edit` ours, `undo` and `redo` the inverse of `reverts_id`, `outside` a change made
-- by another program, one changeset for each of its statements.
CREATE TABLE changeset (
  id ID,
  origin TEXT NOT NULL CHECK (origin IN ('base', 'edit', 'undo', 'redo', 'outside')),
  label TEXT,
  author TEXT,
  time TEXT NOT NULL CHECK (time GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T*Z'),
  reverts_id INTEGER REFERENCES changeset
) STRICT;
CREATE INDEX changeset_by_time ON changeset (time);

-- One row for each changed row, written by the triggers that db/schema/triggers.py generates for each
-- of the tables further below. `before` is nothing for an insert, for an
-- update the columns that changed and for a delete the whole row, with their values before, as SQL has
-- them: title_en='Old', importance=3
CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  changeset_id INTEGER NOT NULL REFERENCES changeset,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
  before TEXT,
  CHECK ((action = 'insert') = (before IS NULL))
) STRICT;
CREATE INDEX change_by_changeset ON change (changeset_id);
CREATE INDEX change_by_row ON change (table_name, row_id);
-- What is gone of an event is found by how its parts begin: event_id=…
CREATE INDEX change_of_gone ON change (substr(before, 1, 30)) WHERE action = 'delete';

-- Another program's change arrives under 0, since its context is empty: it gets a changeset of its
-- own, which the rows of one statement share (within a statement SQLite's `now` stands still).
CREATE TRIGGER change_outside AFTER INSERT ON change WHEN NEW.changeset_id = 0 BEGIN
  INSERT INTO changeset (id, origin, time)
    SELECT max(random() & 9007199254740991, 1), 'outside', strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE NOT EXISTS (SELECT 1 FROM changeset
      WHERE origin = 'outside' AND time = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
  UPDATE change SET changeset_id = (SELECT id FROM changeset
      WHERE origin = 'outside' AND time = strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
    WHERE seq = NEW.seq;
END;

-- Beyond that the log is only ever added to.
CREATE TRIGGER change_update_guard BEFORE UPDATE ON change WHEN OLD.changeset_id <> 0 BEGIN
  SELECT RAISE(ABORT, 'change: the log is only ever added to');
END;
CREATE TRIGGER change_delete_guard BEFORE DELETE ON change BEGIN
  SELECT RAISE(ABORT, 'change: the log is only ever added to');
END;

-- One row: the changeset that the triggers write under. NULL outside our transactions.
CREATE TABLE context (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  changeset_id INTEGER REFERENCES changeset
) STRICT;

-- The shipped rows as the edition had them, written like `before`: what a newer edition is compared
-- with, field by field, to tell what the user changed or deleted.
CREATE TABLE base (
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  edition TEXT NOT NULL,
  row TEXT NOT NULL,
  PRIMARY KEY (table_name, row_id)
) STRICT, WITHOUT ROWID;

-- The original bytes of sources; only ever added to.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER blob_update_guard BEFORE UPDATE ON blob BEGIN
  SELECT RAISE(ABORT, 'blob: bytes are only ever added');
END;
CREATE TRIGGER blob_delete_guard BEFORE DELETE ON blob BEGIN
  SELECT RAISE(ABORT, 'blob: bytes are only ever added');
END;


-- ============================================================================ lanes, kinds, tags

-- A dimension of the alliance. `colour` names a palette of the themes.
CREATE TABLE lane (
  id ID,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  parent_id INTEGER REFERENCES lane CHECK (parent_id <> id),
  position INTEGER NOT NULL,
  colour TEXT NOT NULL,
  name BILINGUAL NOT NULL
) STRICT;
CREATE INDEX lane_by_parent ON lane (parent_id);

-- The groups that kinds form in the filter.
CREATE TABLE kind_group (
  id ID,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  position INTEGER NOT NULL,
  name BILINGUAL NOT NULL
) STRICT;

CREATE TABLE kind (
  id ID,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  group_id INTEGER NOT NULL REFERENCES kind_group,
  position INTEGER NOT NULL,
  name BILINGUAL NOT NULL
) STRICT;
CREATE INDEX kind_by_group ON kind (group_id);

CREATE TABLE tag (
  id ID,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  name BILINGUAL NOT NULL
) STRICT;


-- ===================================================================================== events

-- What happened, is planned or was called off. Its dates, lanes and tags stand in tables of their own.
-- `confidence` says how far the evidence was seen. `label` is what the picture writes, `marking` a
-- handling mark.
CREATE TABLE event (
  id ID,
  slug TEXT UNIQUE CHECK (slug <> ''),
  kind_id INTEGER NOT NULL REFERENCES kind,
  importance INTEGER NOT NULL DEFAULT 3 CHECK (importance BETWEEN 1 AND 5),
  status TEXT NOT NULL DEFAULT 'occurred' CHECK (status IN ('occurred', 'planned', 'cancelled')),
  confidence TEXT NOT NULL DEFAULT 'edited'
    CHECK (confidence IN ('seen', 'partly', 'unseen', 'edited')),
  confidence_note BILINGUAL,
  title BILINGUAL NOT NULL,
  label BILINGUAL,
  summary BILINGUAL,
  place BILINGUAL,
  marking TEXT
) STRICT;
CREATE INDEX event_by_kind ON event (kind_id);

-- The lanes of an event in order; it is drawn in the first that is visible.
CREATE TABLE event_lane (
  id ID,
  event_id INTEGER NOT NULL REFERENCES event,
  lane_id INTEGER NOT NULL REFERENCES lane,
  position INTEGER NOT NULL,
  UNIQUE (event_id, lane_id)
) STRICT;
CREATE INDEX event_lane_by_lane ON event_lane (lane_id);

CREATE TABLE event_tag (
  id ID,
  event_id INTEGER NOT NULL REFERENCES event,
  tag_id INTEGER NOT NULL REFERENCES tag,
  UNIQUE (event_id, tag_id)
) STRICT;
CREATE INDEX event_tag_by_tag ON event_tag (tag_id);

-- The EDTF text is the truth. `first_day` and `last_day` (NULL where that end is open or unknown) and
-- `shape` (the flags of db/columns.py) are derived from it when it is written.
CREATE TABLE event_date (
  id ID,
  event_id INTEGER NOT NULL REFERENCES event,
  role TEXT NOT NULL
    CHECK (role IN ('occurred', 'announced', 'signed', 'ratified', 'in force', 'ended')),
  edtf TEXT NOT NULL CHECK (edtf <> ''),
  first_day INTEGER,
  last_day INTEGER,
  shape INTEGER NOT NULL,
  is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
  remark BILINGUAL,
  CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX event_date_by_event ON event_date (event_id);
CREATE INDEX event_date_by_first ON event_date (first_day);
CREATE INDEX event_date_by_last ON event_date (last_day);
CREATE UNIQUE INDEX event_date_primary ON event_date (event_id) WHERE is_primary;

-- What an event rests on besides quotes, and how far it was seen.
CREATE TABLE citation (
  id ID,
  event_id INTEGER NOT NULL REFERENCES event,
  position INTEGER NOT NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  body TEXT,
  edtf TEXT,
  locator TEXT,
  seen TEXT NOT NULL CHECK (seen IN ('full', 'excerpt', 'not seen'))
) STRICT;
CREATE INDEX citation_by_event ON citation (event_id);

-- A page on which the facts of an event were seen.
CREATE TABLE confirmation (
  id ID,
  event_id INTEGER NOT NULL REFERENCES event,
  position INTEGER NOT NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  url TEXT NOT NULL CHECK (url <> '')
) STRICT;
CREATE INDEX confirmation_by_event ON confirmation (event_id);

-- One value of one aspect of an event. Claims that share aspect and `point` and differ in value make
-- a dispute; `accepted` is the value that the event stands on. A value that is a date is EDTF.
CREATE TABLE claim (
  id ID,
  event_id INTEGER NOT NULL REFERENCES event,
  aspect TEXT NOT NULL CHECK (aspect IN ('existence', 'date', 'figure', 'name', 'novelty')),
  position INTEGER NOT NULL,
  point BILINGUAL NOT NULL,
  value BILINGUAL NOT NULL,
  accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted IN (0, 1)),
  note BILINGUAL,
  quote_id INTEGER REFERENCES quote,
  citation_id INTEGER REFERENCES citation
) STRICT;
CREATE INDEX claim_by_event ON claim (event_id);
CREATE INDEX claim_by_quote ON claim (quote_id);
CREATE INDEX claim_by_citation ON claim (citation_id);

-- One event leads to, amends, implements, supersedes or is related to another.
CREATE TABLE link (
  id ID,
  from_event_id INTEGER NOT NULL REFERENCES event,
  to_event_id INTEGER NOT NULL REFERENCES event CHECK (to_event_id <> from_event_id),
  type TEXT NOT NULL
    CHECK (type IN ('leads to', 'amends', 'implements', 'supersedes', 'related')),
  UNIQUE (from_event_id, to_event_id, type)
) STRICT;
CREATE INDEX link_by_to ON link (to_event_id);


-- ============================================================================ schemes and stages

-- One way to divide the history, and whose it is. `rule` is from when its stages count.
CREATE TABLE scheme (
  id ID,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  position INTEGER NOT NULL,
  name BILINGUAL NOT NULL,
  whose BILINGUAL,
  rule TEXT NOT NULL DEFAULT 'signature' CHECK (rule IN ('signature', 'entry-into-force')),
  note BILINGUAL
) STRICT;

-- A period of one lane in one scheme. It has no dates of its own: they stand in its events. The
-- prelude has no lane. Without an in-force event `no_force_reason` says why there is none.
CREATE TABLE stage (
  id ID,
  slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
  scheme_id INTEGER NOT NULL REFERENCES scheme,
  lane_id INTEGER REFERENCES lane,
  position INTEGER NOT NULL,
  title BILINGUAL NOT NULL,
  summary BILINGUAL,
  reason BILINGUAL,
  no_force_reason BILINGUAL,
  confidence TEXT NOT NULL DEFAULT 'edited'
    CHECK (confidence IN ('seen', 'partly', 'unseen', 'edited')),
  confidence_note BILINGUAL,
  start_event_id INTEGER NOT NULL REFERENCES event,
  in_force_event_id INTEGER REFERENCES event
) STRICT;
CREATE INDEX stage_by_scheme ON stage (scheme_id);
CREATE INDEX stage_by_lane ON stage (lane_id);
CREATE INDEX stage_by_start ON stage (start_event_id);
CREATE INDEX stage_by_force ON stage (in_force_event_id);

-- Another start that was considered, and why.
CREATE TABLE stage_alternative (
  id ID,
  stage_id INTEGER NOT NULL REFERENCES stage,
  position INTEGER NOT NULL,
  event_id INTEGER NOT NULL REFERENCES event,
  reason BILINGUAL,
  UNIQUE (stage_id, event_id)
) STRICT;
CREATE INDEX stage_alternative_by_event ON stage_alternative (event_id);


-- ============================================================================ sources and quotes

-- A document: its original bytes (a blob), and the text that quotes are anchored in, made by `reader`.
-- The text never changes; a newer edition is a new source that supersedes this one.
CREATE TABLE source (
  id ID,
  slug TEXT UNIQUE CHECK (slug <> ''),
  title BILINGUAL NOT NULL,
  publisher BILINGUAL,
  author BILINGUAL,
  edtf TEXT,
  date_note BILINGUAL,
  language TEXT NOT NULL CHECK (language <> ''),
  url TEXT,
  rights TEXT,
  marking TEXT,
  media_type TEXT NOT NULL,
  reader TEXT NOT NULL,
  blob_sha256 TEXT NOT NULL REFERENCES blob,
  text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL CHECK (length(text_sha256) = 64),
  translation_from TEXT,
  translation_by BILINGUAL,
  translation_note BILINGUAL,
  supersedes_id INTEGER REFERENCES source CHECK (supersedes_id <> id)
) STRICT;
CREATE INDEX source_by_blob ON source (blob_sha256);
CREATE INDEX source_by_superseded ON source (supersedes_id);

-- The page or paragraph that a stretch of the text stands on.
CREATE TABLE source_place (
  id ID,
  source_id INTEGER NOT NULL REFERENCES source,
  label TEXT NOT NULL CHECK (label <> ''),
  start INTEGER NOT NULL CHECK (start >= 0),
  end INTEGER NOT NULL CHECK (end >= start)
) STRICT;
CREATE INDEX source_place_by_source ON source_place (source_id, start);

-- A place in a source that a reader should not take at face value, and why.
CREATE TABLE oddity (
  id ID,
  source_id INTEGER NOT NULL REFERENCES source,
  kind TEXT NOT NULL CHECK (kind <> ''),
  exact TEXT NOT NULL CHECK (exact <> ''),
  start INTEGER NOT NULL CHECK (start >= 0),
  end INTEGER NOT NULL CHECK (end > start),
  note BILINGUAL NOT NULL
) STRICT;
CREATE INDEX oddity_by_source ON oddity (source_id);

-- Who said it. `named` is 0 for an official who is not named.
CREATE TABLE speaker (
  id ID,
  name BILINGUAL NOT NULL,
  role BILINGUAL,
  named INTEGER NOT NULL CHECK (named IN (0, 1))
) STRICT;

-- Exact words of a source (`source_id`: the edition they were taken from). `attribution` is the
-- phrase that gives them to the speaker.
CREATE TABLE quote (
  id ID,
  slug TEXT UNIQUE CHECK (slug <> ''),
  source_id INTEGER NOT NULL REFERENCES source,
  exact TEXT NOT NULL CHECK (exact <> ''),
  form TEXT NOT NULL CHECK (form IN ('direct', 'attributed', 'reporter', 'headline')),
  language TEXT NOT NULL CHECK (language <> ''),
  speaker_id INTEGER NOT NULL REFERENCES speaker,
  attribution TEXT,
  note BILINGUAL
) STRICT;
CREATE INDEX quote_by_source ON quote (source_id);
CREATE INDEX quote_by_speaker ON quote (speaker_id);

-- A labelled translation, stale once the quote has changed.
CREATE TABLE quote_translation (
  id ID,
  quote_id INTEGER NOT NULL REFERENCES quote,
  language TEXT NOT NULL CHECK (language <> ''),
  text TEXT NOT NULL CHECK (text <> ''),
  by BILINGUAL NOT NULL,
  stale INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),
  UNIQUE (quote_id, language)
) STRICT;

-- Where a quote stands in one edition: its position and the words around it (the position and quote
-- selectors of the Web Annotation model). One for each edition it was sought in. `score` in per cent.
CREATE TABLE anchor (
  id ID,
  quote_id INTEGER NOT NULL REFERENCES quote,
  source_id INTEGER NOT NULL REFERENCES source,
  start INTEGER NOT NULL CHECK (start >= 0),
  end INTEGER NOT NULL CHECK (end >= start),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  attribution_start INTEGER CHECK (attribution_start >= 0),
  state TEXT NOT NULL CHECK (state IN ('intact', 'moved', 'broken')),
  score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
  accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
  UNIQUE (quote_id, source_id)
) STRICT;
CREATE INDEX anchor_by_source ON anchor (source_id);

-- What a quote does to a claim about an event or a stage: its stance, on which aspect, and whether
-- it reports, plans or forecasts.
CREATE TABLE evidence (
  id ID,
  quote_id INTEGER NOT NULL REFERENCES quote,
  event_id INTEGER REFERENCES event,
  stage_id INTEGER REFERENCES stage,
  stance TEXT NOT NULL CHECK (stance IN ('supports', 'disputes', 'context')),
  aspect TEXT NOT NULL CHECK (aspect IN ('existence', 'date', 'figure', 'name', 'novelty')),
  mode TEXT NOT NULL CHECK (mode IN ('report', 'plan', 'forecast')),
  note BILINGUAL,
  CHECK ((event_id IS NULL) <> (stage_id IS NULL))
) STRICT;
CREATE INDEX evidence_by_quote ON evidence (quote_id);
CREATE INDEX evidence_by_event ON evidence (event_id, quote_id);
CREATE INDEX evidence_by_stage ON evidence (stage_id);

-- A number that a quote states, where it stands in the source, and what it was `as of`. `value` is
-- printed decimals, a range as low/high, a date as EDTF.
CREATE TABLE figure (
  id ID,
  quote_id INTEGER NOT NULL REFERENCES quote,
  source_id INTEGER NOT NULL REFERENCES source,
  exact TEXT NOT NULL CHECK (exact <> ''),
  start INTEGER NOT NULL CHECK (start >= 0),
  end INTEGER NOT NULL CHECK (end > start),
  value TEXT NOT NULL CHECK (value <> ''),
  unit BILINGUAL,
  edtf TEXT,
  note BILINGUAL
) STRICT;
CREATE INDEX figure_by_quote ON figure (quote_id);
CREATE INDEX figure_by_source ON figure (source_id);


-- ================================================================================ the user's own

-- The user's words on an event or a stage, in Markdown. With an offset (px) it is shown as a callout.
CREATE TABLE note (
  id ID,
  event_id INTEGER REFERENCES event,
  stage_id INTEGER REFERENCES stage,
  text TEXT NOT NULL CHECK (text <> ''),
  author TEXT NOT NULL,
  time TEXT NOT NULL,
  callout_x INTEGER,
  callout_y INTEGER,
  CHECK ((event_id IS NULL) <> (stage_id IS NULL)),
  CHECK ((callout_x IS NULL) = (callout_y IS NULL))
) STRICT;
CREATE INDEX note_by_event ON note (event_id);
CREATE INDEX note_by_stage ON note (stage_id);

-- A named briefing view. No rows in view_lane, view_kind, view_tag or view_status mean all of them;
-- NULL means that the view does not decide it.
CREATE TABLE view (
  id ID,
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  position INTEGER NOT NULL,
  name BILINGUAL NOT NULL,
  caption BILINGUAL,
  from_edtf TEXT NOT NULL CHECK (from_edtf <> ''),
  to_edtf TEXT NOT NULL CHECK (to_edtf <> ''),
  min_importance INTEGER NOT NULL DEFAULT 1 CHECK (min_importance BETWEEN 1 AND 5),
  with_quotes INTEGER NOT NULL DEFAULT 0 CHECK (with_quotes IN (0, 1)),
  disputed INTEGER NOT NULL DEFAULT 0 CHECK (disputed IN (0, 1)),
  scheme_id INTEGER REFERENCES scheme,
  rule TEXT CHECK (rule IN ('signature', 'entry-into-force')),
  language TEXT CHECK (language IN ('en', 'ko')),
  theme TEXT CHECK (theme IN ('light', 'dark', 'print')),
  callouts INTEGER NOT NULL DEFAULT 1 CHECK (callouts IN (0, 1))
) STRICT;
CREATE INDEX view_by_scheme ON view (scheme_id);

CREATE TABLE view_lane (
  id ID,
  view_id INTEGER NOT NULL REFERENCES view,
  lane_id INTEGER NOT NULL REFERENCES lane,
  UNIQUE (view_id, lane_id)
) STRICT;
CREATE INDEX view_lane_by_lane ON view_lane (lane_id);

CREATE TABLE view_kind (
  id ID,
  view_id INTEGER NOT NULL REFERENCES view,
  kind_id INTEGER NOT NULL REFERENCES kind,
  UNIQUE (view_id, kind_id)
) STRICT;
CREATE INDEX view_kind_by_kind ON view_kind (kind_id);

CREATE TABLE view_tag (
  id ID,
  view_id INTEGER NOT NULL REFERENCES view,
  tag_id INTEGER NOT NULL REFERENCES tag,
  UNIQUE (view_id, tag_id)
) STRICT;
CREATE INDEX view_tag_by_tag ON view_tag (tag_id);

CREATE TABLE view_status (
  id ID,
  view_id INTEGER NOT NULL REFERENCES view,
  status TEXT NOT NULL CHECK (status IN ('occurred', 'planned', 'cancelled')),
  UNIQUE (view_id, status)
) STRICT;
