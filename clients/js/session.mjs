// Opens a messaging session with the unmodified amazon-chime-sdk-js and prints what happens to it, one JSON object a line.
//
//     node session.mjs USER_ARN [HOST:PORT] [prefetch]
//
// The client is configured by the environment alone, as `./bellframe env` prints it. With HOST:PORT the session does not
// ask the server for its endpoint first. With `prefetch` it asks for its channels. Ends when its input ends, or when the session is over.
import { createRequire } from 'node:module';
import { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import WebSocket from 'ws';

// What a browser has, and the SDK expects, and Node 20 lacks.
globalThis.WebSocket ??= WebSocket;
globalThis.CloseEvent ??= class CloseEvent extends Event {
    constructor(type, { code = 0, reason = '', wasClean = false, ...init } = {}) {
        super(type, init);
        Object.assign(this, { code, reason, wasClean });
    }
};

const {
    DefaultMessagingSession,
    MessagingSessionConfiguration,
    NoOpLogger,
    PrefetchOn,
} = createRequire(import.meta.url)('amazon-chime-sdk-js');

const [userArn, ...options] = process.argv.slice(2);
const [endpoint] = options.filter(option => option !== 'prefetch');

function print(event) {
    process.stdout.write(JSON.stringify(event) + '\n');
}

const configuration = new MessagingSessionConfiguration(userArn, null, endpoint, new ChimeSDKMessagingClient({}));
// Room for a server to start again on a busy machine; the SDK's own limit is 10 s.
configuration.reconnectTimeoutMs = 60_000;
configuration.prefetchOn = options.includes('prefetch') ? PrefetchOn.Connect : undefined;
const session = new DefaultMessagingSession(configuration, new NoOpLogger());
session.addObserver({
    messagingSessionDidStartConnecting: reconnecting => print({ event: 'connecting', reconnecting }),
    messagingSessionDidStart: () => print({ event: 'started' }),
    messagingSessionDidReceiveMessage: ({ type, headers, payload }) =>
        print({ event: 'message', type, headers, payload: payload && JSON.parse(payload) }),
    messagingSessionDidStop: ({ code, reason }) => {
        print({ event: 'stopped', code, reason });
        process.stdin.destroy();
    },
});

function rejected(closed) {
    if (closed?.type !== 'close') {
        throw closed;
    }
    print({ event: 'rejected', code: closed.code, reason: closed.reason });
    process.stdin.destroy();
}

// Once it has tried to reconnect, the SDK lets go of the promise of start(); its last word goes nowhere else.
process.on('unhandledRejection', rejected);
process.stdin.on('end', () => session.stop());
process.stdin.resume();
session.start().catch(rejected);
