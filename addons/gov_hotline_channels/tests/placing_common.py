from odoo.addons.gov_hotline.tests.assignment_common import AssignmentCommon


class PlacingCommon(AssignmentCommon):
    """Letters as they are once read: no mail server, `_place` alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_letter.write({"email": "roads@roads.example", "hotline_pd_mode": "full"})
        cls.number_of_letters = 0

    @classmethod
    def _came(cls, **vals):
        """Return a letter that was stored and read, as the officer sees it; not placed yet."""
        cls.number_of_letters += 1
        number = cls.number_of_letters
        files = vals.pop("files", ())
        mail = cls.env["hotline.incoming.mail"]._create_by_act(
            {
                "company_id": cls.env.company.id,
                "raw_sha256": f"{number:064}",
                "message_id": f"<{number}@citizen.example>",
                "from_address": "anna@citizen.example",
                "from_name": "Смирнова Анна Олеговна",
                "subject": "Холодно в доме",
                "body": "Третий день холодные батареи.",
                **vals,
            }
        )
        made = cls.env["ir.attachment"]
        for name, content in files:
            owner = {"res_model": mail._name, "res_id": mail.id}
            made += made.create({"name": name, "raw": content, **owner})
        mail._write_by_act({"attachment_ids": [(6, 0, made.ids)]})
        return mail.with_user(cls.officer)

    @classmethod
    def _placed(cls, **vals):
        """Return a letter after the rules have decided."""
        mail = cls._came(**vals)
        mail.sudo()._place()
        mail.invalidate_recordset()
        return mail

    @classmethod
    def _carded(cls, **vals):
        """Return (assignment, the letter with its card) of an executor with a mailbox."""
        assignment = cls._resolve(cls._case(**vals), cls.by_letter)
        card = assignment.sudo()._mails()
        assert card, "the card has left by mail"
        return assignment, card

    @classmethod
    def _reply_to(cls, mail, **vals):
        """Return a reply to our letter `mail`, placed; from its addressee unless told otherwise."""
        return cls._placed(
            **{"from_address": mail.email_to, "in_reply_to": mail.message_id, **vals}
        )

    @classmethod
    def _decide(cls, mail, act, user=None, **vals):
        """Do an act by its dialog as `user` (the officer); return what it opens."""
        opened = getattr(mail.with_user(user or cls.officer), f"action_open_{act}")()
        dialog = cls.env["hotline.incoming.placement"].with_user(user or cls.officer)
        return dialog.with_context(**opened["context"]).create(vals).action_apply()
