FROM claim c
JOIN document d ON d.id = c.document
JOIN page p ON p.id = c.document
LEFT JOIN figure f ON f.claim = c.id
LEFT JOIN status s ON s.claim = c.id
LEFT JOIN event e ON e.claim = c.id
LEFT JOIN obligation o ON o.claim = c.id
LEFT JOIN position x ON x.claim = c.id
LEFT JOIN claim_state v ON v.claim_id = c.claim_id
LEFT JOIN publisher_state r ON r.publisher = d.publisher
