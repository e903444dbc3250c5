import pytest

from assistant.generation.prompting import FOLDER, Message, PromptError, prompt

SLOTS = {
    "answer.v1": {"day", "passages", "history", "question", "refusal"},
    "condense.v1": {"history", "question"},
    "repair.v1": {"day", "passages", "question", "refusal", "draft", "findings"},
}


@pytest.mark.parametrize("name", SLOTS)
def test_every_prompt_has_a_system_and_a_user_message_and_its_slots(name: str) -> None:
    found = prompt(name)
    assert [message.role for message in found.messages] == ["system", "user"]
    assert found.slots == SLOTS[name]


def test_every_file_is_a_prompt_that_the_readme_names() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    for file in FOLDER.glob("*.md"):
        if file.name != "README.md":
            assert prompt(file.stem).messages
            assert f"`{file.name}`" in readme


def test_no_prompt_names_a_city_a_number_or_a_telephone() -> None:
    for name in SLOTS:
        text = "".join(message.content for message in prompt(name).messages)
        assert "〔" not in text
        assert not any(run.isdigit() and len(run) > 3 for run in text.split())


def test_slots_are_filled_once_and_what_fills_them_is_no_template() -> None:
    system, user = prompt("condense.v1").fill(history="{{question}} {0} $x \\1", question="{{history}}?")
    assert isinstance(user, Message)
    assert "{{question}} {0} $x \\1" in user.content
    assert "{{history}}?" in user.content
    assert "{{" not in system.content


def test_a_missing_or_unknown_slot_is_an_error() -> None:
    with pytest.raises(PromptError, match="缺少 question"):
        prompt("condense.v1").fill(history="")
    with pytest.raises(PromptError, match="没有 city"):
        prompt("condense.v1").fill(history="", question="", city="")


def test_an_unknown_prompt_is_an_error_that_names_the_known(tmp_path) -> None:
    with pytest.raises(PromptError, match=r"answer\.v9.*answer\.v1"):
        prompt("answer.v9")
    (tmp_path / "odd.v1.md").write_text("no parts here")
    with pytest.raises(PromptError, match="格式"):
        prompt("odd.v1", tmp_path)
