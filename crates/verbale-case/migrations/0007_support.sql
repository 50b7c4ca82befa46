-- How many pages, publishers and origins stand behind a claim. Layer 3: it follows from the claims.

-- Claims that say what other claims say too; a claim that is not here stands alone.
CREATE TABLE support (
  claim        INTEGER PRIMARY KEY REFERENCES claim (id) ON DELETE CASCADE,
  key          INTEGER NOT NULL,
  n_pages      INTEGER NOT NULL,
  n_publishers INTEGER NOT NULL,
  n_origins    INTEGER NOT NULL
) STRICT;
CREATE INDEX support_by_key ON support (key);

-- Names on shelf 3 under which claims came or went since support was last counted.
CREATE TABLE unweighed (
  key INTEGER PRIMARY KEY
) STRICT;

-- A claim that is the only one under its name says what no other says, and is in conflict with none.
CREATE TRIGGER filed_claim_is_weighed AFTER INSERT ON claim_key WHEN NEW.shelf = 3
  AND EXISTS (SELECT 1 FROM claim_key WHERE shelf = 3 AND key = NEW.key AND claim <> NEW.claim)
BEGIN INSERT OR IGNORE INTO unweighed (key) VALUES (NEW.key); END;
CREATE TRIGGER taken_claim_is_weighed AFTER DELETE ON claim_key WHEN OLD.shelf = 3
BEGIN
  INSERT OR IGNORE INTO unweighed (key) VALUES (OLD.key);
  DELETE FROM support WHERE claim = OLD.claim;
END;

DROP TRIGGER filed_claim_unsettles;
CREATE TRIGGER filed_claim_unsettles AFTER INSERT ON claim_key WHEN NEW.shelf = 2
  AND EXISTS (SELECT 1 FROM claim_key WHERE shelf = 2 AND key = NEW.key AND claim <> NEW.claim)
BEGIN INSERT OR IGNORE INTO unsettled (key) VALUES (NEW.key); END;

INSERT INTO unweighed (key) SELECT key FROM claim_key WHERE shelf = 3 GROUP BY key HAVING count(*) > 1;

-- What stands behind each figure and status, and every other claim.
CREATE VIEW supports AS
SELECT c.claim_id, coalesce(s.n_pages, 1) AS n_pages, coalesce(s.n_publishers, 1) AS n_publishers,
       coalesce(s.n_origins, 1) AS n_origins
FROM claim c
LEFT JOIN support s ON s.claim = c.id;
