from . import test_mailbox
from . import test_placing
from . import test_placing_acts
from . import test_reading
from . import test_receiving
from . import test_screens
from . import test_upload_link
from . import test_upload_page
