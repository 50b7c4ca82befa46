-- The case file, schema 1.
--
-- Tables have singular names and hold rows by number; views have plural names and are for reading: they
-- show ids, names and words. Days are ISO 8601 text, offsets are UTF-8 bytes of document.text, lists are JSON.
-- Four layers:
--   0  what was captured: page, page_bytes, capture. Never changed; a withdrawn page loses its bytes only.
--   1  what the program made of it: document, passage, claim, mention, … Made again by `verbale reread`.
--   2  what people decided: decision. Append-only, each row chained to the one before by a hash.
--   3  what follows from the first three and can be made again from them: *_state, *_words, claim_entity, …

-- What holds for the file as a whole: `analysis` is the version of the words in *_words.
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Layer 0 ---------------------------------------------------------------------------------------------

CREATE TABLE page (
  id           INTEGER PRIMARY KEY,
  page_id      TEXT NOT NULL UNIQUE,
  sha256       BLOB NOT NULL CHECK (length(sha256) = 32),
  media_type   TEXT NOT NULL,
  n_bytes      INTEGER NOT NULL,
  added_at     TEXT NOT NULL,
  withdrawn_at TEXT
) STRICT;

CREATE TABLE page_bytes (
  page     INTEGER PRIMARY KEY REFERENCES page (id),
  encoding TEXT NOT NULL CHECK (encoding IN ('plain', 'zstd')),
  bytes    BLOB NOT NULL
) STRICT;

CREATE TABLE capture (
  id          INTEGER PRIMARY KEY,
  page        INTEGER NOT NULL REFERENCES page (id),
  path        TEXT NOT NULL,
  address     TEXT,
  containers  TEXT NOT NULL CHECK (json_valid(containers)),
  captured_at TEXT,
  added_at    TEXT NOT NULL
) STRICT;
CREATE INDEX capture_by_page ON capture (page);

-- Layer 1 ---------------------------------------------------------------------------------------------

CREATE TABLE pack (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  version TEXT NOT NULL,
  digest  TEXT NOT NULL,
  UNIQUE (name, version, digest)
) STRICT;

CREATE TABLE run (
  id       INTEGER PRIMARY KEY,
  program  TEXT NOT NULL,
  reader   TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  packs    TEXT NOT NULL CHECK (json_valid(packs)),
  began_at TEXT NOT NULL,
  UNIQUE (program, reader, pipeline, packs)
) STRICT;

CREATE TABLE document (
  id              INTEGER PRIMARY KEY REFERENCES page (id),
  text            TEXT NOT NULL,
  text_sha256     BLOB NOT NULL CHECK (length(text_sha256) = 32),
  title           TEXT,
  authors         TEXT NOT NULL CHECK (json_valid(authors)),
  publisher       TEXT,
  agency          TEXT,
  published       TEXT,
  published_by    TEXT,
  published_first TEXT,
  published_last  TEXT,
  updated         TEXT,
  dateline        TEXT,
  language        TEXT NOT NULL,
  kind            TEXT NOT NULL,
  address         TEXT,
  run             INTEGER NOT NULL REFERENCES run (id)
) STRICT;
CREATE INDEX document_by_publisher ON document (publisher);
CREATE INDEX document_by_language ON document (language);
CREATE INDEX document_by_day ON document (published_first);

CREATE TABLE passage (
  id       INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  idx      INTEGER NOT NULL,
  role     TEXT NOT NULL,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  repeats  INTEGER,
  UNIQUE (document, idx)
) STRICT;

CREATE TABLE diagnostic (
  id       INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  code     TEXT NOT NULL,
  message  TEXT NOT NULL,
  start    INTEGER,
  "end"    INTEGER
) STRICT;
CREATE INDEX diagnostic_by_document ON diagnostic (document);

