"""Pages that a shop shows to programs instead of what was asked for."""

from __future__ import annotations

import re

from wishare.metadata.page import Page
from wishare.metadata.tables import word_list

SMALL = 200_000  # bytes; a wall has no menu of a thousand links

# Found in scripts and forms of the wall itself, not in the sensors that protected shops put on every page.
_CERTAIN = tuple(
    trace.encode()
    for trace in word_list(
        """
        cf-browser-verification cf_chl_opt cf-challenge-running cf-error-details /cdn-cgi/challenge-platform/h/
        /errors/validatecaptcha opfcaptcha api-services-support@amazon.com px-captcha captcha-delivery.com
        errors.edgesuite.net _incapsula_resource kpsdk-load awswafcookiedomainlist gokuprops /_sec/cp_challenge
        sec-if-cpt-container distil_r_captcha queue-it.net/?c= /_____tmd_____/punish baxia-dialog /splashui/captcha
        /splashui/challenge ddos-guard/js-challenge sgcaptcha datadome-captcha
        """
    )
)
_TITLES = re.compile(
    r"^\W*(?:just a moment|attention required!? ?\|? ?cloudflare|access (?:to this page has been )?denied|"
    r"robot check|bot check|"
    r"are you (?:a )?(?:human|robot)|(?:please )?verify (?:you are|you're|that you are) (?:a )?human|"
    r"pardon our interruption|"
    r"security (?:check|verification|challenge)|you have been blocked|human verification|captcha|ddos[- ]guard|"
    r"checking your browser|"
    r"(?:error )?(?:403|429|503)\b|403 forbidden|forbidden|request (?:blocked|rejected)|blocked|too many requests|"
    r"service unavailable|temporarily unavailable|one more step|please wait|un momento|un instante|nur einen moment|"
    r"acceso denegado|acesso negado|accès refusé|zugriff verweigert|amazon\.\w+(?:\.\w+)?$|"
    r"sorry!? something went wrong|"
    r"验证|安全验证|sicherheitsüberprüfung)",
    re.IGNORECASE,
)
_TEXTS = re.compile(
    r"enable javascript and cookies to continue|verify (?:you are|that you are|you're) (?:a )?human|are you a robot|"
    r"not a robot|"
    r"you don't have permission to access|unusual traffic|automated (?:access|requests|tools)|complete the captcha|"
    r"enter the characters|"
    r"press (?:&|and) hold|reference #\d+\.[0-9a-f]|your request has been blocked|you have been blocked|bots use|"
    r"checking (?:if the site connection is secure|your browser)|access denied|please enable cookies|solve the captcha|"
    r"confirm you are human|suspicious activity|não é um robô|kein roboter|pas un robot|no eres un robot",
    re.IGNORECASE,
)


def is_wall(page: Page) -> bool:
    """A certain trace in a small page; or a title that walls have with a text, or almost no text, to go with it."""
    if len(page.source) > SMALL or _has_content(page):
        return False
    source = page.source.lower()
    if any(trace in source for trace in _CERTAIN):
        return True
    text = page.text
    if _TITLES.search(page.title or "") or any(_TITLES.search(heading) for heading in page.headings[:1]):
        return len(text) < 300 or _TEXTS.search(text[:3000]) is not None
    return len(text) < 1500 and _TEXTS.search(text) is not None


def _has_content(page: Page) -> bool:
    """A page that shares a picture or a product is the page itself, whatever scripts it carries."""
    return "og:image" in page.meta or b"ld+json" in page.source or len(page.text) > 4000
