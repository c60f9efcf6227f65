// Makes calls with the AWS SDK for JavaScript v3 in Node: one JSON line in, one out, as answers.mjs says.
//
//     node calls.mjs [PROVIDER PARAMETERS]
//
// The clients are configured by the environment alone, as `./bellframe env` prints it. With PROVIDER they get their
// credentials from the one of this name in @aws-sdk/credential-providers, called with PARAMETERS, in JSON.
import { createInterface } from 'node:readline';
import * as iam from '@aws-sdk/client-iam';
import * as sts from '@aws-sdk/client-sts';
import * as providers from '@aws-sdk/credential-providers';
import { answers, chime } from './answers.mjs';

const services = {
    ...chime,
    iam: { module: iam, Client: iam.IAMClient, Refusal: iam.IAMServiceException },
    sts: { module: sts, Client: sts.STSClient, Refusal: sts.STSServiceException },
};
const [provider, parameters] = process.argv.slice(2);
const credentials = provider && providers[provider](JSON.parse(parameters));
const answer = answers({ credentials }, services);

for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
}
