"""A2, C6: a text calls no other site while it is read."""

import pytest
from gov_hotline_kb.domain import pictures


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Слова без разметки",
        '<p>Схема<img src="/web/image/15?access_token=a//b"></p>',
        '<p><img src="/web/image/15-abc/plan.png"></p>',
        '<img src="/web/content/ir.attachment/15/datas">',
        '<img src="/web/image/hotline.kb.file/3/content">',
        '<img src="/gov_hotline/static/description/icon.png">',
        '<img src="data:image/png;base64,iVBORw0KGgo=">',
        '<p style="color: red; font-family: curlz">Слова</p>',
        '<a href="https://other.example/x.png">Ссылка</a>',
    ],
)
def test_what_is_of_this_site_stays(text):
    assert pictures.own_only(text) == text


@pytest.mark.parametrize(
    "address",
    [
        "http://other.example/a.png",
        "HTTPS://other.example/a.png",
        "//other.example/a.png",
        r"\\other.example\a.png",
        r"/\other.example/a.png",
        " \n//other.example/a.png",
        "ht\ntp://other.example/a.png",
        "/\t/other.example/web/image/15",
        "http:/web/image/15",
        "other.png",
        "/web/image/../session/logout",
        "/web/image/%2e%2e/session/logout",
        "/web/session/logout",
        "/web/image?id=15",
        "/web/image/a.record",
        "/web/image/ir.attachment/x",
        "/web/image/77",
        "/web/image/77-redirect/a.png",
        "data:text/html;base64,AAAA",
        "ftp://other.example/a.png",
        "",
    ],
)
def test_a_picture_of_another_site_leaves_its_words(address):
    text = f'<p>До <img alt="схема" src="{address}"> после</p>'
    assert pictures.own_only(text, {77}) == "<p>До схема после</p>"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('<img srcset="//o.example/a 2x" src="/web/image/1">', '<img src="/web/image/1">'),
        ('<p style="background: URL(//o.example/a)">Да</p>', "<p>Да</p>"),
        (r'<p style="background: u\72l(//o.example/a)">Да</p>', "<p>Да</p>"),
        ('<p style="background:image-set(\'//o.example/a\' 1x)">Да</p>', "<p>Да</p>"),
        ('<table background="//o.example/a"></table>', "<table></table>"),
        ('<video poster="//o.example/a" src="//o.example/b">Да</video>', "<video>Да</video>"),
        ('<p>Да<iframe src="//o.example/a"></iframe> и нет</p>', "<p>Да и нет</p>"),
        ('<div data-embedded="video">x</div><p>Да</p>', "<p>Да</p>"),
        ('<div data-oe-expression="//o.example/a">Да</div>', "<div>Да</div>"),
        ('<IMG SRC="http://o.example/a">', ""),
        ('<svg><image href="//o.example/a"></image></svg>', "<svg><image></image></svg>"),
        ('<picture><source srcset="//o.example/a"><img src="//o"></picture>',
         "<picture><source></source></picture>"),
        ('<link rel="stylesheet" href="//o.example/a">Да', "Да"),
    ],
)  # fmt: skip
def test_other_ways_to_call_another_site(text, left):
    assert pictures.own_only(text) == left
