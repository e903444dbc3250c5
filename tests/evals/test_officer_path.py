"""A policy officer's path on the real command line: a new document, drafts, a run, its report, a gate."""

import json
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from assistant.__main__ import command_line
from assistant.console import run

TODAY = date(2026, 11, 22)
DOCUMENT = """安澜市人民政府办公室关于印发安澜市促进餐饮住宿业发展若干措施的通知
安政办发〔2025〕12号
各区人民政府,市政府各部门:
《安澜市促进餐饮住宿业发展若干措施》已经市政府同意,现印发给你们,请认真贯彻执行。
安澜市人民政府办公室
2025年3月1日
安澜市促进餐饮住宿业发展若干措施
一、支持首店落户。对引进国内知名餐饮品牌首店并签订两年以上租约的运营主体,给予一次性奖励20万元。(责任单位:市商务局)
二、鼓励升级改造。对实际投资50万元以上的餐饮企业改造项目,按投资额的15%给予补助,最高不超过60万元。(责任单位:市商务局、市财政局)
三、优化审批服务。区市场监管部门应当自受理食品经营许可申请之日起5个工作日内作出决定。
四、本措施自2025年4月1日起施行,有效期3年,由市商务局负责解释。
"""
REWORDED = {
    "amount-20万元": "国内知名的餐饮品牌，把首店引进安澜，奖励多少钱？",
    "cap-60万元": "安澜餐饮企业改造，补助最高能拿多少？",
    "interpretation-市商务局": "看不懂安政办发〔2025〕12号，由哪个部门负责解释？",
}


def test_from_a_new_document_to_a_gate_that_fails(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("新文件.txt").write_text(DOCUMENT, encoding="utf-8")

    def command(*words: str, code: int = 0) -> str:
        assert run(command_line(TODAY), [*words, "--corpus", "语料"]) == code
        shown = capfd.readouterr()
        return shown.out + shown.err

    # A document is added, and cases drafted from what is read of it.
    assert run(command_line(TODAY), ["corpus", "init", "语料"]) == 0
    command("corpus", "add", "新文件.txt")
    drafted = command("eval", "draft", "安政办发[2025]12号", "--output", "用例.jsonl")
    assert "条草稿，写在 用例.jsonl" in drafted

    # Nothing counts before a person has confirmed it.
    assert "全部用例都是还没有人确认的草稿" in command("eval", "run", "用例.jsonl", code=1)
    ids = [json.loads(line)["id"] for line in Path("用例.jsonl").read_text(encoding="utf-8").splitlines()]
    for ending, question in REWORDED.items():
        (name,) = [each for each in ids if each.endswith(ending)]
        assert "确认了 1 条" in command("eval", "confirm", "用例.jsonl", name, "--question", question)

    # A run of the three, read as a page.
    ran = command("eval", "run", "用例.jsonl", "--output", "结果")
    assert f"3 条用例，0 条不正确，每条的问答和依据见 结果/report.html。另有 {len(ids) - 3} 条草稿" in ran
    page = browser.new_page()
    page.goto((tmp_path / "结果" / "report.html").as_uri())
    assert "3 条用例，3 条完全正确，0 条不正确" in page.inner_text("main")
    page.close()

    # An officer who expects another amount sees the answer fail, and a gate tells a machine.
    wrong = Path("用例.jsonl").read_text(encoding="utf-8").replace('"say": [["60万元"]]', '"say": [["70万元"]]')
    Path("用例.jsonl").write_text(wrong, encoding="utf-8")
    Path("门槛.toml").write_text("[metrics.correct]\nmin = 0.6\n", encoding="utf-8")
    arguments = ["eval", "run", "用例.jsonl", "--output", "新结果", "--baseline", "结果", "--gate", "门槛.toml"]
    passed = command(*arguments)
    assert "两次都有的 3 条里，变好 0 条，变差 1 条" in passed
    assert "达标 metrics.correct（完全正确）：要求至少 0.6，实际 0.6667" in passed
    Path("门槛.toml").write_text("[metrics.correct]\nmin = 0.7\n", encoding="utf-8")
    failed = command(*arguments, code=4)
    assert "未达标 metrics.correct（完全正确）：要求至少 0.7，实际 0.6667" in failed
    page = browser.new_page()
    page.goto((tmp_path / "新结果" / "report.html").as_uri())
    text = page.inner_text("main")
    page.close()
    assert "门槛：1 项未达标" in text
    assert "没有说：70万元" in text
