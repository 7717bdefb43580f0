from . import test_call_figures, test_call_list, test_call_pop, test_call_pop_browser
