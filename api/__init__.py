"""The open API: the Release and the conversation for other programs. It reads what the pages read, and nothing else."""

VERSION = "1.0.0"  # raise it whenever an answer changes its shape: kept answers are fetched again then
