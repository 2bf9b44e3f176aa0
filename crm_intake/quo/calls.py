"""Quo's calls: one is told of by many events, from the ringing to the summary of what was said."""

from typing import Any

from crm_intake.events import CallNews, Event, MediaLink
from crm_intake.quo.envelope import Told
from crm_intake.values import clean, first, moment, name_of, seconds, web_address

MISSED, COMPLETED = "call.missed", "call.completed"
SUMMARY = {"call.summary.completed", "callSummary"}  # the second is legacy v4's
TRANSCRIPT = {"call.transcript.completed", "callTranscript"}
VOICEMAIL, RECORDING = "call.voicemail.completed", "call.recording.completed"
KINDS = {
    *("call.ringing", "call.answered", "call.forwarded", "call.menu.selected"),
    *(MISSED, COMPLETED, VOICEMAIL, RECORDING, *SUMMARY, *TRANSCRIPT),
}
NOT_MISSED = {"answered", "forwarded", "ai-handled"}
LONGEST = 20_000
MOST_RECORDINGS = 10


def news(told: Told) -> Event:
    """Return what is new of a call."""
    record, kind = told.record, told.kind
    caller, callee = _parties(told)
    outgoing = record.get("direction") == "outgoing"
    return CallNews(
        key=f"call:{name_of(record.get('callId') or record['id'])}",
        outgoing=outgoing,
        caller=caller,
        callee=callee,
        missed=not outgoing and _missed(kind, record),
        answered_at=moment(record.get("answeredAt")),
        seconds=seconds(record.get("duration")) if kind == COMPLETED else None,
        voicemail_url=_voicemail(record),
        voicemail_text=clean(record.get("transcript"))[:LONGEST] if kind == VOICEMAIL else "",
        recordings=_recordings(record) if kind == RECORDING else (),
        summary=_summary(record) if kind in SUMMARY else "",
        transcript=_transcript(record) if kind in TRANSCRIPT else "",
        occurred_at=moment(record.get("createdAt")),
    )


def _missed(kind: str, record: dict[str, Any]) -> bool:
    if kind == MISSED:
        return True
    if kind != COMPLETED:
        return False
    return not record.get("answeredAt") and record.get("status") not in NOT_MISSED


def _parties(told: Told) -> tuple[str, str]:
    """Return who called and whom; legacy v4 names the outside party alone."""
    outgoing = told.record.get("direction") == "outgoing"
    named = told.context.get("participants")
    if isinstance(named, dict):
        outside, inside = first(named.get("external")), first(named.get("workspace"))
    elif "participants" in told.record:
        outside, inside = first(told.record["participants"]), ""
    else:
        return first(told.record.get("from")), first(told.record.get("to"))
    return (inside, outside) if outgoing else (outside, inside)


def _voicemail(record: dict[str, Any]) -> str:
    voicemail = record.get("voicemail") or {}
    return web_address(voicemail.get("url") or record.get("recordingUrl"))


def _recordings(record: dict[str, Any]) -> tuple[MediaLink, ...]:
    told = record.get("recordings") or record.get("media") or []
    links = [MediaLink(web_address(part.get("url")), first(part.get("type"))) for part in told]
    return tuple(link for link in links if link.url)[:MOST_RECORDINGS]


def _summary(record: dict[str, Any]) -> str:
    """Return what was said in short, and what was agreed, a line each."""
    said = [clean(line) for line in record.get("summary") or []]
    agreed = [f"Next: {clean(line)}" for line in record.get("nextSteps") or []]
    return "\n".join([*said, *agreed])[:LONGEST]


def _transcript(record: dict[str, Any]) -> str:
    """Return what was said, a line for each turn of the talk."""
    lines = []
    for turn in record.get("dialogue") or []:
        who = first(turn.get("identifier") or turn.get("userId")) or "Somebody"
        lines.append(f"{who}: {clean(turn.get('content'))}")
    return "\n".join(lines)[:LONGEST]
