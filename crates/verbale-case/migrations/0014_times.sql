-- A claim has its two times in its own row: each list and each ledger that reads a claim reads them too, and in a large
-- case every table beside the claim is another place of the file.
-- Runs without foreign keys, since tables are made anew.

-- `as_of` is also the date of an event and the deadline of an obligation; `published` is the document's, `captured` the
-- page's. Without `raw` there is no such time; without `first` and `last` it is unresolved or vague.
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
  as_of_iso        TEXT,
  as_of_raw        TEXT,
  as_of_kind       TEXT,
  as_of_value      TEXT,
  as_of_modifier   TEXT,
  as_of_first      TEXT,
  as_of_last       TEXT,
  as_of_anchor     TEXT,
  as_of_start      INTEGER,
  as_of_end        INTEGER,
  said_on_iso      TEXT,
  said_on_raw      TEXT,
  said_on_kind     TEXT,
  said_on_value    TEXT,
  said_on_modifier TEXT,
  said_on_first    TEXT,
  said_on_last     TEXT,
  said_on_anchor   TEXT,
  said_on_start    INTEGER,
  said_on_end      INTEGER,
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
INSERT INTO claim_made
SELECT c.id, c.claim_id, c.document, c.kind, c.polarity, c.modality, c.rule, c.restates, c.start, c."end",
       c.start_char, a.iso, a.raw, a.kind, a.value, a.modifier, a.first, a.last, a.anchor, a.start, a."end", t.iso,
       t.raw, t.kind, t.value, t.modifier, t.first, t.last, t.anchor, t.start, t."end", c.quote, c.prefix, c.suffix,
       c.act, c.speaker, c.speaker_org, c.speaker_role, c.speaker_start, c.speaker_end, c.anonymity_tier,
       c.anonymity_reason, c.via, c.on_behalf_of, c.cue_start, c.cue_end
FROM claim c
LEFT JOIN clock a ON a.claim = c.id AND a.clock = 'as_of'
LEFT JOIN clock t ON t.claim = c.id AND t.clock = 'said_on'
ORDER BY c.id;
DROP TABLE clock;
DROP TABLE claim;
ALTER TABLE claim_made RENAME TO claim;
CREATE INDEX claim_by_place ON claim (document, start, "end");
CREATE INDEX claim_by_kind ON claim (kind);
-- Times by the day they begin, and those of which only the end is known.
CREATE INDEX claim_by_as_of ON claim (as_of_first, as_of_last) WHERE as_of_first IS NOT NULL;
CREATE INDEX claim_by_as_of_end ON claim (as_of_last) WHERE as_of_first IS NULL AND as_of_last IS NOT NULL;
CREATE INDEX claim_by_said_on ON claim (said_on_first, said_on_last) WHERE said_on_first IS NOT NULL;
CREATE INDEX claim_by_said_on_end ON claim (said_on_last)
WHERE said_on_first IS NULL AND said_on_last IS NOT NULL;

CREATE TRIGGER claim_waits_to_be_filed AFTER INSERT ON claim
BEGIN INSERT INTO unfiled (claim) VALUES (NEW.id); END;
CREATE TRIGGER gone_claim_is_in_no_conflict AFTER DELETE ON claim
BEGIN
  DELETE FROM stand WHERE claim = OLD.id;
  DELETE FROM conflict WHERE a = OLD.claim_id;
  DELETE FROM conflict WHERE b = OLD.claim_id;
END;
DROP TRIGGER filed_claim_takes_its_turn;
CREATE TRIGGER filed_claim_takes_its_turn AFTER INSERT ON claim_key WHEN NEW.shelf = 1
BEGIN
  INSERT OR IGNORE INTO in_series (key, day, claim)
  SELECT NEW.key, coalesce(as_of_last, as_of_first, '~'), id FROM claim WHERE id = NEW.claim;
END;

-- Views -----------------------------------------------------------------------------------------------

DROP VIEW undated;
CREATE VIEW undated AS
SELECT p.page_id, d.title, d.publisher,
       (SELECT c.path FROM capture c WHERE c.page = p.id ORDER BY c.id LIMIT 1) AS path,
       (SELECT coalesce(sum((c.as_of_anchor IS 'missing') + (c.said_on_anchor IS 'missing')), 0) FROM claim c
        WHERE c.document = d.id) AS n_unresolved
FROM document d
JOIN page p ON p.id = d.id
WHERE d.published IS NULL AND p.withdrawn_at IS NULL;

DROP VIEW claims;
CREATE VIEW claims AS
SELECT c.claim_id, c.kind,
       COALESCE(f.subject, s.subject || ': ' || s.status, e.label, o.action, x.holder || ': ' || x.stance) AS what,
       c.speaker, c.speaker_org, c.act, c.polarity, c.modality,
       c.as_of_iso AS as_of, c.as_of_raw, c.said_on_iso AS said_on, c.said_on_raw,
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
LEFT JOIN claim_state v ON v.claim_id = c.claim_id;

DROP VIEW clocks;
CREATE VIEW clocks AS
SELECT c.claim_id, 'as_of' AS clock, c.as_of_iso AS iso, c.as_of_raw AS raw, c.as_of_first AS first, c.as_of_last AS last,
       c.as_of_anchor AS anchor, c.as_of_kind AS kind, c.as_of_value AS value, c.as_of_modifier AS modifier, c.id AS claim
FROM claim c
WHERE c.as_of_raw IS NOT NULL
UNION ALL
SELECT c.claim_id, 'said_on', c.said_on_iso, c.said_on_raw, c.said_on_first, c.said_on_last,
       c.said_on_anchor, c.said_on_kind, c.said_on_value, c.said_on_modifier, c.id
FROM claim c
WHERE c.said_on_raw IS NOT NULL
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
