"""The emblem of the invented body: drawn, so that nobody's coat of arms is borrowed."""

import base64
import io

from PIL import Image, ImageDraw

_SIZE = (180, 180)
_LAKE, _SHORE, _SKY = "#2f6f9f", "#5f8f4e", "#dcecf7"


def logo():
    """Return the logo as base64 of a PNG: a round sky over a shore and a lake."""
    image = Image.new("RGBA", _SIZE, (255, 255, 255, 0))
    mask = Image.new("L", _SIZE, 0)
    ImageDraw.Draw(mask).ellipse((4, 4, 176, 176), fill=255)
    image.paste(_scene(), mask=mask)
    ImageDraw.Draw(image).ellipse((4, 4, 176, 176), outline=_LAKE, width=6)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue())


def _scene():
    scene = Image.new("RGBA", _SIZE, _SKY)
    draw = ImageDraw.Draw(scene)
    draw.polygon([(0, 110), (55, 50), (95, 100), (130, 65), (180, 110)], fill=_SHORE)
    draw.rectangle((0, 108, 180, 180), fill=_LAKE)
    for top in (122, 140, 158):
        draw.arc((20, top, 90, top + 14), 0, 180, fill="white", width=4)
        draw.arc((90, top, 160, top + 14), 180, 360, fill="white", width=4)
    return scene
