-- The tables of migration 3 for a case that cannot be written. Temporary tables come before those of the file.
CREATE TEMP TABLE IF NOT EXISTS claim_key (
  shelf INTEGER NOT NULL, key INTEGER NOT NULL, claim INTEGER NOT NULL, is_repeat INTEGER NOT NULL,
  PRIMARY KEY (shelf, key, claim)
) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS series_key (key INTEGER PRIMARY KEY, name TEXT NOT NULL, n_claims INTEGER NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS unfiled (claim INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS unsettled (key INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS conflict (
  a TEXT NOT NULL, b TEXT NOT NULL, kind TEXT NOT NULL, key INTEGER NOT NULL, reason TEXT NOT NULL,
  words INTEGER NOT NULL,
  PRIMARY KEY (a, b, kind, key)
) WITHOUT ROWID;
CREATE TEMP TRIGGER IF NOT EXISTS aside_is_counted AFTER INSERT ON temp.claim_key
WHEN NEW.shelf = 1 AND NEW.is_repeat = 0
BEGIN UPDATE series_key SET n_claims = n_claims + 1 WHERE key = NEW.key; END;
CREATE TEMP TRIGGER IF NOT EXISTS aside_unsettles AFTER INSERT ON temp.claim_key WHEN NEW.shelf = 2
BEGIN INSERT OR IGNORE INTO unsettled (key) VALUES (NEW.key); END;
DELETE FROM temp.claim_key;
DELETE FROM temp.series_key;
DELETE FROM temp.conflict;
DELETE FROM temp.unsettled;
INSERT OR IGNORE INTO temp.unfiled (claim) SELECT id FROM main.claim;
