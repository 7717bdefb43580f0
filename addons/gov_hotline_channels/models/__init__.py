from . import hotline_incoming_mail
