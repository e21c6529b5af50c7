"""The hooks that Datasette calls; each acts only where a database of ours is served."""

from collections.abc import Awaitable, Callable, Generator
from typing import Any, TypeVar, cast

from datasette import hookimpl
from datasette.utils.asgi import asgi_static
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from kgdocs.paths import shipped_folder
from kgdocs.publish.answers import LOGIN, error_answer, exception_answer, footer_of, frame_of
from kgdocs.publish.database import serve_reopened
from kgdocs.publish.headers import guard
from kgdocs.publish.routes import routes_of
from kgdocs.publish.site import query_of, site_of
from kgdocs.publish.stock import StockLoader, stock_language, stock_word

F = TypeVar("F", bound=Callable[..., Any])
Answer = Callable[[], Awaitable[Any]]


def _hook(function: F) -> F:
    """Mark a hook, its type kept."""
    return cast(F, hookimpl(function))


def _wrapper(function: F) -> F:
    """Mark a hook that sees what all others answered."""
    return cast(F, hookimpl(hookwrapper=True)(function))


@_hook
def startup(datasette: Any) -> None:
    """See new builds, also where `datasette serve FILE` serves a database of ours."""
    serve_reopened(datasette)


@_hook
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Return our pages: home, search, document, lineage, and their stylesheet."""
    site = site_of(datasette)
    static = (r"/static/(?P<path>.*)$", asgi_static(shipped_folder("datasette") / "static"))
    return [*routes_of(site), static] if site else []


@_hook
def prepare_jinja2_environment(env: Environment, datasette: Any) -> None:
    """Make our templates known, also where `datasette FILE` serves a database of ours."""
    if site_of(datasette):
        ours = FileSystemLoader(shipped_folder("datasette") / "templates")
        env.loader = ChoiceLoader([ours, *([StockLoader(env.loader)] if env.loader else [])])
        env.globals.update(stock_language=stock_language, stock_word=stock_word)


@_hook
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Put the security headers on every answer and refuse methods that nothing here uses."""
    site = site_of(datasette)
    return (lambda app: guard(app, site)) if site else (lambda app: app)


@_hook
def extra_template_vars(datasette: Any, request: Any, template: str) -> Any:
    """Give the expert view of Datasette the line on what was read, and the page to log in what our pages have."""
    site = site_of(datasette)
    if site is None or request is None:
        return {}
    if template == LOGIN:
        return frame_of(site, request, {"query": query_of(site, request), "build": None, "status": 403})
    return lambda: footer_of(site, request)


@_hook
def forbidden(datasette: Any, request: Any) -> Answer | None:
    """Answer 403 with our page."""
    site = site_of(datasette)
    return (lambda: error_answer(site, request, 403)) if site else None


@_wrapper
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, None]:
    """Answer every error with our page, in place of Datasette's own, which prints local variables."""
    outcome = yield
    site = site_of(datasette)
    if site:
        outcome.force_result([lambda: exception_answer(site, request, exception)])
