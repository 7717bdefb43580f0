{
    "name": "Gov Hotline: channels",
    "summary": "Incoming mail: stored as it came, read, placed with its case or held",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "category": "Services/Helpdesk",
    "author": "Gov Hotline",
    "website": "https://github.com/gov-hotline/gov-hotline",
    "depends": ["gov_hotline"],
    "external_dependencies": {"python": ["msoffcrypto-tool", "pypdf"]},
    "data": [
        "security/ir.model.access.csv",
        "security/hotline_incoming_mail_rules.xml",
        "data/hotline_incoming_mail.xml",
        "views/hotline_incoming_mail_views.xml",
    ],
}
