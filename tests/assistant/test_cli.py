import json
import os
import re
import subprocess
import sys
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from assistant import __version__
from assistant.__main__ import command_line
from assistant.answer import Turn
from assistant.console import run

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def cli(scripted, capfd, monkeypatch, tmp_path):
    """Runs a command line in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        code = run(command_line(TODAY, lambda _: scripted), words)
        return code, *capfd.readouterr()

    return call


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", *words],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


# --- ask ---


def test_an_answer_is_printed_with_its_clause_and_the_notice(cli) -> None:
    code, out, err = cli("ask", "零售店进限奖多少？")
    assert code == 0
    assert out.startswith("答：零售店进限奖多少？ [1]\n")
    assert "【1】甲市 甲政发〔2023〕5号 《支持商贸企业的若干意见》 一、" in out
    assert "仅供参考" in out.splitlines()[-1]
    assert err == ""


def test_json_is_one_document_and_nothing_else(cli) -> None:
    code, out, _ = cli("ask", "零售店进限奖多少？", "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["status"], answer["as_of"], answer["citations"][0]["mark"]) == ("answered", "2026-11-22", 1)


@pytest.mark.parametrize(
    ("status", "code"),
    [("answered", 0), ("partial", 0), ("clarify", 0), ("not_found", 3), ("out_of_scope", 3), ("error", 1)],
)
def test_the_exit_code_tells_the_status(cli, status: str, code: int) -> None:
    assert cli("ask", status)[0] == code
    assert cli("ask", status, "--json")[0] == code


def test_day_city_and_mode_reach_the_assistant(cli, scripted) -> None:
    cli("ask", "问", "--as-of", "2024-03-15", "--city", "天门", "--mode", "extractive")
    request = scripted.asked[0]
    assert (request.as_of, request.city, request.mode) == (date(2024, 3, 15), "天门", "extractive")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2024-03-15", date(2024, 3, 15)),
        ("2024年3月15日", date(2024, 3, 15)),
        ("2024/3/5", date(2024, 3, 5)),
        ("2024年3月", date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2023", date(2023, 12, 31)),
        ("2023年", date(2023, 12, 31)),
        ("2026", TODAY),
        ("2026-11", TODAY),
        ("2027-01-01", date(2027, 1, 1)),
    ],
)
def test_a_month_or_year_stands_for_its_last_day_but_never_later_than_today(cli, scripted, given: str, day) -> None:
    assert cli("ask", "问", "--as-of", given)[0] == 0
    assert scripted.asked[0].as_of == day


@pytest.mark.parametrize("given", ["昨天", "2024-13-01", "2024-02-30", "24-01-01", "2024-1-1-1", "0"])
def test_what_is_no_day_is_wrong_usage(cli, scripted, given: str) -> None:
    code, out, err = cli("ask", "问", "--as-of", given)
    assert (code, out) == (2, "")
    assert "--as-of" in err
    assert given in err
    assert "2024-03-15" in err
    assert scripted.asked == []


def test_an_error_of_the_project_is_one_sentence(cli) -> None:
    assert cli("ask", "policy error") == (1, "", "语料读不出来。\n")


def test_an_error_that_nobody_foresaw_is_a_sentence_too(cli) -> None:
    code, out, err = cli("ask", "boom")
    assert (code, out) == (1, "")
    assert "程序内部出错" in err
    assert "ZeroDivisionError" in err
    assert "Traceback" not in err


# --- ask --batch ---


def batch(cli, tmp_path: Path, content: bytes, *words: str) -> tuple[int, list[dict], str]:
    (tmp_path / "in.jsonl").write_bytes(content)
    code, out, err = cli("ask", "--batch", "in.jsonl", "--output", "out.jsonl", *words)
    assert out == ""
    return code, [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()], err


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def test_a_batch_is_answered_line_by_line_in_order(cli, scripted, tmp_path) -> None:
    history = [{"role": "user", "content": "甲市？"}, {"role": "assistant", "content": "60万元"}]
    content = (
        b"\xef\xbb\xbf"
        + line(id="q-7", question="甲", as_of="2024年3月", city="天门", expect={"not": "ours"})
        + b"\n  \r\n"
        + line(question="乙", history=history)
        + line(id=0, question="not_found")
        + line(id=None, question="丁", as_of=None, city=None, history=None)[:-1]
    )
    code, answers, err = batch(
        cli, tmp_path, content, "--as-of", "2026-01-01", "--city", "鄂州", "--mode", "extractive"
    )
    assert (code, err) == (0, "")
    assert [answer["id"] for answer in answers] == ["q-7", 4, 0, 6]
    assert [answer["question"] for answer in answers] == ["甲", "乙", "not_found", "丁"]
    first, second, _, last = scripted.asked
    assert (first.as_of, first.city, first.mode) == (date(2024, 3, 31), "天门", "extractive")
    assert (second.as_of, second.city) == (date(2026, 1, 1), "鄂州")
    assert second.history == (Turn("user", "甲市？"), Turn("assistant", "60万元"))
    assert last.history == ()


def test_a_line_that_cannot_be_read_gets_an_answer_that_says_so(cli, scripted, tmp_path) -> None:
    bad = [
        b"{broken\n",
        b"\xff\xfe\n",
        b"[1]\n",
        b'"text"\n',
        b"[" * 100_000 + b"\n",
        b'{"question": ' + b"9" * 5000 + b"}\n",
        line(id="a", text="没有问题"),
        line(id="b", question="  "),
        line(id="c", question=5),
        line(id="d", question="问", as_of="昨天"),
        line(id="e", question="问", as_of=2024),
        line(id="f", question="问", city=["天门"]),
        line(id="g", question="问", history="你好"),
        line(id="h", question="问", history=[{"role": "robot", "content": "x"}]),
        line(id="i", question="问", history=[{"role": "user"}]),
        line(id="j", question="问" * 20_000),
        line(id="k", question="boom"),
        line(id="l", question="policy error"),
    ]
    code, answers, err = batch(cli, tmp_path, b"".join(bad) + line(id="z", question="好的"))
    assert code == 1
    assert len(answers) == len(bad) + 1
    assert [answer["status"] for answer in answers] == ["error"] * len(bad) + ["answered"]
    assert [answer["id"] for answer in answers] == [1, 2, 3, 4, 5, 6, *"abcdefghijklz"]
    assert all(answer["answer"].startswith(f"第 {i} 行：") for i, answer in enumerate(answers[:-1], start=1))
    assert all(answer.keys() == answers[-1].keys() for answer in answers)
    assert answers[9]["question"] == "问"
    assert f"{len(bad)} 行出错" in err
    assert [request.question for request in scripted.asked] == ["boom", "policy error", "好的"]


@pytest.mark.parametrize("identifier", ["x", 7, 1.5, True, ["a"], {"b": 1}])
def test_any_id_comes_back_unchanged(cli, tmp_path, identifier: object) -> None:
    assert batch(cli, tmp_path, line(id=identifier, question="甲"))[1][0]["id"] == identifier


def test_refusals_do_not_fail_a_batch(cli, tmp_path) -> None:
    assert batch(cli, tmp_path, line(question="not_found") + line(question="out_of_scope"))[0] == 0
    assert batch(cli, tmp_path, line(question="error"))[0] == 1


def test_an_empty_batch_is_an_empty_file(cli, tmp_path) -> None:
    assert batch(cli, tmp_path, b"\n \n")[:2] == (0, [])


def test_a_dash_is_standard_input_and_output(cli, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(line(question="甲") + line(question="乙"))))
    code, out, _ = cli("ask", "--batch", "-", "--output", "-")
    assert code == 0
    assert [json.loads(answer)["id"] for answer in out.splitlines()] == [1, 2]


def test_the_output_appears_only_when_it_is_whole(cli, scripted, tmp_path, monkeypatch) -> None:
    (tmp_path / "in.jsonl").write_bytes(line(question="甲"))
    (tmp_path / "out.jsonl").write_text("from before")

    def interrupted(request: object) -> None:
        assert (tmp_path / "out.jsonl").read_text() == "from before"
        raise KeyboardInterrupt

    monkeypatch.setattr(scripted, "ask", interrupted)
    assert cli("ask", "--batch", "in.jsonl", "--output", "out.jsonl")[0] == 130
    assert (tmp_path / "out.jsonl").read_text() == "from before"
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "out.jsonl"}


def test_the_output_is_an_ordinary_file_and_links_stay_links(cli, tmp_path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out.jsonl").symlink_to("elsewhere/real.jsonl")
    batch(cli, tmp_path, line(question="甲"))
    assert (tmp_path / "out.jsonl").is_symlink()
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "elsewhere/real.jsonl").stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_device_is_written_to_and_not_replaced(cli, tmp_path) -> None:
    (tmp_path / "in.jsonl").write_bytes(line(question="甲"))
    assert cli("ask", "--batch", "in.jsonl", "--output", os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--batch", "none.jsonl", "--output", "out.jsonl"), "none.jsonl 读不出来：路径不存在"),
        (("--batch", ".", "--output", "out.jsonl"), "这是一个文件夹"),
        (("--batch", "in.jsonl", "--output", "none/out.jsonl"), "写不进去：路径不存在"),
    ],
)
def test_files_that_cannot_be_used_are_named(cli, scripted, tmp_path, words, said: str) -> None:
    (tmp_path / "in.jsonl").write_bytes(line(question="甲"))
    code, _, err = cli("ask", *words)
    assert code == 1
    assert said in err
    assert scripted.asked == []


# --- lookup ---


def test_a_look_up_shows_the_clause(cli, scripted) -> None:
    code, out, _ = cli("lookup", "甲政发〔2023〕5号 一、", "--city", "甲", "--as-of", "2024")
    assert code == 0
    assert "一、零售企业一次性奖励4万元。" in out
    assert scripted.looked_up == [("甲政发〔2023〕5号 一、", date(2024, 12, 31), "甲")]


def test_a_look_up_in_json_is_the_object_of_the_contract(cli) -> None:
    found = json.loads(cli("lookup", "奖励", "--json")[1])
    assert found.keys() == {"query", "as_of", "matches", "total"}
    assert found["matches"][0]["clause_id"] == "甲政发-2023-5~h1_1"


def test_a_look_up_that_finds_nothing_exits_3(cli) -> None:
    code, out, _ = cli("lookup", "没有")
    assert code == 3
    assert "没有找到" in out
    code, out, _ = cli("lookup", "没有", "--json")
    assert (code, json.loads(out)["matches"]) == (3, [])


# --- the options that every command takes ---


@pytest.mark.parametrize(
    "words",
    [
        ("--corpus", "here", "--index", "there", "--embedding", "m", "config", "show", "--json"),
        ("config", "--corpus", "here", "--index", "there", "--embedding", "m", "show", "--json"),
        ("config", "show", "--corpus", "here", "--index", "there", "--embedding", "m", "--json"),
        ("--corpus", "not", "config", "show", "--corpus", "here", "--index", "there", "--embedding", "m", "--json"),
    ],
)
def test_shared_options_stand_before_or_after_the_name_and_the_last_wins(cli, words) -> None:
    settings = json.loads(cli(*words)[1])["settings"]
    assert {name: settings[name] for name in ("CORPUS", "INDEX", "EMBEDDING")} == {
        "CORPUS": {"value": "here", "origin": "command_line"},
        "INDEX": {"value": "there", "origin": "command_line"},
        "EMBEDDING": {"value": "m", "origin": "command_line"},
    }


def commands(command=None, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    command = command or command_line(TODAY)
    below = getattr(command, "commands", {})
    return [path] + [found for name, child in below.items() for found in commands(child, (*path, name))]


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_command_takes_the_shared_options_and_its_help_is_chinese(cli, path: tuple[str, ...]) -> None:
    code, out, err = cli(*path, "--help")
    assert (code, err) == (0, "")
    for option in ("--corpus", "--index", "--embedding", "--config", "--help"):
        assert f"  {option} " in out
    assert out.startswith(f"用法：policy-assistant {' '.join(path)}".rstrip())
    assert "选项：" in out
    assert not re.search(r"Usage|Option|Command|Show|argument|TEXT|PATH|FILE|INT|default|required|OPTIONS|ARGS", out)


def test_the_version_is_printed(cli) -> None:
    assert cli("--version") == (0, f"policy-assistant {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask",), "--batch"),
        (("ask", "问", "--batch", "x"), "两者取一"),
        (("ask", "--batch", "x"), "--output"),
        (("ask", "问", "--output", "x"), "--output"),
        (("ask", " "), "参数 问题 的值不对：不能是空的"),
        (("ask", "问", "答"), "多出的内容：答"),
        (("ask", "问", "--citty", "天门"), "没有 --citty 这个选项。是不是 --city？"),
        (("ask", "问", "--mode", "magic"), "只能是 extractive、llm 之一"),
        (("ask", "问", "--city"), "选项 --city 后面缺少值"),
        (("ask", "问", "--json=1"), "选项 --json 不带值"),
        (("askk", "问"), "没有 askk 这个命令。是不是 ask？"),
        (("lookup",), "缺少参数 查询"),
        (("corpus", "lst"), "没有 lst 这个命令。是不是 list？"),
        (("serve", "--port", "x"), "选项 --port 的值不对"),
        (("serve", "--port", "70000"), "不大于 65535"),
        (("--nonsense",), "没有 --nonsense 这个选项"),
        ((), "命令："),
        (("config",), "show"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(cli, words: tuple[str, ...], said: str) -> None:
    code, out, err = cli(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert not re.search(r"Usage|Error|Try|Missing|Invalid|Got|requires", err)


def test_a_bad_setting_is_a_sentence_and_exit_1(cli, monkeypatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_LLM_TIMEOUT", "soon")
    code, out, err = cli("ask", "问")
    assert (code, out) == (1, "")
    assert "LLM_TIMEOUT" in err
    assert cli("--help")[0] == 0


# --- as a process of its own ---

HEAVY = ("torch", "faiss", "gradio", "langchain", "langchain_core", "sentence_transformers", "openai", "transformers")


def imported(*words: str) -> set[str]:
    """The top-level modules that a command line imports."""
    script = (
        "import sys; from assistant.__main__ import main; sys.argv = ['policy-assistant', *sys.argv[1:]]; main();"
        "print(' '.join({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, cwd=ROOT, text=True, timeout=120, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("ask", "--help"), ("index", "build", "--help")])
def test_help_and_version_import_nothing_heavy(words) -> None:
    assert imported(*words).isdisjoint({*HEAVY, "pydantic", "numpy", "httpx", "fastapi"})


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory) -> str:
    """An index of the bundled corpus, built by the command for it."""
    folder = str(tmp_path_factory.mktemp("index"))
    done = command("index", "build", "--index", folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder


def test_looking_up_and_asking_import_no_model_and_no_pages(index_folder) -> None:
    assert imported("lookup", "税收减免", "--index", index_folder).isdisjoint(HEAVY)
    assert imported("ask", "个体工商户税收减免多少？", "--index", index_folder).isdisjoint({*HEAVY} - {"faiss"})


def test_the_whole_command_line_answers_looks_up_and_refuses(index_folder, tmp_path) -> None:
    from corpus.library import read_library
    from corpus.model import Level

    library = read_library(ROOT / "corpus")
    article = next(clause for clause in library.clauses if clause.level is Level.ARTICLE)
    number = library.instrument[article.instrument_id].number
    found = command("lookup", f"{number}{article.path.label}", "--json", "--index", index_folder)
    assert found.returncode == 0
    assert json.loads(found.stdout)["matches"][0]["text"] == article.text
    (tmp_path / "in.jsonl").write_bytes(
        line(question=f"{number}{article.path.label}") + line(question="今天天气怎么样")
    )
    asked = command(
        "ask", "--batch", f"{tmp_path}/in.jsonl", "--output", f"{tmp_path}/out.jsonl", "--index", index_folder
    )
    assert (asked.returncode, asked.stdout, asked.stderr) == (0, b"", b"")
    first, second = (json.loads(answer) for answer in (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
    assert (first["id"], first["status"], first["citations"][0]["clause_id"]) == (1, "answered", article.id)
    assert second["id"] == 2
    assert second["status"] in ("not_found", "out_of_scope")
    assert command("lookup", "zzzz", "--index", index_folder).returncode == 3


def test_a_model_is_asked_where_one_is_set_and_a_failure_costs_no_answer(index_folder, model_server) -> None:
    def ask(*words: str, **settings: str) -> dict:
        done = command(
            "ask", "个体工商户创业担保贷款的额度是多少？", "--json", "--index", index_folder, *words, **settings
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    settings = {"POLICY_ASSISTANT_LLM_BASE_URL": model_server.base_url, "POLICY_ASSISTANT_LLM_MODEL": "m"}
    own = ask("--mode", "extractive", **settings)
    assert (own["mode"], model_server.requests) == ("extractive", [])

    quote = own["citations"][0]["quote"].rstrip("。")
    model_server.say(f"<think>…</think>**{quote}** [1]。")
    rephrased = ask(**settings)
    assert rephrased["mode"] == "llm"
    assert rephrased["answer"].startswith(f"{quote} [1]。")
    assert rephrased["citations"][0]["clause_id"] == own["citations"][0]["clause_id"]

    model_server.send(500, "{}")
    fallen_back = ask(**settings)
    assert (fallen_back["mode"], fallen_back["answer"]) == ("extractive", own["answer"])
    assert "model_fallback" in [warning["kind"] for warning in fallen_back["warnings"]]
    assert len(model_server.requests) == 2


def test_output_is_utf_8_in_any_locale() -> None:
    for locale in ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}):
        done = command("lookup", "--help", **locale)
        assert done.returncode == 0
        assert "查条款原文" in done.stdout.decode("utf-8")
        wrong = command("哪里", **locale)
        assert wrong.returncode == 2
        assert "没有 哪里 这个命令" in wrong.stderr.decode("utf-8")


def test_a_reader_that_goes_away_is_no_matter() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "assistant", "--help"], stdout=closed, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    assert done.stderr == b""
    assert done.returncode in (0, 1)
