from . import test_article, test_hints, test_search
from . import test_menu
