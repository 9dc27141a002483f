"""Audits that must not wait: a head of service signs off what was graded too low, and the case is audited again."""
