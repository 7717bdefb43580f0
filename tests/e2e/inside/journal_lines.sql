-- :count lines of the journal as `hotline.journal._append` writes them, of one moment: now, UTC.
INSERT INTO hotline_journal
       (at, company_ref, user_ref, model, res_ref, event, payload, digest)
SELECT at, 1, 2, 'helpdesk.ticket', n, 'registered', payload,
       encode(sha256(convert_to(format(
           '{"at":%s,"company_ref":1,"event":"registered","model":"helpdesk.ticket",'
           '"payload":%s,"res_ref":%s,"user_ref":2}',
           to_json(at::text), to_json(payload), n), 'UTF8')), 'hex')
  FROM (SELECT n, date_trunc('second', now() AT TIME ZONE 'UTC') AS at,
               '{"number":"И-' || n || '/2026"}' AS payload
          FROM generate_series(1, :count) AS n) AS lines;
