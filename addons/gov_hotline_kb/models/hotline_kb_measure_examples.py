import tomllib
from pathlib import Path

from odoo import api, fields, models
from odoo.tools import file_path

from ..domain import measures

FOLDER = "gov_hotline_kb/data/examples"
ADDON = "gov_hotline_kb"


class HotlineKbMeasure(models.Model):
    """Federal measures that ship: examples to be checked by a lawyer, not the law."""

    _inherit = "hotline.kb.measure"

    @api.model
    def _load_examples(self):
        """Create the shipped questions and measures that are not there; what a body has stays."""
        for place, question in enumerate(self._read_shipped("questionnaire", "question"), start=1):
            self._load_question(question, place)
        for place, measure in enumerate(self._read_shipped("measures", "measure"), start=1):
            self._load_measure(measure, place)

    @api.model
    def _read_shipped(self, file, table):
        text = Path(file_path(f"{FOLDER}/{file}.toml")).read_text(encoding="utf-8")
        return tomllib.loads(text).get(table, ())

    @api.model
    def _load_question(self, question, place):
        if self._shipped("question", question["id"]):
            return
        record = self.env["hotline.kb.question"].create(
            {
                "name": question["name"],
                "kind": question.get("kind", measures.YES_NO),
                "unit": question.get("unit", False),
                "most": question.get("most", measures.LARGEST),
                "hint": question.get("hint", False),
                "is_multiple": question.get("multiple", False),
                "sequence": 10 * place,
            }
        )
        self._name_shipped(record, "question", question["id"])
        for order, (key, name) in enumerate(question.get("options", {}).items(), start=1):
            option = {"name": name, "question_id": record.id, "sequence": 10 * order}
            made = self.env["hotline.kb.option"].create(option)
            self._name_shipped(made, "option", f"{question['id']}_{key}")

    @api.model
    def _load_measure(self, measure, place):
        if self._shipped("measure", measure["id"]):
            return
        record = self.create(self._prepare_example_vals(measure, place))
        self._name_shipped(record, "measure", measure["id"])

    @api.model
    def _prepare_example_vals(self, measure, place):
        situations = [self._shipped("situation", one).id for one in measure.get("situations", ())]
        article = measure.get("article") and self._shipped("page", measure["article"])
        conditions = [self._prepare_condition_vals(one) for one in measure["when"]]
        told = ("what", "how", "where", "documents", "form", "source")
        return {
            "name": measure["title"],
            **{name: measure[name] for name in told if name in measure},
            "situation_ids": [fields.Command.set(situations)],
            "page_id": article and article.id,
            "sequence": 10 * place,
            "is_example": True,
            "condition_ids": [fields.Command.create(vals) for vals in conditions],
        }

    @api.model
    def _prepare_condition_vals(self, one):
        vals = {"question_id": self._shipped("question", one["q"]).id, "way": one.get("way", 0)}
        if "no" in one:
            vals["expected"] = measures.NO
        for bound in (measures.AT_LEAST, measures.AT_MOST):
            if bound in one:
                vals |= {"bound": bound, "number": one[bound]}
        for among in (measures.ONE_OF, measures.NONE_OF):
            if among in one:
                options = [self._shipped("option", f"{one['q']}_{key}").id for key in one[among]]
                vals |= {"among": among, "option_ids": [fields.Command.set(options)]}
        return vals

    @api.model
    def _shipped(self, kind, key):
        """Return the record that ships under this name; empty where it is gone or not there."""
        return self.env.ref(f"{ADDON}.{kind}_{key}", raise_if_not_found=False)

    @api.model
    def _name_shipped(self, record, kind, key):
        self.env["ir.model.data"].create(
            {
                "module": ADDON,
                "name": f"{kind}_{key}",
                "model": record._name,
                "res_id": record.id,
                "noupdate": True,
            }
        )
