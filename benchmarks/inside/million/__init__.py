"""The million cases: made by acts once, multiplied by SQL, compared, measured.

Everything here runs in Odoo's shell. ``shapes`` acts a case out; ``rows`` reads what an act left;
``days`` knows the dates; ``seed`` multiplies; ``sample`` proves the copies equal; ``desk`` and
``plain`` measure.
"""
