"""Bring the GOV.UK and MoJ stylesheets, scripts and images into the repository, without the brand that is GOV.UK's own.

For maintainers (needs npm); everybody else uses the committed files.
Run `python tools/vendor_assets.py` after changing a pin.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "audit_app" / "static" / "vendor"
LICENCE_FOOT = """Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One pinned npm package and what the pages need of it."""

    package: str
    version: str
    integrity: str
    name: str
    folder: str
    repository: str
    copyright: str

    @property
    def home(self) -> str:
        """The folder's name under static/vendor."""
        return f"{self.name}-{self.version}"


ASSETS = (
    Asset(
        package="govuk-frontend",
        version="6.3.0",
        integrity="sha512-cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA==",
        name="govuk-frontend",
        folder="dist/govuk",
        repository="https://github.com/alphagov/govuk-frontend",
        copyright="Copyright (C) 2017 Crown Copyright (Government Digital Service)",
    ),
    Asset(
        package="@ministryofjustice/frontend",
        version="11.1.0",
        integrity="sha512-1bkUbm2M4DpcpX/pOmumQRBsbJco9W2RwmJv5h/ZC/ZqrAOn2/FjpF+A7vS0gs7oMXBizr9O5huDrSYbLx73Nw==",
        name="moj-frontend",
        folder="moj",
        repository="https://github.com/ministryofjustice/moj-frontend",
        copyright="Copyright (c) 2021 dxw",
    ),
)


def integrity_of(content: bytes) -> str:
    """The subresource-integrity form of a file's sha512."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def without_the_brand(css: str) -> str:
    """A stylesheet with Arial for the GDS font, no crest, and images found beside it."""
    css = re.sub(r"/\*!\s*Copyright[^*]*Margaret Calvert.*?\*/", "", css)
    css = re.sub(r"@font-face\{[^}]*GDS Transport[^}]*\}", "", css)
    css = re.sub(r"\"?GDS Transport\"?,\s*arial", "Arial", css)
    css = re.sub(r"@supports [^{]*\{\.govuk-footer__copyright-logo:before\{[^}]*govuk-crest[^}]*\}\}", "", css)
    css = re.sub(r"\.govuk-footer__copyright-logo:before\{[^}]*govuk-crest[^}]*\}", "", css)
    css = css.replace("url(/assets/images/", "url(images/")
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/\s*", "", css)
    left = re.search(r"GDS|Transport|@font-face|url\([^)]*(?:crest|crown)|/assets/", css)
    if left:
        raise SystemExit(f"The stylesheet still holds {left[0]!r}: read it and mend the rules here.")
    return css


def without_map(script: str) -> str:
    """A script without its pointer to a source map that is not here."""
    return re.sub(r"//# sourceMappingURL=.*\s*$", "\n", script)


def images_in(css: str) -> list[str]:
    """The image files that a stylesheet names."""
    return sorted(set(re.findall(r"url\(images/([A-Za-z0-9._-]+)\)", css)))


def fetch(asset: Asset, into: Path) -> Path:
    """The package's archive, fetched by npm and refused unless it is the very one that was pinned."""
    subprocess.run(
        ["npm", "pack", "--silent", f"{asset.package}@{asset.version}"],
        cwd=into,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (archive,) = into.glob(f"*{asset.version}.tgz")
    found = integrity_of(archive.read_bytes())
    if found != asset.integrity:
        raise SystemExit(f"{asset.package} {asset.version}: expected {asset.integrity}, got {found}.")
    return archive


def unpack(asset: Asset, archive: Path, vendor: Path) -> list[str]:
    """Write the stylesheet, the script and the images; say which files were written."""
    home = vendor / asset.home
    shutil.rmtree(home, ignore_errors=True)
    (home / "images").mkdir(parents=True)
    with tarfile.open(archive) as box:

        def content(path: str) -> bytes:
            member = box.extractfile(f"package/{asset.folder}/{path}")
            if member is None:
                raise SystemExit(f"{asset.package} has no {path}.")
            return member.read()

        css = without_the_brand(content(f"{asset.name}.min.css").decode())
        script = without_map(content(f"{asset.name}.min.js").decode())
        (home / f"{asset.name}.min.css").write_text(css)
        (home / f"{asset.name}.min.js").write_text(script)
        images = images_in(css)
        for image in images:
            (home / "images" / image).write_bytes(content(f"assets/images/{image}"))
    if not images:
        (home / "images").rmdir()
    return [f"{asset.name}.min.css", f"{asset.name}.min.js", *(f"images/{image}" for image in images)]


def record(assets: dict[Asset, list[str]]) -> str:
    """VENDORED.md: what was taken, from where, under which licence, and what was changed."""
    parts = [
        "# Vendored files\n",
        "Written by `python tools/vendor_assets.py`; change the pins there, never these files by hand.\n",
        "What is changed on the way in: the GDS Transport font is replaced by Arial, the crest is taken out, image\n"
        "addresses are made relative, and pointers to source maps are dropped. The service is not on GOV.UK, so it\n"
        "follows the design system and leaves the brand.\n",
    ]
    for asset, files in assets.items():
        listed = "\n".join(f"- `{asset.home}/{file}`" for file in files)
        parts.append(
            f"## {asset.package} {asset.version}\n\n- From: {asset.repository}\n- Integrity of the npm archive: "
            f"`{asset.integrity}`\n- Licence: MIT\n\n{listed}\n\n```text\nMIT License\n\n{asset.copyright}\n\n"
            f"{LICENCE_FOOT}\n```\n"
        )
    return "\n".join(parts)


def main() -> int:
    """Fetch, check, change and write everything anew."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    written: dict[Asset, list[str]] = {}
    for asset in ASSETS:
        with tempfile.TemporaryDirectory() as folder:
            written[asset] = unpack(asset, fetch(asset, Path(folder)), VENDOR)
    (VENDOR / "VENDORED.md").write_text(record(written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
