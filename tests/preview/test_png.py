"""Pixels to PNG and smaller pixels, against another reader of PNG."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.image import imread

from app.preview.png import encode_png, reduce_pixels


def _decoded(png: bytes) -> np.ndarray:
    return np.rint(imread(io.BytesIO(png)) * 255).astype(np.uint8)


@given(
    st.sampled_from((1, 3, 4)).flatmap(
        lambda channels: hnp.arrays(
            np.uint8, st.tuples(*[st.integers(1, 9)] * 2, st.just(channels))
        )
    )
)
def test_another_reader_sees_the_same_pixels(pixels: np.ndarray) -> None:
    decoded = _decoded(encode_png(pixels))
    assert np.array_equal(decoded.reshape(pixels.shape), pixels)


def test_transparent_pixels_lend_no_colour() -> None:
    pixels = np.zeros((2, 2, 4), np.uint8)
    pixels[0, 0] = (200, 100, 50, 255)
    assert reduce_pixels(pixels, 2).ravel().tolist() == [200, 100, 50, 64]


def test_nothing_stays_nothing() -> None:
    assert not reduce_pixels(np.zeros((8, 4, 4), np.uint8), 4).any()


@given(hnp.arrays(np.uint8, (8, 12, 4)))
def test_average_stays_between_darkest_and_brightest(pixels: np.ndarray) -> None:
    pixels[..., 3] = 255
    reduced = reduce_pixels(pixels, 4)
    assert reduced.shape == (2, 3, 4)
    assert reduced[..., :3].mean() == pytest.approx(pixels[..., :3].mean(), abs=0.51)
    assert (reduced[..., 3] == 255).all()


def test_factor_one_changes_nothing() -> None:
    pixels = np.arange(48, dtype=np.uint8).reshape(3, 4, 4)
    assert np.array_equal(reduce_pixels(pixels, 1), pixels)
