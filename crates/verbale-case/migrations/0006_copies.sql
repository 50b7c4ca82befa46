-- By which words documents find those that share them. Layer 3: it follows from the texts.

-- A sample of each document's fingerprints (verbale-analysis, copies). Not a foreign key: a document's rows go with
-- its reading, found by their hashes, so that no second index is needed.
CREATE TABLE fingerprint (
  hash     INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;

-- Documents whose fingerprints are not kept yet.
CREATE TABLE unprinted (
  document INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE
) STRICT;

CREATE TRIGGER document_waits_for_its_prints AFTER INSERT ON document
BEGIN INSERT INTO unprinted (document) VALUES (NEW.id); END;

INSERT INTO unprinted (document) SELECT id FROM document;
