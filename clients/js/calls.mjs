// Makes calls with the AWS SDK for JavaScript v3 in Node: one JSON line in, one out, as answers.mjs says.
//
// The clients are configured by the environment alone, as `./bellframe env` prints it.
import { createInterface } from 'node:readline';
import { answers } from './answers.mjs';

const answer = answers({});

for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
}