-- A claim with its evidence and attribution: all that a claim has exactly once.
CREATE TABLE claim (
  id               INTEGER PRIMARY KEY,
  claim_id         TEXT NOT NULL UNIQUE,
  document         INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  kind             TEXT NOT NULL,
  polarity         TEXT NOT NULL,
  modality         TEXT NOT NULL,
  rule             TEXT NOT NULL,
  restates         TEXT,
  start            INTEGER NOT NULL,
  "end"            INTEGER NOT NULL,
  start_char       INTEGER NOT NULL,
  quote            TEXT NOT NULL,
  prefix           TEXT NOT NULL,
  suffix           TEXT NOT NULL,
  act              TEXT NOT NULL,
  speaker          TEXT,
  speaker_org      TEXT,
  speaker_role     TEXT,
  speaker_start    INTEGER,
  speaker_end      INTEGER,
  anonymity_tier   INTEGER,
  anonymity_reason TEXT,
  via              TEXT NOT NULL CHECK (json_valid(via)),
  on_behalf_of     TEXT,
  cue_start        INTEGER,
  cue_end          INTEGER
) STRICT;
CREATE INDEX claim_by_document ON claim (document);

-- Figures that name the same subject, unit, rate and place, up to case and form of the characters.
CREATE TABLE series (
  id  INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;

-- Decimals are text, so that no digit is lost; the views show numbers. `day` is the first day of the as-of.
CREATE TABLE figure (
  claim        INTEGER PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE,
  value        TEXT,
  low          TEXT,
  high         TEXT,
  approximator TEXT,
  unit         TEXT,
  per          TEXT,
  subject      TEXT NOT NULL,
  place        TEXT,
  series       INTEGER NOT NULL REFERENCES series (id),
  day          TEXT
) STRICT;
CREATE INDEX figure_by_series ON figure (series, day, value);

CREATE TABLE status (
  claim   INTEGER PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  status  TEXT NOT NULL
) STRICT;

CREATE TABLE event (
  claim  INTEGER PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE,
  label  TEXT NOT NULL,
  actors TEXT NOT NULL CHECK (json_valid(actors)),
  place  TEXT
) STRICT;

CREATE TABLE obligation (
  claim      INTEGER PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE,
  instrument TEXT,
  paragraph  TEXT,
  party      TEXT,
  action     TEXT NOT NULL
) STRICT;

CREATE TABLE position (
  claim  INTEGER PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE,
  holder TEXT NOT NULL,
  stance TEXT NOT NULL,
  target TEXT
) STRICT;

-- Two of a claim's four clocks; `published` is the document's, `captured` the page's. `as_of` is also the
-- date of an event and the deadline of an obligation. Without `first` and `last` a time is unresolved or vague.
CREATE TABLE clock (
  claim    INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
  clock    TEXT NOT NULL CHECK (clock IN ('as_of', 'said_on')),
  iso      TEXT,
  raw      TEXT NOT NULL,
  kind     TEXT NOT NULL,
  value    TEXT,
  modifier TEXT,
  first    TEXT,
  last     TEXT,
  anchor   TEXT NOT NULL,
  start    INTEGER,
  "end"    INTEGER,
  PRIMARY KEY (claim, clock)
) STRICT, WITHOUT ROWID;
CREATE INDEX clock_by_day ON clock (clock, first, last);

CREATE TABLE entity (
  id          INTEGER PRIMARY KEY,
  entity_id   TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL,
  pack_id     TEXT,
  merged_into INTEGER REFERENCES entity (id)
) STRICT;
CREATE INDEX entity_by_merge ON entity (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE entity_form (
  entity INTEGER NOT NULL REFERENCES entity (id),
  form   TEXT NOT NULL,
  folded TEXT NOT NULL,
  PRIMARY KEY (entity, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_form_by_words ON entity_form (folded);

CREATE TABLE mention (
  id       INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  start    INTEGER NOT NULL,
  "end"    INTEGER NOT NULL,
  kind     TEXT NOT NULL
) STRICT;
CREATE INDEX mention_by_document ON mention (document);

-- What a mention refers to, by rule or by a person's decision; never deleted while the mention stands.
CREATE TABLE link (
  id         INTEGER PRIMARY KEY,
  mention    INTEGER NOT NULL REFERENCES mention (id) ON DELETE CASCADE,
  entity     INTEGER NOT NULL REFERENCES entity (id),
  judgement  TEXT NOT NULL CHECK (judgement IN ('positive', 'negative')),
  decision   TEXT,
  superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1))
) STRICT;
CREATE INDEX link_by_mention ON link (mention);
CREATE INDEX link_by_entity ON link (entity);

-- What a later reading of the same page changed. `field` is null for new and gone claims.
CREATE TABLE change (
  id       INTEGER PRIMARY KEY,
  run      INTEGER NOT NULL REFERENCES run (id),
  page_id  TEXT NOT NULL,
  claim_id TEXT NOT NULL,
  what     TEXT NOT NULL CHECK (what IN ('new', 'gone', 'changed', 'moved')),
  field    TEXT,
  old      TEXT,
  new      TEXT,
  at       TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_claim ON change (claim_id);

-- Layer 2 ---------------------------------------------------------------------------------------------

CREATE TABLE decision (
  id          INTEGER PRIMARY KEY,
  decision_id TEXT NOT NULL UNIQUE,
  at          TEXT NOT NULL,
  who         TEXT NOT NULL,
  why         TEXT,
  act         TEXT NOT NULL,
  target      TEXT NOT NULL,
  field       TEXT,
  value       TEXT CHECK (value IS NULL OR json_valid(value)),
  seen        TEXT CHECK (seen IS NULL OR json_valid(seen)),
  page_id     TEXT,
  start       INTEGER,
  quote       TEXT,
  prefix      TEXT,
  suffix      TEXT,
  hash        BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX decision_by_target ON decision (target);
CREATE INDEX decision_by_page ON decision (page_id);
CREATE INDEX decision_by_act ON decision (act);

CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are append-only: undo is a new decision'); END;
CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE (ABORT, 'decisions are append-only: undo is a new decision'); END;

-- Layer 3 ---------------------------------------------------------------------------------------------

CREATE TABLE claim_state (
  claim_id    TEXT PRIMARY KEY,
  verdict     TEXT CHECK (verdict IN ('accepted', 'rejected')),
  credibility INTEGER CHECK (credibility BETWEEN 1 AND 6),
  note        TEXT
) STRICT, WITHOUT ROWID;

-- What the program read where a person put something else; `stale` if it has changed its reading since.
CREATE TABLE amendment (
  claim_id TEXT NOT NULL,
  field    TEXT NOT NULL,
  machine  TEXT NOT NULL CHECK (json_valid(machine)),
  value    TEXT NOT NULL CHECK (json_valid(value)),
  stale    INTEGER NOT NULL CHECK (stale IN (0, 1)),
  PRIMARY KEY (claim_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE publisher_state (
  publisher   TEXT PRIMARY KEY,
  reliability TEXT NOT NULL CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F'))
) STRICT, WITHOUT ROWID;

-- A decided claim that a later reading has no more: where its decisions went; `now` is null for an orphan.
CREATE TABLE follow (
  claim_id TEXT PRIMARY KEY,
  now      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_by_now ON follow (now);

CREATE TABLE claim_entity (
  entity INTEGER NOT NULL REFERENCES entity (id),
  part   TEXT NOT NULL CHECK (part IN ('speaker', 'about', 'place', 'quote')),
  day    TEXT NOT NULL,
  claim  INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
  PRIMARY KEY (entity, part, day, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_entity_by_claim ON claim_entity (claim);

-- Words as the program analyses them; rowid is passage.id and claim.id.
CREATE VIRTUAL TABLE passage_words USING fts5
  (words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE claim_words USING fts5
  (speaker, about, place, content = '', contentless_delete = 1, detail = 'column', tokenize = 'ascii');
