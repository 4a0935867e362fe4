"""Processes that read pages by a limit in time and memory, and can be killed. Without Flask."""
