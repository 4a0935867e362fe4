"""3. Who is in the story: names, aliases, roles, salience, marks."""
