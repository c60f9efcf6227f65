// Opens a messaging session that can say what it saw last, and prints what it hears, one JSON object a line.
//
//     node catch-up.mjs USER_ARN [POSITION]
//
// With POSITION, the `x-bellframe-position` of an event, it is told first what came after that. The client is configured by the
// environment alone, as `./bellframe env` prints it. Ends when its input ends, or when the session is over.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { ChimeSDKMessagingClient } from '@aws-sdk/client-chime-sdk-messaging';
import WebSocket from 'ws';

const { DefaultSigV4 } = createRequire(import.meta.url)('amazon-chime-sdk-js');

const [userArn, position] = process.argv.slice(2);
const query = new Map([['userArn', [userArn]], ['sessionId', [randomUUID()]]]);
if (position) {
    query.set('replay-after', [position]);
}
const { protocol, host } = new URL(process.env.AWS_ENDPOINT_URL);
const scheme = protocol === 'https:' ? 'wss' : 'ws';
const signer = new DefaultSigV4(new ChimeSDKMessagingClient({}));
const socket = new WebSocket(await signer.signURL('GET', scheme, 'chime', host, '/connect', '', query));

socket.on('message', data => {
    const { Headers: headers, Payload } = JSON.parse(data);
    const event = {
        event: 'message',
        type: headers['x-amz-chime-event-type'],
        position: headers['x-bellframe-position'],
        payload: JSON.parse(Payload),
    };
    process.stdout.write(JSON.stringify(event) + '\n');
});
socket.on('close', (code, reason) => {
    process.stdout.write(JSON.stringify({ event: 'stopped', code, reason: reason.toString() }) + '\n');
    process.stdin.destroy();
});
process.stdin.on('end', () => socket.close());
process.stdin.resume();
