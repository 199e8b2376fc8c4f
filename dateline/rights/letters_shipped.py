# ruff: noqa: E501 — a paragraph of a letter is one line
"""The letters that we ship, in six languages, and the words that are put into them. Pure.

An installation may write its own on the desk; these stand where it has none. A use and a language stand in a list
and not in a sentence, so that no language's grammar is broken by what is filled in.
"""

from collections.abc import Mapping
from typing import Final

from dateline.rights.letters import ACCOUNT, APPROVAL, REMINDER, REQUEST

Shipped = Mapping[str, tuple[str, str]]
"""A subject and a body by kind."""

SHIPPED: Final[Mapping[str, Shipped]] = {
    "en": {
        REQUEST: (
            "Request for permission: {headline}",
            """Dear {contact},

we publish {site} ({site_address}), a digest of the press. We would like to bring this piece of yours to our readers and ask for your permission:

{headline}
{address}

Use: {use}
Language: {language}
Length: {words}
Pictures: {pictures}
Credit line: {credit}

We name the author and {outlet}, and link to your page. If you wish another credit line, a limit in time or length, or other conditions, please tell us.

A short answer to this letter is enough. We would be grateful for it by {answer_by}. Without your yes we publish nothing.

With kind regards
{sender}
{site}
""",
        ),
        REMINDER: (
            "Reminder: request for permission: {headline}",
            """Dear {contact},

on {asked_on} we asked you for permission to use this piece:

{headline}
{address}

Use: {use}
Language: {language}

Perhaps our letter got lost. A short yes or no by {answer_by} would help us. Without your yes we publish nothing.

With kind regards
{sender}
{site}
""",
        ),
        APPROVAL: (
            "For your approval: {headline}",
            """Dear {contact},

before we publish it, we would like to show you our text made from your piece:

{headline}
{address}

Use: {use}
Language: {language}
Credit line: {credit}

You can read it here, and approve it or ask for a change, without an account, until {expires}:
{link}

With kind regards
{sender}
{site}
""",
        ),
        ACCOUNT: (
            "Statement of use for {month}",
            """Dear {contact},

this is our statement for {month}: {party}, used by {site} ({site_address}).

{figures}

The same figures are attached as a table (CSV). If something is not right, please tell us: what we correct stands in the next statement.

With kind regards
{sender}
{site}
""",
        ),
    },
    "fr": {
        REQUEST: (
            "Demande d’autorisation : {headline}",
            """Madame, Monsieur,

nous publions {site} ({site_address}), une revue de presse. Nous souhaiterions faire connaître à nos lecteurs l’article suivant de {outlet} et vous en demandons l’autorisation :

{headline}
{address}

Utilisation : {use}
Langue : {language}
Longueur : {words}
Images : {pictures}
Mention : {credit}

Nous citons l’auteur et {outlet}, avec un lien vers votre page. Si vous souhaitez une autre mention, une durée ou une longueur limitées, ou d’autres conditions, dites-le-nous.

Une brève réponse à ce message suffit. Nous vous en serions reconnaissants avant le {answer_by}. Sans votre accord, nous ne publions rien.

Avec nos meilleures salutations
{sender}
{site}
""",
        ),
        REMINDER: (
            "Rappel : demande d’autorisation : {headline}",
            """Madame, Monsieur,

le {asked_on}, nous vous avons demandé l’autorisation d’utiliser cet article :

{headline}
{address}

Utilisation : {use}
Langue : {language}

Notre message s’est peut-être perdu. Un simple oui ou non avant le {answer_by} nous aiderait. Sans votre accord, nous ne publions rien.

Avec nos meilleures salutations
{sender}
{site}
""",
        ),
        APPROVAL: (
            "Pour accord : {headline}",
            """Madame, Monsieur,

avant de le publier, nous souhaitons vous montrer notre texte tiré de votre article :

{headline}
{address}

Utilisation : {use}
Langue : {language}
Mention : {credit}

Vous pouvez le lire ici, l’approuver ou demander une modification, sans compte, jusqu’au {expires} :
{link}

Avec nos meilleures salutations
{sender}
{site}
""",
        ),
        ACCOUNT: (
            "Relevé d’utilisation pour {month}",
            """Madame, Monsieur,

voici notre relevé pour {month} : {party}, utilisé par {site} ({site_address}).

{figures}

Les mêmes chiffres sont joints sous forme de tableau (CSV). Si quelque chose n’est pas exact, dites-le-nous : la correction figurera dans le relevé suivant.

Avec nos meilleures salutations
{sender}
{site}
""",
        ),
    },
    "de": {
        REQUEST: (
            "Bitte um Erlaubnis: {headline}",
            """Guten Tag,

wir veröffentlichen {site} ({site_address}), eine Presseschau. Wir möchten diesen Beitrag von {outlet} unseren Leserinnen und Lesern bringen und bitten Sie um Ihre Erlaubnis:

{headline}
{address}

Nutzung: {use}
Sprache: {language}
Länge: {words}
Bilder: {pictures}
Quellenangabe: {credit}

Wir nennen die Autorin oder den Autor und {outlet} und verlinken Ihre Seite. Wünschen Sie eine andere Quellenangabe, eine Frist, eine Höchstlänge oder andere Bedingungen, so sagen Sie es uns bitte.

Eine kurze Antwort auf diesen Brief genügt; wir wären dankbar, wenn sie bis {answer_by} käme. Ohne Ihr Ja veröffentlichen wir nichts.

Mit freundlichen Grüßen
{sender}
{site}
""",
        ),
        REMINDER: (
            "Erinnerung: Bitte um Erlaubnis: {headline}",
            """Guten Tag,

am {asked_on} haben wir Sie um die Erlaubnis gebeten, diesen Beitrag zu nutzen:

{headline}
{address}

Nutzung: {use}
Sprache: {language}

Vielleicht ist unser Brief untergegangen. Ein kurzes Ja oder Nein bis {answer_by} würde uns helfen. Ohne Ihr Ja veröffentlichen wir nichts.

Mit freundlichen Grüßen
{sender}
{site}
""",
        ),
        APPROVAL: (
            "Zur Freigabe: {headline}",
            """Guten Tag,

bevor wir ihn veröffentlichen, möchten wir Ihnen unseren Text nach Ihrem Beitrag zeigen:

{headline}
{address}

Nutzung: {use}
Sprache: {language}
Quellenangabe: {credit}

Hier können Sie ihn bis {expires} ohne Konto lesen, freigeben oder um eine Änderung bitten:
{link}

Mit freundlichen Grüßen
{sender}
{site}
""",
        ),
        ACCOUNT: (
            "Nutzungsabrechnung für {month}",
            """Guten Tag {contact},

dies ist unsere Abrechnung für {month}: {party}, verwendet von {site} ({site_address}).

{figures}

Dieselben Zahlen liegen als Tabelle (CSV) bei. Wenn etwas nicht stimmt, sagen Sie es uns bitte: Berichtigungen stehen in der nächsten Abrechnung.

Mit freundlichen Grüßen
{sender}
{site}
""",
        ),
    },
    "ru": {
        REQUEST: (
            "Просьба о разрешении: {headline}",
            """Здравствуйте!

Мы издаём {site} ({site_address}), обзор прессы. Мы хотели бы познакомить наших читателей с этим материалом и просим вашего разрешения:

{headline}
{address}

Использование: {use}
Язык: {language}
Объём: {words}
Фотографии: {pictures}
Указание источника: {credit}

Мы называем автора и {outlet} и ставим ссылку на вашу страницу. Если вы хотите другое указание источника, ограничение срока или объёма либо иные условия, сообщите нам.

Достаточно короткого ответа на это письмо; мы будем благодарны, если получим его до {answer_by}. Без вашего согласия мы ничего не публикуем.

С уважением
{sender}
{site}
""",
        ),
        REMINDER: (
            "Напоминание: просьба о разрешении: {headline}",
            """Здравствуйте!

{asked_on} мы просили у вас разрешения использовать этот материал:

{headline}
{address}

Использование: {use}
Язык: {language}

Возможно, письмо затерялось. Короткое «да» или «нет» до {answer_by} нам очень поможет. Без вашего согласия мы ничего не публикуем.

С уважением
{sender}
{site}
""",
        ),
        APPROVAL: (
            "На согласование: {headline}",
            """Здравствуйте!

Прежде чем опубликовать наш текст по вашему материалу, мы хотели бы показать его вам:

{headline}
{address}

Использование: {use}
Язык: {language}
Указание источника: {credit}

Здесь его можно прочитать и согласовать или попросить об изменении, без регистрации, до {expires}:
{link}

С уважением
{sender}
{site}
""",
        ),
        ACCOUNT: (
            "Отчёт об использовании: {month}",
            """Здравствуйте!

Это наш отчёт за период «{month}»: {party}, использовано изданием {site} ({site_address}).

{figures}

Те же цифры приложены в виде таблицы (CSV). Если что-то неверно, напишите нам: исправления войдут в следующий отчёт.

С уважением,
{sender}
{site}
""",
        ),
    },
    "tr": {
        REQUEST: (
            "İzin talebi: {headline}",
            """Merhaba,

bir basın derlemesi olan {site} ({site_address}) yayınını hazırlıyoruz. Aşağıdaki yazınızı okurlarımıza sunmak istiyor ve izninizi rica ediyoruz:

{headline}
{address}

Kullanım: {use}
Dil: {language}
Uzunluk: {words}
Görseller: {pictures}
Kaynak ibaresi: {credit}

Yazarın ve {outlet} adını belirtiyor, sayfanıza bağlantı veriyoruz. Başka bir kaynak ibaresi, süre veya uzunluk sınırı ya da başka koşullar isterseniz lütfen bize bildirin.

Bu iletiye kısa bir yanıt yeterlidir. Yanıtınızı şu tarihe kadar alabilirsek seviniriz: {answer_by}. Onayınız olmadan hiçbir şey yayımlamayız.

Saygılarımızla
{sender}
{site}
""",
        ),
        REMINDER: (
            "Hatırlatma: izin talebi: {headline}",
            """Merhaba,

{asked_on} tarihinde bu yazıyı kullanmak için izninizi rica etmiştik:

{headline}
{address}

Kullanım: {use}
Dil: {language}

İletimiz gözden kaçmış olabilir. Şu tarihe kadar kısa bir evet veya hayır bize yardımcı olur: {answer_by}. Onayınız olmadan hiçbir şey yayımlamayız.

Saygılarımızla
{sender}
{site}
""",
        ),
        APPROVAL: (
            "Onayınıza: {headline}",
            """Merhaba,

yayımlamadan önce, yazınızdan hazırladığımız metni size göstermek istiyoruz:

{headline}
{address}

Kullanım: {use}
Dil: {language}
Kaynak ibaresi: {credit}

Metni şu tarihe kadar hesap açmadan okuyabilir, onaylayabilir veya değişiklik isteyebilirsiniz: {expires}
{link}

Saygılarımızla
{sender}
{site}
""",
        ),
        ACCOUNT: (
            "Kullanım dökümü: {month}",
            """Sayın {contact},

{month} dönemine ait dökümümüz: {party}, kullanan: {site} ({site_address}).

{figures}

Aynı rakamlar tablo (CSV) olarak ektedir. Bir yanlışlık varsa lütfen bize bildirin: düzeltmeler bir sonraki dökümde yer alır.

Saygılarımızla
{sender}
{site}
""",
        ),
    },
    "fa": {
        REQUEST: (
            "درخواست اجازه: {headline}",
            """با سلام و احترام،

ما {site} ({site_address}) را منتشر می‌کنیم که گزیده‌ای از مطبوعات است. مایلیم این مطلب شما را به خوانندگان خود برسانیم و از شما اجازه می‌خواهیم:

{headline}
{address}

نوع استفاده: {use}
زبان: {language}
اندازه: {words}
تصویرها: {pictures}
ذکر منبع: {credit}

نام نویسنده و {outlet} را می‌آوریم و به صفحهٔ شما پیوند می‌دهیم. اگر عبارت دیگری برای ذکر منبع، محدودیتی در زمان یا اندازه، یا شرط دیگری دارید، لطفاً به ما بگویید.

پاسخی کوتاه به همین نامه کافی است. سپاسگزار می‌شویم اگر تا {answer_by} پاسخ دهید. بدون موافقت شما چیزی منتشر نمی‌کنیم.

با احترام
{sender}
{site}
""",
        ),
        REMINDER: (
            "یادآوری: درخواست اجازه: {headline}",
            """با سلام و احترام،

در {asked_on} برای استفاده از این مطلب از شما اجازه خواستیم:

{headline}
{address}

نوع استفاده: {use}
زبان: {language}

شاید نامهٔ ما به دستتان نرسیده باشد. یک «بله» یا «نه» تا {answer_by} به ما کمک می‌کند. بدون موافقت شما چیزی منتشر نمی‌کنیم.

با احترام
{sender}
{site}
""",
        ),
        APPROVAL: (
            "برای تأیید شما: {headline}",
            """با سلام و احترام،

پیش از انتشار، می‌خواهیم متنی را که از مطلب شما آماده کرده‌ایم به شما نشان دهیم:

{headline}
{address}

نوع استفاده: {use}
زبان: {language}
ذکر منبع: {credit}

تا {expires} می‌توانید آن را بدون نام‌نویسی در این نشانی بخوانید و تأیید کنید یا تغییری بخواهید:
{link}

با احترام
{sender}
{site}
""",
        ),
        ACCOUNT: (
            "صورت استفاده: {month}",
            """با سلام و احترام،

این صورت ما برای {month} است: {party}، استفاده‌شده در {site} ({site_address}).

{figures}

همین ارقام به صورت جدول (CSV) پیوست است. اگر چیزی درست نیست لطفاً به ما بگویید: اصلاحات در صورت ماه بعد می‌آید.

با احترام
{sender}
{site}
""",
        ),
    },
}

