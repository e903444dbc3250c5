"""The settings: command line > environment > file > default, each value with where it comes from."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

import corpus
from assistant.errors import SettingsError
from corpus.errors import place_of

PREFIX = "POLICY_ASSISTANT_"
DEFAULT_FILE = Path("policy-assistant.toml")
BUNDLED_CORPUS = Path(corpus.__file__).parent

#: The model that comes with the index and needs nothing.
_EMBEDDED = "embedded"
#: What would be right, for the sentence about a value that is not.
RIGHT: Mapping[str, str] = {
    "llm_base_url": "应为以 http:// 或 https:// 开头的接口地址，不带用户名、密码和参数，如 http://127.0.0.1:8000/v1",
    "llm_model": "应为模型名，如 qwen2.5-7b-instruct",
    "llm_api_key": "应为一行可见的 ASCII 字符",
    "llm_timeout": "应为大于 0、不超过 600 的秒数，如 60",
    "embedding": "应为向量模型的名称或文件夹",
    "embedding_base_url": "应为以 http:// 或 https:// 开头的接口地址，不带用户名、密码和参数",
    "embedding_api_key": "应为一行可见的 ASCII 字符",
    "corpus": "应为语料文件夹，其中有 documents 子文件夹",
    "index": "应为存放索引的文件夹",
    "handoff": "应为一段文字，如 请拨打政务服务热线",
    "staff_password": "应为不含换行的一段文字",
    "data": "应为存放日志和标记的文件夹",
    "calendar": "应为节假日文件，如 节假日.toml",
}


class Origin(StrEnum):
    """Where a value comes from, strongest first."""

    COMMAND_LINE = "command_line"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting as it may be shown: a secret that is set reads ``******``."""

    name: str
    value: str | float | None
    origin: Origin


