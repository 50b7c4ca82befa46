-- A claim is held against those that it meets (verbale-analysis, lines), not the whole name anew. Layer 3.

-- How each filed claim stands: the number of its saying, its days counted from 1970, and the numbers of its lines,
-- eight bytes each. `id` is the beginning of claim_id as a number, so that the order of claims is that of their ids.
CREATE TABLE stand (
  claim    INTEGER PRIMARY KEY,
  id       INTEGER NOT NULL,
  saying   INTEGER NOT NULL,
  document INTEGER NOT NULL,
  first    INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  mark     INTEGER NOT NULL,
  lines    BLOB NOT NULL
) STRICT;

-- Claims under a name by what they say; the first of each saying stands in the lines for all.
CREATE TABLE said (
  key    INTEGER NOT NULL,
  saying INTEGER NOT NULL,
  id     INTEGER NOT NULL,
  claim  INTEGER NOT NULL,
  PRIMARY KEY (key, saying, id, claim)
) STRICT, WITHOUT ROWID;

-- The lines under all names, `line` being a digest of name and line.
CREATE TABLE in_line (
  line     INTEGER NOT NULL,
  first    INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  claim    INTEGER NOT NULL,
  document INTEGER NOT NULL,
  mark     INTEGER NOT NULL,
  PRIMARY KEY (line, first, last, id, claim)
) STRICT, WITHOUT ROWID;

-- Claims that do not stand in the lines of a name yet.
CREATE TABLE unheld (
  key   INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  PRIMARY KEY (key, claim)
) STRICT, WITHOUT ROWID;

-- Claims that went and still stand in the lines of a name, as they stood.
CREATE TABLE leaving (
  key      INTEGER NOT NULL,
  claim    INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  saying   INTEGER NOT NULL,
  document INTEGER NOT NULL,
  first    INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  mark     INTEGER NOT NULL,
  lines    BLOB NOT NULL,
  PRIMARY KEY (key, claim)
) STRICT, WITHOUT ROWID;

-- From now on `unsettled` has the names on shelf 7, where the claims of one page meet.
DROP TRIGGER filed_claim_unsettles;
CREATE TRIGGER filed_claim_unsettles AFTER INSERT ON claim_key WHEN NEW.shelf = 7
  AND EXISTS (SELECT 1 FROM claim_key WHERE shelf = 7 AND key = NEW.key AND claim <> NEW.claim)
BEGIN INSERT OR IGNORE INTO unsettled (key) VALUES (NEW.key); END;
DROP TRIGGER taken_claim_unsettles;
CREATE TRIGGER taken_claim_unsettles AFTER DELETE ON claim_key WHEN OLD.shelf = 7
BEGIN
  INSERT OR IGNORE INTO unsettled (key) VALUES (OLD.key);
  DELETE FROM conflict WHERE key = OLD.key;
END;
CREATE TRIGGER taken_claim_leaves AFTER DELETE ON claim_key WHEN OLD.shelf = 2
BEGIN
  INSERT INTO leaving (key, claim, id, saying, document, first, last, mark, lines)
  SELECT OLD.key, claim, id, saying, document, first, last, mark, lines FROM stand
  WHERE claim = OLD.claim
    AND NOT EXISTS (SELECT 1 FROM unheld WHERE key = OLD.key AND claim = OLD.claim);
  DELETE FROM unheld WHERE key = OLD.key AND claim = OLD.claim;
END;

-- Their reasons quote words of a claim that may have been withdrawn.
CREATE TRIGGER gone_claim_is_in_no_conflict AFTER DELETE ON claim
BEGIN
  DELETE FROM stand WHERE claim = OLD.id;
  DELETE FROM conflict WHERE a = OLD.claim_id;
  DELETE FROM conflict WHERE b = OLD.claim_id;
END;
CREATE TRIGGER rejected_claim_is_in_no_conflict AFTER INSERT ON claim_state WHEN NEW.verdict = 'rejected'
BEGIN
  DELETE FROM conflict WHERE a = NEW.claim_id;
  DELETE FROM conflict WHERE b = NEW.claim_id;
END;

-- All is filed again, and nothing waits under the names of before.
DELETE FROM meta WHERE key = 'filing';
DELETE FROM unsettled;
