"""Spellings of one name in the languages of the routes, and of the same figures in several traditions; and names that only look so.

Common names of each language, of no person. Wolof, Pulaar, Mandinka: the French and the English spelling of Senegal and the Gambia. Somali: the
alphabet of 1972 beside English, French and Italian (Mansuur 2021, Somali names and individual identity). Hausa: Nigeria and Niger
(Ryan 1981, Names 29, on Hausa personal nomenclature). The figures that the Bible and the Qur'an have in common: the list of proper
names in Maulana Muhammad Ali's translation of the Qur'an.
"""

import pytest

from opencompact.missing.names import score


def pairs(text: str) -> list[list[str]]:
    return [pair.strip().split("|") for pair in text.replace("\n", " ").split(",") if pair.strip()]


WOLOF_PULAAR_MANDINKA_SAME = """
Ndiaye|Njie, Diop|Jobe, Cissé|Ceesay, Diouf|Joof, Sarr|Saar, Ndao|Ndow, Fall|Faal, Guèye|Gaye, Touré|Touray, Camara|Kamara, Sow|Sowe, Bâ|Bah,
Diallo|Jalloh, Thiam|Cham, Mbaye|Mbye, Niang|Nyang, Sylla|Sillah, Dramé|Drammeh, Diarra|Jarra, Diatta|Jatta, Sané|Sanneh, Badji|Badjie,
Ousmane|Usman, Boubacar|Bubacarr, Lamine|Lamin, Aliou|Alieu, Fatoumata|Fatumatta, Yaya|Yahya, Aïssatou|Isatou, Kadiatou|Kadijatou, Ibrahima|Ebrima,
Abdoulaye|Abdoulie, Mamadou|Momodou, Thierno|Cherno, Sékou|Sheku, Diaby|Jabbie, Diakité|Jakiteh, Konaté|Konateh, Ndour|Ndure, Senghor|Sengor,
Dabo|Darboe, Souleymane|Sulayman
"""

SOMALI_SAME = """
Cabdi|Abdi, Maxamed|Mohamed, Xasan|Hassan, Faarax|Farah, Cali|Ali, Cumar|Omar, Cismaan|Osman, Xuseen|Hussein, Jaamac|Jama, Axmed|Ahmed, Yuusuf|Yusuf,
Ibraahim|Ibrahim, Caasha|Asha, Faadumo|Fadumo, Xaliimo|Halimo, Saciid|Said, Cawaale|Awale, Guuleed|Guled, Xirsi|Hersi, Ducaale|Duale, Maryan|Maryam,
Khadiijo|Khadija, Deeqa|Deqa, Cabdullaahi|Abdullahi, Cabdiraxmaan|Abdirahman, Muuse|Muse, Aadan|Aden, Liibaan|Liban, Ismaaciil|Ismail,
Abdirascid|Abdirashid, Houssein|Xuseen, Giama|Jama, Geeddi|Gedi, Cabdirashiid|Abdirachid, Nuur|Nour, Xawo|Hawo, Cadeey|Adey, Cilmi|Elmi,
Maxamuud|Mohamud, Shariif|Sharif, Siciid|Said, Raxma|Rahma, Xinda|Hinda
"""

HAUSA_SAME = """
Muhammadu|Mohammed, Aliyu|Ali, Usman|Usmanu, Abubakar|Bukar, Umar|Umaru, Yakubu|Yaqub, Isa|Issa, Musa|Moussa, Sani|Sanni, Salihu|Saleh,
Sulaiman|Sulemanu, Haruna|Harouna, Yahaya|Yahya, Hauwa|Hawa, Fatima|Fatimatu, Hadiza|Khadija, Aisha|Aishatu, Zainab|Zainabu, Mustapha|Mustafa,
Shehu|Chehou, Danladi|Dan Ladi, Kabir|Kabiru, Bashir|Bachirou, Nasir|Nasiru, Maryam|Maryamu, Amina|Aminatu, Rahmatu|Ramatou, Halima|Halimatu,
Yusuf|Issoufou, Mahamadou|Muhammadu, Hussaini|Ousseini, Hassan|Hassane, Adamu|Adamou, Sule|Souley, Saidu|Seydou, Lawal|Lawali, Abdullahi|Audu,
Ibrahim|Iro, Mamman|Muhammadu, Sadiq|Sadiku
"""