# What is put in the places. `full`, `at most`: the length; `yes`, `no`: the pictures; `you`: nobody's name is known.
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "reprint": "reprint on our site", "translation": "translation", "excerpt": "excerpt",
        "headline": "headline with a link", "archive": "keeping it in our archive", "letter": "in our letter to readers",
        "picture": "picture", "full": "in full", "at most": "%d words at most", "yes": "yes, those that belong to it",
        "no": "none", "you": "editors",
    },
    "fr": {
        "reprint": "reprise sur notre site", "translation": "traduction", "excerpt": "extrait",
        "headline": "titre et lien", "archive": "conservation dans nos archives", "letter": "dans notre lettre",
        "picture": "image", "full": "texte intégral", "at most": "%d mots au plus", "yes": "oui, celles de l’article",
        "no": "aucune", "you": "Madame, Monsieur",
    },
    "de": {
        "reprint": "Nachdruck auf unserer Seite", "translation": "Übersetzung", "excerpt": "Auszug",
        "headline": "Überschrift mit Link", "archive": "Aufbewahrung in unserem Archiv", "letter": "in unserem Newsletter",
        "picture": "Bild", "full": "vollständig", "at most": "höchstens %d Wörter", "yes": "ja, die zum Beitrag gehören",
        "no": "keine", "you": "Redaktion",
    },
    "ru": {
        "reprint": "перепечатка на нашем сайте", "translation": "перевод", "excerpt": "отрывок",
        "headline": "заголовок и ссылка", "archive": "хранение в нашем архиве", "letter": "в нашей рассылке",
        "picture": "фотография", "full": "полностью", "at most": "не более %d слов", "yes": "да, из этого материала",
        "no": "без фотографий", "you": "редакция",
    },
    "tr": {
        "reprint": "sitemizde yeniden yayım", "translation": "çeviri", "excerpt": "alıntı",
        "headline": "başlık ve bağlantı", "archive": "arşivimizde saklama", "letter": "okur bültenimizde",
        "picture": "görsel", "full": "tam metin", "at most": "en çok %d sözcük", "yes": "evet, yazıya ait olanlar",
        "no": "yok", "you": "yazı işleri",
    },
    "fa": {
        "reprint": "بازنشر در سایت ما", "translation": "ترجمه", "excerpt": "گزیده",
        "headline": "تیتر و پیوند", "archive": "نگهداری در بایگانی ما", "letter": "در خبرنامهٔ ما",
        "picture": "تصویر", "full": "متن کامل", "at most": "حداکثر %d واژه", "yes": "بله، تصویرهای همین مطلب",
        "no": "بدون تصویر", "you": "تحریریهٔ محترم",
    },
}  # fmt: skip

