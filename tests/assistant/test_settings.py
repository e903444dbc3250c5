import json
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import BUNDLED_CORPUS, Origin, load_settings

KEY = "sk-very-secret-4711"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def origins(settings) -> dict[str, Origin]:
    return {each.name: each.origin for each in settings.shown()}


def test_the_defaults_need_no_model_no_key_and_no_network() -> None:
    settings = load_settings()
    assert settings.llm_base_url is None
    assert settings.embedding == "embedded"
    assert settings.corpus == BUNDLED_CORPUS
    assert (settings.corpus / "documents").is_dir()
    assert settings.index is None
    assert settings.handoff == ""
    assert settings.file is None
    assert set(origins(settings).values()) == {Origin.DEFAULT}


def test_the_settings_of_the_contract_are_there() -> None:
    assert [each.name for each in load_settings().shown()] == [
        "LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY", "LLM_TIMEOUT", "EMBEDDING", "EMBEDDING_BASE_URL",
        "EMBEDDING_API_KEY",
        "CORPUS", "INDEX", "HANDOFF", "STAFF_PASSWORD", "DATA", "CALENDAR",
    ]  # fmt: skip


def test_each_layer_beats_the_one_below(empty_folder, monkeypatch) -> None:
    (empty_folder / "policy-assistant.toml").write_text('embedding = "file"\nhandoff = "file"\nllm_timeout = 5\n')
    monkeypatch.setenv("POLICY_ASSISTANT_EMBEDDING", "environment")
    monkeypatch.setenv("POLICY_ASSISTANT_HANDOFF", "environment")
    settings = load_settings({"embedding": "command line"})
    assert (settings.embedding, settings.handoff, settings.llm_timeout) == ("command line", "environment", 5)
    told = origins(settings)
    assert told["EMBEDDING"] is Origin.COMMAND_LINE
    assert told["HANDOFF"] is Origin.ENVIRONMENT
    assert told["LLM_TIMEOUT"] is Origin.FILE
    assert told["CORPUS"] is Origin.DEFAULT


