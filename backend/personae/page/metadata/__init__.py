"""What a page says of itself: title, authors, dates, site, subjects, and where it says so."""
