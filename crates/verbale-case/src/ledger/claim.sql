SELECT c.claim_id, c.kind, c.polarity, c.modality, c.rule, c.restates,
       c.start, c."end", c.start_char, c.quote, c.prefix, c.suffix,
       c.act, c.speaker, c.speaker_org, c.speaker_role, c.speaker_start, c.speaker_end,
       c.anonymity_tier, c.anonymity_reason, c.via, c.on_behalf_of, c.cue_start, c.cue_end,
       a.raw, a.kind, a.value, a.modifier, a.first, a.last, a.anchor, a.start, a."end",
       t.raw, t.kind, t.value, t.modifier, t.first, t.last, t.anchor, t.start, t."end",
       f.value, f.low, f.high, f.approximator, f.unit, f.per, f.subject, f.place,
       s.subject, s.status,
       e.label, e.actors, e.place,
       o.instrument, o.paragraph, o.party, o.action,
       x.holder, x.stance, x.target,
       p.page_id, (SELECT k.path FROM capture k WHERE k.page = p.id ORDER BY k.id LIMIT 1),
       d.title, d.publisher, d.agency, d.published,
       (SELECT min(k.captured_at) FROM capture k WHERE k.page = p.id), d.language,
       v.verdict, v.credibility, r.reliability,
       (SELECT json_group_array(m.field) FROM amendment m WHERE m.claim_id = c.claim_id)
FROM claim c
JOIN document d ON d.id = c.document
JOIN page p ON p.id = c.document
LEFT JOIN clock a ON a.claim = c.id AND a.clock = 'as_of'
LEFT JOIN clock t ON t.claim = c.id AND t.clock = 'said_on'
LEFT JOIN figure f ON f.claim = c.id
LEFT JOIN status s ON s.claim = c.id
LEFT JOIN event e ON e.claim = c.id
LEFT JOIN obligation o ON o.claim = c.id
LEFT JOIN position x ON x.claim = c.id
LEFT JOIN claim_state v ON v.claim_id = c.claim_id
LEFT JOIN publisher_state r ON r.publisher = d.publisher
