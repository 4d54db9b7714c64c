"""Settings for every test."""

from hypothesis import settings

# How long an example takes says more about the machine than about the code; speed is measured elsewhere.
PROFILE = settings.get_profile(settings.get_current_profile_name())
settings.register_profile("no deadline", PROFILE, deadline=None)
settings.load_profile("no deadline")
