"""The voice of the hotline beside the PBX: prompts from texts, look-ups of callers, spoken digits.

A process of its own, of the standard library alone, so that it runs wherever Asterisk does:
``python3 -m voice FILE.json``. It hears what the dialplan asks (user events of AMI), asks Odoo by
HTTP and answers into the caller's channel. The dialplan goes on without it.
"""
