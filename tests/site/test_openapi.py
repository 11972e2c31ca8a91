"""The document for programs, and the house held to it by whatever Schemathesis thinks of."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.journey
SEED = Path(__file__).parents[1] / "journeys" / "seed_desk.py"
SECONDS = os.environ.get("SCHEMATHESIS_SECONDS", "60")


@pytest.fixture(scope="module")
def house(open_house):
    """A house with a sale that is on."""
    opened = open_house()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"AQYN_DATA": str(opened.data), "DJANGO_SETTINGS_MODULE": "aqyn.site.settings"}
    root = Path(__file__).parents[2]
    environment["PYTHONPATH"] = str(root / "src")
    subprocess.run([sys.executable, str(SEED)], env=environment, check=True, timeout=60)
    return opened


def test_the_document_is_told_to_everyone(house):
    answer = house.get("/api/v1/openapi.json")
    told = json.loads(answer.content)
    assert (answer.status, told["openapi"]) == (200, "3.1.0")
    assert sorted(told["paths"]) == [
        "/api/v1/holds/{id}",
        "/api/v1/holds/{id}/order",
        "/api/v1/shows/{show}",
        "/api/v1/shows/{show}/holds",
    ]


def test_the_house_answers_as_its_document_says(house, tmp_path):
    """Business refusals, such as sold out, cannot be told from the document: `positive_data_acceptance` is
    left out."""
    told = json.loads(house.get("/api/v1/openapi.json").content)
    offer = json.loads(house.get("/api/v1/shows/spring").content)
    # What is really there, so that more than 404s are tried.
    wish = told["components"]["schemas"]["Wish"]["properties"]["items"]["items"]["properties"]
    wish["ticket_type"]["enum"] = [one["id"] for one in offer["ticket_types"]]
    for operation in [one for path in told["paths"].values() for one in path.values()]:
        for parameter in operation["parameters"]:
            if parameter["name"] == "show":
                parameter["schema"] = {"type": "string", "enum": ["spring", "nobody"]}
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(told))
    # What is too large is refused for that, whatever is wrong with it besides.
    refusals = json.dumps(["400", "401", "403", "404", "406", "413", "422", "428", "5xx"])
    (tmp_path / "schemathesis.toml").write_text(
        f"[checks.negative_data_rejection]\nexpected-statuses = {refusals}\n"
    )
    run = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "run", str(document), "--url", house.url),
            # More examples than there is time for: it is the time that ends it.
            *("--max-time", SECONDS, "--max-examples", "20000", "--seed", "7", "--checks", "all"),
            *("--exclude-checks", "positive_data_acceptance", "--no-color"),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=int(SECONDS) + 120,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "could not be answered" not in house.said()
