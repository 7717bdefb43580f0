"""Terms of forwarding that were met by the number of a letter that has not left: they run again.

Of cases in work alone: a closed case keeps what it was closed with.
"""


def migrate(cr, version):
    """Take the day back where a letter of the case waits, in the queue, on paper or failed."""
    cr.execute(
        """UPDATE hotline_deadline d SET met_on = NULL
             FROM hotline_term term, helpdesk_ticket t
            WHERE term.id = d.term_id AND term.purpose = 'forward'
              AND t.id = d.ticket_id AND t.closed_on IS NULL AND d.met_on IS NOT NULL
              AND EXISTS (
                  SELECT 1 FROM hotline_assignment a
                   WHERE a.ticket_id = t.id AND a.addressee_kind = 'other_body'
                     AND a.state NOT IN ('draft', 'withdrawn') AND a.posted_on IS NULL
                     AND NOT EXISTS (
                         SELECT 1 FROM hotline_mail m
                          WHERE m.res_model = 'hotline.assignment' AND m.res_id = a.id
                            AND m.kind = 'card' AND m.state = 'sent'))"""
    )
