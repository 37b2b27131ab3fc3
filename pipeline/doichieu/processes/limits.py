"""What a worker may take of the machine: memory, processor time, open files, size of files, no network.

Each limit is set where the system has it; ``doichieu doctor`` tells what this one has.
"""

from __future__ import annotations

import os
from pathlib import Path

#: Memory that a worker may address (bytes) where neither ``--memory`` nor the environment says otherwise.
MEMORY = 2 * 1024**3
#: The environment variable by which a run tells its workers their memory, in megabytes.
MEMORY_VARIABLE = "DOICHIEU_MEMORY"
#: Seconds that one file may take, and the environment variable by which a run tells another number.
SECONDS = 1800.0
TIME_VARIABLE = "DOICHIEU_TIMEOUT"
_FILE_SIZE = 2 * 1024**3
_OPEN_FILES = 512
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # of unshare(2)


def memory_limit() -> int:
    """The memory that a worker may take, in bytes.

    >>> os.environ.pop(MEMORY_VARIABLE, None) and None
    >>> memory_limit() == MEMORY
    True
    """
    given = os.environ.get(MEMORY_VARIABLE, "")
    return int(given) * 1024**2 if given.isdecimal() and int(given) >= 256 else MEMORY


def time_limit() -> float:
    """The seconds that one file may take."""
    given = os.environ.get(TIME_VARIABLE, "")
    return float(given) if given.isdecimal() and int(given) >= 1 else SECONDS


def memory_words() -> str:
    """The memory limit for a message, and how to change it."""
    return f"{memory_limit() / 1024**3:g} GB; đổi bằng --memory hoặc biến môi trường {MEMORY_VARIABLE} (MB)"


def bound() -> None:
    """Let this process, and what it starts, never take more than the limits."""
    try:
        import resource
    except ModuleNotFoundError:
        return  # not on this system
    for kind, wanted in (
        (resource.RLIMIT_AS, memory_limit()),
        (resource.RLIMIT_FSIZE, _FILE_SIZE),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def bound_processor(seconds: float) -> None:
    """Let this process use ``seconds`` more of processor time; beyond that the system ends it."""
    try:
        import resource
    except ModuleNotFoundError:
        return
    if seconds <= 0:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def without_network() -> bool:
    """Cut this process, and what it starts, off the network; False where the system does not allow that.

    Only while the process has one thread: early in the life of a worker.
    """
    if os.name != "posix" or not Path("/proc/self/ns/net").exists():
        return False
    try:
        import ctypes  # long to load, and only workers want it

        library = ctypes.CDLL(None, use_errno=True)
    except OSError:
        return False
    if library.unshare(_NEW_NETWORK) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if library.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    try:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    except OSError:
        return True  # files are still opened with the rights of the person; only the name of the user is not shown
    return True