TIGRINYA_SAME = """
Tesfay|Tesfai, Gebremeskel|Ghebremeskel, Haile|Hayle, Kiflay|Kiflai, Tsegay|Tzegai, Tsehaye|Zehaie, Berhane|Birhane, Tekle|Tecle, Yohannes|Johannes,
Mehari|Mehary, Kidane|Chidane, Woldu|Weldu, Woldemichael|Weldemikael, Isaias|Isayas, Isayas|Esayas, Abrehet|Abrhet, Freweyni|Frewoini,
Letebrhan|Letebirhan, Kahsay|Cahsai, Fessehaye|Fisehaye, Gebre|Ghebre, Goitom|Goytom, Estifanos|Stifanos, Hadgu|Hadghu, Asmerom|Asmarom, Zerai|Zeray,
Amanuel|Emanuel, Yonas|Jonas, ተስፋይ|Tesfay, ኪዳነ|Kidane, ፀሃየ|Tsehaye, ጎይትኦም|Goitom, ሓጎስ|Hagos, ፍስሃየ|Fisehaye, ገብረመስቀል|Gebremeskel, ለተብርሃን|Letebrhan,
ኣማኑኤል|Amanuel, ዮናስ|Yonas, ኤልሳ|Elsa, ሰላም|Selam, ጸጋይ|Zegai, Ghebrezghi|Gebrezgi, Gebrehiwet|Ghebrehiwot, Iyob|Eyob, Fikre|Ficre, ገብርኤል|Gabriel,
ሙሴ|Mussie
"""

PASHTO_DARI_URDU_SAME = """
Rahmatullah|Rehmatullah, Najibullah|Najeebullah, Zmarai|Zmaray, Khushal|Khoshal, Shaista|Shayesta, Wazir|Vazir, Hekmatyar|Hikmatyar,
Esmatullah|Ismatullah, Zabihullah|Zabiullah, Ghulam|Gholam, Nawaz|Navaz, Iqbal|Eqbal, Ehsan|Ihsan, Jahangir|Jehangir, Akhtar|Akhter,
Shakila|Shakeela, Feroz|Firuz, Mirwais|Mir Wais, Zarghuna|Zarghoona, Spozhmai|Spogmay, Pashtun|Pakhtun, Torpekai|Torpikay, Khatera|Khatira,
Yaqoob|Yaghoub, Mehmood|Mahmud, Ayesha|Aisha, Chaudhry|Chowdhury, Hussain|Hosein, خوشحال|Khushal, پلوشه|Palwasha, ګل|Gul, سپوږمۍ|Spozhmai,
پښتون|Pakhtun, تورپېکۍ|Torpekai, Qudratullah|Ghodratollah, Obaidullah|Ubaidullah, Mohibullah|Muhibullah, Saifullah|Seyfollah, Rasool|Rasul,
Qayum|Ghayoum, Zubair|Zobair, Gulbuddin|Golbodin, Shahnawaz|Shah Nawaz, نظیر|Nazeer, عائشہ|Ayesha, گل|Gul, وږمه|Wazhma, ژیړ|Zhir
"""

