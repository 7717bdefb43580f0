"""The words of `domain.placing`'s verdicts: why a letter landed where it did."""


def why_words(env, code, **params):
    """Return why, for the screen; `params`: address, number, addressee, limit, as text."""
    return (_automatic(env, params) | _replies(env, params) | _strangers(env, params))[code]


def _automatic(env, params):
    return {
        "own_letter": env._("Our own letter came back: a loop of mailboxes."),
        "bounce": env._(
            "A mail server reports that our letter to %(addressee)s was not delivered.",
            addressee=params["addressee"],
        )
        if params["addressee"]
        else env._("A mail server reports that a letter was not delivered."),
        "auto_reply": env._("A programme answered, not a person: «out of office» or a receipt."),
        "bulk": env._("A mailing: a programme sent it of itself."),
        "flood": env._(
            "More than %(limit)s letters from this address within an hour: it looks like a loop.",
            limit=params["limit"],
        ),
        "many_from_body": env._(
            "More than %(limit)s letters from this body within an hour: see whether they are "
            "letters or a fault of its system.",
            limit=params["limit"],
        ),
        "marked_automatic": env._(
            "Marked as sent by a programme, but it may be a letter: document systems do so."
        ),
        "marked_spam": env._("The mail server took it for spam."),
    }


def _replies(env, params):
    named = {"number": params["number"], "address": params["address"]}
    return {
        "executor_replied": env._("The executor answered our letter from the known address."),
        "applicant_replied": env._("The applicant answered our letter from the known address."),
        "executor_too_late": env._(
            "The executor answered, but the assignment on appeal No. %(number)s awaits no answer "
            "any more.",
            number=params["number"],
        ),
        "applicant_too_late": env._(
            "The applicant answered our letter, but appeal No. %(number)s is closed.",
            number=params["number"],
        ),
        "strange_address": env._(
            "It answers our letter on appeal No. %(number)s, but %(address)s is not the address "
            "that the letter went to.",
            **named,
        ),
        "asked_replied": env._("The body that we asked answered from the known address."),
        "asked_too_late": env._(
            "The body that we asked answered, but the request on appeal No. %(number)s awaits no "
            "reply any more.",
            number=params["number"],
        ),
        "higher_replied": env._(
            "The body answered our report on appeal No. %(number)s: attach it to its covering "
            "letter or register it.",
            number=params["number"],
        ),
        "reply_to_other": env._(
            "It answers our letter on appeal No. %(number)s: decide where it belongs.",
            number=params["number"],
        ),
        "case_named": env._(
            "The subject names appeal No. %(number)s, but it answers no letter of ours.",
            number=params["number"],
        ),
    }


def _strangers(env, params):
    sender = params["sender"]
    return {
        "known_body": env._("The sender is a body of the directory: %(sender)s.", sender=sender),
        "known_executor": env._(
            "The sender is an executor, %(sender)s, but it answers no letter of ours.",
            sender=sender,
        ),
        "known_organisation": env._(
            "The sender is an organisation of the directory: %(sender)s.", sender=sender
        ),
        "own_address": env._("It came from the body's own address."),
        "speaks_as_body": env._(
            "It speaks as a letter of a body, but the directory does not know the address "
            "%(address)s: register it as a letter of the body, or make a card of a message.",
            address=params["address"],
        ),
        "no_sender": env._("The letter does not say who sent it."),
        "empty": env._("There is neither text nor a file in it."),
        "request_8fz": env._("It seems to be a request for information under 8-FZ."),
        "citizens_letter": env._(
            "A letter of a person unknown to us: a draft of a message was made."
        ),
    }
