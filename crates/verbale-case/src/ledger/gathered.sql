       , c.id, p.page_id, d.title, d.publisher, d.agency, d.published, d.published_by, d.language, d.kind
