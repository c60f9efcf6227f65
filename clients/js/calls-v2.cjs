// Makes calls with the unmodified AWS SDK for JavaScript v2, one for each line of input, as calls.mjs does.
//
//     node calls-v2.cjs [legacy]
//
// With `legacy` everything goes through the client of the `chime` namespace, whose hosts have no prefix then.
const { createInterface } = require('node:readline');
const AWS = require('aws-sdk');

const legacy = process.argv[2] === 'legacy';
const options = { endpoint: process.env.AWS_ENDPOINT_URL, hostPrefixEnabled: false, correctClockSkew: true };
const clients = {
    identity: legacy ? new AWS.Chime(options) : new AWS.ChimeSDKIdentity(options),
    messaging: legacy ? new AWS.Chime(options) : new AWS.ChimeSDKMessaging(options),
};

async function answer({ service, operation, input }) {
    const method = operation[0].toLowerCase() + operation.slice(1);
    try {
        const { $response, ...output } = await clients[service][method](input).promise();
        return { output };
    } catch ({ code, statusCode, message, stack }) {
        if (statusCode === undefined) {
            throw new Error(stack);
        }
        return { error: { name: code, status: statusCode, code, message } };
    }
}

(async () => {
    for await (const line of createInterface({ input: process.stdin })) {
        process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
    }
})();
