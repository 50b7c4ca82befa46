-- Which page was captured again from the same address, and by which page the newer capture is kept.
-- The older page stays with all that was read from it.
CREATE TABLE supersession (
  older   INTEGER PRIMARY KEY REFERENCES page (id),
  newer   INTEGER NOT NULL REFERENCES page (id) CHECK (newer <> older),
  address TEXT NOT NULL,
  at      TEXT NOT NULL
) STRICT;
CREATE INDEX supersession_by_newer ON supersession (newer);

CREATE VIEW supersessions AS
SELECT o.page_id AS older, n.page_id AS newer, s.address, s.at
FROM supersession s
JOIN page o ON o.id = s.older
JOIN page n ON n.id = s.newer;
