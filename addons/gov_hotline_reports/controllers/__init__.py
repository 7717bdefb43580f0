from . import sstu, statistics
