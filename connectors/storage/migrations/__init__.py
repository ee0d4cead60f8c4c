"""Schema changes, in order; run when the gateway starts."""
