"""Opens sessions with PyPI's websockets and sends what it is told, as ../js/frames.mjs does with ws.

Sockets are the program's own: it uses the part of the library that does no input and output.
"""

import json
import os
import socket
import ssl
import sys
import uuid
from urllib.parse import urlencode, urlsplit

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.session import Session as Configuration
from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

ENDPOINT = urlsplit(os.environ["AWS_ENDPOINT_URL"])
SECURE = ENDPOINT.scheme == "https"
TRUST = ssl.create_default_context(cafile=os.environ["AWS_CA_BUNDLE"])
CONFIGURATION = Configuration()
# Longer than the server takes for anything.
SILENCE_SECONDS = 20


class AnyFrame(Frame):
    """Written as it is: the library would refuse to."""

    def check(self):
        pass


def presigned(user):
    query = urlencode({"userArn": user, "sessionId": uuid.uuid4()})
    request = AWSRequest("GET", f"{ENDPOINT.geturl()}/connect?{query}")
    credentials = CONFIGURATION.get_credentials()
    SigV4QueryAuth(credentials, "chime", os.environ["AWS_REGION"], expires=60).add_auth(request)
    return request.url.replace("http", "ws", 1)


def open_socket():
    plain = socket.create_connection((ENDPOINT.hostname, ENDPOINT.port), SILENCE_SECONDS)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return TRUST.wrap_socket(plain, server_hostname=ENDPOINT.hostname) if SECURE else plain


def frame(first, masked, payload):
    opcode = first & 0x0F
    any_frame = AnyFrame(opcode, payload, *(bool(first & bit) for bit in (0x80, 0x40, 0x20, 0x10)))
    return any_frame.serialize(mask=masked)


class Session:
    """One connection and what was heard on it."""

    def __init__(self, user, headers, compression, protocols):
        extensions = [ClientPerMessageDeflateFactory()] if compression else None
        self.protocol = ClientProtocol(parse_uri(presigned(user)), extensions=extensions, subprotocols=protocols or None)
        self.socket = open_socket()
        self.responses = []
        self.messages = []
        self.pongs = []
        self.text = b""
        self.fragmented = False
        self.over = False
        request = self.protocol.connect()
        for name, value in headers.items():
            del request.headers[name]
            if value:
                request.headers[name] = value
        self.protocol.send_request(request)
        self.flush()

    def flush(self):
        for data in self.protocol.data_to_send():
            if data:
                self.write(data)

    def write(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            # The server has ended; what it said before is still to be read.
            pass

    def until(self, condition):
        while not condition() and not self.over:
            data = self.socket.recv(65536)
            if data:
                self.protocol.receive_data(data)
            else:
                self.over = True
                self.protocol.receive_eof()
            self.flush()
            for event in self.protocol.events_received():
                self.heard(event)
        if self.over:
            self.socket.close()

    def heard(self, event):
        if isinstance(event, Response):
            self.responses.append(event)
        elif event.opcode is Opcode.PONG:
            self.pongs.append(event.data.hex())
        elif event.opcode in (Opcode.TEXT, Opcode.CONT):
            self.text += event.data
            if event.fin:
                self.messages.append(json.loads(self.text))
                self.text = b""

    def response(self):
        self.until(lambda: self.responses or self.protocol.handshake_exc)
        response = self.responses[0] if self.responses else self.protocol.handshake_exc.response
        if response.status_code == 101:
            self.until(lambda: self.messages)
        return {
            "Status": response.status_code,
            "Headers": {name.lower(): value for name, value in response.headers.raw_items()},
        }

    def message(self, step, payload):
        if self.fragmented:
            self.protocol.send_continuation(payload, step["Last"])
        elif step["Type"] == "binary":
            self.protocol.send_binary(payload, step["Last"])
        else:
            self.protocol.send_text(payload, step["Last"])
        self.fragmented = not step["Last"]

    def send(self, step):
        payload = bytes.fromhex(step.get("Payload", ""))
        match step["How"]:
            case "message":
                self.message(step, payload)
            case "ping":
                self.protocol.send_ping(payload)
            case "pong":
                self.protocol.send_pong(payload)
            case "close":
                self.protocol.send_close(step.get("Code"), step.get("Reason", ""))
            case "frame":
                self.write(frame(step["First"], step["Masked"], payload))
            case "bytes":
                self.write(payload)
        self.flush()

    def next_message(self):
        self.until(lambda: any(map(is_channel_message, self.messages)))
        while self.messages:
            message = self.messages.pop(0)
            if is_channel_message(message):
                return {"Content": json.loads(message["Payload"])["Content"]}
        return {}


def is_channel_message(message):
    return message["Headers"]["x-amz-chime-event-type"] == "CREATE_CHANNEL_MESSAGE"


session = None


def output(operation, call):
    global session
    match operation:
        case "Connect":
            session = Session(
                call["UserArn"], call.get("Headers", {}), call.get("Compression"), call.get("Protocols"))
            return session.response()
        case "Send":
            for step in call["Steps"]:
                session.send(step)
            return {}
        case "Pongs":
            session.until(lambda: len(session.pongs) >= call["Count"])
            payloads, session.pongs = session.pongs[: call["Count"]], session.pongs[call["Count"] :]
            return {"Payloads": payloads}
        case "NextMessage":
            return session.next_message()
        case "End":
            session.until(lambda: False)
            return {"Code": session.protocol.close_code, "Reason": session.protocol.close_reason}


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps({"output": output(asked["operation"], asked["input"])}), flush=True)
