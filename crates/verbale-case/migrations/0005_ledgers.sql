-- What the ledgers are made of. All of it is layer 3: it follows from the claims and the packs in use.

-- Under which names claims are filed; `shelf` is a number of verbale-analysis, `key` a digest of the name.
CREATE TABLE claim_key (
  shelf     INTEGER NOT NULL,
  key       INTEGER NOT NULL,
  claim     INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
  is_repeat INTEGER NOT NULL CHECK (is_repeat IN (0, 1)),
  PRIMARY KEY (shelf, key, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_key_by_claim ON claim_key (claim);

-- The names on shelf 1, with the number of claims that are not repeats on their page.
CREATE TABLE series_key (
  key      INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  n_claims INTEGER NOT NULL
) STRICT;
CREATE INDEX series_key_by_length ON series_key (n_claims, name);

-- Claims that are not filed yet.
CREATE TABLE unfiled (
  claim INTEGER PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE
) STRICT;

-- Names on shelf 2 under which claims came or went since conflicts were last looked for.
CREATE TABLE unsettled (
  key INTEGER PRIMARY KEY
) STRICT;

-- Claims that cannot both hold; `a` is the smaller id. Copies of both sides share `words`.
CREATE TABLE conflict (
  a      TEXT NOT NULL,
  b      TEXT NOT NULL,
  kind   TEXT NOT NULL,
  key    INTEGER NOT NULL,
  reason TEXT NOT NULL,
  words  INTEGER NOT NULL,
  PRIMARY KEY (a, b, kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_by_key ON conflict (key);
CREATE INDEX conflict_by_words ON conflict (words, a, b);
CREATE INDEX conflict_by_other_side ON conflict (b);

CREATE TRIGGER claim_waits_to_be_filed AFTER INSERT ON claim
BEGIN INSERT INTO unfiled (claim) VALUES (NEW.id); END;

CREATE TRIGGER filed_claim_is_counted AFTER INSERT ON claim_key WHEN NEW.shelf = 1 AND NEW.is_repeat = 0
BEGIN UPDATE series_key SET n_claims = n_claims + 1 WHERE key = NEW.key; END;
CREATE TRIGGER taken_claim_is_counted AFTER DELETE ON claim_key WHEN OLD.shelf = 1
BEGIN
  UPDATE series_key SET n_claims = n_claims - 1 WHERE key = OLD.key AND OLD.is_repeat = 0;
  DELETE FROM series_key
  WHERE key = OLD.key AND NOT EXISTS (SELECT 1 FROM claim_key WHERE shelf = 1 AND key = OLD.key);
END;

CREATE TRIGGER filed_claim_unsettles AFTER INSERT ON claim_key WHEN NEW.shelf = 2
BEGIN INSERT OR IGNORE INTO unsettled (key) VALUES (NEW.key); END;
CREATE TRIGGER taken_claim_unsettles AFTER DELETE ON claim_key WHEN OLD.shelf = 2
BEGIN
  INSERT OR IGNORE INTO unsettled (key) VALUES (OLD.key);
  -- Their reasons quote words of a claim that may have been withdrawn.
  DELETE FROM conflict WHERE key = OLD.key;
END;

-- A rejected claim is in no ledger; one whose rejection was undone is filed again.
CREATE TRIGGER rejected_claim_is_taken AFTER INSERT ON claim_state WHEN NEW.verdict = 'rejected'
BEGIN
  DELETE FROM claim_key WHERE claim = (SELECT id FROM claim WHERE claim_id = NEW.claim_id);
  INSERT OR IGNORE INTO unfiled (claim) SELECT id FROM claim WHERE claim_id = NEW.claim_id;
END;
CREATE TRIGGER pardoned_claim_is_filed AFTER DELETE ON claim_state WHEN OLD.verdict = 'rejected'
BEGIN INSERT OR IGNORE INTO unfiled (claim) SELECT id FROM claim WHERE claim_id = OLD.claim_id; END;

INSERT INTO unfiled (claim) SELECT id FROM claim;
