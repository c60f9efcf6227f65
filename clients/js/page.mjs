// What the page does that browser.mjs serves: calls as answers.mjs makes them, and a session.
import { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import { DefaultMessagingSession, MessagingSessionConfiguration, NoOpLogger } from 'amazon-chime-sdk-js';
import { answers } from './answers.mjs';

const messages = [];
let arrived = () => {};

function connect(configuration, userArn) {
    const client = new ChimeSDKMessagingClient(configuration);
    const session = new DefaultMessagingSession(
        new MessagingSessionConfiguration(userArn, null, undefined, client), new NoOpLogger());
    session.addObserver({
        messagingSessionDidReceiveMessage: ({ type, payload }) => {
            messages.push({ type, payload: payload && JSON.parse(payload) });
            arrived();
        },
    });
    return session.start();
}

async function nextMessage(type) {
    while (true) {
        const message = messages.shift();
        if (message?.type === type) {
            return message;
        }
        if (message === undefined) {
            await new Promise(resolve => { arrived = resolve; });
        }
    }
}

globalThis.configure = configuration => {
    const answer = answers(configuration);
    globalThis.answer = async call => {
        switch (call.operation) {
            case 'session:Connect': return { output: await connect(configuration, call.input.UserArn) ?? {} };
            case 'session:NextMessage': return { output: await nextMessage(call.input.Type) };
            default: return answer(call);
        }
    };
};
