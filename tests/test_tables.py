import pytest

from summarize.text.segmentation import find_sentences


def roles(text: str) -> list[str]:
    return [one.role for one in find_sentences(text)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("name,age\nAnn,30\nBob,41\nCid,17", id="commas"),
        pytest.param('编号,姓名,备注\n1,甲,"高，壮。"\n2,乙,\n3,丙,新来', id="quoted and empty cells"),
        pytest.param("品名\t产地\n米\t河湾\n面\t山后", id="tabs"),
        pytest.param("Year   Sacks\n2021     300\n2022     280", id="columns"),
        pytest.param("| a | b |\n|---|---|\n| c | d |", id="Markdown"),
        pytest.param("+---+---+\n| a | 1 |\n+---+---+\n| c | 2 |\n+---+---+", id="ruled"),
    ],
)
def test_rows_of_a_table_are_apparatus(rows: str) -> None:
    assert roles(f"水轮转了。\n\n{rows}\n\n大家高兴。") == ["text", *["apparatus"] * (len(roles(rows))), "text"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("name,age\nAnn,30", id="too few"),
        pytest.param("轻轻的风,吹过河\n静静的水,流过桥\n慢慢的人,走过街", id="verse"),
        pytest.param("2024-05-18 02:00:01,1 a\n2024-05-18 02:00:02,1 b\n2024-05-18 02:00:03,1 c", id="log"),
        pytest.param("Ann, 30, a miller\nBob, 41, a baker\nCid, 17, a boy", id="blanks behind commas"),
        pytest.param("水轮  磨坊\n水轮  磨坊\n水轮  磨坊", id="no figures"),
    ],
)
def test_lines_that_are_no_rows_are_text(lines: str) -> None:
    assert set(roles(lines)) == {"text"}
