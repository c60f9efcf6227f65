// Makes calls with the unmodified AWS SDK for JavaScript v3, in Node and in a browser:
//
//     {"service": …, "operation": …, "input": …}  →  {"output": …}
//                          {"error": {name, status, code, message, modelled}}, when the service refuses
//                          {"unanswered": …}, when there was no answer
import * as identity from '@aws-sdk/client-chime-sdk-identity';
import * as messaging from '@aws-sdk/client-chime-sdk-messaging';

// By the names that calls have for them.
export const chime = {
    identity: {
        module: identity, Client: identity.ChimeSDKIdentityClient, Refusal: identity.ChimeSDKIdentityServiceException,
    },
    messaging: {
        module: messaging, Client: messaging.ChimeSDKMessagingClient, Refusal: messaging.ChimeSDKMessagingServiceException,
    },
};

// How calls to these services are answered by clients with this configuration.
export function answers(configuration, services = chime) {
    const clients = Object.fromEntries(
        Object.entries(services).map(([name, { Client }]) => [name, new Client(configuration)]));
    const refusals = Object.values(services).map(({ Refusal }) => Refusal);

    // The outputs that the paginator of an operation gives.
    async function pages({ service, input: { PageSize: pageSize, ...input } }, operation) {
        const all = [];
        const paginate = services[service].module[`paginate${operation}`];
        for await (const page of paginate({ client: clients[service], pageSize }, input)) {
            all.push(page);
        }
        return { pages: all };
    }

    async function output({ service, operation, input }) {
        const command = new services[service].module[`${operation}Command`](withDates(input));
        const { $metadata, ...output } = await clients[service].send(command);
        return output;
    }

    return async call => {
        const [, paged] = call.operation.split('paginate:');
        try {
            return { output: await (paged ? pages(call, paged) : output(call)) };
        } catch (error) {
            if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code)) {
                return { unanswered: error.code };
            }
            if (!refusals.some(refusal => error instanceof refusal)) {
                throw error;
            }
            return { error: described(error, services[call.service].module[error.name]) };
        }
    };
}

function withDates(input) {
    return Object.fromEntries(Object.entries(input)
        .map(([name, value]) => [name, /^Not(Before|After)$/.test(name) ? new Date(value) : value]));
}

function described(error, modelled) {
    const { name, Code: code, message, $metadata } = error;
    return {
        name, status: $metadata.httpStatusCode, code, message,
        modelled: modelled !== undefined && error instanceof modelled,
    };
}
