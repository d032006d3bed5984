"""Fill an empty database of FIR from a file of rows; runs in its `manage.py shell`.

Leaves what FIR's own API would have left: the incident, its entity, the link and the host found in
its text, a comment for its opening and one for its end. Prints the token of one who may ask.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from fir_artifacts.models import Artifact, IncidentArtifact
from incidents.models import (
    BusinessLine,
    Comments,
    Incident,
    IncidentCategory,
    IncidentStatus,
    Label,
    SeverityChoice,
    Tlp,
)
from rest_framework.authtoken.models import Token

AT_ONCE = 500
Pairs = list[tuple[Incident, dict[str, Any]]]  # an incident, and its row


def main() -> None:
    """Read the rows and write them down."""
    handler = User.objects.create_user("bench", "bench@hotline.example")
    handler.groups.add(Group.objects.get(name="Incident handlers"))
    pairs = incidents_of(json.loads(Path(os.environ["ROWS"]).read_text("utf-8")), handler)
    in_entities(pairs)
    commented(pairs, handler)
    with_artifacts(pairs)
    print(Token.objects.get_or_create(user=handler)[0].key)


def incidents_of(rows: list[dict[str, Any]], handler: User) -> Pairs:
    """Write down an incident for each row."""
    same = {
        "category": IncidentCategory.objects.get(name="Reputation"),
        "detection": Label.objects.get(name="External", group__name="detection"),
        "severity": SeverityChoice.objects.get(name="1"),
        "tlp": Tlp.objects.get(name="AMBER"),
        "is_incident": True,
        "opened_by": handler,
    }
    statuses = {name: IncidentStatus.objects.get(name=name) for name in ("Open", "Closed")}
    incidents = [
        Incident(
            date=datetime.fromisoformat(row["opened"]),
            subject=row["subject"],
            description=row["description"],
            status=statuses["Closed" if row["ended"] else "Open"],
            **same,
        )
        for row in rows
    ]
    return list(zip(Incident.objects.bulk_create(incidents, AT_ONCE), rows, strict=True))


def in_entities(pairs: Pairs) -> None:
    """Let each incident concern the entity that stands for its platform."""
    names = sorted({row["platform"] for _, row in pairs})
    entities = {name: BusinessLine.add_root(name=name) for name in names}
    for field in ("concerned_business_lines", "main_business_lines"):
        through = getattr(Incident, field).through
        links = [
            through(incident=incident, businessline=entities[row["platform"]])
            for incident, row in pairs
        ]
        through.objects.bulk_create(links, AT_ONCE)


def commented(pairs: Pairs, handler: User) -> None:
    """Write down a comment when an incident was opened, and one when it was closed."""
    actions = {label.name: label for label in Label.objects.filter(group__name="action")}
    comments = [
        Comments(
            incident=incident,
            opened_by=handler,
            action=actions[action],
            comment=text,
            date=datetime.fromisoformat(row[at]),
        )
        for incident, row in pairs
        for at, action, text in (
            ("opened", "Open", "Incident opened"),
            ("ended", "Close", "Removed"),
        )
        if row[at]
    ]
    Comments.objects.bulk_create(comments, AT_ONCE)


def with_artifacts(pairs: Pairs) -> None:
    """Write down the link and the host of each incident; a host belongs to many."""
    names = {("url", row["url"]) for _, row in pairs} | {
        ("hostname", row["host"]) for _, row in pairs
    }
    artifacts = [Artifact(type=kind, value=value) for kind, value in sorted(names)]
    found = {one.value: one for one in Artifact.objects.bulk_create(artifacts, AT_ONCE)}
    links = [
        IncidentArtifact(incident=incident, artifact=found[row[what]])
        for incident, row in pairs
        for what in ("url", "host")
    ]
    IncidentArtifact.objects.bulk_create(links, AT_ONCE)


main()
