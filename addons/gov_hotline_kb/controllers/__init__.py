from . import help, measures
