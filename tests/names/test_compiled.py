"""What numba has compiled is not used again when anything that it is made of has changed."""

from pathlib import Path

from numba.core.dispatcher import Dispatcher

from opencompact.missing.names import distance, han, kernel, likeness, vocabulary
from opencompact.missing.names.compiled import stamp


def test_another_content_or_name_of_a_module_is_another_stamp(tmp_path: Path) -> None:
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("SWAP = 1.5\n", encoding="utf-8")
    other.write_text("", encoding="utf-8")
    before = stamp([one, other])
    one.write_text("SWAP = 1.6\n", encoding="utf-8")
    changed = stamp([one, other])
    one.rename(tmp_path / "two.py")
    assert len({before, changed, stamp([tmp_path / "two.py", other])}) == 3


def test_every_compiled_function_bears_the_stamp_of_all_modules() -> None:
    modules = Path(kernel.__file__).parent.glob("*.py")
    functions = [f for module in (distance, han, kernel, likeness, vocabulary) for f in vars(module).values()]
    stamps = {f._cache._cache_file._source_stamp[1] for f in functions if isinstance(f, Dispatcher)}
    assert stamps == {stamp(sorted(modules))}
