"""Errors as every caller gets them: ``{"error": {"code", "message", "message_en"}}``, never a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

#: status → code, message, message_en
_ERRORS: Mapping[int, tuple[str, str, str]] = {
    400: ("bad_request", "请求无法读取", "The request cannot be read"),
    404: ("not_found", "没有这个地址或这份文件", "There is no such address or instrument"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法", "The method is not allowed for this address"),
    413: ("too_large", "请求正文超过 64 KiB", "The body is larger than 64 KiB"),
    422: ("invalid", "请求内容不合要求", "The request is not as it should be"),
    429: ("too_many_requests", "请求太多，请稍后再试", "Too many requests: try again later"),
    500: ("internal", "服务内部出错，请稍后再试", "Something broke inside: try again later"),
    503: ("unavailable", "服务还没有准备好，请稍后再试", "The service is not ready: try again later"),
}


def error_response(status: int, message: str = "", message_en: str = "") -> JSONResponse:
    """The response for a status; the messages replace the usual ones where they can say more."""
    code, usual, usual_en = _ERRORS.get(status, _ERRORS[400 if status < 500 else 500])
    body: dict[str, Any] = {"code": code, "message": message or usual, "message_en": message_en or usual_en}
    return JSONResponse({"error": body}, status_code=status)
