-- Views for reading, one for each ledger. Nothing of the program depends on them.

-- Custody: where each page came from, when, with which digest, read by which version.
CREATE VIEW custody AS
SELECT p.page_id, lower(hex(p.sha256)) AS sha256, p.media_type, p.n_bytes, c.path, c.address, c.containers,
       c.captured_at, c.added_at, r.program, r.reader, r.pipeline, p.withdrawn_at
FROM page p
JOIN capture c ON c.page = p.id
LEFT JOIN document d ON d.id = p.id
LEFT JOIN run r ON r.id = d.run;

CREATE VIEW documents AS
SELECT p.page_id, d.title, d.publisher, d.agency, d.published, d.published_by, d.updated, d.authors,
       d.dateline, d.language, d.kind, d.address, s.reliability, d.text
FROM document d
JOIN page p ON p.id = d.id
LEFT JOIN publisher_state s ON s.publisher = d.publisher;

CREATE VIEW undated AS
SELECT p.page_id, d.title, d.publisher,
       (SELECT c.path FROM capture c WHERE c.page = p.id ORDER BY c.id LIMIT 1) AS path,
       (SELECT count(*) FROM claim c JOIN clock k ON k.claim = c.id
        WHERE c.document = d.id AND k.anchor = 'missing') AS n_unresolved
FROM document d
JOIN page p ON p.id = d.id
WHERE d.published IS NULL AND p.withdrawn_at IS NULL;

CREATE VIEW passages AS
SELECT p.page_id, g.idx, g.role,
       CAST(substr(CAST(d.text AS BLOB), g.start + 1, g."end" - g.start) AS TEXT) AS text,
       g.repeats, g.start, g."end"
FROM passage g
JOIN document d ON d.id = g.document
JOIN page p ON p.id = d.id;

CREATE VIEW diagnostics AS
SELECT p.page_id, d.title, g.code, g.message, g.start, g."end"
FROM diagnostic g
JOIN document d ON d.id = g.document
JOIN page p ON p.id = d.id;

CREATE VIEW claims AS
SELECT c.claim_id, c.kind,
       COALESCE(f.subject, s.subject || ': ' || s.status, e.label, o.action, x.holder || ': ' || x.stance) AS what,
       c.speaker, c.speaker_org, c.act, c.polarity, c.modality,
       a.iso AS as_of, a.raw AS as_of_raw, t.iso AS said_on, t.raw AS said_on_raw,
       d.published,
       (SELECT min(k.captured_at) FROM capture k WHERE k.page = d.id) AS captured,
       d.publisher, c.via, c.quote, v.verdict, v.credibility, c.restates, c.rule, p.page_id, d.title
FROM claim c
JOIN document d ON d.id = c.document
JOIN page p ON p.id = d.id
LEFT JOIN figure f ON f.claim = c.id
LEFT JOIN status s ON s.claim = c.id
LEFT JOIN event e ON e.claim = c.id
LEFT JOIN obligation o ON o.claim = c.id
LEFT JOIN position x ON x.claim = c.id
LEFT JOIN clock a ON a.claim = c.id AND a.clock = 'as_of'
LEFT JOIN clock t ON t.claim = c.id AND t.clock = 'said_on'
LEFT JOIN claim_state v ON v.claim_id = c.claim_id;

CREATE VIEW figures AS
SELECT c.claim_id, f.subject, f.place, f.value + 0 AS value, f.low + 0 AS low, f.high + 0 AS high,
       f.approximator, f.unit, f.per, c.as_of, c.as_of_raw, c.speaker, c.act, c.said_on, c.published,
       c.publisher, c.quote, f.series, c.verdict, c.page_id
FROM figure f
JOIN claim i ON i.id = f.claim
JOIN claims c ON c.claim_id = i.claim_id;

CREATE VIEW statuses AS
SELECT c.claim_id, s.subject, s.status, c.polarity, c.as_of, c.as_of_raw, c.speaker, c.act, c.said_on,
       c.published, c.publisher, c.quote, c.verdict, c.page_id
FROM status s
JOIN claim i ON i.id = s.claim
JOIN claims c ON c.claim_id = i.claim_id;

CREATE VIEW events AS
SELECT c.claim_id, e.label, e.actors, e.place, c.modality, c.as_of AS date, c.as_of_raw AS date_raw,
       c.speaker, c.act, c.published, c.publisher, c.quote, c.verdict, c.page_id
