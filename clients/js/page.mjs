// What the page does that browser.mjs serves: calls as answers.mjs makes them, a session, and the exchange of tokens.
import { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import { DefaultMessagingSession, MessagingSessionConfiguration, NoOpLogger, PrefetchOn } from 'amazon-chime-sdk-js';
import { answers } from './answers.mjs';

const events = [];
let arrived = () => {};

function happened(event) {
    events.push(event);
    arrived();
}

// Resolves when the session has started, or with the code with which the server closed it for good.
async function connect(configuration, { UserArn: userArn, Endpoint: endpoint, Prefetch: prefetch }) {
    const client = new ChimeSDKMessagingClient(configuration);
    const settings = new MessagingSessionConfiguration(userArn, null, endpoint, client);
    // Room for a server to start again on a busy machine; the SDK's own limit is 10 s.
    settings.reconnectTimeoutMs = 60_000;
    settings.prefetchOn = prefetch ? PrefetchOn.Connect : undefined;
    const session = new DefaultMessagingSession(settings, new NoOpLogger());
    session.addObserver({
        messagingSessionDidStartConnecting: reconnecting => happened({ type: reconnecting ? 'reconnecting' : 'connecting' }),
        messagingSessionDidStart: () => happened({ type: 'started' }),
        messagingSessionDidReceiveMessage: ({ type, payload }) =>
            happened({ type, payload: payload && JSON.parse(payload) }),
        messagingSessionDidStop: ({ code }) => happened({ type: 'stopped', code }),
    });
    try {
        await session.start();
        return {};
    } catch (closed) {
        return { code: closed.code };
    }
}

async function nextEvent(type) {
    while (true) {
        const event = events.shift();
        if (event?.type === type) {
            return event;
        }
        if (event === undefined) {
            await new Promise(resolve => { arrived = resolve; });
        }
    }
}

// What the server gives for the token of whoever signed in.
async function exchange(endpoint, token) {
    const response = await fetch(`${endpoint}/creds`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
    return { status: response.status, answer: await response.json() };
}

// The credentials that the page signs with: the SDK asks for them, and again before they expire.
async function exchanged(endpoint, token) {
    const { status, answer } = await exchange(endpoint, token);
    if (status !== 200) {
        throw new Error(`${status}: ${answer.Message}`);
    }
    const credentials = answer.ChimeCredentials;
    return {
        accessKeyId: credentials.AccessKeyId,
        secretAccessKey: credentials.SecretAccessKey,
        sessionToken: credentials.SessionToken,
        expiration: new Date(credentials.Expiration),
    };
}

globalThis.configure = ({ endpoint, region, credentials: given, token }) => {
    const credentials = token ? () => exchanged(endpoint, token) : given;
    const configuration = { endpoint, region, credentials };
    const answer = answers(configuration);
    globalThis.answer = async call => {
        switch (call.operation) {
            case 'session:Connect': return { output: await connect(configuration, call.input) };
            case 'session:NextEvent': return { output: await nextEvent(call.input.Type) };
            case 'session:Events': return { output: { types: events.map(event => event.type) } };
            case 'creds:Exchange': return { output: await exchange(endpoint, call.input.Token) };
            default: return answer(call);
        }
    };
};
