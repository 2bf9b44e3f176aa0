"""Pictures as a driver's phone sends them."""

import hashlib
import io

from django.urls import reverse
from PIL import Image


def a_picture(kind="JPEG", **about):
    drawn = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(drawn, kind, **about)
    return drawn.getvalue()


def named(content):
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def put(phone, act, content, **headers):
    where = reverse("drivers:file", args=[act["id"]])
    return phone.client.post(where, content, content_type="image/jpeg", headers=headers)
