"""Other systems that hear of conversations and errands: webhooks, e-mail, notices."""
