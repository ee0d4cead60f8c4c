"""The answers that editors keep: `data/faq`, one file a subject."""
