// Opens sessions with npm's ws and sends what it is told, rules of WebSocket broken or not: one JSON line in, one out.
//
//     Connect {UserArn, Headers, Compression, Protocols}   asks for a session, waits until it is one, gives {Status, Headers};
//                                                          of the headers, empty ones are removed from what ws sends
//     Send {Steps: [{How, Payload, …}]}                    payloads are in hexadecimal
//       How "message" {Type, Last}, "ping", "pong", "close" {Code, Reason}   what ws lets applications send
//       How "frame" {First, Masked}                        a frame that ws writes after its first byte, whatever that says
//       How "bytes"                                        bytes for the socket, in a write of their own
//     Pongs {Count}                                        waits for that many and gives {Payloads}
//     NextMessage                                          waits for a channel message and gives {Content}
//     End                                                  waits for the end of the socket and gives {Code, Reason}
//
// Configured by the environment alone, as `./bellframe env` prints it.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import WebSocket, { Sender } from 'ws';

const { DefaultSigV4 } = createRequire(import.meta.url)('amazon-chime-sdk-js');

const signer = new DefaultSigV4(new ChimeSDKMessagingClient({}));
const endpoint = new URL(process.env.AWS_ENDPOINT_URL);
const scheme = endpoint.protocol === 'https:' ? 'wss' : 'ws';

// Longer than the server takes for anything; ws itself would wait for the end of a socket longer.
const silenceMs = 20_000;

let socket;
let messages;
let pongs;
let end;
let arrived = () => {};

async function until(condition) {
    const silence = setTimeout(() => { throw new Error(`nothing heard any more: ${condition}`); }, silenceMs);
    while (!condition()) {
        await new Promise(resolve => { arrived = resolve; });
    }
    clearTimeout(silence);
}

function prepare(request, headers) {
    for (const [name, value] of Object.entries(headers)) {
        if (value === '') {
            request.removeHeader(name);
        } else {
            request.setHeader(name, value);
        }
    }
    request.end();
}

// Without waiting for the server; what is heard next is of the next session.
async function finish() {
    socket?.terminate();
    await until(() => !socket || end);
}

async function connect({ UserArn, Headers = {}, Compression = false, Protocols = [] }) {
    const query = new Map([['userArn', [UserArn]], ['sessionId', [randomUUID()]]]);
    const url = await signer.signURL('GET', scheme, 'chime', endpoint.host, '/connect', '', query);
    await finish();
    socket = new WebSocket(url, Protocols, {
        perMessageDeflate: Compression, finishRequest: request => prepare(request, Headers),
    });
    messages = [];
    pongs = [];
    end = undefined;
    socket.on('message', data => { messages.push(JSON.parse(data)); arrived(); });
    socket.on('pong', data => { pongs.push(data.toString('hex')); arrived(); });
    socket.on('close', (Code, reason) => { end = { Code, Reason: reason.toString() }; arrived(); });
    // A handshake that ws does not take is an error to it; what it was is in the response.
    socket.on('error', () => {});
    const [response] = await Promise.race([
        once(socket, 'upgrade'), once(socket, 'unexpected-response').then(([, refusal]) => [refusal])]);
    if (response.statusCode === 101) {
        await until(() => end || messages.length > 0);
    } else {
        response.destroy();
    }
    return { Status: response.statusCode, Headers: response.headers };
}

function frame(first, masked, payload) {
    const parts = Sender.frame(payload, {
        fin: (first & 0x80) !== 0, rsv1: (first & 0x40) !== 0, opcode: first & 0x0f, mask: masked, readOnly: true,
    });
    // ws has a name for the first reserved bit only.
    parts[0][0] |= first & 0x30;
    return Buffer.concat(parts);
}

const ways = {
    message: ({ Type, Last }, payload, sent) =>
        socket.send(payload, { binary: Type === 'binary', fin: Last, compress: false }, sent),
    ping: (step, payload, sent) => socket.ping(payload, true, sent),
    pong: (step, payload, sent) => socket.pong(payload, true, sent),
    close: ({ Code, Reason }, payload, sent) => { socket.close(Code, Reason); sent(); },
    frame: ({ First, Masked }, payload, sent) => socket._socket.write(frame(First, Masked, payload), () => sent()),
    bytes: (step, payload, sent) => socket._socket.write(payload, () => sent()),
};

async function send({ Steps }) {
    for (const step of Steps) {
        await new Promise(resolve => ways[step.How](step, Buffer.from(step.Payload ?? '', 'hex'), resolve));
    }
    return {};
}

const operations = {
    Connect: connect,
    Send: send,
    Pongs: async ({ Count }) => {
        await until(() => end || pongs.length >= Count);
        return { Payloads: pongs.splice(0, Count) };
    },
    NextMessage: async () => {
        const next = () => messages.findIndex(({ Headers }) => Headers['x-amz-chime-event-type'] === 'CREATE_CHANNEL_MESSAGE');
        await until(() => end || next() >= 0);
        const [{ Payload } = { Payload: '{}' }] = messages.splice(0, next() + 1).slice(-1);
        return { Content: JSON.parse(Payload).Content };
    },
    End: async () => {
        await until(() => end);
        return end;
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { operation, input } = JSON.parse(line);
    process.stdout.write(JSON.stringify({ output: await operations[operation](input) }) + '\n');
}
await finish();
