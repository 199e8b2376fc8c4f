"""Words by which pages, in the languages of our readers and their neighbours, say what is no part of the piece.

And those by which an outlet says that it corrects a piece or takes it back. All are searched in texts that
`changes_text.key_of` made alike: lower case, one kind of quotes, dashes and spaces.
"""

import re
from collections.abc import Iterable
from typing import Final

from dateline.lib.text import names

# As keys have it: the Armenian ligature in two letters, Arabic yeh and kaf as Persian's, no joiners.
_FOLDED = str.maketrans({"և": "եւ", "ي": "ی", "ك": "ک", "\u200c": None})


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text.translate(_FOLDED), re.IGNORECASE)


def _begins(*phrases: str) -> re.Pattern[str]:
    return _pattern(rf"^\W*(?:{'|'.join(phrases)})(?!\w)")


def _holds(*phrases: str) -> re.Pattern[str]:
    return _pattern(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


def _table(words: str) -> frozenset[str]:
    return names(words.translate(_FOLDED))


# Lines that lead to other pieces.
ELSEWHERE: Final = _begins(
    "read (?:also|more|next|on)", "also read", "see also", "see more", "watch(?: also| more)?:", "listen:",
    "more:", "related(?: \\w+)?:?",
    "more (?:on|from|about) \\w+", "more stories", "recommended", "most (?:read|popular|viewed)", "trending",
    "you (?:may|might) also like",
    "don't miss", "up next", "top stories", "latest news", "in other news", "editor's picks?",
    "читайте (?:также|ещё|еще|далее|по теме)", "смотрите также", "по теме", "материалы по теме", "ещё по теме",
    "еще по теме",
    "подробнее", "другие новости", "самое читаемое", "популярное", "рекомендуем",
    "читайте також", "дивіться також", "за темою", "чытайце таксама", "прочетете още", "прочитајте",
    "həmçinin oxu\\w*", "bunu da oxu\\w*", "oxşar xəbər\\w*", "mövzu ilə bağlı", "ən çox oxunan\\w*",
    "digər xəbərlər", "oxuyun",
    "ayrıca (?:oku|bkz|bak)\\w*", "bunu da oku\\w*", "ilgili haber\\w*", "i̇lgili haber\\w*",
    "bunlar da ilginizi çekebilir", "çok okunanlar", "daha fazla oku\\w*",
    "lire aussi", "à lire(?: aussi)?", "sur le même sujet", "lesen sie auch", "mehr zum thema",
    "auch interessant", "lesen sie mehr",
    "lea también", "lee también", "te puede interesar", "más información", "leggi anche", "leia (?:também|mais)",
    "veja também",
    "przeczytaj (?:także|też)", "czytaj (?:także|też|więcej)", "zobacz (?:też|także)", "lees ook", "læs også",
    "läs också",
    "тағы оқы\\w*", "сондай-ақ оқы\\w*", "ұқсас жаңалық\\w*", "shuningdek o\\W?qi\\w*", "mavzuga oid",
    "beýleki habarlar",
    "წაიკითხეთ (?:აგრეთვე|ასევე|ასე)", "აგრეთვე (?:წაიკითხეთ|იხილეთ)", "ასევე (?:წაიკითხეთ|იხილეთ)",
    "იხილეთ (?:ასევე|აგრეთვე)", "დაკავშირებული\\w*", "მსგავსი სიახლეები",
    "կարդա\\w* նաև", "ընթերցե\\w* նաև", "տե\\W?ս նաև", "դիտե\\w* նաև", "թեմայով", "կարդացեք ավելին",
    "بیشتر بخوانید", "همچنین بخوانید", "بخوانید", "مطالب مرتبط", "اخبار مرتبط", "پربازدیدترین\\w*",
    "اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)", "مواضيع ذات صلة", "شاهد أيضا", "קראו (?:גם|עוד)", "עוד בנושא",
    "διαβάστε (?:επίσης|ακόμη)",
)  # fmt: skip

# Notices of the house around the piece.
HOUSE: Final = _holds(
    "advertisement", "advertising", "sponsored(?: content)?", "promoted(?: content)?", "paid content",
    "ad choices", "skip ad", "newsletters?",
    "subscribe(?: now| to)?", "sign up", "sign in", "log in", "register (?:now|for free)", "join (?:us|our|now)",
    "follow us", "share this", "share on",
    "download (?:our|the) app", "telegram channel", "whatsapp channel", "turn on notifications",
    "push notifications", "cookies?", "privacy (?:policy|settings)",
    "your consent", "accept all", "support our (?:journalism|work)", "make a donation", "donate now",
    "become a member", "click here", "tap here", "shop now", "buy now", "order now",
    "learn more", "free trial", "limited(?:[- ]time)? offer", "\\d+ ?% off", "book (?:now|today|a test drive)",
    "terms and conditions apply", "offer ends", "all rights reserved",
    "реклама", "рекламное объявление", "на правах рекламы", "подпис(?:аться|ывайтесь|ка|итесь)(?: на)?",
    "рассылк\\w+", "войти", "поделиться", "телеграм-канал\\w*", "наш канал", "файлы cookie", "куки",
    "поддержите (?:нас|редакцию)", "скачайте приложение", "передплат\\w+", "підпис(?:атися|уйтесь)",
    "reklam", "abunə (?:ol\\w*|olun)", "paylaş\\w*", "kanalımıza", "bizi izləyin", "kukilər\\w*", "çerez\\w*",
    "abone ol\\w*", "bültenimiz\\w*", "bizi takip edin",
    "publicité", "abonnez-vous", "inscrivez-vous", "partager", "anzeige", "werbung", "jetzt abonnieren",
    "publicidad", "suscríb\\w+", "compartir", "pubblicità", "iscriviti", "publicidade", "assine", "reklama",
    "zapisz się",
    "жарнама", "жазылыңыз", "бөлісу", "reklama huquqi", "obuna bo\\W?l\\w*", "ulashish",
    "რეკლამა", "გამოიწერეთ", "გამოგვყევით", "გააზიარეთ", "გაზიარება", "գովազդ", "բաժանորդագրվե\\w*",
    "հետևե\\w* մեզ", "կիսվե\\w*",
    "تبلیغات?", "آگهی", "مشترک شوید", "عضو شوید", "کانال تلگرام", "اشتراک‌گذاری", "إعلان", "اشترك", "شارك",
    "تابعونا", "פרסומת", "הירשמו", "שתפו", "διαφήμιση", "εγγραφείτε",
)  # fmt: skip

# What is left of a counter or a time when its numbers are gone.
COUNTED: Final = _table(
    "views view reads read shares share likes like comments comment reactions followers votes vote min mins "
    "minute minutes times people reading now claps saves "
    "просмотров просмотра просмотр комментариев комментария комментарий комментарии лайков переглядів "
    "коментарів "
    "baxış baxıldı oxunub oxunma şərh rəy görüntülenme görüntüleme yorum okunma okundu beğeni vues "
    "commentaires aufrufe kommentare visitas comentarios visualizzazioni commenti "
    "ნახვა კომენტარი კომენტარები դիտում դիտումներ մեկնաբանություն մեկնաբանություններ بازدید نظر نظرات دیدگاه "
    "مشاهدة تعليق تعليقات көрілді пікір ko‘rildi izoh צפיות תגובות"
)
TIMES: Final = _table(
    "updated update last modified published posted ago just now today yesterday at on am pm utc gmt est edt "
    "cet hour hours hr hrs minute minutes min mins second seconds day days week weeks month months "
    "mon monday tue tuesday wed wednesday thu thursday fri friday sat saturday sun sunday jan january feb "
    "february mar march apr april may jun june jul july aug august sep sept september oct october nov "
    "november dec december the of "
    "обновлено опубликовано сегодня вчера назад в час часа часов минут минуты минуту день дня дней января "
    "февраля марта апреля мая июня июля августа сентября октября ноября декабря мск оновлено опубліковано "
    "тому "
    "yeniləndi yenilənib dərc olunub tarix saat dəqiqə gün əvvəl bu dünən yanvar fevral mart aprel iyun iyul "
    "avqust sentyabr oktyabr noyabr dekabr "
    "güncelleme güncellendi son yayınlanma yayınlandı tarihi dakika önce ocak şubat nisan mayıs haziran "
    "temmuz ağustos eylül ekim kasım aralık bugün dün "
    "publié mis à jour le il y a heures heure aktualisiert veröffentlicht vor stunden minuten actualizado "
    "publicado hace horas aggiornato pubblicato ore fa atualizado há "
    "განახლდა განახლებულია გამოქვეყნდა წუთის წინ საათის დღის დღეს გუშინ թարմացվել է հրապարակվել րոպե առաջ ժամ "
    "օր այսօր երեկ "
    "به‌روزرسانی بروزرسانی منتشر شده دقیقه پیش ساعت روز امروز دیروز در تاریخ آخرین منذ دقائق ساعات آخر تحديث "
    "نشر تم жаңартылды жарияланды бұрын yangilandi chop etildi oldin עודכן פורסם לפני שעות דקות"
)

# An outlet says that it goes on with the piece.
CONTINUED: Final = _pattern(
    r"^\W*(?:update[ds]?|upd|latest|обновление|обновлено|дополнено|yeniləmə|yeniləndi|güncelleme|güncellendi"
    r"|mise à jour|"
    r"aktualisierung|update|actualización|aggiornamento|atualização|aktualizacja|განახლება|განახლდა|թարմացում"
    r"|թարմացվել է|"
    r"به‌روزرسانی|بروزرسانی|تحديث|עדכון|жаңартылды)\b[^.!?]{0,40}[:\-]\s*\w"
)

# An outlet says that it mends the piece.
CORRECTED: Final = _pattern(
    r"^\W*(?:corrections?(?: and clarifications?)?|clarifications?|errat(?:um|a)|editor'?s'? note"
    r"|correction \(.{1,40}\)|"
    r"исправлени[ея]|уточнени[ея]|поправк[аи]|опровержени[ея]|от редакции|виправлення|уточнення|"
    r"düzəliş\w*|dəqiqləşdirmə|təkzib|redaksiyadan|düzeltme|tashih|tekzip|editörün notu|"
    r"rectificati(?:f|on)|correctif|précision|erratum|korrektur|berichtigung|richtigstellung"
    r"|anm(?:erkung)?\.? der redaktion|corrección|fe de erratas|rettifica|errata corrige|correção|errata"
    r"|sprostowanie|korekta|rectificatie|"
    r"ճշտում|ուղղում|հերքում|խմբագրության կողմից|შესწორება|დაზუსტება|უარყოფა|რედაქციისგან|"
    r"اصلاحیه|اصلاح|تصحیح|توضیح تحریریه|پوزش و اصلاح|تصحيح|استدراك|توضيح|תיקון(?: טעות)?|הבהרה|διόρθωση"
    r"|диорθωση|"
    r"түзету|нақтылау|tuzatish|aniqlik|düzediş|поправка|исправка|ispravka|راستکردنەوە)\s*(?:[:\-(.—]|$|\d)"
    r"|(?:an|a previous|this) earlier version of (?:this|the) (?:article|story|post|report|piece|headline)"
    r"|a previous version of (?:this|the) (?:article|story|post|report|piece|headline)"
    r"|(?:this|the) (?:article|story|post|report|headline|piece) (?:was|has been|is) (?:corrected|amended"
    r"|updated to correct|edited to correct|clarified)"
    r"|(?:has been|was) (?:corrected|amended) (?:to|on|since)|we (?:regret|apologi[sz]e for) (?:the"
    r"|this) (?:error|mistake)"
    r"|в (?:более ранней|предыдущей|первоначальной) версии|в (?:статье|тексте|материале) (?:исправлен"
    r"|была допущена)"
    r"|məqalənin əvvəlki versiyasında|haberin (?:önceki|ilk) (?:sürümünde|halinde|versiyonunda)"
    r"|dans une (?:première|précédente) version|in einer früheren (?:version|fassung)"
    r"|en una versión anterior|სტატიის წინა ვერსიაში|նախորդ տարբերակում|در نسخه(?:ٔ|‌ی|ی)? (?:قبلی|پیشین)"
    r"|في نسخة سابقة"
)  # fmt: skip


RETRACTED: Final = _pattern(
    r"^\W*(?:retract(?:ion|ed)|withdrawn|отозвано|опровержение и удаление|geri götürül\w+|geri çekil(?:di"
    r"|miştir)|پس گرفته شد|سحب المقال)\s*[:\-\]—]"
    r"|(?:this|the) (?:article|story|post|report|piece|item) (?:has been|was|is|had been) (?:now )?(?:retracted"
    r"|withdrawn|removed|deleted|taken down|unpublished|pulled)"
    r"|we (?:have |are )?(?:retract(?:ed|ing)?|withdr(?:aw|ew|awn|awing)) (?:this|the|our) (?:article|story"
    r"|post|report|piece)"
    r"|(?:эта |этот |данная |данный )?(?:статья|материал|публикация|новость|заметка|текст) (?:был[аио]? "
    r"|)?(?:отозван[аио]?|удал[её]н[аио]?|снят[аио]? с публикации)"
    r"|редакция (?:отзывает|удалила|снимает)"
    r"|(?:bu )?(?:məqalə|xəbər|material|yazı) (?:geri götürül\w+|silin\w+|ləğv edil\w+|saytdan çıxarıl\w+)"
    r"|(?:bu )?(?:haber|makale|yazı|içerik) (?:geri çekil\w+|yayından kaldırıl\w+|silin\w+|kaldırıl\w+)"
    r"|cet article a été (?:retiré|supprimé|dépublié)|dieser (?:artikel|beitrag|text) wurde (?:zurückgezogen"
    r"|entfernt|gelöscht)|este artículo (?:ha sido|fue) (?:retirado|eliminado)"
    r"|questo articolo è stato (?:ritirato|rimosso)|este artigo foi (?:retirado|removido)"
    r"|(?:ეს )?(?:სტატია|მასალა|ინფორმაცია) (?:წაშლილია|ამოღებულია|გაუქმებულია|უკან იქნა გაწვეული)"
    r"|(?:այս )?(?:հոդվածը|նյութը|հրապարակումը) (?:հետ է կանչվել|հեռացվել է|ջնջվել է|հետ է վերցվել)"
    r"|این (?:مقاله|خبر|مطلب|گزارش) (?:پس گرفته|حذف|برداشته) شد\w*|(?:تم سحب|حذف) (?:هذا |هذه )?(?:المقال|الخبر"
    r"|التقرير|المادة)"
)  # fmt: skip

# A page says that the piece is not there, or not there for everybody.
NOT_THERE: Final = _holds(

    "(?:page|article|story|content|post) (?:was |is |could |can |you (?:requested|are looking for) )?"
    "(?:not be|no longer|not|cannot be) (?:found|available|exist\\w*)",
    "no longer available", "doesn't exist", "does not exist", "page not found", "404(?: error)?", "error 404",
    "has been (?:removed|deleted)", "страница (?:не найдена|удалена|не существует)",
    "материал (?:удал[её]н|не найден)", "сторінк\\w+ не знайдено", "səhifə tapılmadı", "səhifə mövcud deyil",
    "sayfa bulunamadı", "sayfa mevcut değil",
    "page introuvable", "n'existe (?:plus|pas)", "seite (?:wurde )?nicht gefunden", "nicht mehr verfügbar",
    "página no encontrada", "página não encontrada", "pagina non trovata",
    "strona nie (?:istnieje|została znaleziona)",
    "გვერდი (?:ვერ მოიძებნა|არ მოიძებნა|არ არსებობს)", "էջը (?:չի գտնվել|գոյություն չունի)",
    "صفحه(?: مورد نظر)? (?:یافت|پیدا) نشد", "الصفحة غير موجودة", "бет табылмады", "sahifa topilmadi",
    "הדף לא נמצא",
)  # fmt: skip
PAY: Final = _holds(
    "subscribers? only", "for subscribers", "subscribe to (?:read|continue|unlock)", "continue reading",
    "already a subscriber", "unlock (?:this|the) (?:article|story)",
    "to read (?:the full|this) (?:article|story)", "premium (?:content|article)", "paywall",
    "оформите подписку", "доступно (?:только )?(?:по подписке|подписчикам)", "только для подписчиков",
    "abunəçilər üçün", "yalnız abunə\\w*", "abonelere özel", "abone olarak",
    "réservé aux abonnés", "pour lire la suite", "nur für abonnenten", "jetzt weiterlesen",
    "solo para suscriptores", "solo per abbonati", "exclusivo para assinantes",
    "მხოლოდ გამომწერებისთვის", "միայն բաժանորդների", "ویژه مشترکان", "للمشتركين فقط", "למנויים בלבד",
)  # fmt: skip

NEGATIONS: Final = _table(
    "not no never nor none without не нет ни без deyil yox heç değil yok hiç ոչ չէ არ არა ვერ نه نیست بدون لا "
    "ليس لم ne pas non nicht kein keine nie nunca"
)
NUMBERS: Final = _table(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million billion dozen half "
    "ноль один одна одно два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "двадцать тридцать сорок пятьдесят сто тысяча тысяч миллион миллиона миллионов миллиард "
    "sıfır bir iki üç dörd dört beş altı yeddi yedi səkkiz sekiz doqquz dokuz on iyirmi yirmi otuz qırx kırk "
    "əlli elli yüz min bin milyon milyard milyar "
    "მეორე ერთი ორი სამი ოთხი ხუთი ექვსი შვიდი რვა ცხრა ათი ასი ათასი მილიონი մեկ երկու երեք չորս հինգ վեց "
    "յոթ ութ ինը տասը հարյուր հազար միլիոն "
    "یک دو سه چهار پنج شش هفت هشت نه ده بیست سی چهل پنجاه صد هزار میلیون میلیارد"
)


def is_made_of(words: Iterable[str], *tables: frozenset[str], others: int) -> bool:
    """Whether at most `others` of the words are neither numbers nor in one of the tables."""
    known = frozenset[str]().union(*tables)
    return sum(not any(c.isdigit() for c in word) and word not in known for word in words) <= others
