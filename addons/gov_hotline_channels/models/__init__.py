from . import hotline_incoming_mail
from . import hotline_incoming_mail_facts
from . import hotline_incoming_mail_content
from . import hotline_incoming_mail_place
from . import hotline_incoming_mail_acts
from . import hotline_journal
from . import ir_attachment
