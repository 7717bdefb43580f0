from . import books, company_figures, pivot, sstu, statistics, wallboard
