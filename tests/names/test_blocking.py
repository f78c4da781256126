"""Keys that survive scripts, spellings, order and missing parts."""

import pytest

from opencompact.missing.names import blocking_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("محمد صالح", "Mouhamed Saleh"),
        ("عبدالرحمن كريمي", "Karimi Abdul Rahman"),
        ("Ousmane Diallo", "Usman Jallow"),
        ("ተስፋዬ ገብረመድህን", "Tesfay Gebre Medhin"),
        ("জাহাঙ্গীর আলম", "Jahangir Alam"),
        ("Щербаков Юрий", "Yury Shcherbakov"),
        ("黃志強", "Wong Chi Keung"),
        ("김민준", "Kim Min-jun"),
        ("Amina Yusuf Barre", "Barre Amina"),
        ("Zerihunesh", "Zerihunesh Bekele"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert set(blocking_keys(one)) & set(blocking_keys(other))


def test_unlike_names_share_none() -> None:
    assert not set(blocking_keys("Amina Yusuf")) & set(blocking_keys("Girma Bekele"))


def test_a_common_name_alone_is_no_key_of_a_longer_one() -> None:
    assert not set(blocking_keys("Mohamed Saleh")) & set(blocking_keys("Mohamed Karim"))


def test_keys_are_few_and_sorted() -> None:
    keys = blocking_keys("Maria Fernanda Guadalupe Hernandez Gutierrez de la Cruz y Rodriguez")
    assert len(keys) <= 64
    assert keys == sorted(keys)
