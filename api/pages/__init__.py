"""The city's pages, rendered on the server and readable without JavaScript."""

from api.pages.rendering import STATIC, error_page, page

__all__ = ["STATIC", "error_page", "page"]
