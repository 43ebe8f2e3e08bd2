"""The forms of agencies: what is asked, what they answer, and the cell of each answer."""