class Settings(BaseSettings):
    """All settings, checked. Made by :func:`load_settings`; without ``llm_base_url`` there is no language model."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    llm_base_url: str | None = None
    llm_model: str | None = Field(default=None, min_length=1)
    llm_api_key: SecretStr | None = None
    llm_timeout: float = Field(default=60.0, gt=0, le=600, allow_inf_nan=False)
    embedding: str = Field(default=_EMBEDDED, min_length=1)
    embedding_base_url: str | None = None
    embedding_api_key: SecretStr | None = None
    corpus: Path = BUNDLED_CORPUS
    index: Path | None = None
    handoff: str = ""
    staff_password: SecretStr | None = Field(default=None, min_length=1)
    data: Path | None = None
    calendar: Path | None = None

    _origins: Mapping[str, Origin] = PrivateAttr(default_factory=dict)
    _file: Path | None = PrivateAttr(default=None)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature of the library
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is passed in: :func:`load_settings` lays the layers over each other and notes the origins."""
        return (init_settings,)

    @field_validator("llm_base_url", "embedding_base_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value.strip())
        plain = parts.username is None and parts.password is None and not parts.query and not parts.fragment
        if parts.scheme not in ("http", "https") or not parts.hostname or not plain or parts.port == 0:
            raise ValueError
        return value.strip().rstrip("/")

    @field_validator("llm_api_key", "embedding_api_key")
    @classmethod
    def _a_header_can_hold_it(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        key = value.get_secret_value().strip()
        if not key or not key.isascii() or not key.isprintable():
            raise ValueError
        return SecretStr(key)

    @field_validator("staff_password")
    @classmethod
    def _one_line(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and "\n" in value.get_secret_value():
            raise ValueError
        return value

    @field_validator("corpus", "index", "data", "calendar")
    @classmethod
    def _a_path(cls, value: Path | None) -> Path | None:
        return value if value is None else value.expanduser()

    @model_validator(mode="after")
    def _a_model_has_a_name(self) -> Self:
        if self.llm_base_url is not None and self.llm_model is None:
            raise ValueError(f"设置了 LLM_BASE_URL，却没有设置 LLM_MODEL：{RIGHT['llm_model']}。")
        if self.embedding_base_url is not None and self.embedding == _EMBEDDED:
            raise ValueError("设置了 EMBEDDING_BASE_URL，却没有设置 EMBEDDING：应为该接口提供的向量模型的名称。")
        return self

    @property
    def embedding_model(self) -> str:
        """The embedding model as the index room names it: with its endpoint's address in front, where it has one."""
        return f"{self.embedding_base_url}#{self.embedding}" if self.embedding_base_url else self.embedding

    @property
    def file(self) -> Path | None:
        """The file that was read, if any."""
        return self._file

    def shown(self) -> tuple[Shown, ...]:
        """Every setting with its value, secrets masked, and where it comes from."""
        rows = []
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                value = "******"
            elif isinstance(value, Path):
                value = str(value)
            rows.append(Shown(name.upper(), value, self._origins.get(name, Origin.DEFAULT)))
        return tuple(rows)


def secret(value: SecretStr | None) -> str | None:
    """A secret as it is sent."""
    return value.get_secret_value() if value is not None else None


def load_settings(command_line: Mapping[str, Any] | None = None, file: Path | None = None) -> Settings:
    """The settings of this process.

    ``command_line`` holds what was given there, by the name of the field; ``file`` is read instead of
    ``policy-assistant.toml``, which may be missing. Relative paths in a file start from its folder.
    ``SettingsError`` names every setting that cannot be used, its value, and what is right.
    """
    if file is None and DEFAULT_FILE.is_file():
        file = DEFAULT_FILE
    layers = {
        Origin.FILE: _read_file(file) if file is not None else {},
        Origin.ENVIRONMENT: EnvSettingsSource(Settings)(),
        Origin.COMMAND_LINE: dict(command_line or {}),
    }
    values = {name: value for layer in layers.values() for name, value in layer.items()}
    origins = {name: origin for origin, layer in layers.items() for name in layer}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise SettingsError(_explain(error, values, origins, file)) from None
    settings._origins = origins
    settings._file = file
    return settings


def _read_file(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(f"找不到配置文件 {file}。请检查 --config 后面的路径。") from None
    except OSError:
        raise SettingsError(f"配置文件 {file} 读不出来，请检查它是不是文件、有没有权限。") from None
    except UnicodeDecodeError:
        raise SettingsError(f"配置文件 {file} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"配置文件 {file} 的{place_of(error)}不符合 TOML 格式：应为 设置 = 值，文字加引号。"
        ) from None
    names = list(Settings.model_fields)
    for name in values:
        if name not in names:
            close = difflib.get_close_matches(name.lower(), names, n=1)
            hint = f"是不是 {close[0]}？" if close else f"可用的有 {'、'.join(names)}。"
            raise SettingsError(f"配置文件 {file} 里有不认识的设置 {name}。{hint}")
    for name in ("corpus", "index", "data", "calendar"):
        if isinstance(values.get(name), str):
            values[name] = file.parent / Path(values[name]).expanduser()
    return values


def _explain(
    error: ValidationError, values: Mapping[str, Any], origins: Mapping[str, Origin], file: Path | None
) -> str:
    """One Chinese sentence for every setting that cannot be used; secrets are not repeated."""
    sentences = []
    for detail in error.errors():
        if not detail["loc"]:
            sentences.append(str(detail["ctx"]["error"]))
            continue
        name = str(detail["loc"][0])
        place = {
            Origin.COMMAND_LINE: f"命令行 --{name.replace('_', '-')}",
            Origin.ENVIRONMENT: f"环境变量 {PREFIX}{name.upper()}",
            Origin.FILE: f"配置文件 {file} 的 {name}",
            Origin.DEFAULT: "默认值",
        }[origins[name]]
        address = name.endswith("base_url") and any(sign in str(values[name]) for sign in "@?#")
        secret = address or SecretStr in _types(name)
        value = "的值" if secret else f"的值 {str(values[name])!r} "
        sentences.append(f"设置 {name.upper()} {value}不能用（{place}）：{RIGHT[name]}。")
    return "\n".join(sentences)


def _types(name: str) -> tuple[Any, ...]:
    annotation = Settings.model_fields[name].annotation
    return getattr(annotation, "__args__", (annotation,))
