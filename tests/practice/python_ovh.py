#!/usr/bin/env python3
"""Checks the practice OVHcloud with python-ovh, a client that was written for the real one.

    pip install ovh
    cargo run --example practice --no-default-features -- --pace 0 --task-seconds 0.5
    python3 tests/practice/python_ovh.py http://127.0.0.1:8080
"""

import sys
import time

import ovh
from ovh.exceptions import (
    APIError,
    BadParametersError,
    InvalidCredential,
    InvalidKey,
    NotCredential,
    NotGrantedCall,
    ResourceConflictError,
    ResourceNotFoundError,
)

KEY = "PracticeAppKey01"
SECRET = "PracticeSecret00PracticeSecret00"
EVERYBODY = "PracticeConsumerKeyForEverybody0"
EXPIRED = "PracticeConsumerKeyExpired000000"
PENDING = "PracticeConsumerKeyPending000000"
READ_ONLY = "PracticeConsumerKeyReadOnly00000"

PRIVATE = "/email/exchange/private-zz111111-1/service/private-zz111111-1"
ADDRESS = PRIVATE + "/account/newsletter@mydomain.ovh"

passed = 0
failed = 0


def check(name, condition, seen=None):
    global passed, failed
    if condition:
        passed += 1
        print("ok      " + name)
    else:
        failed += 1
        print(f"FAILED  {name}: {seen!r}")


def refused(name, kind, message, call):
    """The call must raise this very exception, with this message in it."""
    try:
        answer = call()
    except APIError as error:
        check(name, type(error) is kind and message in str(error), error)
    else:
        check(name, False, answer)


def until(read, settled, seconds=10):
    end = time.monotonic() + seconds
    value = read()
    while not settled(value) and time.monotonic() < end:
        time.sleep(0.05)
        value = read()
    return value


def client(key=KEY, secret=SECRET, consumer=EVERYBODY):
    return ovh.Client(
        endpoint="practice",
        application_key=key,
        application_secret=secret,
        consumer_key=consumer,
    )


def read_platforms(api):
    check("time", abs(api.get("/auth/time", _need_auth=False) - time.time()) < 5)
    platforms = api.get("/email/exchange")
    check("platforms", "private-zz111111-1" in platforms and len(platforms) == 3, platforms)
    for name, offer in [
        ("private-zz111111-1", "dedicated"),
        ("dedicated-zz111111-1", "dedicatedCluster"),
        ("hosted-zz111111-1", "hosted"),
    ]:
        service = api.get(f"/email/exchange/{name}/service/{name}")
        check(f"offer of {name}", service["offer"] == offer, service)
    addresses = api.get(PRIVATE + "/account", primaryEmailAddress="%newsletter%")
    check("filter", "newsletter@mydomain.ovh" in addresses, addresses)
    check("filter leaves out", "contact@mydomain.ovh" not in addresses, addresses)
    domains = api.get(PRIVATE + "/domain")
    check("domains", domains == ["mydomain.ovh", "second-domain.ovh"], domains)
    credential = api.get("/auth/currentCredential")
    check("credential", credential["status"] == "validated", credential)


def add_connector(api):
    before = api.get(PRIVATE + "/sendConnector")
    task = api.post(
        PRIVATE + "/sendConnector",
        displayName="Relay für Rundbriefe",
        smartHost="smtp-relay.example.com",
        port=587,
        requireTLS=True,
        maxSendSize=100,
        smartHostAuthMechanism="basicAuthRequireTLS",
        user="newsletter@mydomain.ovh",
        password="a password & more",
    )
    check("task", task["function"] == "addSendConnector" and task["status"] == "todo", task)
    pending = api.get(PRIVATE + "/task")
    check("task is pending", task["id"] in pending, pending)
    path = f"{PRIVATE}/task/{task['id']}"
    task = until(lambda: api.get(path), lambda task: task["status"] == "done")
    check("task is done", task["status"] == "done" and task["finishDate"], task)
    new = [id for id in api.get(PRIVATE + "/sendConnector") if id not in before]
    check("one connector more", len(new) == 1, new)
    connector = api.get(f"{PRIVATE}/sendConnector/{new[0]}")
    check("connector is ok", connector["state"] == "ok" and not connector["taskPendingId"], connector)
    check("connector's name", connector["displayName"] == "Relay für Rundbriefe", connector)
    check("no secret comes back", "password" not in connector and "user" not in connector, connector)
    return new[0]


