       , d.page_id, d.path, d.title, d.publisher, d.agency, d.published, d.captured, d.language,
       v.verdict, v.credibility, r.reliability,
       (SELECT json_group_array(m.field) FROM amendment m WHERE m.claim_id = c.claim_id)
