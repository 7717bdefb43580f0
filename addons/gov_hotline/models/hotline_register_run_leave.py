from odoo import fields, models
from odoo.tools import SQL

PART = 5000  # accounts in one transaction


class HotlineRegisterRun(models.Model):
    """Who has left: the account is closed, the card goes to the archive, nothing is deleted."""

    _inherit = "hotline.register.run"

    def _leave_part(self):
        """Close the next accounts that are not in the file."""
        self.env.flush_all()
        query = SQL(
            """UPDATE hotline_register_line SET is_gone = TRUE
                WHERE id IN (SELECT l.id %s ORDER BY l.id LIMIT %s)
            RETURNING account_id, CASE WHEN is_card_made THEN partner_id END""",
            self._gone_from(),
            PART,
        )
        gone = self.env.execute_query(query)
        self._close_accounts([account for account, _card in gone])
        self._leave_cards(card for _account, card in gone if card)
        self.env.invalidate_all()
        if len(gone) < PART:
            self._finish()

    def _close_accounts(self, accounts):
        self.env.execute_query(
            SQL(
                """UPDATE hotline_account SET state = 'closed', write_uid = %s, write_date = %s,
                          closed_on = GREATEST(%s, opened_on)
                    WHERE id = ANY(%s::int[]) AND state = 'open' RETURNING 1""",
                self.loaded_by_id.id or self.env.uid,
                fields.Datetime.now(),
                self.company_id._hotline_today(),
                accounts,
            )
        )
        self._compute_in_sets("hotline.account", accounts)

    def _leave_cards(self, cards):
        """Archive the cards that a register made and that nothing else needs: no open account, no
        appeal, no call.
        """
        cards = sorted(set(cards))
        if not cards:
            return
        self.env.flush_all()
        left = self.env.execute_query(
            SQL(
                """UPDATE res_partner p SET active = FALSE, write_uid = %s, write_date = %s
                    WHERE p.id = ANY(%s::int[]) AND p.active
                      AND NOT EXISTS (SELECT FROM hotline_account a
                                       WHERE a.holder_id = p.id AND a.state = 'open')
                      AND NOT EXISTS (SELECT FROM helpdesk_ticket t WHERE t.partner_id = p.id)
                      AND NOT EXISTS (SELECT FROM hotline_call c WHERE c.partner_id = p.id)
                      AND NOT EXISTS (SELECT FROM res_users u WHERE u.partner_id = p.id)
                RETURNING p.id""",
                self.loaded_by_id.id or self.env.uid,
                fields.Datetime.now(),
                cards,
            )
        )
        self._compute_in_sets("res.partner", [card for (card,) in left])
