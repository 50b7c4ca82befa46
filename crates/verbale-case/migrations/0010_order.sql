-- The claims of a series in the order of time, so that a part of a long one costs what the part does. Layer 3.

-- `day` is the last day of the as-of, else its first; claims without either stand behind all days.
CREATE TABLE in_series (
  key   INTEGER NOT NULL,
  day   TEXT NOT NULL,
  claim INTEGER NOT NULL,
  PRIMARY KEY (key, day, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX in_series_by_claim ON in_series (claim);

INSERT INTO in_series (key, day, claim)
SELECT k.key, coalesce(x.last, x.first, '~'), k.claim FROM claim_key k
LEFT JOIN clock x ON x.claim = k.claim AND x.clock = 'as_of'
WHERE k.shelf = 1;

CREATE TRIGGER filed_claim_takes_its_turn AFTER INSERT ON claim_key WHEN NEW.shelf = 1
BEGIN
  INSERT OR IGNORE INTO in_series (key, day, claim)
  VALUES (NEW.key, coalesce((SELECT coalesce(last, first) FROM clock WHERE claim = NEW.claim AND clock = 'as_of'), '~'),
          NEW.claim);
END;
CREATE TRIGGER taken_claim_leaves_its_turn AFTER DELETE ON claim_key WHEN OLD.shelf = 1
BEGIN DELETE FROM in_series WHERE claim = OLD.claim; END;