def test_an_empty_variable_is_none(monkeypatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_LLM_BASE_URL", "")
    assert load_settings().llm_base_url is None


def test_a_file_of_ones_own_is_read_instead(empty_folder) -> None:
    (empty_folder / "policy-assistant.toml").write_text('embedding = "default file"')
    (empty_folder / "own").mkdir()
    own = empty_folder / "own" / "settings.toml"
    own.write_bytes(b"\xef\xbb\xbf" + 'corpus = "texts"\nindex = "/abs"\nhandoff = "请拨打热线"'.encode())
    settings = load_settings(file=own)
    assert settings.embedding == "embedded"
    assert settings.handoff == "请拨打热线"
    assert settings.corpus == empty_folder / "own" / "texts", "paths in a file start from its folder"
    assert settings.index == Path("/abs")
    assert settings.file == own


def test_an_address_loses_its_last_slash_and_a_key_its_line_end(monkeypatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_LLM_BASE_URL", "http://127.0.0.1:8000/v1/")
    monkeypatch.setenv("POLICY_ASSISTANT_LLM_MODEL", "m")
    monkeypatch.setenv("POLICY_ASSISTANT_LLM_API_KEY", f"{KEY}\n")
    settings = load_settings()
    assert settings.llm_base_url == "http://127.0.0.1:8000/v1"
    assert settings.llm_api_key is not None
    assert settings.llm_api_key.get_secret_value() == KEY


def test_secrets_are_never_shown(monkeypatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_LLM_API_KEY", KEY)
    monkeypatch.setenv("POLICY_ASSISTANT_STAFF_PASSWORD", KEY)
    settings = load_settings()
    shown = {each.name: each.value for each in settings.shown()}
    assert shown["LLM_API_KEY"] == shown["STAFF_PASSWORD"] == "******"
    assert KEY not in json.dumps(shown) + repr(settings) + str(settings)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().embedding = "other"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LLM_TIMEOUT", "soon"),
        ("LLM_TIMEOUT", "0"),
        ("LLM_TIMEOUT", "-3"),
        ("LLM_TIMEOUT", "inf"),
        ("LLM_TIMEOUT", "nan"),
        ("LLM_TIMEOUT", "601"),
        ("LLM_BASE_URL", "127.0.0.1:8000"),
        ("LLM_BASE_URL", "ftp://host/v1"),
        ("LLM_BASE_URL", "http://"),
        ("LLM_BASE_URL", "http://host:port/v1"),
        ("EMBEDDING_BASE_URL", "host"),
    ],
)
def test_a_bad_value_is_named_with_its_place_and_what_is_right(name: str, value: str, monkeypatch) -> None:
    monkeypatch.setenv(f"POLICY_ASSISTANT_{name}", value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    said = str(raised.value)
    assert f"设置 {name} 的值 '{value}' 不能用（环境变量 POLICY_ASSISTANT_{name}）：应为" in said
    assert said.endswith("。")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LLM_API_KEY", f"{KEY}\nX-Other: 1"),
        ("LLM_API_KEY", f"{KEY}密"),
        ("STAFF_PASSWORD", f"{KEY}\n"),
        ("LLM_BASE_URL", f"https://user:{KEY}@host/v1"),
        ("LLM_BASE_URL", f"https://host/v1?key={KEY}"),
    ],
)
def test_a_bad_secret_is_not_repeated(name: str, value: str, monkeypatch) -> None:
    monkeypatch.setenv(f"POLICY_ASSISTANT_{name}", value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert f"设置 {name} 的值不能用" in str(raised.value)
    assert KEY not in str(raised.value)


def test_all_bad_values_are_told_at_once(monkeypatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_LLM_TIMEOUT", "soon")
    with pytest.raises(SettingsError) as raised:
        load_settings({"embedding": ""})
    assert "环境变量 POLICY_ASSISTANT_LLM_TIMEOUT" in str(raised.value)
    assert "命令行 --embedding" in str(raised.value)


def test_an_endpoint_without_a_model_name_is_an_error(monkeypatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_LLM_BASE_URL", "http://127.0.0.1:8000/v1")
    with pytest.raises(SettingsError, match="LLM_MODEL"):
        load_settings()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('llm_modle = "m"', "不认识的设置 llm_modle。是不是 llm_model？"),
        ('colour = "red"', "可用的有 llm_base_url、"),
        ("[llm]\nmodel = 1", "不认识的设置 llm"),
        ('handoff = "a"\nembedding =\n', "第 2 行第 12 个字符不符合 TOML 格式"),
        ("llm_model = 3", "settings.toml 的 llm_model）：应为模型名"),
        ("corpus = 3", "设置 CORPUS 的值 '3' 不能用"),
    ],
)
def test_a_bad_file_is_explained(content: str, said: str, empty_folder) -> None:
    file = empty_folder / "settings.toml"
    file.write_text(content)
    with pytest.raises(SettingsError) as raised:
        load_settings(file=file)
    assert said in str(raised.value)


def test_a_file_that_cannot_be_read_is_explained(empty_folder) -> None:
    with pytest.raises(SettingsError, match=r"找不到配置文件 none\.toml"):
        load_settings(file=Path("none.toml"))
    with pytest.raises(SettingsError, match="读不出来"):
        load_settings(file=empty_folder)
    (empty_folder / "gbk.toml").write_bytes('handoff = "热线"'.encode("gbk"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings(file=empty_folder / "gbk.toml")


def test_an_embedding_endpoint_needs_a_name_and_goes_with_it(monkeypatch) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_EMBEDDING_BASE_URL", "http://127.0.0.1:11434/v1/")
    with pytest.raises(SettingsError, match="却没有设置 EMBEDDING"):
        load_settings()
    monkeypatch.setenv("POLICY_ASSISTANT_EMBEDDING", "bge-m3")
    assert load_settings().embedding_model == "http://127.0.0.1:11434/v1#bge-m3"
    monkeypatch.delenv("POLICY_ASSISTANT_EMBEDDING_BASE_URL")
    assert load_settings().embedding_model == "bge-m3"
