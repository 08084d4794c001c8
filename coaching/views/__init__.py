"""Pages of coaching: Today, reviews, clients, slots, bookings."""
