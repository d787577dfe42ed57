"""Pictures that must be PNG, drawn here: our mark in any size."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

INK, YELLOW = "#16130f", "#ffcc00"


@lru_cache(maxsize=4)
def mark(side: int) -> bytes:
    """Our mark, a speech bubble with a question mark, as a square PNG."""
    scale = 4
    size = side * scale
    picture = Image.new("RGBA", (size, size), "#fffdf7")
    draw = ImageDraw.Draw(picture)

    def at(*values: float) -> list[float]:
        return [value * size / 48 for value in values]

    width = round(3.2 * size / 48)
    draw.polygon(at(12, 33, 12, 44, 24, 33), fill=YELLOW, outline=INK, width=width)
    draw.rounded_rectangle(at(4, 5, 44, 35), radius=5 * size / 48, fill=YELLOW, outline=INK, width=width)
    draw.polygon(at(13.5, 30.5, 13.5, 39, 22, 30.5), fill=YELLOW)
    draw.arc(at(18, 9.5, 30, 21.5), 175, 90, fill=INK, width=round(4 * size / 48))
    draw.line(at(24.2, 19.6, 24.2, 24.4), fill=INK, width=round(4 * size / 48))
    draw.ellipse(at(22, 26.5, 26.8, 31.3), fill=INK)
    out = io.BytesIO()
    picture.resize((side, side), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
