"""Releases: the payload, its checks, publishing, comparing, serving."""
