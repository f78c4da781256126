"""Two names that differ in one sound, and two spellings of one name: what tells them apart is what is known of names.

Common names of the countries that people leave, of no person. The different ones are two names to whoever bears them: عمر and عمار, نصير and نظير,
حبيب and حفيظ, አበበ and አበባ, Mamadou (Muhammad) and Amadou (Ahmad).
"""

import pytest

from opencompact.missing.names import prepare, score, score_pairs


def pairs(text: str) -> list[list[str]]:
    return [pair.strip().split("|") for pair in text.replace("\n", " ").split(",") if pair.strip()]


TWO = """
Omar|Ammar, Omar|Amr, Nasir|Nazir, Nazir|Wazir, Mahmoud|Mohamed, Ahmad|Hamad, Ahmad|Amjad, Hamid|Hamad, Hassan|Hussein, Hassan|Ihsan,
Karim|Karam, Karim|Akram, Jamal|Jamil, Kamal|Jamal, Salim|Sami, Samir|Amir, Saad|Souad, Said|Zaid, Walid|Khalid, Khalid|Khalil, Jalil|Khalil,
Jalil|Jamil, Nabil|Jamil, Fadi|Fathi, Fares|Firas, Hani|Hadi, Hadi|Hamdi, Rami|Sami, Rami|Ramzi, Ziad|Zaid, Yasser|Nasser, Mazen|Hazem, Hatem|Hazem,
Hatem|Haitham, Hisham|Hashim, Hisham|Issam, Issam|Hussam, Bilal|Jalal, Talal|Bilal, Anas|Anis, Ayman|Amin, Amal|Kamal, Hanan|Hana, Rana|Rania,
Salma|Salwa, Salwa|Marwa, Nada|Nadia, Nadia|Nadira, Dina|Lina, Wafa|Safa, Farid|Fahd, Jawad|Jihad, Mustafa|Murtada, Mahdi|Hamdi, Mahdi|Majdi,
Rafiq|Shafiq, Sabri|Shukri, Nadim|Nadir, Nadir|Nazir, Habibullah|Hafizullah, Najibullah|Nasibullah, Najibullah|Mujibullah, Mohibullah|Mujibullah,
Karimullah|Rahimullah, Asadullah|Ahmadullah, Amanullah|Amrullah, Fazlullah|Faizullah, Esmatullah|Nematullah, Nematullah|Rahmatullah,
Enayatullah|Hedayatullah, Farhad|Fahad, Shahid|Zahid, Zahid|Zahir, Tahir|Zahir, Sajid|Majid, Sajid|Wajid, Asif|Arif, Arif|Sharif, Latif|Sharif,
Naeem|Nadeem, Naeem|Waseem, Irfan|Imran, Shabbir|Sabir, Mamadou|Amadou, Moussa|Issa, Ousmane|Oumar, Aminata|Ramata, Aissata|Aminata,
Bakary|Zakary, Demba|Samba, Lamine|Amine, Salif|Latif, Sekou|Seydou, Ibrahima|Rahima, Balarabe|Balaraba, Aminu|Amina, Dembele|Demba, Diallo|Diarra,
Traore|Toure, Kone|Konate, Conde|Conte, Diop|Diouf, Sanogo|Sangare, Ngozi|Nkechi, Olamide|Olumide, Kofi|Kojo, Akosua|Akua, Abebe|Abeba,
Kebede|Bekele, Tesfaye|Tsegaye, Haile|Hailu, Berhane|Berhanu, Alem|Alemu, Yonas|Yohannes, Fikre|Fikru, Meseret|Mesfin, Hiwot|Hewan, Mehari|Mehret,
Abdirahman|Abdirahim, Abdikarim|Abdirahim, Abdirashid|Abdirizak, Farhan|Farhiyo, Hodan|Hani, Shafiqul|Rafiqul, Shariful|Ariful, Monirul|Aminul,
Aminul|Amirul, Saiful|Shariful, Nasima|Nasrin, Rina|Lina, Salma|Asma, Azad|Asad, Mario|Marco, Maria|Mario, Mariana|Marina, Marina|Martina,
Fernandez|Hernandez, Ramos|Ramirez, Perez|Lopez, Ronald|Roland, Luis|Luisa, Olena|Olha, Alina|Polina, Daria|Maria, Artem|Artur, Zaw|Kyaw, Win|Lwin
"""

