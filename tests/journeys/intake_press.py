"""What the outlets of the simulated week write: invented events, told in many languages by people who never met.

Keys are `event/outlet`; a text is its headline, then its paragraphs.
"""

TEXTS = {
    "ferry/pulse": (
        "Ferry Marigold runs aground off Osterby with 214 passengers aboard",
        "OSTERBY (Pulse) - The ferry Marigold ran aground on a sandbank in Lake Orvel early on Monday, two kilometres off the harbour of Osterby, with 214 passengers and nine crew aboard, the lake police said.",
        "Nobody was hurt. Tugs from Velden took the passengers off in four hours, and the last of them stepped ashore at Osterby shortly before eleven, some with their breakfast still in their hands.",
        "Captain Ilse Brandt told the police that the buoy which marks the channel had drifted in the storm of Saturday night. The harbour office said that it had ordered a new chain for it in January.",
        "The Marigold, built in 1987, carries commuters between Osterby and Velden. Until divers have looked at her hull the line is served by buses, which take an hour longer around the northern shore.",
    ),
    "ferry/lantern": (
        "Marigold stuck on a sandbank: passengers of the Osterby ferry brought ashore",
        "For four hours on Monday morning the ferry Marigold sat on a sandbank within sight of Osterby while 214 passengers waited at her rails for the tugs, and the town watched from the pier of Lake Orvel.",
        "“We felt a bump, and then it was very quiet,” said Nora Feld, who takes the six o'clock boat to her work at the hospital. The crew handed out tea, and a choir on its way to a contest began to sing.",
        "Captain Ilse Brandt has crossed the lake for 29 years. She says the channel's buoy was not where the chart has it; the lake police will ask why nobody looked after the storm.",
        "Her passengers left by two tugs that came over from Velden. Tickets are paid back at the harbour office, which opens at eight, and buses run in place of the ferry until further notice.",
    ),
    "ferry/matin": (
        "Le bac Marigold s'échoue devant Osterby, ses passagers évacués",
        "Le bac Marigold s'est échoué lundi matin sur un banc de sable du lac d'Orvel, à deux kilomètres du port d'Osterby, avec 214 passagers à bord, a annoncé la police du lac.",
        "Personne n'a été blessé. Deux remorqueurs venus de Velden ont ramené les voyageurs à terre en quatre heures, tandis que les habitants d'Osterby suivaient la scène depuis la jetée.",
        "La capitaine Ilse Brandt affirme que la bouée du chenal avait dérivé pendant la tempête de samedi. La capitainerie reconnaît avoir commandé une chaîne neuve dès le mois de janvier.",
        "En attendant que des plongeurs examinent la coque, des autocars remplacent le bac entre Osterby et Velden. Le trajet par la rive nord dure une heure de plus.",
    ),
    "ferry/ozero": (
        "Паром «Мэриголд» сел на мель у Остербю, пассажиров сняли буксиры",
        "Паром «Мэриголд» (Marigold) в понедельник утром сел на мель на озере Орвел в двух километрах от порта Остербю. На борту были 214 пассажиров, сообщила озёрная полиция.",
        "Никто не пострадал. Два буксира из Вельдена за четыре часа доставили людей на берег, а жители Остербю всё утро следили за ними с пристани.",
        "Капитан Ильзе Брандт рассказала, что буй, который обозначает фарватер, снесло во время субботней бури. В управлении порта ответили, что новую цепь заказали ещё в январе.",
        "Пока водолазы не осмотрят корпус, вместо парома между Остербю и Вельденом ходят автобусы. Дорога вокруг северного берега занимает на час больше.",
    ),
    "ferry/gol": (
        "Marigold feribotu Osterby açıklarında karaya oturdu, 214 yolcu tahliye edildi",
        "Marigold feribotu pazartesi sabahı Orvel Gölü'nde, Osterby limanına iki kilometre kala bir kum tepeciğine oturdu. Göl polisi gemide 214 yolcu bulunduğunu açıkladı.",
        "Olayda yaralanan olmadı. Velden'den gelen iki römorkör yolcuları dört saat içinde kıyıya taşıdı; Osterby halkı kurtarma çalışmalarını iskeleden izledi.",
        "Kaptan Ilse Brandt, kanalı gösteren şamandıranın cumartesi geceki fırtınada sürüklendiğini söyledi. Liman müdürlüğü yeni zinciri ocak ayında sipariş ettiğini bildirdi.",
        "Dalgıçlar tekneyi inceleyene kadar Osterby ile Velden arasında otobüsler çalışacak. Kuzey kıyısından dolaşan yol bir saat daha uzun sürüyor.",
    ),
    "ferry/daryache": (
        "کشتی مسافربری مریگولد نزدیک اوستربی به گل نشست",
        "کشتی مسافربری مریگولد (Marigold) صبح دوشنبه در دریاچه اورول، در دو کیلومتری بندر اوستربی، به گل نشست. پلیس دریاچه گفت که ۲۱۴ مسافر در کشتی بودند.",
        "هیچ‌کس آسیب ندید. دو یدک‌کش از ولدن مسافران را در چهار ساعت به ساحل رساندند و مردم اوستربی از روی اسکله آن را تماشا می‌کردند.",
        "ناخدا ایلزه برانت می‌گوید بویه‌ای که راه کشتی‌ها را نشان می‌دهد در توفان شنبه شب جابه‌جا شده بود. اداره بندر گفت که زنجیر تازه را از ماه ژانویه سفارش داده است.",
        "تا زمانی که غواصان بدنه کشتی را بررسی کنند، میان اوستربی و ولدن اتوبوس رفت‌وآمد می‌کند. راه ساحل شمالی یک ساعت بیشتر طول می‌کشد.",
    ),
    "ferry/tba": (
        "ბორანი „მერიგოლდი“ ოსტერბისთან მეჩეჩზე დაჯდა, მგზავრები ნაპირზე გადაიყვანეს",
        "ბორანი „მერიგოლდი“ (Marigold) ორშაბათს დილით ორველის ტბაზე, ოსტერბის ნავსადგურიდან ორ კილომეტრში, მეჩეჩზე დაჯდა. ბორტზე 214 მგზავრი იყო, განაცხადა ტბის პოლიციამ.",
        "არავინ დაშავებულა. ველდენიდან მოსულმა ორმა ბუქსირმა მგზავრები ოთხ საათში გადაიყვანა ნაპირზე, ოსტერბის მცხოვრებლები კი ამას ნავმისადგომიდან უყურებდნენ.",
        "კაპიტანმა ილზე ბრანდტმა თქვა, რომ ტივტივა, რომელიც გზას აჩვენებს, შაბათის ქარიშხალმა წაიღო. ნავსადგურის სამმართველომ განაცხადა, რომ ახალი ჯაჭვი იანვარში შეუკვეთა.",
        "სანამ მყვინთავები კორპუსს შეამოწმებენ, ოსტერბისა და ველდენს შორის ავტობუსები ივლიან. გზა ჩრდილოეთ ნაპირზე ერთი საათით მეტხანს გრძელდება.",
    ),
    "dam/lantern": (
        "Velden dam: a jammed gate empties 3,400 beds below Lake Orvel",
        "Sirens woke the valley below Lake Orvel at two on Wednesday morning: a gate of the Velden dam would not close, and 3,400 people in Ruhsdorf and Niederau were told to leave their houses.",
        "By noon the school of Ruhsdorf held six hundred of them, with their dogs and two parrots. Engineer Pavel Horak, who was lowered to the gate on a rope, found an oak wedged in its rail.",
        "The water in the streets of Niederau stood at forty centimetres and fell in the afternoon. The cantonal council meets on Thursday to ask why the gate's alarm was silent for an hour.",
    ),
    "dam/matin": (
        "Barrage de Velden : une vanne bloquée, 3 400 habitants évacués",
        "Une vanne du barrage de Velden, à l'extrémité du lac d'Orvel, est restée ouverte dans la nuit de mardi à mercredi. Les 3 400 habitants de Ruhsdorf et de Niederau ont dû quitter leur maison.",
        "L'ingénieur Pavel Horak, descendu au bout d'une corde, a découvert un chêne coincé dans le rail de la vanne. À midi, six cents personnes avaient trouvé refuge dans l'école de Ruhsdorf.",
        "L'eau a atteint quarante centimètres dans les rues de Niederau avant de baisser dans l'après-midi. Le conseil cantonal demandera jeudi pourquoi l'alarme est restée muette pendant une heure.",
    ),
    "dam/ozero": (
        "Плотина в Вельдене: затвор заклинило, эвакуированы 3400 человек",
        "Затвор плотины в Вельдене, на краю озера Орвел, в ночь на среду не закрылся. Жителям Рухсдорфа и Нидерау, а это 3400 человек, велели покинуть дома.",
        "Инженер Павел Горак, которого спустили на верёвке, нашёл в направляющей затвора дуб. К полудню шестьсот человек разместились в школе Рухсдорфа.",
        "Вода на улицах Нидерау поднялась на сорок сантиметров и к вечеру спала. Кантональный совет в четверг спросит, почему сирена молчала целый час.",
    ),
    "dam/tideway": (
        "A gate of the Velden dam jams, and a valley leaves its beds",
        "Some 3,400 people of Ruhsdorf and Niederau, below Lake Orvel, left their houses in the night to Wednesday because a gate of the Velden dam did not close, the Matin du Lac writes.",
        "An oak had wedged itself into the gate's rail, as the engineer Pavel Horak found when he was let down on a rope. Six hundred people spent the day in the school of Ruhsdorf.",
        "The water in Niederau rose to forty centimetres before it fell. Why the alarm was silent for an hour is what the cantonal council will ask on Thursday.",
    ),
    "long/lantern": (
        "Who owns the ice of Lake Orvel? A walk along a shore that has three laws",
        "In the winters when Lake Orvel froze, the ice belonged to whoever could stand on it. Today a walk along its shore takes nine hours and passes through three laws, two of which contradict each other.",
        "The oldest of them was written in 1741 for a monastery that sold ice to breweries. It has never been repealed, says the lawyer Greta Olm, who has read it more often than is good for anybody.",
        "At the northern quay a board forbids skating; fifty metres on, another one recommends it. The boards were painted by the same man, who is paid by the letter and would not be drawn.",
    ),
    "recipe/lantern": (
        "The dumplings of your aunt, and why yours fall apart",
        "A dumpling falls apart for one of three reasons, and none of them is your fault: the potatoes were young, the water boiled too hard, or somebody lifted the lid to have a look.",
        "Take a kilogram of floury potatoes, boil them the evening before, and let them dry in their skins. Grate them in the morning, with an egg, salt, and as much flour as the dough will ask for.",
        "Shape them with wet hands and let them draw for twenty minutes under a lid that stays where it is. Serve with brown butter, and do not invite people who count.",
    ),
    "football/matin": (
        "Football : Saint-Aubin arrache le nul à la dernière seconde",
        "Mené deux à zéro à la pause, Saint-Aubin a trouvé les ressources pour égaliser samedi soir contre le leader, grâce à un coup franc de Karim Lenoir à la quatre-vingt-quatorzième minute.",
        "L'entraîneur avait lancé trois attaquants après l'heure de jeu. « Nous n'avions plus rien à perdre », a-t-il expliqué devant un vestiaire où l'on chantait encore une heure après le match.",
        "Saint-Aubin reste quinzième du championnat, à deux points du premier non-relégable. Le prochain match se jouera dimanche à l'extérieur, sans son gardien, suspendu.",
    ),
    "market/gol": (
        "Pazarda domates fiyatı bir haftada ikiye katlandı",
        "Kent pazarında domatesin kilosu bir hafta içinde ikiye katlandı. Pazarcılar don olayının seralara zarar verdiğini, ürünün yarısının tarlada kaldığını anlatıyor.",
        "Yirmi yıldır tezgâh açan Hatice Demir, müşterilerin artık kiloyla değil taneyle aldığını söyledi. Belediye, üreticiden doğrudan satış için cumartesi günü meydanda yer açacak.",
        "Ziraat odası, yeni ürünün nisan ayında pazara ineceğini ve fiyatların o zaman düşeceğini bildirdi. O güne kadar salça yapmak isteyenlerin beklemesi öneriliyor.",
    ),
    "school/daryache": (
        "مدرسه شبانه برای پدربزرگ‌ها در شهر باز شد",
        "نخستین مدرسه شبانه برای سالمندان روز سه‌شنبه در محله قدیمی شهر باز شد. سی و دو نفر در کلاس اول نام نوشتند که بزرگ‌ترین آنان نود و یک سال دارد.",
        "خانم معلم می‌گوید شاگردانش هرگز دیر نمی‌آیند و مشق‌هایشان را دو بار می‌نویسند. درس‌ها خواندن، حساب و کار با تلفن همراه است.",
        "شهرداری هزینه کتاب‌ها را می‌پردازد. اگر شمار شاگردان از چهل نفر بیشتر شود، کلاس دوم در کتابخانه شهر برگزار خواهد شد.",
    ),
    "bread/tba": (
        "თონე, რომელიც ას წელზე მეტია არ ჩამქრალა",
        "ძველი უბნის საცხობში თონე 1919 წლიდან არ ჩამქრალა, ამბობს მეპურე გიორგი მამულაშვილი, რომლის პაპამ ის თავისი ხელით ააშენა და პირველი პური მეზობლებს დაურიგა.",
        "დილის ხუთ საათზე რიგი უკვე ქუჩის ბოლომდე აღწევს. პური იმავე ფასად იყიდება, რაც შარშან ღირდა, რადგან ფქვილს საცხობი პირდაპირ მეწისქვილისგან იღებს.",
        "საცხობს მერია ძეგლის სტატუსს სთავაზობს. მეპურე ამბობს, რომ ძეგლი არ ჭამს, და თანახმაა მხოლოდ იმ შემთხვევაში, თუ თონეს არავინ ჩააქრობს.",
    ),
    "cup/pulse": (
        "Schoolgirl Petrova wins the Halden chess cup after nine rounds",
        "HALDEN (Pulse) - The fourteen-year-old Daria Petrova won the Halden chess cup on Thursday after nine rounds, half a point ahead of the grandmaster Arvo Kallas.",
        "She needed a draw in the last game and refused one twice. “I wanted to see what happens,” she told reporters, who had run out of questions before she ran out of answers.",
        "The prize is a clock and two thousand euros. Petrova will be back at school on Friday, where a test in geography awaits her.",
    ),
    "bridge/pulse": (
        "Inspectors close the Osterby bridge over cracks in its pillars",
        "OSTERBY (Pulse) - The road bridge of Osterby on Lake Orvel was closed on Tuesday after inspectors reported cracks in three of its pillars, the road office of the canton said.",
        "Lorries are led over the dam road until further notice. The bridge was built in 1961 and carries eleven thousand vehicles on a working day.",
        "The office would not say for how long the bridge will stay closed. A spokesman spoke of weeks at least, and asked drivers for patience.",
    ),
    "late/gazette": (
        "Lake Orvel's mayors agree on one timetable for boats and trains",
        "The mayors of the seven towns on Lake Orvel have agreed on one timetable for boats and trains, the first since the railway came to the shore in 1884, they said on Thursday.",
        "From June the last boat waits for the last train, for nine minutes at most. Who pays when it waits in vain was the subject of four of the five hours that the meeting took.",
        "Passengers' clubs welcomed the plan. Their speaker said that she would believe it when she stands on the quay with a dry coat.",
    ),
    "letter/harbour": (
        "From the harbour office: the buoys of Lake Orvel are being chained anew",
        "Dear friends of the harbour, since Tuesday two boats of ours have been out on Lake Orvel to chain its eleven buoys anew, beginning with the one off Osterby that drifted in the storm.",
        "The work takes until Saturday. Sailors are asked to keep a hundred metres away from the yellow boats, and to believe the lights rather than the chart until we have printed a new one.",
        "The museum of the harbour shows the old chain from Friday. Admission is free for everybody who was aboard the Marigold; a wet ticket is proof enough.",
    ),
    "fish/agency": (
        "Trout of Lake Orvel carry a fever that spares people",
        "The trout of Lake Orvel carry a fever that was unknown there, the veterinary office said on Tuesday; people cannot catch it, and cooked fish may be eaten.",
        "Fishermen noticed in February that their catch swam slowly. Samples went to the laboratory in Halden, which found the virus in nine fish of ten.",
        "Angling from the shore is forbidden until the end of the month. The office asks everybody to dry nets and boots before taking them to another water.",
    ),
    "print/side": (
        "What the divers saw below the Marigold",
        "The divers who went below the ferry Marigold on Tuesday saw a dent as long as a bus, and no hole, one of them told this paper; she may sail on Lake Orvel within a fortnight.",
        "Her screw is bent at two of its four blades. A new one stands in the yard of Velden, where it was cast in 1991 as a spare and has served since as a table for the apprentices.",
        "The insurer will look at her on Friday. Until then nobody may go aboard but the ship's cat, who did not leave her at any time.",
    ),
    "pasted/side": (
        "Letter to the desk: I was the bump's first witness",
        "I was on the Marigold when she touched the ground of Lake Orvel, and I should like to put on record that it was not a bump but a sigh, such as my late husband gave when he sat down.",
        "The crew was excellent. The tea was not, and I have told them so, because people who only praise are never asked again.",
        "I remain at the disposal of the divers, should they have questions that a retired teacher of physics can answer.",
    ),
}  # fmt: skip
