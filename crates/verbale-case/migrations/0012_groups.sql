-- Which claims say one thing and which of them are one statement, so that a claim that comes is put among those that
-- it belongs to, and the others are not weighed anew. Layer 3.

DROP VIEW supports;
DROP TRIGGER filed_claim_is_weighed;
DROP TRIGGER taken_claim_is_weighed;
DROP TABLE support;
DROP TABLE unweighed;

-- Claims that say what other claims say too; one that is not here stands alone. `saying` and `origin` are the smallest
-- numbers of the claims that say it, and of those that are one statement.
CREATE TABLE support (
  claim        INTEGER PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE,
  saying       INTEGER NOT NULL,
  origin       INTEGER NOT NULL,
  n_pages      INTEGER NOT NULL,
  n_publishers INTEGER NOT NULL,
  n_origins    INTEGER NOT NULL
) STRICT;

-- Claims that came under a name on shelf 3, or `went` from it, since support was last counted; 0 for all of the name.
CREATE TABLE unweighed (
  key   INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  went  INTEGER NOT NULL CHECK (went IN (0, 1)),
  PRIMARY KEY (key, claim)
) STRICT, WITHOUT ROWID;

-- Claims under names with too many to weigh them all against each other, in the order of time. `bits` tells the width
-- of the part in which a claim was weighed; -1 for one that was not yet.
CREATE TABLE in_saying (
  key   INTEGER NOT NULL,
  place INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  bits  INTEGER NOT NULL,
  PRIMARY KEY (key, place, claim)
) STRICT, WITHOUT ROWID;

-- A claim that is the only one under its name says what no other says.
CREATE TRIGGER filed_claim_is_weighed AFTER INSERT ON claim_key WHEN NEW.shelf = 3
  AND EXISTS (SELECT 1 FROM claim_key WHERE shelf = 3 AND key = NEW.key AND claim <> NEW.claim)
BEGIN INSERT OR IGNORE INTO unweighed (key, claim, went) VALUES (NEW.key, NEW.claim, 0); END;
CREATE TRIGGER taken_claim_is_weighed AFTER DELETE ON claim_key WHEN OLD.shelf = 3
BEGIN
  INSERT OR REPLACE INTO unweighed (key, claim, went) VALUES (OLD.key, OLD.claim, 1);
  DELETE FROM support WHERE claim = OLD.claim;
END;

-- What stands behind each figure and status, and every other claim.
CREATE VIEW supports AS
SELECT c.claim_id, coalesce(s.n_pages, 1) AS n_pages, coalesce(s.n_publishers, 1) AS n_publishers,
       coalesce(s.n_origins, 1) AS n_origins
FROM claim c
LEFT JOIN support s ON s.claim = c.id;

INSERT INTO unweighed (key, claim, went)
SELECT key, 0, 1 FROM claim_key WHERE shelf = 3 GROUP BY key HAVING count(*) > 1;
