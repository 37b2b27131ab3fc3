"""What can go wrong in a call, one class each; every one becomes an answer of type ``application/problem+json``."""

from __future__ import annotations

from doichieu.errors import DoichieuError


class Fault(DoichieuError):
    """A call that is refused.  ``status`` is that of HTTP, ``code`` is stable, ``detail`` is for people."""

    status = 400
    code = "bad_request"
    title = "Yêu cầu không hợp lệ"

    def __init__(self, detail: str = "", **more: object) -> None:
        self.detail = detail or self.title
        self.more = more
        super().__init__(self.detail)


class BadRequest(Fault):
    """The call itself is wrong: a field that is missing or of another kind."""


class Unauthorised(Fault):
    """Nobody known makes the call."""

    status, code, title = 401, "unauthorised", "Cần đăng nhập hoặc mã truy cập hợp lệ"


class Forbidden(Fault):
    """The caller's role does not suffice."""

    status, code, title = 403, "forbidden", "Vai trò này không được làm việc này"


class Missing(Fault):
    """There is no such thing, or it belongs to another unit."""

    status, code, title = 404, "not_found", "Không tìm thấy"


class Conflict(Fault):
    """The thing is in another state than the call takes it to be."""

    status, code, title = 409, "conflict", "Trạng thái đã thay đổi"


class TooLarge(Fault):
    """More than this server takes."""

    status, code, title = 413, "too_large", "Tệp quá lớn"


class Unprocessable(Fault):
    """Understood, but it cannot be done: an unreadable file, a correction that makes no sense."""

    status, code, title = 422, "unprocessable", "Không xử lý được"


class TooMany(Fault):
    """Too many attempts to sign in."""

    status, code, title = 429, "too_many_attempts", "Đăng nhập sai quá nhiều lần"


class Away(Fault):
    """The database or the disk does not answer; it is tried again by itself."""

    status, code, title = 503, "unavailable", "Kho dữ liệu tạm thời không dùng được"
