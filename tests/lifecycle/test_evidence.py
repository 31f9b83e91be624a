"""What answers prove: an object is gone when the service says so, and nothing else makes it so."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from strange import BARE, ID, Answer, Call, Change, Gateway, behind, changed, error, told, xml
from world import BUCKET, REGION, Wire, World

from pulumi_ci.api.call import Place
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import ApiError, CannotTell, CiError, NoAnswer, NotBound
from pulumi_ci.emulator import Choices
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.model.api import Action, Adopted, JsonAction, JsonCollection, Switch
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kind_of, kinds

HERE = Place(REGION, BUCKET)
SNAPSHOT, STYLE, QUEUE, SPEECH, HOTLINK, BINDING, WORKFLOW, MEDIA, JOB, RUN, VOD, MPS = (
    kind_of(slug)
    for slug in (
        *("snapshot-template", "image-style", "media-queue", "speech-queue", "hotlink", "bucket-binding", "workflow"),
        *("media-service", "batch-job", "workflow-execution", "process-image-async-template", "process-image"),
    )
)
MADE = [
    kind for kind in kinds().values() if not isinstance(kind.api, Switch) or (kind.api.on and kind.api.read is not None)
]
"""The kinds that a call makes and a call reads."""
KINDS = pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.slug)
LONG = Choices(references="free", run_ends="after-reads", run_length=1000)
OUTPUT = {"region": REGION, "bucket": BUCKET, "object": "out/${RunId}/${Number}.${Ext}"}
FLOW = {
    "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]},
    "nodes": {
        "Start": {"type": "Start", "object_prefix": "in/"},
        "Snapshot_a": {"type": "Snapshot", "template_id": "t1", "output": OUTPUT},
    },
}


def create(world: World, kind: type[Kind], properties: dict[str, Any] | None = None) -> Stored:
    if properties is None:
        left_out = {*kind.scope, getattr(kind.api, "id_field", "")}
        given = next(iter(examples(kind.slug).values()))
        properties = {name: value for name, value in given.items() if name not in left_out}
        if isinstance(kind.api, Adopted):
            properties["on_delete"] = "restore"
    return world.lifecycle(kind).create(world.inputs(kind, properties))


def is_json(kind: type[Kind]) -> bool:
    return isinstance(kind.api, (JsonCollection, JsonAction))


PAGE = b"<html><body>not here</body></html>"
STRANGE: dict[str, tuple[Answer, Answer]] = {
    "empty 404": (Answer(404), Answer(404)),
    "page of a 404": (Answer(404, {}, PAGE), Answer(404, {}, PAGE)),
    "empty 200": (Answer(), Answer()),
    "empty 404 with a request id": (Answer(404, ID), Answer(404, JSON_404 := {"x-ci-request-id": "r"})),
    "empty 410 with a request id": (Answer(410, ID), Answer(410, JSON_404)),
    "empty 200 with a request id": (Answer(200, ID), Answer(200, ID)),
    "nothing but a request id": (xml(BARE), told()),
    "error inside": (
        xml("<Response><RequestId>r</RequestId><Error><Code>InvalidArgument</Code></Error></Response>"),
        told(Error={"Code": "InvalidParameter.Other", "Message": "no"}),
    ),
    "error of nobody": (
        Answer(404, {}, b"<Error><Code>ResourceNotFound</Code><Message>no</Message></Error>"),
        Answer(200, {}, b'{"Response": {"Error": {"Code": "ResourceNotFound", "Message": "no"}}}'),
    ),
    "code of something else": (error("NoSuchBucket", 404), told(Error={"Code": "ResourceNotFound.UserNotExist"})),
    "not bound to media": (error("MediaBucketUnBinded"), told(Error={"Code": "MediaBucketUnBinded"})),
    "not bound, by number": (error("1111", 404), told(Error={"Code": "FailedOperation"})),
    "not bound to pictures": (error("PicBucketUnBinded", 404), told(Error={"Code": "UnsupportedOperation"})),
    "a count without rows": (
        xml("<Response><RequestId>r</RequestId><TotalCount>3</TotalCount></Response>"),
        told(TotalCount=3, ProcessImageAsyncTemplateSet=[]),
    ),
    "others that are missing": (
        xml(
            "<Response><RequestId>r</RequestId><NonExistTIDs><TemplateId>t2</TemplateId></NonExistTIDs>"
            "<NonExistPIDs>p2</NonExistPIDs><NonExistIDs>w2</NonExistIDs><NonExistJobIds/></Response>"
        ),
        told(TotalCount=2, ProcessImageAsyncTemplateSet=[{"Definition": 1}]),
    ),
}


def said_done(kind: type[Kind], name: str) -> bool:
    """Whether a delete so answered is done by the pages (032: nothing but the headers; VOD: a RequestId), or no call
    deletes at all.
    """
    if isinstance(kind.api, Switch):
        return kind.api.off is None
    if isinstance(kind.api, JsonCollection):
        return name in ("nothing but a request id", "a count without rows", "others that are missing")
    return kind is STYLE and name == "empty 200 with a request id"


@KINDS
@pytest.mark.parametrize("name", STRANGE)
def test_nothing_is_gone_for_a_strange_answer(kind: type[Kind], name: str) -> None:
    """Neither a read nor a delete believes it; what was there is there afterwards, and found."""
    with World(LONG) as world:
        made = create(world, kind)
        before = world.emulator.objects
        gateway = behind(world)
        gateway.strikes(lambda call: True, STRANGE[name][is_json(kind)])
        with pytest.raises(CiError) as caught:
            world.lifecycle(kind).read(made.id, made.outs)
        assert kind.__name__ in str(caught.value)
        if not said_done(kind, name):
            with pytest.raises(CiError):
                world.lifecycle(kind).delete(made.id, made.outs)
        with pytest.raises(CiError):
            world.lifecycle(kind).read(made.id, {})
        assert world.emulator.objects == before
        gateway.rule = None
        seen = world.lifecycle(kind).read(made.id, made.outs)
        assert seen is not None
        assert seen.inputs == made.inputs


LISTED = [kind for kind in MADE if not isinstance(kind.api, Action)]


@pytest.mark.parametrize("kind", LISTED, ids=lambda kind: kind.slug)
@pytest.mark.parametrize("name", STRANGE)
def test_no_place_is_empty_for_a_strange_answer(kind: type[Kind], name: str) -> None:
    with World(LONG) as world:
        made = create(world, kind)
        behind(world).strikes(lambda call: True, STRANGE[name][is_json(kind)])
        process = world.lifecycle(kind)
        with pytest.raises(CiError):
            process.list(process.locate(made.id)[0])


@KINDS
def test_what_is_gone_by_the_word_of_the_service_is_gone(kind: type[Kind]) -> None:
    """The counterpart: with the answers that the pages print, a read still finds that an object is gone."""
    with World(LONG) as world:
        made = create(world, kind)
        if isinstance(kind.api, (Switch, Action)):
            return
        place, local = world.lifecycle(kind).locate(made.id)
        where = (place.sub_app_id, "") if isinstance(kind.api, JsonCollection) else (BUCKET, REGION)
        word = {"workflow": "workflow", "image-style": "style", VOD.slug: "vod-template"}.get(kind.slug, "template")
        word = "queue" if isinstance(kind.api, Adopted) else word
        about = {"name": local} if word == "style" else {"id": local}
        world.emulator.edit(*where, word, delete=True, **about)
        assert world.lifecycle(kind).read(made.id, made.outs) is None
        world.lifecycle(kind).delete(made.id, made.outs)


# -- lists ------------------------------------------------------------------------------------------------------------

COUNTED = {
    "a row twice": lambda answer: answer.replaced("</TemplateList>", "</TemplateList>" + _row(answer)),
    "a count too high": lambda answer: answer.replaced("<TotalCount>3<", "<TotalCount>4<"),
    "a count too low": lambda answer: answer.replaced("<TotalCount>3<", "<TotalCount>2<"),
    "no count": lambda answer: answer.replaced("<TotalCount>3</TotalCount>", ""),
    "an empty count": lambda answer: answer.replaced("<TotalCount>3<", "<TotalCount><"),
    "a count of superscripts": lambda answer: answer.replaced("<TotalCount>3<", "<TotalCount>³<"),
    "a count of Arabic digits": lambda answer: answer.replaced("<TotalCount>3<", "<TotalCount>٣<"),
    "a negative count": lambda answer: answer.replaced("<TotalCount>3<", "<TotalCount>-3<"),
    "a count of 5,000 digits": lambda answer: answer.replaced("<TotalCount>3<", f"<TotalCount>{'3' * 5000}<"),
    "a count in exponents": lambda answer: answer.replaced("<TotalCount>3<", "<TotalCount>3e0<"),
    "a row without its id": lambda answer: answer.replaced("<TemplateId>t1", "<Other>t1").replaced(
        "</TemplateId>", "</Other>"
    ),
    "a row too few": lambda answer: answer.replaced(_row(answer), ""),
}


def _row(answer: Answer) -> str:
    text = answer.body.decode()
    return text[text.index("<TemplateList>") : text.index("</TemplateList>") + len("</TemplateList>")]


def is_page(call: Call) -> bool:
    return "pageNumber" in call.target


@pytest.mark.parametrize("name", COUNTED)
def test_a_list_that_does_not_add_up_is_no_inventory_and_loses_nothing(name: str) -> None:
    with World() as world:
        made = [create(world, SNAPSHOT, {"count": 3, "name": f"s{number}"}) for number in range(3)]
        gateway = behind(world)
        gateway.strikes(is_page, changed(COUNTED[name]))
        with pytest.raises(CannotTell, match="SnapshotTemplate in ap-beijing/media-1250000000: list cannot tell"):
            world.lifecycle(SNAPSHOT).list(HERE)
        session = world.session()
        for one in made:
            seen = world.lifecycle(SNAPSHOT, session).read(one.id, one.outs)
            assert seen is not None
            assert seen.inputs == one.inputs
        world.emulator.edit(BUCKET, REGION, "template", id=made[0].id.split("/")[2], delete=True)
        gateway.rule = None
        assert world.lifecycle(SNAPSHOT).read(made[0].id, made[0].outs) is None


def test_a_list_that_changed_while_it_was_read_is_read_again() -> None:
    with World() as world:
        for number in range(103):
            create(world, SNAPSHOT, {"count": 3, "name": f"s{number}"})
        gateway, edited = behind(world), threading.Event()

        def once(call: Call, ask: Any) -> Answer:
            answer: Answer = ask()
            if not edited.is_set():
                edited.set()
                first = next(item for item in world.emulator.objects if item.kind == "template")
                world.emulator.edit(BUCKET, REGION, "template", id=first.id, delete=True)
            return answer

        gateway.strikes(is_page, once)
        assert len(world.lifecycle(SNAPSHOT).list(HERE)) == 102
        assert sum(map(is_page, gateway.calls)) == 4


def test_a_list_that_never_adds_up_makes_no_twin() -> None:
    """A create looks first: where the shared list cannot tell, for its own name; where that cannot, it fails."""
    with World() as world:
        create(world, WORKFLOW, {**FLOW, "name": "flow"})
        gateway = behind(world)
        gateway.strikes(lambda call: is_page(call) and "name=" not in call.target, xml(BARE))
        with pytest.raises(CiError, match="exists already"):
            create(world, WORKFLOW, {**FLOW, "name": "flow"})
        gateway.strikes(is_page, xml(BARE))
        with pytest.raises(CannotTell):
            create(world, WORKFLOW, {**FLOW, "name": "flow"})
        assert [item.name for item in world.emulator.objects if item.kind == "workflow"] == ["flow"]


def test_a_thousand_reads_cost_ten_calls() -> None:
    with World() as world:
        process = world.lifecycle(SNAPSHOT)
        made = [process.create(world.inputs(SNAPSHOT, {"count": 3, "name": f"s{n}"})) for n in range(1000)]
        world.emulator.forget_requests()
        process = world.lifecycle(SNAPSHOT)
        assert all(process.read(one.id, one.outs) == one for one in made)
        assert len(world.emulator.requests) == 10


# -- reads by id ------------------------------------------------------------------------------------------------------


def rows(kind: type[Kind], many: str, local: str, extra: str = "") -> str:
    row = f"<{many}><{kind.api.id}>{local}</{kind.api.id}>{extra}</{many}>"  # type: ignore[union-attr]
    return f"<Response><RequestId>r</RequestId>{row}</Response>"


BY_ID: dict[str, tuple[str, bool]] = {
    "named as missing": ("<NonExistTIDs><TemplateId>@</TemplateId></NonExistTIDs>", True),
    "named among others": (
        "<NonExistTIDs><TemplateId>t2</TemplateId><TemplateId> @ </TemplateId></NonExistTIDs>",
        True,
    ),
    "named as a flat text": ("<NonExistTIDs>@</NonExistTIDs>", True),
    "none of them counted": ("<TotalCount>0</TotalCount>", True),
    "another one named": ("<NonExistTIDs><TemplateId>t2</TemplateId></NonExistTIDs>", False),
    "an empty block": ("<NonExistTIDs/>", False),
    "named in another block": ("<NonExistPIDs>@</NonExistPIDs>", False),
    "another one shown": ("<TemplateList><TemplateId>t2</TemplateId></TemplateList>", False),
    "another one shown and none counted": (
        "<TotalCount>0</TotalCount><TemplateList><TemplateId>t2</TemplateId></TemplateList>",
        False,
    ),
    "one counted, none shown": ("<TotalCount>1</TotalCount>", False),
    "shown and named as missing": (
        "<TemplateList><TemplateId>@</TemplateId></TemplateList><NonExistTIDs>@</NonExistTIDs>",
        False,
    ),
}


@pytest.mark.parametrize("name", BY_ID)
def test_which_read_by_id_says_that_a_template_is_gone(name: str) -> None:
    text, is_gone = BY_ID[name]
    with World() as world:
        made = create(world, SNAPSHOT)
        local = made.id.split("/")[2]
        world.emulator.edit(BUCKET, REGION, "template", id=local, delete=True)
        answer = xml(f"<Response><RequestId>r</RequestId>{text.replace('@', local)}</Response>")
        behind(world).strikes(lambda call: "ids=" in call.target, answer)
        if is_gone:
            assert world.lifecycle(SNAPSHOT).read(made.id, made.outs) is None
        else:
            with pytest.raises(CannotTell, match=local):
                world.lifecycle(SNAPSHOT).read(made.id, made.outs)


@pytest.mark.parametrize(
    "text",
    [
        "<NonExistPIDs>A</NonExistPIDs><NonExistPIDs>@</NonExistPIDs>",
        "<NonExistPIDs><QueueID>@</QueueID></NonExistPIDs>",
    ],
)
@pytest.mark.parametrize("kind", [QUEUE, SPEECH], ids=["045", "053"])
def test_queues_are_named_as_missing_in_either_shape(kind: type[Kind], text: str) -> None:
    with World() as world:
        made = create(world, kind)
        local = made.id.split("/")[2]
        gateway = behind(world)
        empty = "<Response><RequestId>r</RequestId><TotalCount>0</TotalCount></Response>"
        by_id = xml(f"<Response><RequestId>r</RequestId>{text.replace('@', local)}</Response>")
        gateway.strikes(lambda call: True, lambda call, ask: by_id if "queueIds" in call.target else xml(empty))
        assert world.lifecycle(kind).read(made.id, made.outs) is None


def test_a_queue_that_nobody_names_as_missing_is_there() -> None:
    with World() as world:
        made = create(world, QUEUE)
        empty = "<Response><RequestId>r</RequestId><TotalCount>0</TotalCount></Response>"
        behind(world).strikes(lambda call: True, lambda call, ask: xml(BARE if "queueIds" in call.target else empty))
        with pytest.raises(CannotTell):
            world.lifecycle(QUEUE).read(made.id, made.outs)


STYLES: dict[str, tuple[str, Answer, bool]] = {
    "gone by its code": ("<StyleList/>", error("-60967"), True),
    "gone by an empty list": ("<StyleList/>", xml("<StyleList></StyleList>"), True),
    "a code of another object": ("<StyleList/>", error("TemplateNotFound", 404), False),
    "a rule without a name": ("<StyleList/>", xml("<StyleList><StyleRule/></StyleList>"), False),
    "a list of another name": ("<StyleList/>", xml("<Styles/>"), False),
    "a rule twice": (
        "<StyleList/>",
        xml(f"<StyleList>{'<StyleRule><StyleName>a</StyleName></StyleRule>' * 2}</StyleList>"),
        False,
    ),
}


@pytest.mark.parametrize("name", STYLES)
def test_a_style_that_the_list_lacks_is_asked_for_by_its_name(name: str) -> None:
    """Page 031: a GET with the name in its body asks for one style."""
    listed, one, is_gone = STYLES[name]
    with World() as world:
        made = create(world, STYLE, {"style_name": "thumb", "style_body": "imageMogr2/rotate/90"})
        gateway = behind(world)
        gateway.strikes(lambda call: True, lambda call, ask: one if call.body else xml(listed))
        if is_gone:
            assert world.lifecycle(STYLE).read(made.id, made.outs) is None
        else:
            with pytest.raises(CiError):
                world.lifecycle(STYLE).read(made.id, made.outs)
        assert [call.body for call in gateway.calls if call.body][:1] == [
            b"<GetStyle><StyleName>thumb</StyleName></GetStyle>"
        ]


def test_a_style_that_only_the_list_lacks_is_there() -> None:
    with World() as world:
        made = create(world, STYLE, {"style_name": "thumb", "style_body": "imageMogr2/rotate/90"})
        behind(world).strikes(lambda call: not call.body, xml("<StyleList/>"))
        seen = world.lifecycle(STYLE).read(made.id, made.outs)
        assert seen is not None
        assert seen.inputs == made.inputs


@pytest.mark.parametrize(
    ("content", "is_gone"),
    [
        ({"TotalCount": 0, "ProcessImageAsyncTemplateSet": []}, True),
        ({"TotalCount": 0, "ProcessImageAsyncTemplateSet": None}, True),
        ({"Error": {"Code": "ResourceNotFound.TemplateNotExist", "Message": "no"}}, True),
        ({"TotalCount": 1, "ProcessImageAsyncTemplateSet": []}, False),
        ({"TotalCount": 0}, False),
        ({"ProcessImageAsyncTemplateSet": []}, False),
        ({"TotalCount": "0", "ProcessImageAsyncTemplateSet": []}, False),
        ({"TotalCount": False, "ProcessImageAsyncTemplateSet": []}, False),
        ({"TotalCount": -1, "ProcessImageAsyncTemplateSet": []}, False),
        ({"TotalCount": 1, "ProcessImageAsyncTemplateSet": [{"Definition": 7}]}, False),
        ({"Error": {"Code": "ResourceNotFound.UserNotExist", "Message": "no"}}, False),
    ],
)
def test_which_read_by_id_says_that_a_vod_template_is_gone(content: dict[str, Any], is_gone: bool) -> None:
    with World() as world:
        made = create(world, VOD)
        gateway = behind(world)
        empty = told(TotalCount=0, ProcessImageAsyncTemplateSet=[])
        gateway.strikes(lambda call: True, lambda call, ask: told(**content) if b"Definitions" in call.body else empty)
        if is_gone:
            assert world.lifecycle(VOD).read(made.id, made.outs) is None
        else:
            with pytest.raises(CiError):
                world.lifecycle(VOD).read(made.id, made.outs)


@pytest.mark.parametrize(
    "total",
    [2, 0, None, "1"],
)
def test_a_vod_list_that_does_not_add_up_is_no_inventory(total: Any) -> None:
    with World() as world:
        made = create(world, VOD)
        row = {"Definition": int(made.id.split("/")[1]), "Type": "Custom", "Name": "a", "ProcessImageConfigure": {}}
        behind(world).strikes(lambda call: True, told(TotalCount=total, ProcessImageAsyncTemplateSet=[row]))
        with pytest.raises(CannotTell):
            world.lifecycle(VOD).list(Place(sub_app_id="0"))


def test_an_id_of_another_kind_is_no_object_of_this_one() -> None:
    with World() as world:
        other = create(world, kind_of("transcode-template"))
        with pytest.raises(CiError, match="of another kind, Tag Transcode instead of Snapshot"):
            world.lifecycle(SNAPSHOT).read(other.id, {})


def deep(levels: int) -> Change:
    """Puts an element that nobody knows into the body of every template that is shown."""
    element = "<New>" * levels + "x" + "</New>" * levels
    return changed(lambda answer: answer.replaced("</Snapshot>", f"{element}</Snapshot>"))


def test_an_unknown_element_is_sent_back_from_as_deep_as_an_answer_may_be() -> None:
    with World() as world:
        made = create(world, SNAPSHOT)
        gateway = behind(world)
        gateway.strikes(lambda call: call.reads, deep(90))
        world.lifecycle(SNAPSHOT).update(made.id, made.outs, {**made.inputs, "count": 5})
        (sent,) = [call.body for call in gateway.calls if call.method == "PUT"]
        assert b"<New>" * 90 + b"x" + b"</New>" * 90 in sent


@pytest.mark.parametrize("levels", [120, 3_000, 100_000])
def test_a_deeper_one_is_an_error_of_ours(levels: int) -> None:
    with World() as world:
        made = create(world, SNAPSHOT)
        behind(world).strikes(lambda call: call.reads, deep(levels))
        process = world.lifecycle(SNAPSHOT)
        with pytest.raises(NoAnswer, match="of more than 100 levels"):
            process.update(made.id, made.outs, {**made.inputs, "count": 5})
        with pytest.raises(NoAnswer, match="of more than 100 levels"):
            process.read(made.id, made.outs)


def test_a_number_of_400_digits_is_shown_as_it_is() -> None:
    with World() as world:
        made = create(world, SNAPSHOT, {"count": 3, "width": 640})
        long = "9" * 400
        behind(world).strikes(lambda call: call.reads, changed(lambda a: a.replaced("<Width>640<", f"<Width>{long}<")))
        seen = world.lifecycle(SNAPSHOT).read(made.id, made.outs)
        assert seen is not None
        assert seen.inputs["width"] == long


# -- a code that is about something else ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["TemplateNotFound", "1107", "QueueNotFound", "1106"])
def test_a_code_about_what_a_workflow_names_leaves_no_workflow_paused(code: str) -> None:
    """It was paused for the change, and the refusal is about a template or a queue in the body: it runs again."""
    with World() as world:
        made = create(world, WORKFLOW, FLOW)
        gateway = behind(world)
        gateway.strikes(lambda call: call.method == "PUT" and bool(call.body), error(code, 404))
        with pytest.raises(ApiError, match=code):
            world.lifecycle(WORKFLOW).update(made.id, made.outs, {**made.inputs, "name": "other"})
        gateway.rule = None
        seen = world.lifecycle(WORKFLOW).read(made.id, made.outs)
        assert seen is not None
        assert seen.inputs["state"] == "Active"
        gateway.strikes(lambda call: call.method == "DELETE", error(code, 404))
        with pytest.raises(ApiError, match=code):
            world.lifecycle(WORKFLOW).delete(made.id, made.outs)


# -- a bucket that is not bound ---------------------------------------------------------------------------------------

BOUND = [kind for kind in MADE if not is_json(kind) and kind is not BINDING]


@pytest.mark.parametrize("kind", BOUND, ids=lambda kind: kind.slug)
def test_an_unbound_bucket_has_lost_nothing(kind: type[Kind]) -> None:
    with World(Choices(references="free", binding_required="on", run_ends="after-reads", run_length=1000)) as world:
        create(world, BINDING)
        made = create(world, kind)
        world.emulator.edit(BUCKET, REGION, "binding", status="off")
        process = world.lifecycle(kind)
        advice = "declare its binding.*depends_on"
        if isinstance(kind.api, Switch) and kind.api.listed:
            assert process.read(made.id, made.outs) is not None, "the list of the account needs no binding"
        else:
            with pytest.raises(NotBound, match=advice):
                process.read(made.id, made.outs)
        if not isinstance(kind.api, Switch) or kind.api.off:
            with pytest.raises(NotBound, match=advice):
                world.lifecycle(kind).delete(made.id, made.outs)
        if not isinstance(kind.api, Action | Switch):
            with pytest.raises(NotBound, match=advice):
                world.lifecycle(kind).create(made.inputs)
            with pytest.raises(NotBound, match=advice):
                world.lifecycle(kind).update(made.id, made.outs, made.inputs)
        world.emulator.edit(BUCKET, REGION, "binding", status="on")
        seen = world.lifecycle(kind).read(made.id, made.outs)
        assert seen is not None
        assert seen.inputs == made.inputs
        world.lifecycle(kind).delete(made.id, made.outs)


def test_a_binding_and_a_service_say_themselves_that_they_are_off() -> None:
    with World() as world:
        bound, service = create(world, BINDING), create(world, MEDIA)
        gateway = behind(world)
        gateway.strikes(lambda call: call.method != "GET", error("MediaBucketUnBinded"))
        for kind, made in ((BINDING, bound), (MEDIA, service)):
            with pytest.raises(NotBound):
                world.lifecycle(kind).delete(made.id, made.outs)
        gateway.rule = None
        for kind, made in ((MEDIA, service), (BINDING, bound)):
            world.lifecycle(kind).delete(made.id, made.outs)
        gateway.strikes(lambda call: call.method != "GET", error("MediaBucketUnBinded"))
        for kind, made in ((BINDING, bound), (MEDIA, service)):
            assert world.lifecycle(kind).read(made.id, made.outs) is None
            world.lifecycle(kind).delete(made.id, made.outs)


# -- statuses ---------------------------------------------------------------------------------------------------------

STATUS = {
    BINDING.slug: "<CIStatus>@</CIStatus>",
    "origin-protection": "<OriginProtectStatus>@</OriginProtectStatus>",
    "guetzli-compression": "<GuetzliStatus>@</GuetzliStatus>",
    HOTLINK.slug: "<Hotlink><Status>@</Status><Type>white</Type><Url>a.com</Url></Hotlink>",
}
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(["on", "ON", " On\n"], True),
    **dict.fromkeys(["off", "OFF", "\tOff "], False),
    **dict.fromkeys(["", " ", "enabled", "disabled", "1", "0", "true", "false", "opening", "on off", "o", "offline"]),
}


@pytest.mark.parametrize("slug", STATUS)
@pytest.mark.parametrize("word", WORDS)
def test_which_words_say_that_a_setting_is_off(slug: str, word: str) -> None:
    kind, text = kind_of(slug), STATUS[slug]
    with World() as world:
        made = create(world, kind)
        behind(world).strikes(lambda call: call.reads, xml(text.replace("@", word)))
        process = world.lifecycle(kind)
        if WORDS[word] is None:
            with pytest.raises(CannotTell, match="none of"):
                process.read(made.id, made.outs)
            with pytest.raises(CannotTell):
                process.list(HERE)
            with pytest.raises(CannotTell):
                process.create(made.inputs)
        else:
            assert (process.read(made.id, made.outs) is not None) == WORDS[word]


@pytest.mark.parametrize(
    "text", ["<Hotlink/>", "<Hotlink><Type>off</Type></Hotlink>", "<CIStatus>off</CIStatus>", "<Response/>"]
)
def test_a_status_that_is_not_there_says_nothing(text: str) -> None:
    with World() as world:
        made = create(world, HOTLINK)
        behind(world).strikes(lambda call: call.reads, xml(text))
        with pytest.raises(NoAnswer):
            world.lifecycle(HOTLINK).read(made.id, made.outs)


def test_a_status_in_json_counts_with_the_header_alone() -> None:
    """The newer form of page 003. Its body has no request id, so the header must be there."""
    with World() as world:
        made = create(world, BINDING)
        gateway = behind(world)
        gateway.strikes(lambda call: True, Answer(200, ID, b'{"CIStatus": "off"}'))
        assert world.lifecycle(BINDING).read(made.id, made.outs) is None
        gateway.strikes(lambda call: True, Answer(200, {}, b'{"CIStatus": "off"}'))
        with pytest.raises(NoAnswer, match="no request id"):
            world.lifecycle(BINDING).read(made.id, made.outs)


def buckets(total: str, *names: str) -> str:
    count = f"<TotalCount>{total}</TotalCount>" if total else ""
    items = "".join(f"<MediaBucketList><BucketId>{name}</BucketId></MediaBucketList>" for name in names)
    return (
        f"<Response><RequestId>r</RequestId>{count}<PageNumber>1</PageNumber><PageSize>100</PageSize>{items}</Response>"
    )


@pytest.mark.parametrize(
    ("text", "is_on"),
    [
        (buckets("0"), False),
        (buckets("1", "other-1250000000"), None),  # asked for one bucket, answered about another one
        (buckets("1", BUCKET), True),
        (buckets("1", "other-1250000000", BUCKET), True),  # page 066 prints a count of 1 beside two buckets
        (buckets("3", BUCKET), True),
        (buckets(""), None),
        (buckets("1"), None),
        (buckets("2", "other-1250000000"), None),
        (buckets("2", "other-1250000000", "other-1250000000"), None),
        (buckets("1", ""), None),
        (BARE, None),
    ],
)
def test_what_the_list_of_an_account_says_of_a_bucket(text: str, is_on: bool | None) -> None:
    with World() as world:
        made = create(world, MEDIA)
        behind(world).strikes(lambda call: call.reads, xml(text))
        process = world.lifecycle(MEDIA)
        if is_on is None:
            with pytest.raises(CannotTell):
                process.read(made.id, made.outs)
        else:
            assert (process.read(made.id, made.outs) is not None) == is_on


def test_a_setting_that_stays_on_is_not_taken_for_off() -> None:
    with World() as world:
        made = create(world, HOTLINK)
        gateway = behind(world)
        gateway.strikes(lambda call: call.method == "PUT", Answer(200, ID))
        with pytest.raises(CiError, match="is still on after"):
            world.lifecycle(HOTLINK).delete(made.id, made.outs)


# -- creates ----------------------------------------------------------------------------------------------------------

UNCLEAR: list[tuple[type[Kind], dict[str, Any], str]] = [
    (SNAPSHOT, {"count": 3}, "template"),
    (WORKFLOW, FLOW, "workflow"),
    (VOD, {"encode_config": {"format": "JPEG"}}, "vod-template"),
    (JOB, {"type": "Job", "input": {"prefix": "in/"}, "tag": "MediaInfo", "queue_id": "p1"}, "job"),
    (RUN, {"workflow_id": "w1"}, "execution"),
]


def makes(call: Call) -> bool:
    return call.method == "POST" and not call.reads


def named(kind: type[Kind], properties: dict[str, Any], name: str) -> dict[str, Any]:
    return {**properties, **({"object": f"in/{name}.mp4"} if kind is RUN else {"name": name})}


@pytest.mark.parametrize(("kind", "properties", "word"), UNCLEAR, ids=[kind.slug for kind, _, _ in UNCLEAR])
def test_the_answer_to_another_create_is_not_taken_for_its_own(
    kind: type[Kind], properties: dict[str, Any], word: str
) -> None:
    with World(LONG) as world:
        gateway, answers = behind(world), list[Answer]()

        def kept(call: Call, ask: Any) -> Answer:
            answers.append(ask())
            return answers[0]  # for ever the answer to the first

        gateway.strikes(makes, kept)
        first = create(world, kind, named(kind, properties, "first"))
        second = create(world, kind, named(kind, properties, "second"))
        items = [item for item in world.emulator.objects if item.kind == word]
        assert [stored.id.rpartition("/")[2] for stored in (first, second)] == [item.id for item in items]
        gateway.rule = None
        seen = world.lifecycle(kind).read(second.id, second.outs)
        assert seen is not None
        assert seen.inputs == second.inputs


@pytest.mark.parametrize(("kind", "properties", "word"), UNCLEAR[:3], ids=[kind.slug for kind, _, _ in UNCLEAR[:3]])
def test_swapped_answers_end_with_the_right_ids(kind: type[Kind], properties: dict[str, Any], word: str) -> None:
    with World(LONG) as world:
        gateway, both, answers = behind(world), threading.Barrier(2), dict[bool, Answer]()

        def swapped(call: Call, ask: Any) -> Answer:
            is_first = b"first" in call.body
            answers[is_first] = ask()
            both.wait(10)
            return answers[not is_first]

        gateway.strikes(makes, swapped)
        made: dict[str, Stored] = {}
        threads = [
            threading.Thread(
                target=lambda name=name: made.update({name: create(world, kind, named(kind, properties, name))})
            )
            for name in ("first", "second")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        there = {item.name: item.id for item in world.emulator.objects if item.kind == word}
        assert {name: stored.id.rpartition("/")[2] for name, stored in made.items()} == there


@pytest.mark.parametrize("change", ["<Name>mine</Name>", "<Name>mine<"])
@pytest.mark.parametrize(("kind", "properties", "word"), UNCLEAR[:2], ids=[kind.slug for kind, _, _ in UNCLEAR[:2]])
def test_an_answer_without_the_key_is_looked_up(
    kind: type[Kind], properties: dict[str, Any], word: str, change: str
) -> None:
    with World(LONG) as world:
        gateway = behind(world)
        gateway.strikes(
            makes, changed(lambda answer: answer.replaced(change, "" if change[-1] == ">" else "<Name>My<"))
        )
        made = create(world, kind, {**properties, "name": "mine"})
        assert [item.id for item in world.emulator.objects if item.kind == word] == [made.id.split("/")[2]]
        assert sum(map(makes, gateway.calls)) == 1


def test_a_create_of_which_only_a_stranger_spoke_is_looked_for_and_done_again() -> None:
    with World() as world:
        gateway = behind(world)
        struck: list[Call] = []

        def first(call: Call, ask: Any) -> Answer:
            struck.append(call)
            return Answer(404 if len(struck) == 1 else 200, {}, b"") if len(struck) < 3 else ask()

        gateway.strikes(makes, first)
        made = create(world, SNAPSHOT)
        assert [item.id for item in world.emulator.objects] == [made.id.split("/")[2]]
        assert len(struck) == 3


@pytest.mark.parametrize("status", [400, 404, 408, 499])
def test_a_create_that_was_done_and_answered_by_a_stranger_is_found(status: int) -> None:
    with World() as world:
        gateway = behind(world)

        def done(call: Call, ask: Any) -> Answer:
            ask()
            return Answer(status)

        gateway.strikes(makes, done)
        made = create(world, SNAPSHOT)
        assert [item.id for item in world.emulator.objects] == [made.id.split("/")[2]]
        assert sum(map(makes, gateway.calls)) == 1


def test_an_unclear_answer_whose_object_is_nowhere_is_an_error_and_nothing_is_sent_again() -> None:
    with World() as world:
        other = create(world, WORKFLOW, {**FLOW, "name": "other"})
        one = f"<Name>other</Name><WorkflowId>{other.id.split('/')[2]}</WorkflowId>"
        gateway = behind(world)
        gateway.strikes(makes, xml(f"<Response><MediaWorkflow>{one}</MediaWorkflow></Response>"))
        with pytest.raises(CiError, match="the answer to a create of other"):
            create(world, WORKFLOW, {**FLOW, "name": "mine"})
        assert sum(map(makes, gateway.calls)) == 1
        assert [item.name for item in world.emulator.objects if item.kind == "workflow"] == ["other"]


def test_the_id_of_another_task_is_an_error() -> None:
    """MPS has no list, so which task was started stays unknown; the error says what to do."""
    source = {"bucket": "photos-1250000000", "region": "ap-shanghai", "object": "/in/a.png"}
    task = {
        "input_info": {"type": "COS", "cos_input_info": source},
        "output_dir": "/out/",
        "encode_config": {"format": "WebP"},
    }
    with World() as world:
        first = create(world, MPS, task)
        gateway = behind(world)
        gateway.strikes(makes, lambda call, ask: ask() and told(TaskId=first.id.split("/")[1]))
        other = {**source, "object": "/in/b.png"}
        with pytest.raises(CiError, match=r"another input_info.cos_input_info.object.*adopt=<its id>"):
            create(world, MPS, {**task, "input_info": {"type": "COS", "cos_input_info": other}})


# -- one setting for a service that sends none ------------------------------------------------------------------------


def test_answers_without_request_ids_count_where_that_is_asked_for() -> None:
    with World() as world:
        stripped = Gateway(world.emulator)
        stripped.strikes(lambda call: True, changed(lambda answer: replace(answer, headers={})))
        for anonymous in (False, True):
            settings = replace(world.settings, anonymous=anonymous)
            world.client = Client(settings, sleep=world.slept.append, adapter=lambda: Wire(stripped))
            if anonymous:
                made = create(world, STYLE, {"style_name": "thumb", "style_body": "imageMogr2/rotate/90"})
                assert world.lifecycle(STYLE).read(made.id, made.outs) is not None
                assert create(world, BINDING).id == f"{REGION}/{BUCKET}"
            else:
                with pytest.raises(NoAnswer, match="ci:requestIds to optional"):
                    create(world, STYLE, {"style_name": "thumb", "style_body": "imageMogr2/rotate/90"})
