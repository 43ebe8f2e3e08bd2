"""What may become of a file while somebody works."""

from pathlib import Path


def vanish(path: Path) -> None:
    path.unlink()


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def become_another_encoding(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# \xe0\xe8\n")


def lead_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("/nowhere")


def lead_outside(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


def become_a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\0" * 10)
