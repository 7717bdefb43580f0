<<<<<<< HEAD
from . import ivr
=======
from . import recordings
>>>>>>> 2770d00 (Recordings of talks: fetched from the exchange's folder, heard by rights, noted, kept by term)
