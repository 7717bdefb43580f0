"""Which fields hold the contacts and documents of citizens, and who needs the whole: one table.

A field that is not here and holds one is found by the walk of tests/test_hidden_walk.py.
"""

OTHERS = ("approver", "supervisor", "auditor")
READERS = ",".join(f"gov_hotline.group_{role}" for role in ("operator", *OTHERS))
# An approver signs the letter that has the address; an executor has them with the assignment.
NEED = {
    "phone": ("operator",),
    "document": ("operator",),
    "email": ("operator", "approver", "executor"),
    "address": ("operator", "approver", "executor"),
    # Whose an account is tells who lives at its address; a company knows its own accounts.
    "holder": ("operator", "approver", "executor", "base.group_portal"),
    # … but not the card of the citizen, whom the hotline may know otherwise than its register.
    "card": ("operator", "approver", "executor"),
    "contacts": ("operator", "executor"),  # both in one line
    "words": ("operator",),  # a correction: what was and should be, of any of these
}
FIELDS = {
    "helpdesk.ticket": {
        "applicant_phone": "phone", "draft_phone": "phone", "applicant_email": "email",
        "partner_email": "email", "applicant_address": "address",
    },
    "hotline.account": {"holder_name": "holder", "holder_id": "card"},
    "hotline.answer": {"reply_address": "address", "sent_address": "address"},
    "hotline.assignment": {"case_contacts": "contacts", "case_address": "address"},
    "hotline.call": {"phone": "phone", "phone_raw": "phone"},
    "hotline.coapplicant": {"address": "address"},
    "hotline.correction": {"value_before": "words", "value_after": "words", "after_text": "words"},
    "hotline.external.case": {"applicant_address": "address"},
    "hotline.mail": {"email_to": "email"},
    "hotline.notice": {"address": "address"},
    "hotline.post.event": {"address": "address"},
    "hotline.reception": {
        "citizen_phone": "phone", "document_number": "document", "citizen_address": "address",
    },
    "hotline.sms": {"phone_to": "phone"},
    "hotline.task": {"phone": "phone"},
    "res.partner": {"hotline_phone_ids": "phone"},
}  # fmt: skip
# Odoo's own fields of a contact, closed by the role, not by groups. Telephones of any contact …
PHONES = frozenset(
    {
        "phone", "phone_sanitized", "phone_mobile_search", "phone_blacklisted",
        "phone_sanitized_blacklisted", "hotline_phone_text",
    }
)  # fmt: skip
# … the rest of a citizen alone: agencies and colleagues are written to.
OF_CITIZENS = {
    **dict.fromkeys(("email", "email_normalized", "email_formatted", "login"), "email"),
    **dict.fromkeys(
        (
            "street", "street2", "zip", "contact_address", "contact_address_inline",
            "contact_address_complete",
        ),
        "address",
    ),
}  # fmt: skip


def groups(kind):
    """Return the groups, for a field, of whoever needs the whole of a `kind`."""
    return ",".join(role if "." in role else f"gov_hotline.group_{role}" for role in NEED[kind])


def groups_of(model, name):
    """Return the groups of the field `name` of `model`."""
    return groups(FIELDS[model][name])
