"""What pages call their furniture: tags, roles, types and words of classes, each with what it is; chrome decides."""

from __future__ import annotations

TAGS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "page footer",
    "aside": "aside",
    "form": "form",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "figure": "figure",
    "figcaption": "figure caption",
    "noscript": "shown without scripts",
    "svg": "figure",
    "iframe": "embedded page",
    "video": "figure",
    "audio": "figure",
    "object": "embedded page",
    "dialog": "dialog",
    "template": "template",
}
AMP = frozenset("amp-ad amp-sidebar amp-consent amp-social-share amp-embed amp-user-notification".split())  # noqa: SIM905
ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "toolbar": "navigation",
    "tablist": "navigation",
    "banner": "page header",
    "contentinfo": "page footer",
    "complementary": "aside",
    "search": "form",
    "form": "form",
    "tooltip": "tooltip",
    "dialog": "dialog",
    "button": "form",
}
ITEM_TYPES = {
    "WPHeader": "page header",
    "WPFooter": "page footer",
    "WPSideBar": "aside",
    "SiteNavigationElement": "navigation",
    "BreadcrumbList": "navigation",
    "ImageObject": "figure",
    "VideoObject": "figure",
}
WIDGETS = {
    "cookie": "cookie notice",
    "cookies": "cookie notice",
    "consent": "cookie notice",
    "gdpr": "cookie notice",
    "share": "sharing",
    "sharing": "sharing",
    "social": "sharing",
    "newsletter": "subscription",
    "subscribe": "subscription",
    "subscription": "subscription",
    "breadcrumb": "breadcrumbs",
    "breadcrumbs": "breadcrumbs",
    "related": "related pages",
}
"""What a class or an id that has this word begins, where hardly any of the page's words stand in it."""