def attach(api, connector):
    check("attach answers null", api.put(ADDRESS, sendConnectorId=connector) is None)
    account = api.get(ADDRESS)
    check("attaching takes time", account["taskPendingId"] > 0, account)
    refused(
        "a second change is a conflict",
        ResourceConflictError,
        "already being processed",
        lambda: api.put(ADDRESS, sendConnectorId=0),
    )
    account = until(lambda: api.get(ADDRESS), lambda account: not account["taskPendingId"])
    check("attached", account["sendConnectorId"] == connector, account)
    api.put(ADDRESS, sendConnectorId=0)
    account = until(lambda: api.get(ADDRESS), lambda account: not account["taskPendingId"])
    check("detached", account["sendConnectorId"] == 0, account)
    path = f"{PRIVATE}/sendConnector/{connector}"
    task = api.delete(path)
    check("delete is a task", task["function"] == "deleteSendConnector", task)
    until(lambda: api.get(PRIVATE + "/sendConnector"), lambda ids: connector not in ids)
    refused("deleted", ResourceNotFoundError, "does not exist", lambda: api.get(path))


def wrong_bodies(api):
    path = PRIVATE + "/sendConnector"
    refused("missing field", BadParametersError, "smartHost", lambda: api.post(path, displayName="x"))
    refused(
        "unknown mechanism",
        BadParametersError,
        "smartHostAuthMechanism",
        lambda: api.post(
            path, displayName="x", smartHost="a.example.com", smartHostAuthMechanism="externalAuthoritative"
        ),
    )
    refused("wrong type", BadParametersError, "sendConnectorId", lambda: api.put(ADDRESS, sendConnectorId="29"))
    flags = {"deleteVirus": False}
    refused(
        "deleteVirus off",
        BadParametersError,
        "deleteVirus",
        lambda: api.put(ADDRESS, sendConnectorId=0, spamAndVirusConfiguration=flags),
    )
    refused(
        "wrong platform",
        ResourceNotFoundError,
        "This service does not exist",
        lambda: api.get("/email/exchange/none/service/none"),
    )
    refused("wrong path", ResourceNotFoundError, "invalid (or empty) URL", lambda: api.get("/email/nothing"))


def wrong_keys():
    me = "/auth/currentCredential"
    refused("unknown application", InvalidKey, "", lambda: client(key="x" * 16).get(me))
    refused("unknown consumer key", NotCredential, "does not exist", lambda: client(consumer="x" * 32).get(me))
    refused("wrong secret", BadParametersError, "Invalid signature", lambda: client(secret="x" * 32).get(me))
    refused("expired key", InvalidCredential, "not valid", lambda: client(consumer=EXPIRED).get(me))
    refused("pending key", InvalidCredential, "not valid", lambda: client(consumer=PENDING).get(me))
    reader = client(consumer=READ_ONLY)
    check("reader reads", len(reader.get("/email/exchange")) == 3)
    refused("missing right", NotGrantedCall, "not been granted", lambda: reader.put(ADDRESS, sendConnectorId=0))
    late = client()
    late._time_delta = -8 * 60
    refused("wrong time", BadParametersError, "Query out of time", lambda: late.get(me))


def new_consumer_key():
    asking = client(consumer=None)
    rules = asking.new_consumer_key_request()
    rules.add_recursive_rules(ovh.API_READ_ONLY, "/email")
    answer = rules.request("http://127.0.0.1/back")
    check("consumer key is pending", answer["state"] == "pendingValidation", answer)
    check("consumer key has 32 letters", len(answer["consumerKey"]) == 32, answer)
    check("validation page", "credentialToken=" in answer["validationUrl"], answer)
    refused("not confirmed yet", InvalidCredential, "not valid", lambda: asking.get("/email/exchange"))


def main():
    address = sys.argv[1].rstrip("/") if len(sys.argv) == 2 else None
    if not address:
        sys.exit("Usage: python_ovh.py http://127.0.0.1:8080")
    ovh.client.ENDPOINTS["practice"] = address + "/1.0"
    api = client()
    read_platforms(api)
    attach(api, add_connector(api))
    wrong_bodies(api)
    wrong_keys()
    new_consumer_key()
    check("sign out", api.post("/auth/logout") is None)
    check("the practice key stays valid", api.get("/auth/currentCredential")["status"] == "validated")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
