from . import (
    test_approval,
    test_article,
    test_bounds,
    test_draft_closed,
    test_examples,
    test_examples_update,
    test_files,
    test_foreign_pictures,
    test_gap,
    test_help,
    test_hints,
    test_intake,
    test_measures,
    test_menu,
    test_quality,
    test_search,
)
from . import test_tours, test_two_editors, test_two_shelves, test_version, test_version_readers
from . import test_words
