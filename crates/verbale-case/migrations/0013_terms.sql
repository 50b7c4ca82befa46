-- Claims are found by terms of an inverted index, which takes what comes in pieces and merges them later, and no more
-- by B-trees whose keys are those of a page's words: in a large case each of these was another place of the file.
-- Runs without foreign keys, since tables are made anew.

-- Layer 3: terms of claims, by claim.id. `clm…` is the id without its underscore; `s7d20310502` says that entity 7 is
-- the speaker (`a` about, `p` place, `q` quote) and under which day it is listed (`b…` before our era, `u` unknown);
-- `f9d20310502v1200p5` that the claim is a figure of series 9 from that day on with the value 1200.5 (`n` for minus).
CREATE VIRTUAL TABLE claim_terms USING fts5
  (terms, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii');
-- The same in the order of the terms: `term`, and `doc`, which is claim.id.
CREATE VIRTUAL TABLE claim_by_term USING fts5vocab (claim_terms, 'instance');

-- Pieces are merged by eights. The more of them are merged at once, the seldomer each is written again, and the more
-- there are to look into.
INSERT INTO passage_words (passage_words, rank) VALUES ('automerge', 8);
INSERT INTO claim_words (claim_words, rank) VALUES ('automerge', 8);
INSERT INTO claim_terms (claim_terms, rank) VALUES ('automerge', 8);

-- Ids are digests over the page among others, so that a page's own claims tell whether one is there twice.
CREATE TABLE claim_made (
  id               INTEGER PRIMARY KEY,
  claim_id         TEXT NOT NULL,
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
INSERT INTO claim_made SELECT * FROM claim;
DROP TABLE claim;
ALTER TABLE claim_made RENAME TO claim;
CREATE INDEX claim_by_place ON claim (document, start, "end");
CREATE INDEX claim_by_kind ON claim (kind);

CREATE TRIGGER claim_waits_to_be_filed AFTER INSERT ON claim
BEGIN INSERT INTO unfiled (claim) VALUES (NEW.id); END;
CREATE TRIGGER gone_claim_is_in_no_conflict AFTER DELETE ON claim
BEGIN
  DELETE FROM stand WHERE claim = OLD.id;
  DELETE FROM conflict WHERE a = OLD.claim_id;
  DELETE FROM conflict WHERE b = OLD.claim_id;
END;

-- The program does this where it writes verdicts: triggers may not use the index of terms.
DROP TRIGGER rejected_claim_is_taken;
DROP TRIGGER pardoned_claim_is_filed;

-- What entities are to a claim, by claim; by entity, the terms know it. Entities are no foreign keys here and in link,
-- since each that goes would be looked for in the whole table.
CREATE TABLE claim_entity_made (
  claim  INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
  entity INTEGER NOT NULL,
  part   TEXT NOT NULL CHECK (part IN ('speaker', 'about', 'place', 'quote')),
  day    TEXT NOT NULL,
  PRIMARY KEY (claim, entity, part)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO claim_entity_made (claim, entity, part, day)
SELECT claim, entity, part, day FROM claim_entity INDEXED BY claim_entity_by_claim ORDER BY claim;
DROP TABLE claim_entity;
ALTER TABLE claim_entity_made RENAME TO claim_entity;

CREATE TRIGGER claim_of_entity_is_counted AFTER INSERT ON claim_entity WHEN NEW.part IN ('speaker', 'about')
BEGIN
  INSERT INTO entity_count (entity, n_said, n_about) VALUES (NEW.entity, NEW.part = 'speaker', NEW.part = 'about')
  ON CONFLICT (entity) DO UPDATE SET n_said = n_said + excluded.n_said, n_about = n_about + excluded.n_about;
END;
CREATE TRIGGER claim_of_entity_is_gone AFTER DELETE ON claim_entity WHEN OLD.part IN ('speaker', 'about')
BEGIN
  UPDATE entity_count SET n_said = n_said - (OLD.part = 'speaker'), n_about = n_about - (OLD.part = 'about')
  WHERE entity = OLD.entity;
END;

CREATE TABLE link_made (
  id         INTEGER PRIMARY KEY,
  mention    INTEGER NOT NULL REFERENCES mention (id) ON DELETE CASCADE,
  entity     INTEGER NOT NULL,
  judgement  TEXT NOT NULL CHECK (judgement IN ('positive', 'negative')),
  decision   TEXT,
  superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1))
) STRICT;
INSERT INTO link_made SELECT * FROM link;
DROP TABLE link;
ALTER TABLE link_made RENAME TO link;
CREATE INDEX link_by_mention ON link (mention);
CREATE INDEX link_decided ON link (mention) WHERE decision IS NOT NULL;

CREATE TRIGGER link_is_counted AFTER INSERT ON link WHEN NEW.superseded = 0 AND NEW.judgement = 'positive'
BEGIN
  INSERT INTO entity_count (entity, n_mentions) VALUES (NEW.entity, 1)
  ON CONFLICT (entity) DO UPDATE SET n_mentions = n_mentions + 1;
END;
CREATE TRIGGER link_is_gone AFTER DELETE ON link WHEN OLD.superseded = 0 AND OLD.judgement = 'positive'
BEGIN UPDATE entity_count SET n_mentions = n_mentions - 1 WHERE entity = OLD.entity; END;
CREATE TRIGGER link_is_superseded AFTER UPDATE OF superseded ON link
WHEN NEW.judgement = 'positive' AND OLD.superseded <> NEW.superseded
BEGIN UPDATE entity_count SET n_mentions = n_mentions + OLD.superseded - NEW.superseded WHERE entity = NEW.entity; END;

-- From now on, passage_words has the entities of a passage among its words.
DROP TABLE passage_entity;
DROP INDEX figure_by_series;

-- Views -----------------------------------------------------------------------------------------------

-- Views of claims have the claim's number, by which they are joined.
DROP VIEW claims;
CREATE VIEW claims AS
SELECT c.claim_id, c.kind,
       COALESCE(f.subject, s.subject || ': ' || s.status, e.label, o.action, x.holder || ': ' || x.stance) AS what,
       c.speaker, c.speaker_org, c.act, c.polarity, c.modality,
       a.iso AS as_of, a.raw AS as_of_raw, t.iso AS said_on, t.raw AS said_on_raw,
       d.published,
       (SELECT min(k.captured_at) FROM capture k WHERE k.page = d.id) AS captured,
       d.publisher, c.via, c.quote, v.verdict, v.credibility, c.restates, c.rule, p.page_id, d.title, c.id AS claim
FROM claim c
JOIN document d ON d.id = c.document
JOIN page p ON p.id = d.id
LEFT JOIN figure f ON f.claim = c.id
LEFT JOIN status s ON s.claim = c.id
LEFT JOIN event e ON e.claim = c.id
LEFT JOIN obligation o ON o.claim = c.id
LEFT JOIN position x ON x.claim = c.id
LEFT JOIN clock a ON a.claim = c.id AND a.clock = 'as_of'
LEFT JOIN clock t ON t.claim = c.id AND t.clock = 'said_on'
LEFT JOIN claim_state v ON v.claim_id = c.claim_id;

DROP VIEW figures;
CREATE VIEW figures AS
SELECT c.claim_id, f.subject, f.place, f.value + 0 AS value, f.low + 0 AS low, f.high + 0 AS high,
       f.approximator, f.unit, f.per, c.as_of, c.as_of_raw, c.speaker, c.act, c.said_on, c.published,
       c.publisher, c.quote, f.series, c.verdict, c.page_id, c.claim
FROM figure f
JOIN claims c ON c.claim = f.claim;

DROP VIEW statuses;
CREATE VIEW statuses AS
SELECT c.claim_id, s.subject, s.status, c.polarity, c.as_of, c.as_of_raw, c.speaker, c.act, c.said_on,
       c.published, c.publisher, c.quote, c.verdict, c.page_id, c.claim
FROM status s
JOIN claims c ON c.claim = s.claim;

DROP VIEW events;
CREATE VIEW events AS
SELECT c.claim_id, e.label, e.actors, e.place, c.modality, c.as_of AS date, c.as_of_raw AS date_raw,
       c.speaker, c.act, c.published, c.publisher, c.quote, c.verdict, c.page_id, c.claim
FROM event e
JOIN claims c ON c.claim = e.claim;

DROP VIEW obligations;
CREATE VIEW obligations AS
SELECT c.claim_id, o.instrument, o.paragraph, o.party, o.action, c.as_of AS deadline,
       c.as_of_raw AS deadline_raw, c.speaker, c.act, c.said_on, c.published, c.publisher, c.quote,
       c.verdict, c.page_id, c.claim
FROM obligation o
JOIN claims c ON c.claim = o.claim;

DROP VIEW positions;
CREATE VIEW positions AS
SELECT c.claim_id, x.holder, x.stance, x.target, c.speaker, c.act, c.said_on, c.published, c.publisher,
       c.quote, c.verdict, c.page_id, c.claim
FROM position x
JOIN claims c ON c.claim = x.claim;

-- Presence: what is said of the state of diplomatic posts.
DROP VIEW presence;
CREATE VIEW presence AS
SELECT n.name AS post, s.claim_id, s.subject, s.status, s.polarity, s.as_of, s.as_of_raw, s.speaker, s.act,
       s.published, s.publisher, s.quote, s.verdict, s.page_id, s.claim
FROM statuses s
JOIN claim_entity l ON l.claim = s.claim AND l.part = 'about'
JOIN entity n ON n.id = l.entity AND n.kind = 'post';

DROP VIEW evidence;
CREATE VIEW evidence AS
SELECT c.claim_id, p.page_id, c.quote, c.prefix, c.suffix, c.start, c."end", c.start_char, c.id AS claim
FROM claim c
JOIN page p ON p.id = c.document;

-- One row for each step of the chain from the page backwards; the speaker comes last.
DROP VIEW attributions;
CREATE VIEW attributions AS
SELECT c.claim_id, v.key AS step, v.value AS name, 'via' AS part, c.act, c.id AS claim
FROM claim c, json_each(c.via) v
UNION ALL
SELECT c.claim_id, json_array_length(c.via), c.speaker, 'speaker', c.act, c.id
FROM claim c
WHERE c.speaker IS NOT NULL;

DROP VIEW clocks;
CREATE VIEW clocks AS
SELECT c.claim_id, k.clock, k.iso, k.raw, k.first, k.last, k.anchor, k.kind, k.value, k.modifier, c.id AS claim
FROM clock k
JOIN claim c ON c.id = k.claim
UNION ALL
SELECT c.claim_id, 'published', d.published, '', d.published_first, d.published_last, 'none', 'DATE',
       d.published, NULL, c.id
FROM claim c
JOIN document d ON d.id = c.document
WHERE d.published IS NOT NULL
UNION ALL
SELECT c.claim_id, 'captured', k.captured_at, '', substr(k.captured_at, 1, 10), substr(k.captured_at, 1, 10),
       'none', 'TIME', k.captured_at, NULL, c.id
FROM claim c
JOIN capture k ON k.page = c.document
WHERE k.captured_at IS NOT NULL;

DROP VIEW observations;
CREATE VIEW observations AS
SELECT s.key AS series, f.day, f.value + 0 AS value, f.low + 0 AS low, f.high + 0 AS high, f.approximator, f.unit,
       c.speaker, c.publisher, c.published, c.verdict, c.quote, c.claim_id, c.page_id, c.claim
FROM figure f
JOIN series s ON s.id = f.series
JOIN claims c ON c.claim = f.claim;

DROP VIEW supports;
CREATE VIEW supports AS
SELECT c.claim_id, coalesce(s.n_pages, 1) AS n_pages, coalesce(s.n_publishers, 1) AS n_publishers,
       coalesce(s.n_origins, 1) AS n_origins, c.id AS claim
FROM claim c
LEFT JOIN support s ON s.claim = c.id;
