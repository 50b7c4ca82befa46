-- The tables of migrations 5, 8, 10, 12 and 14 for a case that cannot be written. Temporary tables come before those of the file.
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
CREATE TEMP TABLE IF NOT EXISTS in_series (
  key INTEGER NOT NULL, day TEXT NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (key, day, claim)
) WITHOUT ROWID;
CREATE TEMP TRIGGER IF NOT EXISTS aside_takes_its_turn AFTER INSERT ON temp.claim_key WHEN NEW.shelf = 1
BEGIN
  INSERT OR IGNORE INTO in_series (key, day, claim)
  SELECT NEW.key, coalesce(as_of_last, as_of_first, '~'), id FROM claim WHERE id = NEW.claim;
END;
CREATE TEMP TABLE IF NOT EXISTS support (
  claim INTEGER PRIMARY KEY, saying INTEGER NOT NULL, origin INTEGER NOT NULL,
  n_pages INTEGER NOT NULL, n_publishers INTEGER NOT NULL, n_origins INTEGER NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS unweighed (
  key INTEGER NOT NULL, claim INTEGER NOT NULL, went INTEGER NOT NULL, PRIMARY KEY (key, claim)
) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS in_saying (
  key INTEGER NOT NULL, place INTEGER NOT NULL, claim INTEGER NOT NULL, bits INTEGER NOT NULL,
  PRIMARY KEY (key, place, claim)
) WITHOUT ROWID;
CREATE TEMP TRIGGER IF NOT EXISTS aside_is_weighed AFTER INSERT ON temp.claim_key WHEN NEW.shelf = 3
  AND EXISTS (SELECT 1 FROM claim_key WHERE shelf = 3 AND key = NEW.key AND claim <> NEW.claim)
BEGIN INSERT OR IGNORE INTO unweighed (key, claim, went) VALUES (NEW.key, NEW.claim, 0); END;
CREATE TEMP TRIGGER IF NOT EXISTS aside_unsettles AFTER INSERT ON temp.claim_key WHEN NEW.shelf = 7
  AND EXISTS (SELECT 1 FROM claim_key WHERE shelf = 7 AND key = NEW.key AND claim <> NEW.claim)
BEGIN INSERT OR IGNORE INTO unsettled (key) VALUES (NEW.key); END;
CREATE TEMP TABLE IF NOT EXISTS stand (
  claim INTEGER PRIMARY KEY, id INTEGER NOT NULL, saying INTEGER NOT NULL, document INTEGER NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL, mark INTEGER NOT NULL, lines BLOB NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS said (
  key INTEGER NOT NULL, saying INTEGER NOT NULL, id INTEGER NOT NULL, claim INTEGER NOT NULL,
  PRIMARY KEY (key, saying, id, claim)
) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS in_line (
  line INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, id INTEGER NOT NULL, claim INTEGER NOT NULL,
  document INTEGER NOT NULL, mark INTEGER NOT NULL,
  PRIMARY KEY (line, first, last, id, claim)
) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS unheld (
  key INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (key, claim)
) WITHOUT ROWID;
-- Nothing goes while a case cannot be written.
CREATE TEMP TABLE IF NOT EXISTS leaving (
  key INTEGER NOT NULL, claim INTEGER NOT NULL, id INTEGER NOT NULL, saying INTEGER NOT NULL,
  document INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, mark INTEGER NOT NULL,
  lines BLOB NOT NULL, PRIMARY KEY (key, claim)
) WITHOUT ROWID;
DELETE FROM temp.stand;
DELETE FROM temp.said;
DELETE FROM temp.in_line;
DELETE FROM temp.unheld;
DELETE FROM temp.in_series;
DELETE FROM temp.claim_key;
DELETE FROM temp.series_key;
DELETE FROM temp.conflict;
DELETE FROM temp.unsettled;
DELETE FROM temp.support;
DELETE FROM temp.unweighed;
DELETE FROM temp.in_saying;
INSERT OR IGNORE INTO temp.unfiled (claim) SELECT id FROM main.claim;
