"""Prepared replies: what agents say again and again, written once and in klarspråk."""
