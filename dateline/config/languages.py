"""The languages that a site may publish in: BCP 47 tags with their own names."""

LANGUAGES = [
    ("ar", "العربية"), ("az", "Azərbaycanca"), ("be", "Беларуская"), ("bg", "Български"), ("ca", "Català"),
    ("ckb", "کوردیی ناوەندی"), ("cs", "Čeština"), ("da", "Dansk"), ("de", "Deutsch"), ("el", "Ελληνικά"),
    ("en", "English"), ("es", "Español"), ("et", "Eesti"), ("fa", "فارسی"), ("fi", "Suomi"), ("fr", "Français"),
    ("he", "עברית"), ("hr", "Hrvatski"), ("hu", "Magyar"), ("hy", "Հայերեն"), ("id", "Bahasa Indonesia"),
    ("it", "Italiano"), ("ja", "日本語"), ("ka", "ქართული"), ("kk", "Қазақша"), ("ko", "한국어"), ("ky", "Кыргызча"),
    ("lt", "Lietuvių"), ("lv", "Latviešu"), ("mk", "Македонски"), ("nl", "Nederlands"), ("no", "Norsk"),
    ("pl", "Polski"), ("pt", "Português"), ("ro", "Română"), ("ru", "Русский"), ("sk", "Slovenčina"),
    ("sl", "Slovenščina"), ("sq", "Shqip"), ("sr", "Српски"), ("sv", "Svenska"), ("tg", "Тоҷикӣ"),
    ("tk", "Türkmençe"), ("tr", "Türkçe"), ("uk", "Українська"), ("ur", "اردو"), ("uz", "Oʻzbekcha"),
    ("vi", "Tiếng Việt"), ("zh-hans", "简体中文"),
]  # fmt: skip
