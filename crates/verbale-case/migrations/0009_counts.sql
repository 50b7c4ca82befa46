-- What large cases are asked for of an entity, kept as pages are added instead of counted. Layer 3.

-- Passages that mention an entity by a link that holds; merged entities keep their own rows.
CREATE TABLE passage_entity (
  entity  INTEGER NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
  passage INTEGER NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
  PRIMARY KEY (entity, passage)
) STRICT, WITHOUT ROWID;
CREATE INDEX passage_entity_by_passage ON passage_entity (passage);

-- How many claims an entity makes, how many are about it, and how many links that hold lead to it.
CREATE TABLE entity_count (
  entity     INTEGER PRIMARY KEY REFERENCES entity (id) ON DELETE CASCADE,
  n_said     INTEGER NOT NULL DEFAULT 0,
  n_about    INTEGER NOT NULL DEFAULT 0,
  n_mentions INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT OR IGNORE INTO passage_entity (entity, passage)
SELECT l.entity, p.id FROM mention m CROSS JOIN link l ON l.mention = m.id
CROSS JOIN passage p ON p.document = m.document AND p.start <= m.start AND p."end" >= m."end"
WHERE l.superseded = 0 AND l.judgement = 'positive';

INSERT INTO entity_count (entity, n_said, n_about)
SELECT entity, count(*) FILTER (WHERE part = 'speaker'), count(*) FILTER (WHERE part = 'about')
FROM claim_entity GROUP BY entity;
INSERT INTO entity_count (entity, n_mentions)
SELECT entity, count(*) FROM link WHERE superseded = 0 AND judgement = 'positive' GROUP BY entity
ON CONFLICT (entity) DO UPDATE SET n_mentions = excluded.n_mentions;

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
