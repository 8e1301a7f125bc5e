"""An S3 server of this machine, for tests that write to one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hrkit.publish.batch.destination import Remote


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """A bucket on an S3 server of this machine."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    pytest.importorskip("s3fs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "tests")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        server.start()
        host, port = server.get_host_and_port()
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ENDPOINT_URL_S3", f"http://{host}:{port}")
        Remote("s3://reports/2026")._fs.makedirs("reports", exist_ok=True)
        yield "s3://reports"
        server.stop()
