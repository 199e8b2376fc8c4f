"""Small words as witnesses: which languages write them, for neighbours that statistics of letters confuse."""

from dateline.lib.text import names

# The commonest small words of each, those that it shares with its neighbours included.
SMALL_WORDS = {
    "ru": (
        "и в не на с что как это по из к у за от для о до же кого так но а он она они его её их был была "
        "было были уже все при или если чтобы только может после также которые который во со об"
    ),
    "bg": (
        "и в не на с се да е са от за до по че как това този тази като при ще след който която които но "
        "или си му го я ги има беше бе близо според между без още само един една към във със под над през "
        "никой колко много ли"
    ),
    "mk": (
        "и во не на со се да е од за до по дека како тоа овој оваа при ќе кој која кои но или си му го ја "
        "ги има беше според меѓу без уште само еден една кон под над низ никој колку многу што"
    ),
    "sr": (
        "и у не на са се да је су од за до по како то ово ова овај при ће након који која које али или си "
        "му га их има био била било према између без још само један једна ка под над кроз нико колико "
        "много што би нема није"
    ),
    "uk": (
        "і й в у не на з що як це по із до за від для про та або але він вона вони його її їх був була "
        "було були є вже всі при якщо щоб тільки може після також які який ви ми ряд"
    ),
    "be": (
        "і ў у не на з што як гэта па да за ад для пра або але ён яна яны яго яе іх быў была было былі "
        "ёсць ужо усе пры калі каб толькі можа пасля таксама якія які"
    ),
    "kk": (
        "және бір бұл үшін мен бен да де деп еді туралы бойынша кейін дейін оларды оны оның болды болып "
        "емес ол бар осы"
    ),
    "ky": (
        "жана бир бул үчүн менен да де деп эле жөнүндө боюнча кийин чейин аларды аны анын болду болуп "
        "эмес ал бар ошол"
    ),
    "tg": "ва дар аз ба ки бо барои ин он як аст буд шуд ҳам",
    "az": (
        "və bir bu üçün ilə da də ki olan olub edib deyib sonra kimi daha çox ilk son o ya haqqında üzrə "
        "görə olaraq amma onun artıq yalnız isə il ildə sosial klub klubu media"
    ),
    "tr": (
        "ve bir bu için ile da de ki olan sonra gibi daha çok ilk son o ya hakkında göre olarak ama onun "
        "artık sadece ise değil ne kadar diye en yıl sosyal kulüp medya"
    ),
    "uz": (
        "va bir bu uchun bilan ham da deb edi keyin kabi koʻp u yoki haqida boʻyicha lekin uning faqat "
        "esa men biz emas nima"
    ),
    "tk": (
        "we bir bu üçin bilen hem da de diýip soň ýaly köp ilki ol ýa hakda boýunça emma onuň diňe bolsa "
        "däl men biz şu näme"
    ),
    "es": (
        "el la los las de del en y a que un una por con para como más pero su se no es al lo sus sin "
        "sobre entre este esta fue son ha cuyo qué"
    ),
    "pt": (
        "o a os as de do da dos das em no na e que um uma por com para como mais mas seu sua se não é ao "
        "sem sobre entre este esta foi são há"
    ),
    "gl": (
        "o a os as de do da dos das en no na e que un unha por con para como máis pero seu súa se non é "
        "ao sen sobre entre este esta foi son hai"
    ),
    "ca": (
        "el la els les de del dels en i a que un una per amb com més però seu seva no és al sense sobre "
        "entre aquest aquesta va són"
    ),
    "it": (
        "il lo la gli le di del della dei in e a che un una per con come più ma suo sua si non è al senza "
        "su tra questo questa sono ha"
    ),
    "ro": "și de la în a al ale cu pe un o din că nu este pentru mai sau dar fi sunt care",
    "fr": (
        "le la les de des du en et à que un une par avec pour comme plus mais son sa se ne pas est au "
        "sans sur entre ce cette sont il qui"
    ),
    "en": (
        "the of and to in is was that for on with as at by from it he his her said are were not be has "
        "have had will after over above new a an"
    ),
    "de": (
        "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an er "
        "hat aus bei nach sie wird"
    ),
    "nl": "de het een van in en is op te dat met voor zijn niet aan er om ook als door maar bij",
    "pl": "w z i na do nie że się o od po za przez jest to jak ale ponad oraz dla",
    "cs": "v z a na do ne že se o od po za je to jak ale pro by jsou ve s",
    "hr": "u i na da se za od s su je ne o po kako ali ili bi koji koja nakon više nije sa što",
    "id": "yang dan di ke dari untuk dengan pada ini itu tidak akan dalam adalah",
    "sv": "och i att det som en på är av för med den till inte om ett han",
    "fa": "در به از که این را است با برای آن های می شد و یک بر تا خود هم چه نه",
    "ckb": "لە بە و بۆ ئەو کە ئەم لەگەڵ بوو دەکات کرد من هەر",
    "ps": "په د او له چې دا سره کې ته هم",
    "ur": "کے کی میں ہے اور سے کا کو نے کہ پر یہ",
}  # fmt: skip

# Endings of case and of the article after its noun, which tell Slavic neighbours apart.
ENDINGS = {
    "ru": "ами ями ыми ими ого его ому ему тся ния ции ств",
    "uk": "ами ями ими ого ому ння ції ься ств",
    "be": "амі ямі ага аму ння цыі цца",
    "bg": "ата ята ото ето ите ият аха еха оше еше ния ции ски",
    "mk": "ата ото ето ите иот еше ува ски ции ија",
    "sr": "ама има ног ном ији ује ају ски ког ија",
}
_LONG = 5


def witnesses(found: list[str]) -> set[str]:
    """Return the words of a text and, as `-end`, the endings of its longer ones."""
    return {*found, *(f"-{word[-3:]}" for word in found if len(word) >= _LONG)}


def users(languages: list[str]) -> dict[str, list[bool]]:
    """Return, for each small word and each ending, which of `languages` use it."""
    endings = {tag: {f"-{ending}" for ending in table.split()} for tag, table in ENDINGS.items()}
    tables = {tag: names(table) | endings.get(tag, set()) for tag, table in SMALL_WORDS.items()}
    every = frozenset().union(*tables.values())
    return {word: [word in tables.get(language, ()) for language in languages] for word in every}
