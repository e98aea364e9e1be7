"""The addresses of the workbench and what answers there."""

from __future__ import annotations

import hashlib
import hmac
import io
import itertools
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlencode

import msgspec
from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException as StarletteHTTPException

from trucewatch.briefs.wording import MODES
from trucewatch.errors import TrucewatchError, UsageError
from trucewatch.gazetteer.boundaries import Ring
from trucewatch.incidents import report_at
from trucewatch.model import EVENT_STATUSES, PLOVER_TYPES, Event, ReportAt, Sourced, Span, Truce, from_json, to_json
from trucewatch.store import Decision, Store, grouping
from trucewatch.workbench import views
from trucewatch.workbench.adding import MOST_FILES, Adder
from trucewatch.workbench.agreement import questions
from trucewatch.workbench.desk import Case, Desk, Table
from trucewatch.workbench.editor import Editor
from trucewatch.workbench.forms import added_event, edited_fields, shown_harm, shown_place
from trucewatch.workbench.gold import gold
from trucewatch.workbench.guard import SESSION, Guard, Keys, TooLarge
from trucewatch.workbench.texts import act, called, day, days, figure, moment, say, spot

_WHO = "trucewatch_who"
_PACKAGE = "trucewatch.workbench"
_LONGEST_FIELD = 5_000_000
_NOT_FOUND = frozenset(("no_document", "no_such_part", "no_decision"))
_CONFLICTS = frozenset(("decided_meanwhile", "superseded", "truce_changed"))

Text = Annotated[str, Form()]
Many = Annotated[Sequence[str], Form()]


def create_app(
    store: Store, truce: Truce, *, who: str = "", token: str | None = None, truce_file: Path | None = None,
    allowed: Sequence[Path] = (),
) -> FastAPI:
    """The app on a store, under one truce. `who` signs decisions until a person gives a name; with a `token`,
    nothing is shown to a browser that has not given it. The editor saves the truce to `truce_file` alone; pages are
    read from this machine's disk below the folders `allowed` alone."""
    keys = Keys(token)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, keys=keys)
    app.mount("/static", StaticFiles(packages=[(_PACKAGE, "static")]), name="static")
    desk = Desk(store, truce)
    _Workbench(desk, keys, who or "reviewer", Editor(desk, truce_file), Adder(store, allowed)).lay_out(app)
    app.state.prepare = desk.table  # judges everything; the first to ask need not wait for it then
    return app