TRADITIONS_SAME = """
Sulaiman|Solomon, Suleiman|Solomon, سليمان|Solomon, Ibrahim|Abraham, إبراهيم|Abraham, Yusuf|Joseph, Musa|Moses, Isa|Jesus, Maryam|Mary, Dawud|David,
Yaqub|Jacob, Ishaq|Isaac, Yahya|John, Ayyub|Job, Ilyas|Elias, Ilyas|Elijah, Yunus|Jonah, Yunus|Yonas, Haroun|Aaron, Zakariya|Zechariah,
Ismail|Ishmael, Idris|Enoch, Nuh|Noah, Lut|Lot, Adam|Aadan, Jibril|Gabriel, Mikail|Michael, Imran|Amram, Hawa|Eve, Sarah|Sara, Hajar|Hagar,
Daniyal|Daniel, Uzair|Ezra, Shamwil|Samuel, ሰለሞን|Solomon, ሰሎሞን|Sulaiman, አብርሃም|Ibrahim, ዮሴፍ|Yusuf, ሙሴ|Musa, ኢየሱስ|Isa, ማርያም|Maryam, ዳዊት|Dawud,
ያዕቆብ|Yaqub, ይስሐቅ|Ishaq, ዮሐንስ|Yahya, ኢዮብ|Ayyub, ኤልያስ|Ilyas, ዮናስ|Yunus, አሮን|Haroun, ዘካርያስ|Zakariya, ገብርኤል|Jibril, ሚካኤል|Mikail, שלמה|Sulaiman,
אברהם|Ibrahim, יוסף|Yusuf, משה|Musa, דוד|Dawud, יעקב|Yaqub, יצחק|Ishaq, איוב|Ayyub, אליהו|Ilyas, יונה|Yunus, אהרן|Haroun, Соломон|Sulaiman,
Авраам|Ibrahim, Иосиф|Yusuf, Моисей|Musa, Давид|Dawud, Иаков|Yaqub, Яков|Yaqub, Исаак|Ishaq, Иоанн|Yahya, Иван|Yahya, Иов|Ayyub, Илья|Ilyas,
Иона|Yunus, Аарон|Haroun, Сулейман|Solomon, Ибрагим|Abraham, Юсуф|Joseph, Муса|Moses, Дауд|David, Якуб|Jacob, Исхак|Isaac, Яхья|John, Айюб|Job,
Ильяс|Elias, Юнус|Jonah, Захар|Zakariya, Гавриил|Jibril, Σολομών|Sulaiman, Αβραάμ|Ibrahim, Ιωσήφ|Yusuf, Μωυσής|Musa, Δαυίδ|Dawud, Ιακώβ|Yaqub,
Ισαάκ|Ishaq, Ιωάννης|Yahya, Ιώβ|Ayyub, Ηλίας|Ilyas, Ιωνάς|Yunus, Ζαχαρίας|Zakariya, Γαβριήλ|Jibril, Սողոմոն|Sulaiman, Աբրահամ|Ibrahim, Հովսեփ|Yusuf,
Մովսես|Musa, Դավիթ|Dawud, Հակոբ|Yaqub, Իսահակ|Ishaq, Հովհաննես|Yahya, Եղիա|Ilyas, სოლომონ|Sulaiman, აბრაამ|Ibrahim, იოსებ|Yusuf, მოსე|Musa,
დავით|Dawud, იაკობ|Yaqub, ისააკ|Ishaq, იოანე|Yahya, ილია|Ilyas, იონა|Yunus, Eyesus|Isa, Yeshua|Isa, Maria|Maryam, Miriam|Maryam, Мария|Maryam,
Μαρία|Maryam, Մարիամ|Maryam, მარიამ|Maryam, מרים|Maryam
"""

WOLOF_PULAAR_MANDINKA_OTHER = """
Ndiaye|Ndao, Sow|Sy, Fall|Faye, Diallo|Diarra, Sané|Sonko, Camara|Cissé, Keita|Kanté, Touré|Traoré, Sarr|Seck, Guèye|Gning, Thiam|Thioune,
Demba|Samba, Fatou|Awa, Modou|Mor, Ousmane|Oumar, Aminata|Aissatou, Mbaye|Mbow, Kaba|Kane, Drammeh|Darboe, Jammeh|Jallow, Jatta|Jarju,
Dembélé|Diabaté, Coulibaly|Konaté, Alioune|Lamine, Niang|Ndiaye, Mariama|Aminata
"""

