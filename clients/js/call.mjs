// Makes one call with the unmodified AWS SDK for JavaScript v3.
//
//     node call.mjs OPERATION < input.json > output.json
//
// The client is configured by the environment alone, as `./bellframe env` prints it. Prints {"output": …}, or
// {"error": {name, status, code, message}} when the service refuses.
import { text } from 'node:stream/consumers';
import * as messaging from '@aws-sdk/client-chime-sdk-messaging';

const operation = process.argv[2];
const input = JSON.parse(await text(process.stdin));
const client = new messaging.ChimeSDKMessagingClient({});

try {
    const { $metadata, ...output } = await client.send(new messaging[`${operation}Command`](input));
    console.log(JSON.stringify({ output }));
} catch (error) {
    if (!(error instanceof messaging.ChimeSDKMessagingServiceException)) {
        throw error;
    }
    const { name, Code: code, message, $metadata } = error;
    console.log(JSON.stringify({ error: { name, status: $metadata.httpStatusCode, code, message } }));
}
