"""The objects for Kubernetes: valid for each version that has the fields they use, and of one mind."""

import re

import kubernetes_validate
import pytest
import yaml
from dockerfile_parse import DockerfileParser

from serving import settings
from tests.oracle.source import ROOT

TEXT = (ROOT / "deploy" / "kubernetes" / "nonlinear.yaml").read_text(encoding="utf-8")
OBJECTS = {each["kind"]: each for each in yaml.safe_load_all(TEXT)}
DEPLOYMENT, SERVICE = OBJECTS["Deployment"]["spec"], OBJECTS["Service"]["spec"]
POD = DEPLOYMENT["template"]["spec"]
(CONTAINER,) = POD["containers"]
PORT = 8501


@pytest.mark.parametrize("version", [f"1.{minor}" for minor in range(30, 38)])
@pytest.mark.parametrize("kind", OBJECTS)
def test_each_object_is_valid(kind, version):
    kubernetes_validate.validate(OBJECTS[kind], version, strict=True)


def test_every_selector_finds_the_pods_and_nothing_is_named_twice():
    labels = DEPLOYMENT["template"]["metadata"]["labels"]
    (spread,) = POD["topologySpreadConstraints"]
    selectors = [
        DEPLOYMENT["selector"]["matchLabels"],
        SERVICE["selector"],
        spread["labelSelector"]["matchLabels"],
        OBJECTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        OBJECTS["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
    ]
    assert all(each == labels for each in selectors)
    assert len(list(yaml.safe_load_all(TEXT))) == len(OBJECTS) == 6
    assert {each["metadata"]["name"] for each in OBJECTS.values()} == {"nonlinear"}


def test_a_request_finds_its_way_from_the_host_to_the_process():
    (rule,), (tls,) = OBJECTS["Ingress"]["spec"]["rules"], OBJECTS["Ingress"]["spec"]["tls"]
    (path,) = rule["http"]["paths"]
    backend = path["backend"]["service"]
    (served,), (listened,) = SERVICE["ports"], CONTAINER["ports"]
    assert backend == {"name": OBJECTS["Service"]["metadata"]["name"], "port": {"name": served["name"]}}
    assert served["targetPort"] == listened["name"]
    assert listened["containerPort"] == PORT
    assert tls["hosts"] == [rule["host"]]
    (policy,) = OBJECTS["NetworkPolicy"]["spec"]["ingress"]
    assert policy["ports"] == [{"port": listened["name"]}]


def test_the_image_listens_on_that_port_and_has_that_user():
    image = DockerfileParser(path=str(ROOT / "deploy" / "container" / "Dockerfile")).structure
    said = {each["instruction"]: each["value"] for each in image}
    assert said["EXPOSE"] == str(PORT)
    own = POD["securityContext"]
    assert said["USER"] == f"{own['runAsUser']}:{own['runAsGroup']}"


def test_the_settings_are_known_and_can_be_meant():
    given = OBJECTS["ConfigMap"]["data"]
    known = {value for name, value in vars(settings).items() if name.isupper() and str(value).startswith("NONLINEAR_")}
    assert given.keys() <= known
    assert CONTAINER["envFrom"] == [{"configMapRef": {"name": OBJECTS["ConfigMap"]["metadata"]["name"]}}]
    host = OBJECTS["Ingress"]["spec"]["rules"][0]["host"]
    assert settings.read(given).public_address == f"https://{host}"


def test_probes_ask_addresses_that_answer_and_a_stop_ends_in_time():
    probes = {name: CONTAINER[f"{name}Probe"] for name in ("startup", "readiness", "liveness")}
    paths = {name: probe["httpGet"]["path"] for name, probe in probes.items()}
    assert paths == {"startup": "/readyz", "readiness": "/readyz", "liveness": "/healthz"}
    assert {probe["httpGet"]["port"] for probe in probes.values()} == {CONTAINER["ports"][0]["name"]}
    # A start is given more time than a process that hangs.
    start, hanging = (
        probes[name]["periodSeconds"] * probes[name]["failureThreshold"] for name in ("startup", "liveness")
    )
    assert start > hanging
    assert CONTAINER["lifecycle"]["preStop"]["sleep"]["seconds"] < POD["terminationGracePeriodSeconds"] / 2


def test_a_replica_may_do_little_and_one_is_always_there():
    own = CONTAINER["securityContext"]
    assert POD["securityContext"]["runAsNonRoot"]
    assert POD["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert own["readOnlyRootFilesystem"]
    assert not own["allowPrivilegeEscalation"]
    assert own["capabilities"] == {"drop": ["ALL"]}
    assert not POD["automountServiceAccountToken"]
    assert OBJECTS["NetworkPolicy"]["spec"]["egress"] == []
    assert OBJECTS["PodDisruptionBudget"]["spec"]["minAvailable"] < DEPLOYMENT["replicas"]
    assert DEPLOYMENT["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}


def test_what_is_the_hosts_own_is_marked():
    marked = [line.partition(" # CHANGE")[0].strip() for line in TEXT.splitlines() if " # CHANGE" in line]
    assert [line for line in TEXT.splitlines() if re.search(r"\w\.example", line.partition("#")[0])] == [
        line for line in TEXT.splitlines() if " # CHANGE" in line
    ]
    assert len(marked) == 4