SOMALI_OTHER = """
Farah|Faisal, Abdi|Aden, Warsame|Warfa, Guled|Gedi, Hassan|Hussein, Jama|Jimale, Ali|Elmi, Omar|Osman, Halima|Hodan, Amina|Asha, Fadumo|Fartun,
Hirsi|Hashi, Muse|Mumin, Samatar|Sahal, Yusuf|Yasin, Ahmed|Mohamed, Sahra|Safia, Dahir|Daud, Roble|Raage, Cali|Cilmi, Xasan|Xuseen, Cabdi|Cabdalla,
Xaliimo|Xawo
"""

HAUSA_OTHER = """
Garba|Gambo, Sani|Sanusi, Musa|Muktar, Ladi|Lami, Tanko|Tukur, Hauwa|Hadiza, Umar|Usman, Abdullahi|Abdulkadir, Danjuma|Danladi, Shehu|Sule,
Audu|Adamu, Ibrahim|Ismail, Kabiru|Kasimu, Nasiru|Nuhu, Yakubu|Yusufu, Zainab|Zulai, Idris|Idi, Bashir|Bukar, Haruna|Hussaini
"""

TIGRINYA_OTHER = """
Tesfay|Tsegay, Tesfay|Tesfalem, Gebremeskel|Gebremedhin, Haile|Hagos, Berhane|Berhe, Kidane|Kiflay, Yohannes|Yonas, Mehari|Mebrahtu, Semhar|Selam,
Abrehet|Abeba, Hadgu|Hadish, Asmerom|Asmelash, Filmon|Fitsum, Goitom|Girmay, Tekle|Tekeste, Zerai|Zerom, Kahsay|Kidane, Amanuel|Daniel, Rahel|Rigbe,
Luam|Lidya, ተስፋይ|Tsegay, ኪዳነ|Kahsay, ሓጎስ|Haile, ሙሴ|Moges
"""

PASHTO_DARI_URDU_OTHER = """
Rahmatullah|Rahimullah, Zmarai|Zalmai, Esmatullah|Hedayatullah, Iqbal|Afzal, Khushal|Khalil, Noor|Nader, Wazir|Nazir, Palwasha|Parwana, Karim|Kabir,
Sher|Shah, Akhtar|Anwar, Zia|Zaher, Asif|Aslam, Imran|Irfan, Bilal|Jalal, Waseem|Nadeem, Shakila|Jamila, Saima|Salma
"""

TRADITIONS_OTHER = """
Sulaiman|Salman, Ibrahim|Ismail, Yusuf|Yunus, Musa|Isa, Dawud|Daniel, Yaqub|Yusuf, Ishaq|Ismail, Yahya|Zakariya, Ayyub|Yaqub, Ilyas|Idris,
Yunus|Yasin, Abraham|Aaron, Joseph|Job, Moses|Musab, Musab|Moussa, Jacob|Job, Solomon|Samuel, Mary|Martha, Elias|Elisha, Gabriel|Michael, Noah|Jonah,
David|Daniel
"""


ONE = [WOLOF_PULAAR_MANDINKA_SAME, SOMALI_SAME, HAUSA_SAME, TIGRINYA_SAME, PASHTO_DARI_URDU_SAME, TRADITIONS_SAME]
TWO = [WOLOF_PULAAR_MANDINKA_OTHER, SOMALI_OTHER, HAUSA_OTHER, TIGRINYA_OTHER, PASHTO_DARI_URDU_OTHER, TRADITIONS_OTHER]


@pytest.mark.parametrize(("one", "other"), [pair for text in ONE for pair in pairs(text)])
def test_two_spellings_of_a_name_speak_for_one_person(one: str, other: str) -> None:
    assert score(one, other) > 0


@pytest.mark.parametrize(("one", "other"), [pair for text in TWO for pair in pairs(text)])
def test_two_names_that_only_look_alike_do_not(one: str, other: str) -> None:
    assert score(one, other) <= 0
