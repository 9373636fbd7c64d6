"""The catalogue in the words of Open Referral's Human Services Data Specification (HSDS) 3.0. How entries are mapped: docs/api/hsds.md."""

HSDS_VERSION = "3.0"
