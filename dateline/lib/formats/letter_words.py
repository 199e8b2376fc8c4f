"""Words of the links that stand around a newsletter's text, in the languages that letters come in."""

import re
from typing import Final


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


# By which one leaves, changes or passes on a subscription.
LEAVING: Final = _any_of(
    r"unsubscrib|opt[ -]?out|e?mail preferences",
    r"manage (?:your |my )?(?:preferences|subscription|newsletters|e?mail)",
    r"(?:update|change|edit) (?:your |my )?(?:preferences|profile|subscription|e?mail|settings)",
    r"abmelde|abbestell|newsletter verwalten",
    r"désabonn|désinscri|se desabonner|gérer (?:vos|mes) (?:préférences|abonnement)",
    r"darse de baja|cancelar (?:la |su |tu )?suscripci",
    r"cancelar (?:a )?(?:inscrição|subscrição|assinatura)",
    r"disiscriv|annulla (?:l')?iscrizione",
    r"uitschrijv|afmeld|avsluta prenumeration|meld deg av|peruuta tilaus",
    r"отписа|управлени\w+ подписк|відписа",
    r"wypisz|zrezygnuj|odhlásit",
    r"aboneliğ|abonelikten|abunəlikdən",
    r"გამოწერის გაუქმება|ապաբաժանորդագր",
    r"لغو اشتراک|إلغاء الاشتراك|退订|配信停止",
)
# By which one reads the letter on the web.
VIEWING: Final = _any_of(
    r"(?:view|read|open|see).{0,25}(?:browser|online|web)|web[ -]?version",
    r"im browser|online ansehen|webansicht",
    r"(?:voir|lire|version|afficher).{0,25}(?:en ligne|navigateur)",
    r"(?:ver|leer|abrir).{0,25}(?:navegador|en línea|online)",
    r"(?:открыть|посмотреть|читать|смотреть).{0,25}(?:браузер|онлайн)|веб-верси",
    r"tarayıcı|brauzerd|مرورگر",
)
# By which one goes on reading a piece: no headline.
BUTTONS: Final = _any_of(
    r"read (?:more|on|the|full)|continue reading",
    r"weiterlesen|mehr (?:lesen|dazu)",
    r"lire la suite|en savoir|leer más|ler mais|leggi|lees (?:meer|verder)",
    r"читать (?:далее|дальше|полностью)|подробнее",
    r"devamını|daha ətraflı|davamı|ادامه",
)
