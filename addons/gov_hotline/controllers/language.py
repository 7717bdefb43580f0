"""A caller that names no language is answered in the user's own, not in the sources' English."""

from odoo.http import request, route

from odoo.addons.rpc.controllers.json2 import WebJson2Controller
from odoo.addons.web.controllers.dataset import DataSet

OURS = ("hotline.", "helpdesk.ticket")


def with_language(model, context):
    """Return `context` with the user's language where our `model` is called without one."""
    context = dict(context or {})
    if model.startswith(OURS) and not context.get("lang") and request.env.user.lang:
        context["lang"] = request.env.user.lang
    return context


class HotlineDataSet(DataSet):
    @route()
    def call_kw(self, model, method, args, kwargs, path=None):
        kwargs = {**kwargs, "context": with_language(model, kwargs.get("context"))}
        return super().call_kw(model, method, args, kwargs, path)

    @route()
    def call_button(self, model, method, args, kwargs, path=None):
        kwargs = {**kwargs, "context": with_language(model, kwargs.get("context"))}
        return super().call_button(model, method, args, kwargs, path)


class HotlineJson2(WebJson2Controller):
    @route()
    def web_json_2_rpc(self, __model__, __method__, ids=(), context=None, **kwargs):
        context = with_language(__model__, context)
        return super().web_json_2_rpc(__model__, __method__, ids, context, **kwargs)