class _Workbench:
    """The answers, over one desk."""

    def __init__(self, desk: Desk, keys: Keys, who: str, editor: Editor, adder: Adder) -> None:
        self._desk = desk
        self._keys = keys
        self._who = who
        self._editor = editor
        self._adder = adder
        self._templates = Environment(
            loader=PackageLoader(_PACKAGE), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )
        self._templates.globals.update(
            t=say, called=called, act=act, day=day, days=days, figure=figure, when=moment, spot=spot, link=link,
            link_record=link_record, called_all=lambda section, values: ", ".join(called(section, v) for v in values),
        )
        self._templates.filters["data"] = lambda value: json.dumps(value, ensure_ascii=True, separators=(",", ":"))

    def lay_out(self, app: FastAPI) -> None:
        def get(path: str, answer: Callable[..., Any]) -> None:
            app.add_api_route(path, answer, methods=["GET"], response_class=HTMLResponse)

        def post(path: str, answer: Callable[..., Any]) -> None:
            app.add_api_route(path, answer, methods=["POST"])

        get("/", self.overview)
        get("/incident/{name}", self.incident)
        get("/document/{name:path}", self.document)
        get("/documents", self.documents)
        get("/review", self.review)
        get("/review/item", self.item)
        get("/agreement", self.agreement)
        get("/truce", self.truce)
        get("/add", self.add)
        get("/add/{number}", self.job)
        get("/land.json", self.land)
        get("/places", self.places)
        get("/login", self.login)
        get("/gold.zip", self.gold_all)
        get("/gold/{name:path}", self.gold_page)
        get("/decisions.jsonl", self.decisions)
        post("/login", self.log_in)
        post("/who", self.set_who)
        post("/decide", self.decide)
        post("/group", self.group)
        post("/undo", self.undo)
        post("/truce", self.set_truce)
        post("/truce/check", self.check_truce)
        post("/add", self.take_in)
        app.add_exception_handler(TrucewatchError, self.failed)  # type: ignore[arg-type]
        app.add_exception_handler(StarletteHTTPException, self.refused)  # type: ignore[arg-type]
        app.add_exception_handler(TooLarge, _too_large)

    # ------------------------------------------------------------------------------------------------- reading

    def overview(self, request: Request, page: int = 1) -> Response:
        table = self._desk.table()
        chosen = views.Filters.of(request.query_params)
        cases = chosen.admitted(table.cases)
        pages = max(1, -(-len(cases) // views.ROWS))
        page = min(max(page, 1), pages)
        return self._page(
            request, "overview.html", table=table, chosen=chosen, choices=views.choices(table),
            parties=views.party_names(table.truce), counts=views.verdict_counts(cases),
            total=len(cases), of=len(table.cases),
            rows=cases[(page - 1) * views.ROWS : page * views.ROWS], page=page, pages=pages,
            points=views.points(cases), bars=views.timeline(cases), to_review=table.open,
        )

    def incident(self, request: Request, name: str) -> Response:
        table = self._desk.table()
        case = table.by_incident.get(name)
        if case is None:
            named = (_named(table, r) for r in reversed(table.records) if name in _incidents(r))
            now = next(filter(None, named), None)
            if now:
                return RedirectResponse(f"/incident/{now}", 303)
            case = self._case(table, name)
        return self._page(
            request, "incident.html", table=table, case=case,
            reports=[(r, views.report_quote(table, r.document, r.event)) for r in case.incident.reports],
            claims=[views.claim_quote(table, c) for c in case.incident.claims if c.document in table.pages],
            denials=[views.claim_quote(table, c) for c in case.incident.denials if c.document in table.pages],
            reasons=lambda f, test: views.reasons(table, f.document, test.because),
            points=views.points([case]), near=views.near(table, case), held=table.groupings,
            decisions=[r for r in table.records if r.number in case.incident.decisions],
        )

    def document(self, request: Request, name: str, start: int = -1, end: int = -1, part: int = 1) -> Response:
        table = self._desk.table()
        page = table.page(name)
        laid = table.laid[name]
        stretch, part, parts = views.part_of(page, part, start)
        return self._page(
            request, "document.html", table=table, page=page, laid=laid, reading=laid.reading,
            pieces=views.pieces(laid.reading, stretch, laid.rejected, Span(start, end) if start >= 0 else None),
            events=[v for v in laid.reading.events if views.begins_in(stretch, v.trigger)],
            statements=[s for s in laid.reading.statements if any(views.begins_in(stretch, c) for c in s.content)],
            part=part, parts=parts, quoted=start, types=_LIKELY, finding=lambda e: table.by_event.get((name, e)),
            reasons=lambda because: views.reasons(table, name, because), last=table.last(name, name),
            last_of=lambda target: table.last(name, target),
            records=table.records_of.get(name, ()),
        )

    def documents(self, request: Request, page: int = 1) -> Response:
        table = self._desk.table()
        rows = [row for row in self._desk.store.documents() if row.id in table.laid]
        pages = max(1, -(-len(rows) // views.PAGES))
        page = min(max(page, 1), pages)
        rows = rows[(page - 1) * views.PAGES : page * views.PAGES]
        return self._page(request, "documents.html", table=table, rows=rows, page=page, pages=pages)

    def review(self, request: Request, page: int = 1, second: int = 0, done: int = 0) -> Response:
        table = self._desk.table()
        listed = table.second(self._name(request)) if second else [(f.document, f.event) for f in table.queue]
        pages = max(1, -(-len(listed) // views.ROWS))
        page = min(max(page, 1), pages)
        rows = listed[(page - 1) * views.ROWS : page * views.ROWS]
        return self._page(
            request, "review.html", table=table, page=page, pages=pages, total=len(listed), second=second,
            rows=[(table.by_event.get(row), row, views.report_pieces(table, *row)) for row in rows],
            done=_done(table, done), latest=list(reversed(table.records))[:20], held=_held(table),
            kind=lambda row: act(table.event(*row).type, table.event(*row).mode),
        )

    def item(self, request: Request, document: str, event: str, second: int = 0, done: int = 0) -> Response:
        """An event to decide on; for a `second` reading as the machine drew it, without what others made of it."""
        table = self._desk.table()
        page, shown = table.page(document), table.event(document, event)
        listed = table.second(self._name(request)) if second else [(f.document, f.event) for f in table.queue]
        following = next((row for row in listed if row != (document, event)), None)
        decided = table.laid[document].decided.get(event)
        if second:
            shown = _as_drawn(shown, decided)
        return self._page(
            request, "item.html", table=table, page=page, event=shown, decided=decided,
            again=event in table.laid[document].again, last=table.last(document, decided.target if decided else event),
            quote=views.report_quote(table, document, event), finding=table.by_event.get((document, event)),
            mentions=views.mentions(page, shown.trigger.start), value=views.part_value, modes=MODES,
            done=_done(table, done), harm=shown_harm(shown.harm),
            shown_place=shown_place(shown.place), types=PLOVER_TYPES, statuses=EVENT_STATUSES,
            following=following, second=second, left=len(listed), reasons=views.reasons(table, document, shown.because),
            history=[r for r in table.records_of.get(document, ()) if r.target == (
                decided.target if decided else event)],
        )

    def agreement(self, request: Request) -> Response:
        table = self._desk.table()
        asked = questions(table.records)
        return self._page(request, "agreement.html", questions=asked, split=views.split(table, asked))

    def truce(self, request: Request, used: str = "") -> Response:
        return self._truce(request, self._editor.text, used=bool(used))

    def _truce(self, request: Request, text: str, **more: Any) -> Response:
        editor = self._editor
        return self._page(
            request, "truce.html", text=text, problems=editor.problems(text), file=editor.file, seen=editor.kept, **more
        )

    def add(self, request: Request) -> Response:
        return self._page(request, "add.html", allowed=self._adder.allowed)

    def job(self, request: Request, number: int) -> Response:
        job = self._adder.job(number)
        if job is None:
            raise HTTPException(404, say("error.no_job"))
        return self._page(request, "job.html", job=job)

    def land(self) -> Response:
        headers = {"cache-control": "private, max-age=86400"}
        land = _land(tuple(self._desk.truce.area.countries))
        return Response(land, media_type="application/json", headers=headers)

    def places(self, q: str = "") -> Response:
        from trucewatch import gazetteer

        found = gazetteer.open().find(q[:100])[:8] if q.strip() else ()
        plain = [{"name": c.name, "admin1": c.admin1, "country": c.country, "lat": c.lat, "lon": c.lon,
                  "geonameid": c.geonameid, "kind": c.kind} for c in found]
        return Response(json.dumps(plain), media_type="application/json")

    def gold_page(self, name: str) -> Response:
        table = self._desk.table()
        table.page(name)
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(_file(name), safe='')}"}
        return Response(_gold(table, name), media_type="application/yaml; charset=utf-8", headers=headers)

    def gold_all(self) -> Response:
        table = self._desk.table()
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, laid in table.laid.items():
                if laid.page is not None and laid.page.action == "accept":
                    archive.writestr(_file(name), _gold(table, name))
        headers = {"content-disposition": 'attachment; filename="gold.zip"'}
        return Response(held.getvalue(), media_type="application/zip", headers=headers)

    def decisions(self) -> Response:
        lines = "".join(f"{line}\n" for line in self._desk.store.decisions.dump())
        headers = {"content-disposition": 'attachment; filename="decisions.jsonl"'}
        return Response(lines, media_type="application/x-ndjson", headers=headers)

    def login(self, request: Request) -> Response:
        return self._page(request, "login.html")

    # ------------------------------------------------------------------------------------------------- writing

    def log_in(self, request: Request, token: Text = "", secret: Text = "") -> Response:
        self._check(secret)
        if not self._keys.fits(token):
            raise HTTPException(403, say("error.token"))
        answer = RedirectResponse("/", 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(SESSION, self._keys.session, httponly=True, samesite="strict", secure=secure)
        return answer

    def set_who(self, who: Text = "", secret: Text = "") -> Response:
        self._check(secret)
        answer = RedirectResponse("/review", 303)
        answer.set_cookie(_WHO, quote(who.strip()[:80]), httponly=True, samesite="strict", max_age=31_536_000)
        return answer

    async def decide(self, request: Request) -> Response:
        async with request.form(max_fields=60, max_part_size=200_000) as form:
            fields = {key: value for key, value in form.multi_items() if isinstance(value, str)}
            many = {key: [v for v in form.getlist(key) if isinstance(v, str)] for key in ("actors", "recipients")}
        self._check(fields.get("secret", ""))
        kept = await run_in_threadpool(self._keep, fields, many, self._name(request))
        onward = _local(fields.get("next", "")) or "/review"
        if onward.startswith("/review"):
            onward += ("&" if "?" in onward else "?") + urlencode({"done": kept.number})
        return RedirectResponse(onward, 303)

    def _keep(self, fields: dict[str, str], many: dict[str, list[str]], who: str) -> Decision:
        made = self._decision(fields, many, who)
        return self._desk.store.decisions.add(made, seen=_whole_number(fields.get("seen", "")))

    def _decision(self, fields: dict[str, str], many: dict[str, list[str]], who: str) -> Decision:
        table = self._desk.table()
        name, target, action = fields.get("document", ""), fields.get("target", ""), fields.get("action", "")
        page = table.page(name)
        sha256, reason = page.reading.document.sha256, fields.get("reason", "").strip()[:2000]
        if target == name and action in ("accept", "reject"):
            return Decision(name, sha256, "document", name, action, who, reason=reason)  # type: ignore[arg-type]
        if action == "add":
            event = added_event(page, fields)
            return Decision(name, sha256, "event", event.id, "add", who, after=to_json(event), reason=reason)
        held = table.laid[name].decided.get(target)
        event = table.event(name, target)
        key = held.target if held else target
        if fields.get("second") and held and held.action != "add":  # a judgement of its own, whatever holds by now
            event, held = _as_drawn(event, held), None
        drawn = held.before if held and held.before else to_json(event)
        if action in ("accept", "reject"):
            if held and held.action in ("edit", "add") and action == "accept":  # what a person made of it stays
                return msgspec.structs.replace(held, who=who, reason=reason, supersedes=None)
            return Decision(name, sha256, "event", key, action, who, drawn, reason=reason)  # type: ignore[arg-type]
        if action == "edit":
            after = edited_fields(page, event, fields, many)
            if held and held.action == "add":
                whole = to_json(event) | after
                return Decision(name, sha256, "event", key, "add", who, after=whole, reason=reason)
            earlier = held.after or {} if held and held.action == "edit" else {}
            return Decision(name, sha256, "event", key, "edit", who, drawn, earlier | after, reason)
        raise UsageError("bad_action", f"no such action: {action!r}")

    def group(
        self, request: Request, action: Text = "", incident: Many = (), report: Many = (), reason: Text = "",
        secret: Text = "",
    ) -> Response:
        """Merge incidents, or split reports off one."""
        self._check(secret)
        table = self._desk.table()
        cases = [self._case(table, name) for name in dict.fromkeys(incident)]
        if action == "merge":
            if len(cases) < 2:
                raise UsageError("too_few", say("error.merge_two"))
            sets = [[at for case in cases for at in case.reports]]
        elif action == "split":
            told = {f"{event.id}|{page.id}": report_at(page, event) for case in cases for page, event in case.told}
            taken = [told[name] for name in report if name in told]
            if len(cases) != 1 or len(taken) != len(set(report)) or not 0 < len(taken) < len(told):
                raise UsageError("too_few", say("error.split_some"))
            sets = [[at for at in told.values() if at not in taken], taken]
        else:
            raise UsageError("bad_action", f"no such action: {action!r}")
        names, why = [case.incident.id for case in cases], reason.strip()[:2000]
        made = self._desk.store.decisions.add(grouping(sets, self._name(request), incidents=names, reason=why))
        return RedirectResponse(f"/incident/{_named(self._desk.table(), made) or names[0]}", 303)

    def _case(self, table: Table, name: str) -> Case:
        case = table.by_incident.get(name)
        if case is None:
            raise UsageError("no_such_part", f"no incident {name!r} under {table.truce.id}",
                             mend="it may have been joined anew after a decision; look in the overview")
        return case

    def undo(self, request: Request, number: Annotated[int, Form()], next: Text = "", secret: Text = "") -> Response:
        self._check(secret)
        back = self._desk.store.decisions.undo(number, self._name(request))
        onward = _local(next) or "/review"
        if back.kind == "incident" and onward.startswith("/incident/"):  # that one may be no more
            now = _named(self._desk.table(), msgspec.structs.replace(back, after=back.before))
            onward = f"/incident/{now}" if now else "/"
        return RedirectResponse(onward, 303)

    def check_truce(self, request: Request, text: Text = "", secret: Text = "") -> Response:
        self._check(secret)
        return self._page(request, "problems.html", problems=self._editor.problems(text))

    def set_truce(
        self, request: Request, text: Text = "", action: Text = "", seen: Text = "", secret: Text = ""
    ) -> Response:
        self._check(secret)
        if action == "download":
            name = quote(_file(self._desk.truce.id), safe="")
            headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
            return Response(text.replace("\r\n", "\n"), media_type="application/yaml; charset=utf-8", headers=headers)
        if self._editor.problems(text):
            return self._truce(request, text, used=False)
        if action == "save":
            self._editor.save(text, seen)
        else:
            self._editor.use(text)
        return RedirectResponse("/truce?used=1", 303)

    async def take_in(self, request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=20, max_part_size=_LONGEST_FIELD) as form:
            words = {k: v for k, v in form.multi_items() if isinstance(v, str)}
            self._check(words.get("secret", ""))
            given = [f for f in form.getlist("files") if not isinstance(f, str) and f.filename]
            held = [(f.filename or "", await f.read()) for f in given]
        pasted = await run_in_threadpool(_pasted, words)
        paths = [line.strip() for line in words.get("paths", "").splitlines() if line.strip()]
        if not held and pasted is None and not paths:
            raise UsageError("nothing_given", say("error.nothing_given"))
        return RedirectResponse(f"/add/{self._adder.start(held, pasted, paths).number}", 303)

    # ------------------------------------------------------------------------------------------------- answers

    def failed(self, request: Request, error: TrucewatchError) -> Response:
        """What an error on purpose becomes: its words and its mend, with a fitting status."""
        bad = 400 if isinstance(error, UsageError) else 500
        status = 404 if error.code in _NOT_FOUND else 409 if error.code in _CONFLICTS else bad
        return self._page(request, "error.html", status, message=error.message, mend=error.mend, code=error.code)

    def refused(self, request: Request, error: StarletteHTTPException) -> Response:
        return self._page(
            request, "error.html", error.status_code, message=error.detail, mend="", code=str(error.status_code)
        )

    def _page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        values |= {
            "secret": self._keys.form, "who": self._name(request), "here": _here(request), "truce": self._desk.truce,
        }
        return HTMLResponse(self._templates.get_template(template).render(values), status)

    def _check(self, secret: str) -> None:
        if not hmac.compare_digest(secret.encode(), self._keys.form.encode()):
            raise HTTPException(403, say("error.secret"))

    def _name(self, request: Request) -> str:
        return unquote(request.cookies.get(_WHO, "")).strip()[:80] or self._who


# The types of events, in the order in which one that was missed is likely to be of them.
_OFTEN = ("ASSAULT", "COERCE", "MOBILIZE", "THREATEN", "RETREAT", "AID", "AGREE", "CONSULT")
_LIKELY = (*_OFTEN, *(t for t in PLOVER_TYPES if t not in _OFTEN))


def link(document: str, start: int | None = None, end: int | None = None) -> str:
    """The address of a page, at some of its characters where these are given."""
    path = f"/document/{quote(document, safe='/')}"
    return path if start is None else f"{path}?{urlencode({'start': start, 'end': end})}#quoted"


def link_record(record: Decision) -> str:
    """The address of what was decided on."""
    if record.kind == "incident":
        names = ((record.after if record.action == "undo" else record.before) or {}).get("incidents") or [""]
        return f"/incident/{quote(names[0], safe='')}"
    return link(record.document)


def _done(table: Table, number: int) -> Decision | None:
    """The decision that was just made, as long as it can be taken back."""
    found = next((r for r in reversed(table.records) if r.number == number), None)
    return found if found and found.number in _held(table) else None


def _incidents(record: Decision) -> list[str]:
    """The ids of the incidents that a decision on joining was made on."""
    return (record.before or {}).get("incidents", []) if record.kind == "incident" and record.action != "undo" else []


def _named(table: Table, record: Decision) -> str | None:
    """The incident that holds by now the first report of those that a decision on joining names."""
    held = from_json(tuple[tuple[ReportAt, ...], ...], (record.after or {}).get("happenings", []))
    return next((i for each in held for at in each for i in [table.incident_of(at)] if i), None)


def _as_drawn(event: Event, decided: Decision | None) -> Event:
    """The event before anybody decided on it."""
    before = decided.before if decided and decided.action != "add" else None
    return msgspec.structs.replace(from_json(Event, before), id=event.id) if before else event


def _held(table: Table) -> frozenset[int]:
    decided = {d.number for each in table.laid.values() for d in each.decided.values()}
    return table.groupings | decided | {each.page.number for each in table.laid.values() if each.page}


def _gold(table: Table, name: str) -> str:
    return gold(table.laid[name], table.truce.id, table.findings_on(name))


def _file(name: str) -> str:
    """A file's name for a page: nothing in it leads to another folder."""
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name).lstrip(".")[:150] + ".yaml"


def _local(address: str) -> str | None:
    """An address of ours; None for one that leads elsewhere."""
    good = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if good else None


def _here(request: Request) -> str:
    path = quote(request.url.path, safe="/:@")
    return f"{path}?{request.url.query}" if request.url.query else path


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None


def _pasted(fields: dict[str, str]) -> Sourced | None:
    from trucewatch.sources import from_text

    text = fields.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        return None
    known = {k: fields[k].strip()[:2000] or None for k in ("url", "publisher", "title", "published") if k in fields}
    name = f"pasted-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return from_text(text, id=name, **known)


async def _too_large(request: Request, error: Exception) -> Response:
    del request, error
    return PlainTextResponse("refused: too large\n", 413)


@cache
def _land(named: tuple[str, ...]) -> bytes:
    """Outlines as GeoJSON, coarse ones far away, and the provinces of the truce's countries."""
    from trucewatch.gazetteer import boundaries

    shapes = []
    for country in boundaries.countries():
        digits = 3 if country in named else 1
        shapes.append(_shape("land", "", boundaries.outline(country), digits))
        if country in named:
            shapes += [_shape("province", p.name, p.polygons, digits) for p in boundaries.provinces(country)]
    return json.dumps({"type": "FeatureCollection", "features": shapes}, separators=(",", ":")).encode()


def _shape(kind: str, name: str, polygons: Iterable[Iterable[Ring]], digits: int) -> dict[str, Any]:
    rounded = ([line for ring in rings if len(line := _rounded(ring, digits)) > 3] for rings in polygons)
    geometry = {"type": "MultiPolygon", "coordinates": [rings for rings in rounded if rings]}
    return {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}


def _rounded(ring: Ring, digits: int) -> list[tuple[float, float]]:
    """The ring, closed, without points that fall together."""
    points = [(round(x, digits), round(y, digits)) for x, y in ring]
    return [p for p, _ in itertools.groupby(points)] + points[:1]
