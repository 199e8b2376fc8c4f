"""Have what the tests need from the system: a Chromium. Installed by apt where we may, named where we may not."""

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    if any(shutil.which(name) for name in BROWSERS):
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests …", flush=True)
        install("chromium")
        return 0
    print("No Chromium here: the browser tests are skipped. On Debian: apt install chromium", file=sys.stderr)
    return 0


def install(*packages: str) -> None:
    """Install Debian packages, waiting for whoever else is installing."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    waiting = ["-o", "DPkg::Lock::Timeout=400"]
    subprocess.run(["apt-get", *waiting, "update", "-qq"], check=True, env=environment)
    command = ["apt-get", *waiting, "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