# What the private page for an outlet says.
PAGE: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "title": "For your approval", "intro": "This is what we would publish. It is shown to nobody else.",
        "credit": "Credit line", "original": "Your piece", "until": "This page is open until",
        "approve": "Approve", "change": "Ask for a change", "note": "What should be changed?",
        "approved": "You approved this text. Thank you.", "asked": "You asked for a change. We will come back to you.",
        "closed": "This page is closed. Please write to us if you have a question.",
        "empty": "Please say what should be changed.", "busy": "That was too often. Please try again in a minute.",
    },
    "fr": {
        "title": "Pour accord", "intro": "Voici ce que nous publierions. Personne d’autre ne le voit.",
        "credit": "Mention", "original": "Votre article", "until": "Cette page est ouverte jusqu’au",
        "approve": "Approuver", "change": "Demander une modification", "note": "Que faut-il modifier ?",
        "approved": "Vous avez approuvé ce texte. Merci.",
        "asked": "Vous avez demandé une modification. Nous revenons vers vous.",
        "closed": "Cette page est fermée. Écrivez-nous si vous avez une question.",
        "empty": "Dites-nous ce qu’il faut modifier.", "busy": "Trop de demandes. Réessayez dans une minute.",
    },
    "de": {
        "title": "Zur Freigabe", "intro": "Das würden wir veröffentlichen. Niemand sonst sieht es.",
        "credit": "Quellenangabe", "original": "Ihr Beitrag", "until": "Diese Seite ist offen bis",
        "approve": "Freigeben", "change": "Um eine Änderung bitten", "note": "Was soll geändert werden?",
        "approved": "Sie haben diesen Text freigegeben. Vielen Dank.",
        "asked": "Sie haben um eine Änderung gebeten. Wir melden uns.",
        "closed": "Diese Seite ist geschlossen. Schreiben Sie uns bitte, wenn Sie eine Frage haben.",
        "empty": "Bitte sagen Sie, was geändert werden soll.", "busy": "Das war zu oft. Bitte in einer Minute noch einmal.",
    },
    "ru": {
        "title": "На согласование", "intro": "Вот что мы опубликовали бы. Больше этого никто не видит.",
        "credit": "Указание источника", "original": "Ваш материал", "until": "Страница открыта до",
        "approve": "Согласовать", "change": "Попросить об изменении", "note": "Что следует изменить?",
        "approved": "Вы согласовали этот текст. Спасибо.", "asked": "Вы попросили об изменении. Мы с вами свяжемся.",
        "closed": "Страница закрыта. Если есть вопросы, напишите нам.",
        "empty": "Напишите, что следует изменить.", "busy": "Слишком часто. Попробуйте через минуту.",
    },
    "tr": {
        "title": "Onayınıza", "intro": "Yayımlayacağımız metin budur. Başka kimse görmüyor.",
        "credit": "Kaynak ibaresi", "original": "Yazınız", "until": "Bu sayfanın açık olduğu son tarih",
        "approve": "Onayla", "change": "Değişiklik iste", "note": "Ne değiştirilmeli?",
        "approved": "Bu metni onayladınız. Teşekkürler.", "asked": "Değişiklik istediniz. Size döneceğiz.",
        "closed": "Bu sayfa kapalı. Sorunuz varsa lütfen bize yazın.",
        "empty": "Lütfen neyin değişmesi gerektiğini yazın.", "busy": "Çok sık denendi. Bir dakika sonra yeniden deneyin.",
    },
    "fa": {
        "title": "برای تأیید شما", "intro": "این متنی است که منتشر خواهیم کرد. کس دیگری آن را نمی‌بیند.",
        "credit": "ذکر منبع", "original": "مطلب شما", "until": "این صفحه باز است تا",
        "approve": "تأیید", "change": "درخواست تغییر", "note": "چه چیزی باید تغییر کند؟",
        "approved": "این متن را تأیید کردید. سپاسگزاریم.", "asked": "درخواست تغییر کردید. به شما خبر می‌دهیم.",
        "closed": "این صفحه بسته است. اگر پرسشی دارید به ما بنویسید.",
        "empty": "لطفاً بنویسید چه چیزی باید تغییر کند.", "busy": "بیش از حد تکرار شد. یک دقیقهٔ دیگر دوباره تلاش کنید.",
    },
}  # fmt: skip
