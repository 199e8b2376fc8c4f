"""What an operator sets up: services with their keys, a program of the system, models in a folder."""

import sys
from types import ModuleType, SimpleNamespace

from machine_servers import KEY

from dateline.translation.machines import firefox

APERTIUM = f"""#!{sys.executable}
import os, sys
assert sys.argv[1:4] == ["-u", "-f", "line"], sys.argv
assert not any(name.startswith("DATELINE") for name in os.environ)
open(os.path.join(os.path.dirname(__file__), "starts"), "a").write(sys.argv[4] + chr(10))
for line in sys.stdin.buffer.read().decode().splitlines():
    if line == "DIE":
        sys.exit(3)
    if line != "SWALLOW":
        print(line.upper())
"""


def services_at(server, monkeypatch, *, key=KEY):
    """Point all services to a server."""
    for name in ("DEEPL", "LIBRETRANSLATE", "OPENAI"):
        monkeypatch.setenv(f"DATELINE_{name}_URL", server.address + ("/v1" if name == "OPENAI" else ""))
        monkeypatch.setenv(f"DATELINE_{name}_KEY", key)
    monkeypatch.setenv("DATELINE_OPENAI_MODEL", "small-model")


def an_apertium(folder, monkeypatch):
    """Lay a program that shouts, with the modes that the packages lay; return the folder where it counts starts."""
    modes = folder / "modes"
    modes.mkdir()
    for name in ("eng-spa", "rus-ukr", "eng-spa_US", "eng-spa-tagger"):
        (modes / f"{name}.mode").write_text("")
    program = folder / "apertium"
    program.write_text(APERTIUM)
    program.chmod(0o755)
    monkeypatch.setenv("DATELINE_APERTIUM", str(program))
    monkeypatch.setenv("DATELINE_APERTIUM_MODES", str(modes))
    return folder


def models_in_a_folder(folder, monkeypatch, *, config="{}"):
    """Lay a model for fr-en, and the two packages with what we use of them."""
    pair = folder / "models" / "fr-en"
    pair.mkdir(parents=True)
    for name in ("model.bin", "source.spm", "target.spm"):
        (pair / name).write_bytes(b"x")
    (pair / "config.json").write_text(config)
    (folder / "models" / "not-whole").mkdir()
    monkeypatch.setenv("DATELINE_MACHINE_MODELS", str(folder / "models"))
    engine = module(monkeypatch, "ctranslate2", Translator=Translator)
    module(monkeypatch, "sentencepiece", SentencePieceProcessor=Pieces)
    return engine


def models_of_firefox(folder, monkeypatch):
    """Lay models for fr-en and en-es beside the others, and the package with what we use of it."""
    for pair in ("fr-en", "en-es"):
        own = folder / "models" / pair
        own.mkdir(parents=True, exist_ok=True)
        (own / "model.x.intgemm.alphas.bin").write_bytes(pair.encode())
        (own / "vocab.x.spm").write_bytes(b"v")
    monkeypatch.setenv("DATELINE_MACHINE_MODELS", str(folder / "models"))
    firefox._engine.cache_clear()
    return module(monkeypatch, "fxtranslate", Translator=Firefox)


class Firefox:
    """Writes behind a sentence which model it went through; a model that is none is refused, as the package does."""

    def __init__(self, model, _before, _after, _shortlist=None):
        if model == b"broken":
            raise ValueError("not a model")
        self.name = model.decode()

    def translate(self, text):
        return f"{text} ({self.name})" if text.strip() else ""


def module(monkeypatch, name, **content):
    made = ModuleType(name)
    made.__spec__ = SimpleNamespace(name=name)
    vars(made).update(content)
    monkeypatch.setitem(sys.modules, name, made)
    return made


class Translator:
    """Turns each piece round; keeps what it was asked."""

    asked = ()

    def __init__(self, _path, *, device, inter_threads, intra_threads):
        assert device == "cpu"

    def translate_batch(self, batch):
        Translator.asked += tuple(map(tuple, batch))
        return [
            SimpleNamespace(hypotheses=[[piece[::-1] for piece in pieces if piece != "</s>"]])
            for pieces in batch
        ]


class Pieces:
    """Words for pieces."""

    def __init__(self, *, model_file):
        assert model_file.endswith(".spm")

    def encode(self, text, *, out_type):
        return text.split()

    def decode(self, pieces):
        return " ".join(pieces)
