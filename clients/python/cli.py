"""Runs the unmodified AWS CLI, one command for each line of input, all in one process, which saves reading its models anew:

    {"service": "iam", "operation": "create-user", "input": {"words": ["--user-name", "alice"]}}  →  {"output": …}
                                                                      {"error": {status, message}}, if it fails
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver


CLI = create_clidriver()


def answer(call):
    out, err = io.StringIO(), io.StringIO()
    words = ["--output", "json", call["service"], call["operation"], *call["input"]["words"]]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = CLI.main(words)
    if status != 0:
        return {"error": {"status": status, "message": err.getvalue().strip()}}
    # The CLI prints nothing for an empty answer.
    return {"output": json.loads(out.getvalue() or "{}")}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