FROM event e
JOIN claim i ON i.id = e.claim
JOIN claims c ON c.claim_id = i.claim_id;

CREATE VIEW obligations AS
SELECT c.claim_id, o.instrument, o.paragraph, o.party, o.action, c.as_of AS deadline,
       c.as_of_raw AS deadline_raw, c.speaker, c.act, c.said_on, c.published, c.publisher, c.quote,
       c.verdict, c.page_id
FROM obligation o
JOIN claim i ON i.id = o.claim
JOIN claims c ON c.claim_id = i.claim_id;

CREATE VIEW positions AS
SELECT c.claim_id, x.holder, x.stance, x.target, c.speaker, c.act, c.said_on, c.published, c.publisher,
       c.quote, c.verdict, c.page_id
FROM position x
JOIN claim i ON i.id = x.claim
JOIN claims c ON c.claim_id = i.claim_id;

-- Presence: what is said of the state of diplomatic posts.
CREATE VIEW presence AS
SELECT n.name AS post, s.claim_id, s.subject, s.status, s.polarity, s.as_of, s.as_of_raw, s.speaker, s.act,
       s.published, s.publisher, s.quote, s.verdict, s.page_id
FROM entity n
JOIN claim_entity l ON l.entity = n.id AND l.part = 'about'
JOIN claim c ON c.id = l.claim AND c.kind = 'status'
JOIN statuses s ON s.claim_id = c.claim_id
WHERE n.kind = 'post';

CREATE VIEW evidence AS
SELECT c.claim_id, p.page_id, c.quote, c.prefix, c.suffix, c.start, c."end", c.start_char
FROM claim c
JOIN page p ON p.id = c.document;

-- One row for each step of the chain from the page backwards; the speaker comes last.
CREATE VIEW attributions AS
SELECT c.claim_id, v.key AS step, v.value AS name, 'via' AS part, c.act
FROM claim c, json_each(c.via) v
UNION ALL
SELECT c.claim_id, json_array_length(c.via), c.speaker, 'speaker', c.act
FROM claim c
WHERE c.speaker IS NOT NULL;

CREATE VIEW clocks AS
SELECT c.claim_id, k.clock, k.iso, k.raw, k.first, k.last, k.anchor, k.kind, k.value, k.modifier
FROM clock k
JOIN claim c ON c.id = k.claim
UNION ALL
SELECT c.claim_id, 'published', d.published, '', d.published_first, d.published_last, 'none', 'DATE',
       d.published, NULL
FROM claim c
JOIN document d ON d.id = c.document
WHERE d.published IS NOT NULL
UNION ALL
SELECT c.claim_id, 'captured', k.captured_at, '', substr(k.captured_at, 1, 10), substr(k.captured_at, 1, 10),
       'none', 'TIME', k.captured_at, NULL
FROM claim c
JOIN capture k ON k.page = c.document
WHERE k.captured_at IS NOT NULL;

CREATE VIEW entities AS
SELECT e.entity_id, e.name, e.kind, e.pack_id,
       (SELECT json_group_array(f.form) FROM entity_form f WHERE f.entity = e.id) AS forms,
       m.entity_id AS merged_into
FROM entity e
LEFT JOIN entity m ON m.id = e.merged_into;

CREATE VIEW mentions AS
SELECT p.page_id, CAST(substr(CAST(d.text AS BLOB), m.start + 1, m."end" - m.start) AS TEXT) AS words,
       e.entity_id, e.name, l.judgement, l.decision, l.superseded, m.start, m."end"
FROM mention m
JOIN document d ON d.id = m.document
JOIN page p ON p.id = d.id
LEFT JOIN link l ON l.mention = m.id
LEFT JOIN entity e ON e.id = l.entity;

CREATE VIEW decisions AS
SELECT decision_id, at, who, act, target, field, value, seen, why, quote, page_id, lower(hex(hash)) AS hash
FROM decision;

CREATE VIEW orphans AS
SELECT f.claim_id, d.at, d.who, d.act, d.field, d.value, d.quote, d.page_id
FROM follow f
JOIN decision d ON d.target = f.claim_id
WHERE f.now IS NULL;

CREATE VIEW changes AS
SELECT c.at, r.program, r.pipeline, c.page_id, c.claim_id, c.what, c.field, c.old, c.new
FROM change c
JOIN run r ON r.id = c.run;
