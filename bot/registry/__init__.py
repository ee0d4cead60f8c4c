"""The e-services that answers and pages may link to: `data/e-tjanster.yml`."""
