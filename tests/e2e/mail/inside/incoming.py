"""Connect the mailbox and fetch it; runs in Odoo's shell, which gives ``env``.

``OPTIONS``: {"act": name of a function below, …}. The last line printed is JSON.
"""

import json

MODEL = "hotline.incoming.mail"


def connect(port):
    """A mailbox of the hotline at this port, checked as its button does."""
    server = env["fetchmail.server"].create(  # noqa: F821
        {
            "name": "Ящик горячей линии",
            "server_type": "imap",
            "server": "127.0.0.1",
            "port": port,
            "is_ssl": False,
            "user": "line",
            "password": "secret",
            "object_id": env["ir.model"]._get_id(MODEL),  # noqa: F821
        }
    )
    server.button_confirm_login()
    return server.id


def fetch():
    """Ask for the scheduled fetching now, as every five minutes."""
    env.ref("mail.ir_cron_mail_gateway_action")._trigger()  # noqa: F821
    return True


def raw(subject):
    """SHA-256 and size of what is kept of the letters with this subject, and their files' names."""
    import hashlib

    mails = env[MODEL].search([("subject", "=", subject)])  # noqa: F821
    return [
        [hashlib.sha256(mail.raw_id.raw).hexdigest(), len(mail.raw_id.raw)]
        + [[file.name, file.file_size] for file in mail.attachment_ids]
        for mail in mails
    ]


arguments = {name: value for name, value in OPTIONS.items() if name != "act"}  # noqa: F821
result = globals()[OPTIONS["act"]](**arguments)  # noqa: F821
env.cr.commit()  # noqa: F821
print(json.dumps({"result": result}))  # noqa: T201
