       , p.page_id, (SELECT k.path FROM capture k WHERE k.page = p.id ORDER BY k.id LIMIT 1),
       d.title, d.publisher, d.agency, d.published,
       (SELECT min(k.captured_at) FROM capture k WHERE k.page = p.id), d.language,
       v.verdict, v.credibility, r.reliability,
       (SELECT json_group_array(m.field) FROM amendment m WHERE m.claim_id = c.claim_id)
