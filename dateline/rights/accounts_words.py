# ruff: noqa: E501 — a table of words
"""What a statement of use says, in the six languages of our letters. Pure.

Figures stand in lines of their own, `name: number`, so that no language's grammar is broken by a number.
"""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "title": "Statement of use", "pieces": "Pieces", "words": "Words", "languages": "Languages", "uses": "Uses",
        "views": "Views", "nothing": "Nothing new was used.",
        "standing": "Pieces from earlier months still on our site", "ended": "No longer on our site", "from": "from", "until": "until", "fee": "Fee",
        "correction": "Correction for", "piece": "for each piece", "word": "for each word", "month": "a month", "none": "nothing",
        "account": "Account", "carried": "Carried over", "added": "This month", "paid": "Paid", "balance": "Balance",
        "free": "No fee was agreed.", "what": "What", "headline": "Piece", "original": "Original", "address": "Address",
        "use": "Use", "language": "Language", "amount": "Amount", "currency": "Currency", "you": "colleagues",
    },
    "fr": {
        "title": "Relevé d’utilisation", "pieces": "Articles", "words": "Mots", "languages": "Langues",
        "uses": "Utilisations", "views": "Vues", "nothing": "Rien de nouveau n’a été utilisé.",
        "standing": "Articles des mois précédents encore en ligne", "ended": "N’est plus en ligne", "from": "du",
        "until": "au", "fee": "Rémunération", "correction": "Correction pour", "piece": "par article",
        "word": "par mot", "month": "par mois", "none": "rien", "account": "Compte", "carried": "Report", "added": "Ce mois",
        "paid": "Payé", "balance": "Solde", "free": "Aucune rémunération n’est convenue.", "what": "Objet",
        "headline": "Article", "original": "Original", "address": "Adresse", "use": "Utilisation", "language": "Langue",
        "amount": "Montant", "currency": "Monnaie", "you": "Madame, Monsieur",
    },
    "de": {
        "title": "Nutzungsabrechnung", "pieces": "Beiträge", "words": "Wörter", "languages": "Sprachen",
        "uses": "Nutzungen", "views": "Aufrufe", "nothing": "Nichts Neues wurde verwendet.",
        "standing": "Beiträge aus früheren Monaten, die noch auf unserer Seite stehen",
        "ended": "Nicht mehr auf unserer Seite", "from": "ab", "until": "bis", "fee": "Honorar",
        "correction": "Berichtigung für", "piece": "je Beitrag", "word": "je Wort", "month": "im Monat",
        "none": "nichts", "account": "Konto", "carried": "Übertrag", "added": "Dieser Monat", "paid": "Gezahlt",
        "balance": "Saldo", "free": "Ein Honorar ist nicht vereinbart.", "what": "Was", "headline": "Beitrag",
        "original": "Original", "address": "Adresse", "use": "Nutzung", "language": "Sprache", "amount": "Betrag",
        "currency": "Währung", "you": "zusammen",
    },
    "ru": {
        "title": "Отчёт об использовании", "pieces": "Материалы", "words": "Слова", "languages": "Языки",
        "uses": "Виды использования", "views": "Просмотры", "nothing": "Нового ничего не использовано.",
        "standing": "Материалы прежних месяцев, которые остаются на сайте", "ended": "Больше не на сайте",
        "from": "с", "until": "по", "fee": "Вознаграждение", "correction": "Исправление за", "piece": "за материал",
        "word": "за слово", "month": "в месяц", "none": "нет", "account": "Счёт", "carried": "Перенесено",
        "added": "За месяц", "paid": "Выплачено", "balance": "Остаток", "free": "Вознаграждение не предусмотрено.",
        "what": "Что", "headline": "Материал", "original": "Оригинал", "address": "Адрес", "use": "Использование",
        "language": "Язык", "amount": "Сумма", "currency": "Валюта", "you": "коллеги",
    },
    "tr": {
        "title": "Kullanım dökümü", "pieces": "Yazılar", "words": "Sözcükler", "languages": "Diller",
        "uses": "Kullanımlar", "views": "Görüntülenme", "nothing": "Yeni bir şey kullanılmadı.",
        "standing": "Önceki aylardan sitemizde duran yazılar", "ended": "Artık sitemizde değil",
        "from": "başlangıç", "until": "bitiş", "fee": "Ücret", "correction": "Düzeltme, dönem:",
        "piece": "yazı başına", "word": "sözcük başına", "month": "aylık", "none": "yok", "account": "Hesap",
        "carried": "Devreden", "added": "Bu ay", "paid": "Ödenen", "balance": "Bakiye",
        "free": "Ücret kararlaştırılmamıştır.", "what": "Kalem", "headline": "Yazı", "original": "Özgün yazı",
        "address": "Adres", "use": "Kullanım", "language": "Dil", "amount": "Tutar", "currency": "Para birimi",
        "you": "meslektaşlarımız",
    },
    "fa": {
        "title": "صورت استفاده", "pieces": "مطالب", "words": "واژه‌ها", "languages": "زبان‌ها", "uses": "انواع استفاده",
        "views": "بازدید", "nothing": "چیز تازه‌ای استفاده نشد.",
        "standing": "مطالب ماه‌های پیش که هنوز در سایت ما هست",
        "ended": "دیگر در سایت ما نیست", "from": "از", "until": "تا", "fee": "حق‌الزحمه", "correction": "اصلاح برای",
        "piece": "برای هر مطلب", "word": "برای هر واژه", "month": "ماهانه", "none": "هیچ", "account": "حساب",
        "carried": "مانده از پیش", "added": "این ماه", "paid": "پرداخت‌شده", "balance": "مانده",
        "free": "حق‌الزحمه‌ای توافق نشده است.", "what": "شرح", "headline": "مطلب", "original": "اصل", "address": "نشانی",
        "use": "استفاده", "language": "زبان", "amount": "مبلغ", "currency": "ارز", "you": "همکار گرامی",
    },
}  # fmt: skip
