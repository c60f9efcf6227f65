"""Makes calls with the unmodified boto3, one for each line of input, as ../js/calls.mjs does.

The clients are configured by the environment alone, as `./bellframe env` prints it.
"""

import datetime
import json
import sys

import boto3
from botocore import xform_name
from botocore.exceptions import ClientError

CLIENTS = {service: boto3.client(f"chime-sdk-{service}") for service in ("identity", "messaging")}


def encode(value):
    if isinstance(value, datetime.datetime):
        utc = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return utc.isoformat(timespec="milliseconds") + "Z"
    raise TypeError(f"not expected in an answer: {value!r}")


def answer(call):
    operation = getattr(CLIENTS[call["service"]], xform_name(call["operation"]))
    try:
        output = operation(**call["input"])
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
    del output["ResponseMetadata"]
    return {"output": output}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=encode), flush=True)
