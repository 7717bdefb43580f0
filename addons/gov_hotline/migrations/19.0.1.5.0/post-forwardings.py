"""Forwardings that went on paper before their posting was marked: those of closed cases are done.

Nobody can mark them one by one, and their notice names them as sent; those of cases in work wait
for the mark like new ones.
"""


def migrate(cr, version):
    """Date the posting of forwarding letters of closed cases by their outgoing date."""
    cr.execute(
        """UPDATE hotline_assignment a SET posted_on = COALESCE(a.outgoing_date, a.sent_on)
             FROM helpdesk_ticket t
            WHERE t.id = a.ticket_id AND t.closed_on IS NOT NULL
              AND a.addressee_kind = 'other_body' AND a.state NOT IN ('draft', 'withdrawn')
              AND a.posted_on IS NULL
              AND NOT EXISTS (SELECT 1 FROM hotline_mail m WHERE m.res_model = 'hotline.assignment'
                              AND m.res_id = a.id AND m.kind = 'card' AND m.state <> 'cancelled')"""
    )
