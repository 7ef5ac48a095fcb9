"""Tells FastAPI of every address for programs what is asked there and what is sent; nothing here answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, get_args

from fastapi import APIRouter, params
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from app.exports import forms
from app.web.asking import Depends, Query, signature_of
from app.web.routing import HTML, JSON, found_pages
from app.web.streaming import GIVEN, found_streams


def described() -> list[BaseRoute]:
    """Return the routes of what is for programs as a description needs them: of JSON with the types of the records.

    What answers knows no types: FastAPI would make models of all when a site starts, and use none.
    """
    router = APIRouter()
    found = found_pages()
    for page in found:
        if page.record is not None:
            router.add_api_route(
                page.json_address,
                _asking(signature_of(page.page, "lease")),
                name=f"{page.name}.json",
                operation_id=page.name,
                summary=inspect.getdoc(page.page),
                response_model=page.record,
            )
        elif page.media_type not in (HTML, JSON):
            _describe(router, page.address, page.page, signature_of(page.page, "lease"), page.media_type)
        for form in forms() if page.exported is not None else ():
            asked = signature_of(page.page, "lease")
            _describe(router, page.address + form.suffix, form.write, asked, form.media_type)
    for each in found_streams():
        _describe(router, each.address, each.stream, signature_of(each.stream, *GIVEN), each.media_type)
    return router.routes


def _describe(
    router: APIRouter, address: str, make: Callable[..., object], asked: inspect.Signature, media_type: str
) -> None:
    """Add to the description an address of something else than the JSON of a page."""
    kind = media_type.partition(";")[0]
    is_json = kind.endswith("+json")
    router.add_api_route(
        address,
        _asking(asked),
        name=address,
        operation_id=address,
        summary=inspect.getdoc(make),
        response_class=type("Sent", (JSONResponse if is_json else Response,), {"media_type": kind}),
        response_model=list[dict[str, object]] if is_json else None,
    )


def _asking(asked: inspect.Signature) -> Callable[..., None]:
    def endpoint() -> None:
        pass  # what answers is added elsewhere, and a docstring would describe it

    endpoint.__signature__ = _in_its_terms(asked)  # type: ignore[attr-defined]
    return endpoint


def _in_its_terms(asked: inspect.Signature) -> inspect.Signature:
    return asked.replace(
        parameters=[each.replace(annotation=_term(each.annotation)) for each in asked.parameters.values()]
    )


def _term(annotation: object) -> object:
    """Return an annotation with what is said of a parameter as FastAPI says it."""
    if not hasattr(annotation, "__metadata__"):
        return annotation
    kind, *metadata = get_args(annotation)
    return Annotated[kind, *map(_said, metadata)]


def _said(of: object) -> object:
    match of:
        case Query(alias=alias, description=description):
            return params.Query(alias=alias, description=description)
        case Depends(make=make):
            return params.Depends(_asking(inspect.signature(make, eval_str=True)))
    return of
