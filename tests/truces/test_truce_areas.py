"""Areas: by country, province, name and polygon; what a place does not tell stays unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_pages import place
from test_truce_loading import GOOD

from trucewatch import truces
from trucewatch.errors import TruceError
from trucewatch.model import Area, Place
from trucewatch.truces.areas import inside

SQUARE = (
    '{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": '
    '[[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]]}}'
)


@pytest.mark.parametrize(("area", "where", "want"), [
    (Area(countries=("SYR",)), place("Homs", "SYR"), True),
    (Area(countries=("SYR",)), place("Tyre", "LBN"), False),
    (Area(admin1=("Donetsk",)), place("Marinka", "UKR", admin1="Donets'k Oblast"), True),
    (Area(admin1=("Donetsk",)), place("Sumy", "UKR", admin1="Sumy"), False),
    (Area(admin1=("Donetsk",)), place("Ukraine", "UKR", precision="country"), None),
    (Area(places=("Hudaydah",)), place("Hudaydah", "YEM"), True),
    (Area(geojson=SQUARE), place("In", "YEM", 2.0, 2.0), True),
    (Area(geojson=SQUARE), place("Hole", "YEM", 5.0, 5.0), False),
    (Area(geojson=SQUARE), place("Out", "YEM", 20.0, 2.0), False),
    (Area(geojson=SQUARE), place("Nowhere", "YEM"), None),
    (Area(countries=("SYR",)), Place(0, 0, "there"), None),
])
def test_inside(area: Area, where: Place, want: bool | None) -> None:
    assert inside(area, where) is want


def test_a_geojson_file_stands_beside_the_truce(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(GOOD.replace("countries: [ALB]", "geojson: square.json"), "utf-8")
    with pytest.raises(TruceError, match="truce_geojson"):
        truces.load(tmp_path / "t.yaml")
    assert truces.check(tmp_path / "t.yaml")
    (tmp_path / "square.json").write_text(SQUARE, "utf-8")
    assert inside(truces.load(tmp_path / "t.yaml").area, place("In", "YEM", 2.0, 2.0))
