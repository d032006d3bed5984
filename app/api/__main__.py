"""Print the contract as it is committed: `python -m app.api > docs/openapi.json`."""

import json
import sys

from app.api import application

text = json.dumps(application.build().openapi(), indent=1, ensure_ascii=False)
sys.stdout.write(text + "\n")
