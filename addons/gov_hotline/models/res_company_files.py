from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..domain import uploads


class ResCompany(models.Model):
    """Which files the body takes: archives and programmes are not among the usual types."""

    _inherit = "res.company"

    hotline_file_types = fields.Char(
        string="Types of files taken", required=True, default=uploads.USUAL_TYPES
    )
    hotline_file_megabytes = fields.Integer(
        string="Size of a file, megabytes", required=True, default=20
    )
    hotline_file_count = fields.Integer(string="Files at once", required=True, default=10)

    _hotline_file_limits = models.Constraint(
        "CHECK (hotline_file_megabytes > 0 AND hotline_file_count > 0)",
        "The limits of files are positive numbers.",
    )

    @api.constrains("hotline_file_types")
    def _check_hotline_file_types(self):
        for company in self:
            for problem in uploads.setting_problems(company.hotline_file_types or ""):
                raise ValidationError(company._hotline_types_words(problem))

    def _hotline_types_words(self, problem):
        if problem.code == "file_types_empty":
            return self.env._(
                "The list of file types is empty: no file would be taken. The usual ones: "
                "%(usual)s.",
                usual=problem.params["usual"],
            )
        if problem.code == "file_types_strange":
            return self.env._(
                "«%(types)s» is no type of file. List the endings, for example «pdf jpg docx».",
                types=problem.params["types"],
            )
        return self.env._(
            "Programmes and documents with macros are never taken: remove «%(types)s».",
            types=problem.params["types"],
        )

    def _check_hotline_files(self, files):
        """Raise UserError for the first of `files` (uploads.File) that the body does not take."""
        allowed = uploads.types(self.hotline_file_types or "")
        limits = (allowed, self.hotline_file_megabytes, self.hotline_file_count)
        for problem in uploads.refused(files, *limits):
            raise UserError(self._hotline_file_words(problem))

    def _hotline_file_words(self, problem):
        params = problem.params
        if problem.code == "too_many_files":
            return self.env._("No more than %(limit)s files at once.", limit=params["limit"])
        if problem.code == "file_size":
            return self.env._(
                "«%(name)s» is larger than %(limit)s MB. Send a smaller copy or bring it in.",
                name=params["name"],
                limit=params["limit"],
            )
        if problem.code == "file_empty":
            return self.env._("«%(name)s» is empty. Send it again.", name=params["name"])
        if problem.code == "file_content":
            return self.env._(
                "«%(name)s» is not what its name says. Archives, programmes and pages are not "
                "taken: send the document itself, for example as PDF.",
                name=params["name"],
            )
        return self.env._(
            "«%(name)s»: files of this kind are not taken. These are: %(types)s.",
            name=params["name"],
            types=params["types"],
        )

    def _hotline_file_hint(self):
        """Say beside a field of files what this body takes."""
        return self.env._(
            "%(types)s; up to %(size)s MB each",
            types=", ".join(sorted(uploads.types(self.hotline_file_types or ""))),
            size=self.hotline_file_megabytes,
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hotline_file_types = fields.Char(related="company_id.hotline_file_types", readonly=False)
    hotline_file_megabytes = fields.Integer(
        related="company_id.hotline_file_megabytes", readonly=False
    )
    hotline_file_count = fields.Integer(related="company_id.hotline_file_count", readonly=False)
