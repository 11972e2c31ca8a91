"""The address on the local network, also where no way leads out of it."""

import shutil
import subprocess
import sys

import pytest

APART = ["unshare", "--map-root-user", "--net", "sh", "-c"]
SAY = f"{sys.executable} -c 'from aqyn.ui.nearby import address_nearby; print(address_nearby())'"


def apart(*commands):
    """What `address_nearby` gives in a network of its own, after these commands."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        pytest.skip("unshare or ip is not installed")
    if subprocess.run([*APART, "ip link add v0 type veth peer name v1"], capture_output=True).returncode:
        pytest.skip("this system lets nobody make a network of their own")
    done = subprocess.run([*APART, " && ".join([*commands, SAY])], capture_output=True, text=True, check=True)
    return done.stdout.strip()


HALL = (
    "ip link set lo up",
    "ip link add v0 type veth peer name v1",
    "ip addr add 192.168.88.2/24 dev v0",
    "ip link set v0 up",
)


def test_in_a_network_that_leads_nowhere_it_is_the_machines_own():
    assert apart(*HALL) == "192.168.88.2"


def test_it_is_the_one_on_the_way_out():
    more = ("ip link set v1 up", "ip addr add 10.1.2.3/24 dev v1", "ip route add default via 10.1.2.1 dev v1")
    assert apart(*HALL, *more) == "10.1.2.3"


def test_in_no_network_there_is_none():
    assert apart("ip link set lo up") == "None"
