"""Speech to text in a process of its own: bounded, and gone when nothing is to be done."""
