"""Colours can be read, and told apart: contrast by WCAG 2.2, and by the eyes of people who see fewer colours."""

import itertools

import pytest

from opencompact.look.tokens import contrast, luminance, tokens

# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency",
# IEEE TVCG 15(6), matrices of severity 1.0, for linear RGB.
DEFICIENCIES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> tuple[float, ...]:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def oklab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    """Ottosson (2020), OKLab from linear sRGB."""
    r, g, b = (max(0.0, c) for c in rgb)
    l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)  # noqa: E741
    m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


def seen(colour: str, deficiency: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    return oklab(tuple(sum(w * c for w, c in zip(row, rgb, strict=True)) for row in DEFICIENCIES[deficiency]))


def test_every_pair_of_text_and_ground_has_a_contrast_of_at_least_four_and_a_half() -> None:
    colour = tokens().colour
    poor = {pair: contrast(colour[pair[0]], colour[pair[1]]) for pair in tokens().text_pairs}
    assert {pair: round(ratio, 2) for pair, ratio in poor.items() if ratio < 4.5} == {}


def test_every_mark_stands_out_from_paper_by_at_least_three() -> None:
    paper = tokens().colour["paper"]
    marks = tokens().roles | {pair[0]: tokens().colour[pair[0]] for pair in tokens().mark_pairs}
    assert {name: round(contrast(c, paper), 2) for name, c in marks.items() if contrast(c, paper) < 3} == {}


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_women_men_children_and_the_area_differ_for_people_who_see_fewer_colours(deficiency: str) -> None:
    roles = {role: seen(tokens().roles[role], deficiency) for role in ("women", "men", "children", "area")}
    distances = {
        (one, other): sum((a - b) ** 2 for a, b in zip(roles[one], roles[other], strict=True)) ** 0.5
        for one, other in itertools.combinations(roles, 2)
    }
    assert min(distances.values()) > 0.09, distances


def test_each_role_has_a_soft_band_that_is_lighter_than_its_line() -> None:
    assert tokens().bands.keys() == tokens().roles.keys()
    assert all(luminance(tokens().bands[role]) > luminance(tokens().roles[role]) + 0.3 for role in tokens().roles)


def test_an_ordered_scale_goes_from_light_to_dark_in_steps_that_show_in_grey_print() -> None:
    shades = [oklab(linear(colour))[0] for colour in tokens().ordered]
    assert all(lighter - darker > 0.08 for lighter, darker in itertools.pairwise(shades)), shades


def test_a_diverging_scale_is_lightest_in_its_middle() -> None:
    shades = [oklab(linear(colour))[0] for colour in tokens().diverging]
    assert shades[:3] == sorted(shades[:3])
    assert shades[3:] == sorted(shades[3:], reverse=True)
