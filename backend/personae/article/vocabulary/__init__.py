"""The words of chrome in every language and the names of publishers' elements: tables, and how they match."""
