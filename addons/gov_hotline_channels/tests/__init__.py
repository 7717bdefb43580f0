from . import test_placing
from . import test_placing_acts
from . import test_screens
