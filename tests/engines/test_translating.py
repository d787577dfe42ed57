"""Queries of other tools in our words."""

import pytest

from askfirst.engines import boolquery
from askfirst.engines.boolquery.translating import translate
from tests.engines.slow_queries import Maker


@pytest.mark.parametrize(
    ("theirs", "ours", "dropped"),
    [
        ('(halden or "halden outdoor") and not weather', '(halden OR "halden outdoor") AND NOT weather', []),
        ("halden && (tent || stove) && !circus", "halden AND (tent OR stove) AND NOT circus", []),
        ("tent near3 leak* or tent w/5 wet", "tent NEAR/3 leak* OR tent NEAR/5 wet", []),
        ("tent NEAR/4f leak", "tent ONEAR/4 leak", []),
        ("tent adj2 pole", "tent ONEAR/2 pole", []),
        ("tent /5 pole", "tent NEAR/5 pole", []),
        ("{IT} AND help", 'case:"IT" AND help', []),
        ("<<<the brand, by Ada>>> halden", "halden", []),
        ("headline:recall AND domainurl:bbc.co.uk", "title:recall AND site:bbc.co.uk", []),
        ("halden AND sourcetype:SOCIALMEDIA AND lang:en", "halden AND lang:en", ["sourcetype:SOCIALMEDIA"]),
        ("halden NOT (country:us OR region:eu)", "halden", ["country:us", "region:eu"]),
        ("engagement:>10 halden", "halden", ["engagement:>10"]),
        ('"rock and roll" and halden', '"rock and roll" AND halden', []),
        ("halden link:halden.example/and", "halden link:halden.example/and", []),
        ("tent andnot circus", "tent NOT circus", []),
        ("halden near stove", "halden NEAR stove", []),
    ],
)
def test_theirs_becomes_ours(theirs, ours, dropped):
    assert translate(theirs) == (ours, dropped)
    boolquery.parse(ours)


def test_ours_stays_as_it_is():
    maker = Maker(3, 500)
    for _ in range(200):
        query = maker.common_query()
        assert translate(query) == (query, [])