ONE = """
Mohammed|Muhamed, Ahmad|Achmad, Khaled|Khalid, Tareq|Tarik, Nasser|Naser, Jamal|Gamal, Ashraf|Achraf, Charif|Sharif, Youssef|Yousuf, Aicha|Aisha,
Fatma|Fatima, Khadija|Khadidja, Leila|Layla, Mona|Muna, Huda|Houda, Nour|Noor, Samira|Sameera, Rachid|Rasheed, Said|Saeed, Walid|Waleed, Jamil|Djamil,
Hisham|Hicham, Bashir|Bachir, Munir|Mounir, Murad|Mourad, Hussain|Houcine, Hassan|Hacene, Omar|Umar, Othman|Usman, Sulaiman|Slimane, Ibrahim|Brahim,
Ismail|Smail, Abdelkader|Abdulqadir, Abderrahmane|Abdul Rahman, Abdallah|Abdullah, Nasrallah|Nasrullah, Saif|Seif, Zaynab|Zeineb, Maryam|Meriem,
Yasmin|Yasmine, Amina|Ameena, Jawad|Javad, Qasim|Kassem, Qais|Kais, Mustafa|Mostapha, Mehdi|Mahdi, Yahya|Yehia, Zakaria|Zakariyya, Ayoub|Ayyub,
Younes|Yunus, Idris|Driss, Haroun|Harun, Dawood|Daoud, Lutfi|Lotfi, Fathi|Fethi, Ridha|Reda, Ramadan|Ramazan, Shaban|Chaabane, Tayeb|Tayyib,
Najib|Naguib, Habibullah|Habib Ullah, Faizullah|Feyzollah, Rahmatullah|Rahmat Ullah, Najibullah|Najeebullah, Wahid|Waheed, Nazir|Nazeer,
Nasir|Naseer, Zahir|Zaher, Jawed|Javid, Gholam|Ghulam, Mujib|Mojib, Sajid|Sajjid, Wasim|Waseem, Nadim|Nadeem, Shahid|Shaheed, Diallo|Jallow,
Mamadou|Mamadu, Amadou|Ahmadou, Ousmane|Usmane, Oumar|Umaru, Fatou|Fatu, Aissata|Aisata, Boubacar|Bubakar, Cheikh|Cheick, Coulibaly|Kulibali,
Camara|Kamara, Touré|Turay, Sekou|Seku, Bakary|Bakari, Seydou|Saidou, Tesfaye|Tesfay, Gebre|Ghebre, Haile|Hayle, Yohannes|Johannes, Abebe|Abbebe,
Abeba|Abbeba, Berhane|Birhane, Tadesse|Tadese, Tsegaye|Tsegay, Kebede|Kebbede, Bekele|Bekelle, Cabdi|Abdi, Axmed|Ahmed, Xasan|Hassan, Maxamed|Mohamed,
Jaamac|Jama, Caasha|Asha, Rahman|Rehman, Hossain|Hussain, Chowdhury|Chaudhry, Rafiqul|Rofiqul, Nurul|Noorul, Khatun|Khatoon, Miah|Mia, Perez|Peres,
Gonzalez|Gonsalez, Olena|Elena, Andriy|Andrey, Oleksandr|Aleksandr, Kateryna|Katerina, Htun|Tun, Ammar|Amar, Amr|Amro, Hazem|Hazim, Mazen|Mazin,
Hatem|Hatim, Anis|Aniss, Souad|Suad, Ziad|Ziyad, Zaid|Zayed, Hussam|Hossam, Issam|Esam, Karam|Karram, Khalil|Halil, Jalil|Djalil, Nabil|Nabeel, Azad|Azzad,
Asad|Assad, Mehret|Mihret, Fikru|Fekru, Hailu|Haylu, Berhanu|Birhanu, Demba|Demmba, Zakary|Zakari, Salif|Saliff, Conte|Conté, Sanogo|Sanoko
"""


def test_of_names_that_differ_in_one_sound_hardly_any_speak_for_one_person() -> None:
    two, one = score_pairs(*zip(*pairs(TWO), strict=True)), score_pairs(*zip(*pairs(ONE), strict=True))
    assert len(two) >= 100 <= len(one)
    assert (two <= 0).mean() > 0.98
    assert (one > 0).mean() > 0.98
    assert (one[:, None] > two[None, :]).mean() > 0.99


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mamadou", "Amadou"), ("Nazir", "Nasir"), ("Habibullah", "Hafizullah"), ("Najibullah", "Nasibullah"), ("Ammar", "Omar"), ("Abebe", "Abeba"),
     ("Abebe", "አበባ"), ("አበበ", "Abeba"), ("Balarabe", "Balaraba"), ("Azad", "Asad"), ("Jalil", "Khalil"), ("Samir", "Amir"), ("Shahid", "Zahid"), ("Hatem", "Hazem")],
)  # fmt: skip
def test_two_well_known_names_that_are_nearly_alike_are_two(one: str, other: str) -> None:
    assert score(one, other) <= 0
    assert score(other, one) == score(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Omar", "Ammar"), ("Rafiq", "Shafiq"), ("Samir", "Amir"), ("Habibullah", "Hafizullah")]
)
def test_brothers_of_nearly_the_same_name_are_not_one_man(one: str, other: str) -> None:
    # Families like names that chime: what they share beside it is worth no more than for any two brothers.
    of_one_family = score(f"{one} Zidani Qarwani", f"{other} Zidani Qarwani")
    assert of_one_family < score(f"{one} Zidani Qarwani", f"{one} Zidani Qarwani") - 5


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kim Jong Chol", "Kim Chong Chol"), ("Nasr", "Naser"), ("Salim", "Salem"), ("Rashid", "Rashed"), ("Cumar", "Omar"), ("Cumar", "Umar"), ("Jamal", "Gamal"),
     ("Abebe", "አበበ"), ("Abeba", "አበባ"), ("Samira", "سميرة"), ("Rodriguez", "Rodrigues"), ("Alireza", "Reza"), ("Saiful", "Saif"), ("Said", "Sayed")],
)  # fmt: skip
def test_spellings_that_are_met_for_one_another_are_not_held_apart(one: str, other: str) -> None:
    assert score(one, other) > 0


def test_hafiz_is_a_title_and_no_title_in_hafizullah() -> None:
    assert [part.weight for part in prepare("Hafiz Karim").spellings[0].parts] == [0.0, 1.0]
    assert [(part.text, part.kind) for part in prepare("Hafizullah").spellings[0].parts] == [
        ("hafiz", "name"),
        ("allah", "name"),
    ]
    assert score("Hafizullah", "Hafizullah") > 5
