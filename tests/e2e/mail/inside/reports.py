"""Make a scheduled report and let its action run; runs in Odoo's shell, which gives ``env``.

``OPTIONS``: {"act": name of a function below}. The last line printed is JSON.
"""

import json


def scheduled():
    """A report of every day to one manager, due since yesterday; an administrator makes it."""
    owner = env.ref("base.user_admin")  # noqa: F821
    schedules = env["hotline.report.schedule"].with_user(owner)  # noqa: F821
    made = schedules.create(
        {
            "name": "Отчёт руководителю",
            "period": "day",
            "hour": 0,
            "since": "2020-01-01",
            "emails": "head@gov.example",
        }
    )
    return made.id


def run():
    """Let the scheduled action run; how many reports the newest schedule has made."""
    Schedule = env["hotline.report.schedule"]  # noqa: F821
    Schedule._cron_send()
    return len(Schedule.search([], order="id desc", limit=1).run_ids)


arguments = {name: value for name, value in OPTIONS.items() if name != "act"}  # noqa: F821
result = globals()[OPTIONS["act"]](**arguments)  # noqa: F821
env.cr.commit()  # noqa: F821
print(json.dumps({"result": result}))  # noqa: T201
