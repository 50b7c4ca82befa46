
FROM claim c
JOIN document d ON d.id = c.document
JOIN page p ON p.id = c.document
-- A claim has a row in the table of its kind alone, and the others need not be searched for it.
LEFT JOIN figure f ON f.claim = CASE c.kind WHEN 'figure' THEN c.id END
LEFT JOIN status s ON s.claim = CASE c.kind WHEN 'status' THEN c.id END
LEFT JOIN event e ON e.claim = CASE c.kind WHEN 'event' THEN c.id END
LEFT JOIN obligation o ON o.claim = CASE c.kind WHEN 'obligation' THEN c.id END
LEFT JOIN position x ON x.claim = CASE c.kind WHEN 'position' THEN c.id END
LEFT JOIN claim_state v ON v.claim_id = c.claim_id
