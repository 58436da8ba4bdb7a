"""Gives up, for this process and for good, the right to open sockets and to start programs.

A query can say SERVICE, and the engine would send the request. The text is scanned for that before; this is the
second lock, which holds whatever the text hides. On Linux it is a seccomp filter: calls on its list fail with
"operation not permitted". Elsewhere, or where the kernel refuses, an empty network namespace is tried.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
EPERM = 1

LOAD, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, FAIL, KILL = 0x7FFF0000, 0x00050000 | EPERM, 0x80000000
NUMBER, ARCHITECTURE = 0, 4
"""Offsets in what a filter sees of a call."""

X32_BIT = 0x40000000

DENIED = {
    # machine: (audit architecture, system calls that fail)
    "x86_64": (
        0xC000003E,
        # socket connect accept sendto bind listen socketpair execve ptrace execveat io_uring_* pidfd_getfd
        (41, 42, 43, 44, 49, 50, 53, 59, 101, 322, 425, 426, 427, 438),
    ),
    "aarch64": (0xC00000B7, (198, 203, 202, 206, 200, 201, 199, 221, 117, 281, 425, 426, 427, 438)),
}


def confine() -> str:
    """Confine the process: "seccomp", "namespace", or "none" where neither is to be had."""
    if sys.platform != "linux":
        return "none"
    libc = ctypes.CDLL(None, use_errno=True)
    if _filter(libc):
        return "seccomp"
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0:
        return "namespace"
    return "none"


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _filter(libc: ctypes.CDLL) -> bool:
    """Install the filter; False where the machine is not known or the kernel refuses."""
    if platform.machine() not in DENIED:
        return False
    code = program(*DENIED[platform.machine()], x32=platform.machine() == "x86_64")
    memory = ctypes.create_string_buffer(code, len(code))
    loaded = _Program(len(code) // 8, ctypes.addressof(memory))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(loaded), 0, 0) == 0)


def program(architecture: int, calls: tuple[int, ...], *, x32: bool) -> bytes:
    """The filter in the kernel's little language: other architectures end the process, listed calls fail.

    x32: refuse the second numbering of calls that x86-64 kernels have, which would pass the list by.
    """
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
    ]
    if x32:
        steps += [(JUMP_IF_AT_LEAST, 0, 1, X32_BIT), (RETURN, 0, 0, FAIL)]
    for call in calls:
        steps += [(JUMP_IF_EQUAL, 0, 1, call), (RETURN, 0, 0, FAIL)]
    steps.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
