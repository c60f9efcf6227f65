// Makes calls with the browser's build of the AWS SDK for JavaScript v3, in a page of another origin in headless Chromium:
// one JSON line in, one out, as answers.mjs says. Beyond that
//
//     {"operation": "session:Connect", "input": {UserArn}}     opens a session with amazon-chime-sdk-js, over wss
//     {"operation": "session:NextMessage", "input": {Type}}    gives the next message of the type that it hears
//     {"operation": "creds:Exchange", "input": {Token}}        what the server answers to a token: {status, answer}
//
// Configured by the environment alone, as `./bellframe env` prints it; with TOKEN, of an identity provider, the page has no
// keys but those that the server gives it for the token. Of all certificates that the system does not
// trust, Chromium accepts the one with the server's key, after Node has checked it against the server's authority.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import tls from 'node:tls';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    TOKEN: token,
} = process.env;

async function keyHash({ hostname: host, port }) {
    const socket = tls.connect({ host, port, servername: host });
    await once(socket, 'secureConnect');
    const key = socket.getPeerX509Certificate().publicKey.export({ type: 'spki', format: 'der' });
    socket.destroy();
    return createHash('sha256').update(key).digest('base64');
}

async function servePage() {
    const { outputFiles: [script] } = await build({
        entryPoints: ['page.mjs'], bundle: true, write: false, platform: 'browser', define: { global: 'globalThis' },
        mainFields: ['browser', 'module', 'main'],
    });
    const server = createServer(({ url }, response) => {
        const [type, content] = url === '/page.js'
            ? ['text/javascript', script.contents]
            : ['text/html', '<!doctype html><meta charset="utf-8"><script src="/page.js"></script>'];
        response.writeHead(200, { 'Content-Type': type }).end(content);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
}

const server = await servePage();
const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
        `--ignore-certificate-errors-spki-list=${await keyHash(new URL(endpoint))}`,
    ],
});
try {
    const page = await browser.newPage();
    page.on('pageerror', error => console.error(error));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.evaluate(configuration => globalThis.configure(configuration),
        { endpoint, region, ...token ? { token } : { credentials: { accessKeyId, secretAccessKey } } });
    for await (const line of createInterface({ input: process.stdin })) {
        const answer = await page.evaluate(async call => JSON.stringify(await globalThis.answer(call)), JSON.parse(line));
        process.stdout.write(answer + '\n');
    }
} finally {
    await browser.close();
    server.close();
}
