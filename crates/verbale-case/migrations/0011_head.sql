-- What lists show of a document, without the text that stands before it in its row. Layer 3: it follows from the
-- documents, which are never changed but made again, and from the captures.
CREATE TABLE head (
  document  INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
  page_id   TEXT NOT NULL,
  path      TEXT NOT NULL,
  title     TEXT,
  publisher TEXT,
  agency    TEXT,
  published TEXT,
  captured  TEXT,
  language  TEXT NOT NULL
) STRICT;

INSERT INTO head (document, page_id, path, title, publisher, agency, published, captured, language)
SELECT d.id, p.page_id, coalesce((SELECT k.path FROM capture k WHERE k.page = d.id ORDER BY k.id LIMIT 1), ''),
       d.title, d.publisher, d.agency, d.published,
       (SELECT min(k.captured_at) FROM capture k WHERE k.page = d.id), d.language
FROM document d JOIN page p ON p.id = d.id;

CREATE TRIGGER document_has_a_head AFTER INSERT ON document
BEGIN
  INSERT INTO head (document, page_id, path, title, publisher, agency, published, captured, language)
  VALUES (NEW.id, (SELECT page_id FROM page WHERE id = NEW.id),
          coalesce((SELECT k.path FROM capture k WHERE k.page = NEW.id ORDER BY k.id LIMIT 1), ''),
          NEW.title, NEW.publisher, NEW.agency, NEW.published,
          (SELECT min(k.captured_at) FROM capture k WHERE k.page = NEW.id), NEW.language);
END;
CREATE TRIGGER earlier_capture_is_told AFTER INSERT ON capture WHEN NEW.captured_at IS NOT NULL
BEGIN
  UPDATE head SET captured = NEW.captured_at
  WHERE document = NEW.page AND (captured IS NULL OR captured > NEW.captured_at);
END;

-- So that those that are not withdrawn are counted without reading them.
CREATE INDEX page_withdrawn ON page (id) WHERE withdrawn_at IS NOT NULL;
