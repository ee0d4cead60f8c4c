"""The accessibility statement: what of the service does not meet the law's demands yet."""
