"""All sources: each folder of this app that has a module ``source`` with a ``SOURCE``."""

import pkgutil
from importlib import import_module
from importlib.util import find_spec

import crm_intake
from crm_intake.source import Source


def _found() -> dict[str, Source]:
    folders = [module.name for module in pkgutil.iter_modules(crm_intake.__path__) if module.ispkg]
    names = [f"crm_intake.{folder}.source" for folder in sorted(folders)]
    sources = [import_module(name).SOURCE for name in names if find_spec(name)]
    return {source.name: source for source in sources}


SOURCES = _found()
