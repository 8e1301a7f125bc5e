"""What the service check may claim of services: rule, family and null of each kind of sentence."""

from __future__ import annotations

from hrkit.report.claims import Claim

__all__ = ["CLAIMS"]

_LINES = "both lines of all services: 5 % of pages"
_SHARES = "two shares of all services: 5 % of pages"
CLAIMS: tuple[Claim, ...] = (
    Claim(
        "services.quadrant",
        "services",
        "a service matters more or less than the others, and is or is not good enough",
        "the whole intervals of importance and of satisfaction clear their lines over the family",
        _LINES,
        "every service on both lines",
        (
            "services.title.improve",
            "services.title.keep",
            "services.told.keep",
            "services.told.improve",
            "services.told.lighten",
            "services.told.ask",
        ),
    ),
    Claim(
        "services.share",
        "services",
        "at least a fifth of leaders like these do not know a service, or need it and cannot use it",
        "the lower end of the share's interval over the family is 20 % or more",
        _SHARES,
        "a fifth of leaders, for every service",
        (
            "services.title.unknown",
            "services.title.needed",
            "services.told.unknown",
            "services.told.needed",
        ),
    ),
    Claim(
        "services.misfit",
        "services",
        "a service that is used does not fit the working day",
        "the whole interval of fit lies below 3 over all services",
        "all services: 5 % of pages",
        "every service at 3",
        ("services.title.misfit", "services.told.misfit"),
    ),
    Claim(
        "services.believed",
        "services",
        "a group believes otherwise than the leaders say",
        "the difference is 0.75 or more and off zero over the family",
        "three facets of all services, a group: 5 % of pages a group",
        "both groups equal on every facet",
        ("services.believed_lead",),
    ),
)
