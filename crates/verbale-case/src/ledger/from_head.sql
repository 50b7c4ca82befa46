FROM claim c
JOIN head d ON d.document = c.document
LEFT JOIN figure f ON f.claim = CASE c.kind WHEN 'figure' THEN c.id END
LEFT JOIN status s ON s.claim = CASE c.kind WHEN 'status' THEN c.id END
LEFT JOIN event e ON e.claim = CASE c.kind WHEN 'event' THEN c.id END
LEFT JOIN obligation o ON o.claim = CASE c.kind WHEN 'obligation' THEN c.id END
LEFT JOIN position x ON x.claim = CASE c.kind WHEN 'position' THEN c.id END
LEFT JOIN claim_state v ON v.claim_id = c.claim_id
LEFT JOIN publisher_state r ON r.publisher = d.publisher
