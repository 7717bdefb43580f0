from . import books, pivot, sstu, statistics, wallboard
