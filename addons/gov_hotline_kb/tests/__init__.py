from . import test_article, test_hints, test_menu, test_search
