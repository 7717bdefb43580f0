from . import books, sstu, statistics, wallboard
