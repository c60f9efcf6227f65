"""Makes calls with the unmodified boto3, one for each line of input, as ../js/calls.mjs does.

The clients are configured by the environment alone, as `./bellframe env` prints it.
"""

import datetime
import functools
import json
import sys

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

NAMES = {"identity": "chime-sdk-identity", "messaging": "chime-sdk-messaging"}


@functools.cache
def client(service):
    return boto3.client(NAMES.get(service, service))


def encode(value):
    if isinstance(value, datetime.datetime):
        utc = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return utc.isoformat(timespec="milliseconds") + "Z"
    raise TypeError(f"not expected in an answer: {value!r}")


def output(service, operation, parameters):
    answered = getattr(client(service), xform_name(operation))(**parameters)
    del answered["ResponseMetadata"]
    return answered


def pages(service, operation, parameters):
    """The outputs that the paginator of an operation gives."""
    size = parameters.pop("PageSize")
    paginator = client(service).get_paginator(xform_name(operation))
    return {"pages": list(paginator.paginate(**parameters, PaginationConfig={"PageSize": size}))}


def answer(call):
    _, paginated, operation = call["operation"].rpartition("paginate:")
    try:
        made = pages if paginated else output
        return {"output": made(call["service"], operation, call["input"])}
    except ClientError as error:
        response = error.response
        return {
            "error": {
                "name": response["Error"]["Code"],
                "status": response["ResponseMetadata"]["HTTPStatusCode"],
                "code": response.get("Code"),
                "message": response["Error"]["Message"],
            }
        }


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=encode), flush=True)
