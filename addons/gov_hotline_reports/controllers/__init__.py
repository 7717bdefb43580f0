from . import books, sstu, statistics
