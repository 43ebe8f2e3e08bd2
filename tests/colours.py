"""How far apart colours look, to every kind of eyes: CAM02-UCS, colour blindness after Machado and others (2009)."""

import math
from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

# Machado, Oliveira, Fernandes 2009, severity 1: what is left of linear light.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = np.array([[0.41246, 0.35758, 0.18044], [0.21267, 0.71515, 0.07217], [0.01933, 0.11919, 0.95030]])
# The second row as WCAG rounds it.
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
CAT02 = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
HPE = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0.0, 0.0, 1.0]])
WHITE = np.array([95.047, 100.0, 108.883])
# Average surround, a dim office: 64 lux on paper, grey around.
ADAPTING, GREY, SURROUND, INDUCTION, DISCOUNT = 64 / math.pi / 5, 20.0, 0.69, 1.0, 1.0


def linear(colour: str) -> Vector:
    """The linear light of a hex colour, from 0 to 1."""
    parts = np.array([int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    return np.asarray(np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4))


def contrast(colour: str, other: str) -> float:
    """The ratio of WCAG 2."""
    dark, light = sorted(float(LUMINANCE @ linear(each)) for each in (colour, other))
    return (light + 0.05) / (dark + 0.05)


def grey(colour: str) -> float:
    """How light a printer without colours makes it, from 0 to 1."""
    return float(np.array([0.299, 0.587, 0.114]) @ [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])


def nearest(colours: list[str]) -> tuple[float, str]:
    """The least distance of two of these colours for any eyes, and which two and whose."""
    return min(_distances(colours))


def _distances(colours: list[str]) -> Iterator[tuple[float, str]]:
    for eyes, left in EYES.items():
        seen = {each: ucs(np.clip(np.array(left) @ linear(each), 0, 1)) for each in colours}
        for one, two in combinations(colours, 2):
            yield float(np.linalg.norm(seen[one] - seen[two])), f"{one} {two} {eyes}"


def ucs(light: Vector) -> Vector:
    """J', a', b' of CAM02-UCS (Luo, Cui, Li 2006) of linear light."""
    k = 1 / (5 * ADAPTING + 1)
    level = 0.2 * k**4 * 5 * ADAPTING + 0.1 * (1 - k**4) ** 2 * (5 * ADAPTING) ** (1 / 3)
    ground = GREY / WHITE[1]
    background = 0.725 * (1 / ground) ** 0.2
    adapted = DISCOUNT * (1 - math.exp((-ADAPTING - 42) / 92) / 3.6)
    gain = adapted * WHITE[1] / (CAT02 @ WHITE) + 1 - adapted
    white, cones = (_response(gain, each, level) for each in (WHITE, TO_XYZ @ light * 100))
    achromatic = [(2 * each[0] + each[1] + each[2] / 20 - 0.305) * background for each in (cones, white)]
    lightness = 100 * max(achromatic[0] / achromatic[1], 0) ** (SURROUND * (1.48 + math.sqrt(ground)))
    a, b = cones[0] - 12 * cones[1] / 11 + cones[2] / 11, (cones[0] + cones[1] - 2 * cones[2]) / 9
    hue = math.atan2(b, a)
    eccentricity = (math.cos(hue + 2) + 3.8) / 4
    t = 50000 / 13 * INDUCTION * background * eccentricity * math.hypot(a, b) / (cones[0] + cones[1] + 1.05 * cones[2])
    chroma = t**0.9 * math.sqrt(lightness / 100) * (1.64 - 0.29**ground) ** 0.73
    colourful = math.log(1 + 0.0228 * chroma * level**0.25) / 0.0228
    return np.array([1.7 * lightness / (1 + 0.007 * lightness), colourful * math.cos(hue), colourful * math.sin(hue)])


def _response(gain: Vector, xyz: Vector, level: float) -> Vector:
    cones = HPE @ np.linalg.inv(CAT02) @ (gain * (CAT02 @ xyz))
    powered = (level * np.abs(cones) / 100) ** 0.42
    return np.asarray(np.sign(cones) * 400 * powered / (powered + 27.13) + 0.1)
