"""pip's settings reach uv, which does not read them itself."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from steps.packages import load_pip_settings, lock_block, uv_settings

LISTED = """\
:env:.cert='/etc/own.pem'
global.cert='/etc/ssl/all.pem'
global.index-url='https://one.example/simple'
global.timeout='30'
install.index_url='https://two.example/simple'
wheel.index-url='https://three.example/simple'
WARNING: something else
"""

HOME = {"HOME": "/"}


def test_the_nearest_setting_wins() -> None:
    found = load_pip_settings(LISTED)
    assert found == {
        "cert": "/etc/own.pem",
        "index-url": "https://two.example/simple",
        "timeout": "30",
    }


@given(st.text())
def test_any_listing_is_survived(listed: str) -> None:
    assert all(isinstance(value, str) for value in load_pip_settings(listed).values())


def test_settings_become_variables(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    pip = {
        "index-url": "https://one.example/simple",
        "extra-index-url": "https://a.example/simple\nhttps://b.example/simple",
        "find-links": f"{wheels} https://c.example/files",
        "trusted-host": "one.example",
        "proxy": "http://proxy.example:3128",
    }
    settings = uv_settings(pip, HOME)
    assert settings["UV_DEFAULT_INDEX"] == "https://one.example/simple"
    assert settings["UV_INDEX"] == "https://a.example/simple https://b.example/simple"
    assert settings["UV_INDEX_STRATEGY"] == "unsafe-best-match"
    assert settings["UV_FIND_LINKS"] == f"{wheels},https://c.example/files"
    assert settings["UV_INSECURE_HOST"] == "one.example"
    assert settings["ALL_PROXY"] == "http://proxy.example:3128"


def test_folders_that_are_gone_are_left_out(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    pip = {"find-links": str(gone), "extra-index-url": f"{gone.as_uri()} {tmp_path.as_uri()}"}
    settings = uv_settings(pip, HOME)
    assert "UV_FIND_LINKS" not in settings
    assert settings["UV_INDEX"] == tmp_path.as_uri()


def test_what_was_set_for_uv_stays() -> None:
    settings = uv_settings({"index-url": "https://one.example"}, {"UV_DEFAULT_INDEX": "x", **HOME})
    assert "UV_DEFAULT_INDEX" not in settings


def test_without_a_home_nothing_is_cached(tmp_path: Path) -> None:
    assert "UV_NO_CACHE" not in uv_settings({}, {"HOME": str(tmp_path)})
    assert uv_settings({}, {"HOME": "/nonexistent/home"})["UV_NO_CACHE"] == "1"


def test_one_package_is_cut_out_of_a_lock() -> None:
    lock = "a==1 \\\n    --hash=sha256:00\n    # via b\nuv==2 \\\n    --hash=sha256:11\nuvloop==3\n"
    assert lock_block(lock, "uv") == "uv==2 \\\n    --hash=sha256:11\n"
    assert lock_block(lock, "uvloop") == "uvloop==3\n"
    assert lock_block(lock, "absent") == ""
