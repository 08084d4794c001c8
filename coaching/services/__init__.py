"""The verbs of coaching: slots, bookings, reviews, and the sweep that looks after what has run out."""
