-- Indexes for cases with millions of claims.

-- Claims by the place of their words: what stands in a passage, and lists that go on where one left off.
DROP INDEX claim_by_document;
CREATE INDEX claim_by_place ON claim (document, start, "end");
CREATE INDEX claim_by_kind ON claim (kind);

-- Both ends of the publication, so that the period of a case is told without the texts.
DROP INDEX document_by_day;
CREATE INDEX document_by_day ON document (published_first, published_last);
CREATE INDEX document_without_day ON document (id) WHERE published IS NULL;
CREATE INDEX document_by_run ON document (run);

-- Views -----------------------------------------------------------------------------------------------

-- Figures, series: what counts the same thing in the same words, in the order of time.
CREATE VIEW observations AS
SELECT s.key AS series, f.day, f.value + 0 AS value, f.low + 0 AS low, f.high + 0 AS high, f.approximator, f.unit,
       c.speaker, c.publisher, c.published, c.verdict, c.quote, c.claim_id, c.page_id
FROM figure f
JOIN series s ON s.id = f.series
JOIN claim i ON i.id = f.claim
JOIN claims c ON c.claim_id = i.claim_id;

-- Disagreements as far as SQL can tell: two figures of one series that hold from the same day on and have other
-- values. Bounds, rounding, coverage and who said it decide whether it is one: see `verbale conflicts`.
CREATE VIEW differing_figures AS
SELECT s.key AS series, f.day, f.value + 0 AS value, g.value + 0 AS other_value, c.claim_id,
       o.claim_id AS other_claim_id
FROM figure f
JOIN figure g ON g.series = f.series AND g.day = f.day AND g.value + 0 > f.value + 0
JOIN series s ON s.id = f.series
JOIN claim c ON c.id = f.claim
JOIN claim o ON o.id = g.claim;

-- Origins as far as SQL can tell: claims of other pages in exactly the same words. See `verbale origins`.
CREATE VIEW same_words AS
SELECT c.quote, c.kind, count(DISTINCT c.document) AS n_pages, count(*) AS n_claims,
       min(d.published) AS first_published, json_group_array(DISTINCT d.publisher) AS publishers
FROM claim c
JOIN document d ON d.id = c.document
GROUP BY c.quote, c.kind
HAVING n_pages > 1;

CREATE VIEW publishers AS
SELECT d.publisher, count(*) AS n_documents, min(d.published) AS first_published, max(d.published) AS last_published,
       s.reliability
FROM document d
LEFT JOIN publisher_state s ON s.publisher = d.publisher
WHERE d.publisher IS NOT NULL
GROUP BY d.publisher;

CREATE VIEW runs AS
SELECT r.program, r.reader, r.pipeline, r.packs, r.began_at,
       (SELECT count(*) FROM document d WHERE d.run = r.id) AS n_documents
FROM run r;

CREATE VIEW withdrawn AS
SELECT p.page_id, lower(hex(p.sha256)) AS sha256, p.withdrawn_at, d.who, d.why
FROM page p
LEFT JOIN decision d ON d.target = p.page_id AND d.act = 'withdraw'
WHERE p.withdrawn_at IS NOT NULL;
