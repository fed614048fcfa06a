"""The report: one page that shows a plan and works without a network."""
