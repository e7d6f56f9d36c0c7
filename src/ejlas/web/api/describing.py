"""The description of the API (OpenAPI 3.1): what the library knows of its views, and every kind of thing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ejlas.web.api.described import ASKS, GIVES
from ejlas.web.api.lists import Paged, asked_of
from ejlas.web.api.shapes import ProblemOut, page_of, shapes_of
from ejlas.web.api.views.things import LineOut, PutBack, Removed
from ejlas.web.ui.kinds import KINDS, Kind

REF = "#/components/schemas/{model}"
PROBLEM = "application/problem+json"
SECURITY: list[dict[str, list[str]]] = [{"key": []}, {"session": []}]
SLUG = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 80}
READING, WRITING = (401, 403, 404, 422, 429), (400, 401, 403, 404, 409, 422, 429)


class Description:
    """The whole description, as it is sent."""

    def __init__(self, api: NinjaAPI) -> None:
        self.models: dict[str, type[BaseModel]] = {"ProblemOut": ProblemOut}
        self.paths: dict[str, Any] = {}
        base = api.get_openapi_schema(path_prefix="/api/v1/")
        self._of_the_library(api, base)
        for kind in KINDS:
            self._of_kind(kind)
        self.told = {
            "openapi": "3.1.0",
            "info": base["info"],
            "servers": [{"url": "/"}],
            "security": SECURITY,
            "paths": self.paths,
            "components": {
                "schemas": {**base["components"].get("schemas", {}), **self._schemas()},
                "securitySchemes": {
                    "key": {"type": "http", "scheme": "bearer", "description": "A key of /account/keys/"},
                    "session": {"type": "apiKey", "in": "cookie", "name": "session"},
                },
            },
        }

    def _of_the_library(self, api: NinjaAPI, base: dict[str, Any]) -> None:
        views = {
            operation.operation_id: operation.view_func
            for router in api._get_bound_routers()
            for view in router.path_operations.values()
            for operation in view.operations
        }
        for address, acts in base["paths"].items():
            for method, act in acts.items():
                view = views[act["operationId"]]
                statuses, model = getattr(view, GIVES)
                asks = getattr(view, ASKS)
                act["parameters"] = [*act["parameters"], *(self._asked(asks) if asks else ())]
                act["responses"] = self._answers(model, *statuses, writes=method != "get")
                act.pop("security", None)
                # A body without which there is nothing to say may be left out nowhere: the reader sees it at once.
                self.paths.setdefault(address, {})[method] = act

    def _of_kind(self, kind: Kind) -> None:
        shapes, place = shapes_of(kind), f"/api/v1/editions/{{edition}}/{kind.address}"
        one = f"{place}/{{slug}}"
        self.paths[place] = {
            "get": self._act(kind, "list", shapes.page, f"List {kind.address}", asks=asked_of(kind)),
            "post": self._act(kind, "add", shapes.thing, f"Add to the {kind.address}", status=201, body=shapes.whole),
        }
        self.paths.setdefault(one, {}).update(
            {
                "get": self._act(kind, "get", shapes.thing, f"Show one of the {kind.address}", one=True),
                "put": self._act(kind, "replace", shapes.thing, "Replace it", one=True, body=shapes.whole),
                "patch": self._act(kind, "change", shapes.thing, "Change it in part", one=True, body=shapes.part),
                "delete": self._act(kind, "remove", Removed, "Remove it", one=True, writes=True),
            }
        )
        history = page_of(LineOut)
        self.paths[f"{one}/history"] = {
            "get": self._act(kind, "history_of", history, "Its history, newest first", one=True, asks=Paged)
        }
        self.paths[f"{one}/put-back"] = {
            "post": self._act(kind, "put_back", shapes.thing, "Undo a line of its history", one=True, body=PutBack)
        }

    def _act(
        self,
        kind: Kind,
        name: str,
        model: type[BaseModel],
        summary: str,
        *,
        status: int = 200,
        one: bool = False,
        writes: bool = False,
        body: type[BaseModel] | None = None,
        asks: type[BaseModel] | None = None,
    ) -> dict[str, Any]:
        names = ("edition", "slug") if one else ("edition",)
        places = [{"name": each, "in": "path", "required": True, "schema": SLUG} for each in names]
        seen = {
            "name": "If-Match",
            "in": "header",
            "schema": {"type": "string"},
            "description": "The ETag that was read",
        }
        act: dict[str, Any] = {
            "operationId": f"{name}_{kind.address if name == 'list' else kind.name}",
            "summary": summary,
            "tags": [kind.name.title()],
            "parameters": [
                *places,
                *(self._asked(asks) if asks else ()),
                *([seen] if one and (body or writes) else ()),
            ],
            "responses": self._answers(model, status, writes=writes or body is not None),
        }
        if body is not None:
            content = {"application/json": {"schema": self._ref(body)}}
            act["requestBody"] = {"required": True, "content": content}
        if name == "put_back":
            good = act["responses"]["200"]["content"]["application/json"]
            good["schema"] = {"anyOf": [good["schema"], {"type": "null"}]}
        return act

    def _ref(self, model: type[BaseModel]) -> dict[str, str]:
        self.models[model.__name__] = model
        return {"$ref": REF.format(model=model.__name__)}

    def _asked(self, model: type[BaseModel]) -> list[dict[str, Any]]:
        described = model.model_json_schema(ref_template=REF)
        required = described.get("required", ())
        for name, each in described.get("$defs", {}).items():
            self.models.setdefault(name, each)
        return [
            {"name": name, "in": "query", "required": name in required, "schema": each}
            for name, each in described["properties"].items()
        ]

    def _answers(self, model: type[BaseModel], *statuses: int, writes: bool) -> dict[str, Any]:
        faults = {
            str(each): {"description": HTTPStatus(each).phrase, "content": {PROBLEM: {"schema": self._ref(ProblemOut)}}}
            for each in (WRITING if writes else READING)
        }
        good = {"description": "Done", "content": {"application/json": {"schema": self._ref(model)}}}
        answers = {**{str(status): good for status in statuses}, **faults}
        return answers if writes else {**answers, "304": {"description": "You have it already"}}

    def _schemas(self) -> dict[str, Any]:
        ready = {name: each for name, each in self.models.items() if isinstance(each, dict)}
        models = [
            (each, "serialization" if _is_read(name) else "validation")
            for name, each in self.models.items()
            if name not in ready
        ]
        _refs, described = models_json_schema(models, ref_template=REF)  # type: ignore[arg-type]
        return {**ready, **described.get("$defs", {})}


def _is_read(name: str) -> bool:
    return not name.endswith(("Input", "Part", "Wanted", "PutBack"))


_told: dict[str, Any] = {}


def description(api: NinjaAPI) -> dict[str, Any]:
    """Return the description, made once."""
    if not _told:
        _told.update(Description(api).told)
    return _told
