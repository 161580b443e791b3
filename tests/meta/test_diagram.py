"""The diagram in docs/architecture.md shows the imports that there are."""

from tests.meta.diagram import COMMAND, PAGE, reduced, with_diagram


def test_the_diagram_is_what_the_code_imports() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_diagram(page), (
        f"The diagram in docs/architecture.md is stale: run `{COMMAND}`."
    )


def test_an_arrow_that_a_longer_way_implies_is_left_out() -> None:
    edges = {"app": {"store", "core"}, "store": {"core"}, "core": set[str]()}
    assert reduced(edges) == [("app", "store"), ("store", "core")]


def test_packages_that_import_each_other_keep_both_arrows() -> None:
    edges = {"a": {"b", "core"}, "b": {"a", "core"}, "core": set[str]()}
    assert reduced(edges) == [("a", "b"), ("a", "core"), ("b", "a"), ("b", "core")]
