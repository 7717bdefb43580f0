from . import hotline_book
from . import hotline_book_appeals, hotline_book_figures, hotline_book_receptions
