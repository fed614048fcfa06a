"""Names of the files and folders of a workspace that commands read and write."""

from __future__ import annotations

SETTINGS_FILE = "shiftcast.toml"
HR_TEMPLATE_FILE = "hr_export.toml"
PREVIOUS_ROSTER_FILE = "previous_roster.csv"  # what was worked before the first plan
PUBLISHED_FILE = "published.json"
PLANS_FOLDER = "plans"
EXPORTS_FOLDER = "exports"
SCENARIOS_FOLDER = "scenarios"
FORECAST_SETTINGS_FILE = "forecast_settings.json"
LEARNED_FOLDER = ".cache/learned"
