import json

from odoo.http import request, route

from odoo.addons.web.controllers.binary import Binary


class Uploads(Binary):
    """A file that is not taken is refused in words: Odoo's own answer hides why."""

    @route()
    def upload_attachment(self, model, id, ufile, callback=None):  # pylint: disable=redefined-builtin
        refused = [words for file in self._sent_files() if (words := self._why(model, id, file))]
        if refused:
            return json.dumps([{"error": words} for words in refused])
        return super().upload_attachment(model, id, ufile, callback=callback)

    def _sent_files(self):
        return request.httprequest.files.getlist("ufile")

    def _why(self, model, res_id, file):
        content = file.read()
        file.seek(0)
        kept = request.env["ir.attachment"]
        return kept._hotline_refusal(model, int(res_id), file.filename or "", content)
