from base64 import b64encode

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import KnowledgeCommon

WORDS = "Сокровенный текст."


@tagged("post_install", "-at_install")
class TestVersionReaders(KnowledgeCommon):
    """A2: which versions of articles each role reads, over RPC too.

    Officers all. An approver: what was shown, what waits for a step of his, what he decided. An
    auditor: what was shown, what waits for a decision, what somebody decided; not what its author
    took back before anybody decided.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = new_test_user(
            cls.env, login="kb_second", groups="gov_hotline.group_approver", lang="ru_RU"
        )
        cls.outsider = new_test_user(
            cls.env, login="kb_outsider", groups="gov_hotline.group_approver", lang="ru_RU"
        )
        for number, user in enumerate((cls.approver, cls.second), start=1):
            cls._step(user, number)
        cls.env.invalidate_all()
        cls.versions = {
            "shown": cls.heating.version_id,
            "withdrawn": cls._withdrawn(),
            "waits": cls._sent("Ждёт первого"),
            "waits_second": cls._approved("Ждёт второго"),
            "refused": cls._refused("Отклонено"),
            "taken_back": cls._taken_back(cls._sent("Отозвано")),
            "half_decided": cls._taken_back(cls._approved("Отозвано поздно")),
        }

    @classmethod
    def _step(cls, user, number):
        Step = cls.env["tier.definition"].with_user(cls.administrator)
        vals = {"review_type": "individual", "reviewer_id": user.id, "sequence": number}
        Step.with_context(default_hotline_kb=True).create(vals)

    @classmethod
    def _withdrawn(cls):
        cls.payment.with_user(cls.administrator).action_withdraw()
        return cls.payment.version_ids

    @classmethod
    def _sent(cls, name):
        file = {"name": "Образец.pdf", "content": b64encode(b"%PDF-1.4 sample")}
        page = cls._article(
            name, f"<p>{WORDS}</p>", publish=False, file_ids=[Command.create(file)]
        ).with_user(cls.officer)
        page.action_send_for_approval()
        return page.awaiting_version_id.with_env(cls.env)

    @classmethod
    def _approved(cls, name):
        version = cls._sent(name)
        version.with_user(cls.approver).action_approve()
        return version

    @classmethod
    def _refused(cls, name):
        version = cls._sent(name)
        version.with_user(cls.approver).action_refuse("Сокровенный текст: не тот закон.")
        return version

    @classmethod
    def _taken_back(cls, version):
        version.with_user(cls.officer).action_take_back()
        return version

    def _read_by(self, user):
        """Return the names of the versions that `user` finds; what is not found is not read."""
        self.env.invalidate_all()
        Version = self.env["hotline.kb.version"].with_user(user)
        found = {row["id"] for row in Version.search_read([], ["text"])}
        for name, version in self.versions.items():
            mine = version.with_user(user)
            reviews = self.env["tier.review"].with_user(user).search(
                [("model", "=", version._name), ("res_id", "=", version.id)]
            )  # fmt: skip
            files = self.env["hotline.kb.version.file"].with_user(user)
            held = files.search_count([("version_id", "=", version.id)])
            self.assertEqual(held, version.id in found and len(version.file_ids), name)
            if version.id in found:
                self.assertTrue(mine.read(["text", "html", "refusal", "difference"]))
                self.assertEqual(len(reviews), len(version.review_ids), name)
                continue
            for column in ("text", "html", "refusal"):
                with self.assertRaises(AccessError, msg=name):
                    mine.read([column])
            self.assertFalse(reviews, name)
            self.assertFalse(Version.search_count([("id", "=", version.id)]))
            for review in version.review_ids:
                with self.assertRaises(AccessError, msg=name):
                    review.with_user(user).read(["comment"])
        return {name for name, version in self.versions.items() if version.id in found}

    def test_who_reads_what(self):
        shown = {"shown", "withdrawn"}
        waits = {"waits", "waits_second"}
        decided = {"waits_second", "refused", "half_decided"}
        for user, expected in (
            (self.officer, set(self.versions)),
            (self.approver, shown | waits | decided),
            (self.second, shown | waits),  # the second step comes: it is prepared in time
            (self.outsider, shown),
            (self.auditor, shown | waits | decided),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self._read_by(user), expected)

    def test_other_roles_read_none(self):
        for role in ("operator", "supervisor", "executor", "press"):
            user = getattr(self, role)
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    self.env["hotline.kb.version"].with_user(user).search([])
                reviews = self.env["tier.review"].with_user(user)
                domain = [("model", "=", "hotline.kb.version")]
                if reviews.has_access("read"):
                    self.assertFalse(reviews.search(domain))

    def test_groups_and_names_tell_no_more(self):
        """Counting, grouping and the search of names keep to the same."""
        self.env.invalidate_all()
        Version = self.env["hotline.kb.version"].with_user(self.outsider)
        self.assertEqual(Version.search_count([("text", "ilike", WORDS)]), 0)
        groups = dict(Version._read_group([], ["state"], ["__count"]))
        self.assertNotIn("taken_back", groups)
        self.assertFalse(Version.name_search("Отозвано"))
        page = self.versions["waits"].page_id.with_user(self.outsider)
        with self.assertRaises(AccessError):
            page.read(["version_ids"])

    def test_who_decided_last_is_told_what_he_decided(self):
        """What the second approver refuses stays his to read; the first one has approved it."""
        version = self.versions["waits_second"]
        version.with_user(self.second).action_refuse("Укажите срок и основание.")
        self.assertIn("waits_second", self._read_by(self.second))
        self.assertIn("waits_second", self._read_by(self.approver))
        self.assertNotIn("waits_second", self._read_by(self.outsider))
