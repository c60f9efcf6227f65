package bellframe.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends messages to one channel over one connection, one after the other.
final class Sender implements AutoCloseable {

    private static final int ANSWER_BYTES_MAX = 4 * 1024;
    private static final Pattern HEAD = Pattern.compile(
            "HTTP/1\\.1 201 .*?\r\ncontent-length: (\\d+)\r\n.*?\r\n\r\n", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final AttackRequest unsigned;
    private final AttackSigner signer;
    private final AttackClient connection;
    private final byte[] answer = new byte[ANSWER_BYTES_MAX];

    /// When a message was sent and when the first byte of its answer came, in the nanoseconds of this process's clock.
    record Times(long sent, long answered) {
    }

    Sender(SdkClients clients, String user, String channel) {
        SignedRequests requests = clients.signedRequests();
        int port = requests.endpoint().getPort();
        signer = new AttackSigner(requests.credentials().accessKeyId(), requests.credentials().secretAccessKey(),
                requests.region());
        unsigned = AttackRequest.of("POST", SignedRequests.channelPath(channel) + "/messages")
                .with("Host", "localhost:" + port)
                .with("Content-Type", "application/json")
                .with("x-amz-chime-bearer", user);
        connection = AttackClient.connect(Scheme.PLAIN, port);
    }

    /// Sends a standard, persistent message, which is signed before the time is taken.
    Times send(String content) throws IOException {
        byte[] request = signer.sign(unsigned.withBody("""
                {"Content":"%s","Type":"STANDARD","Persistence":"PERSISTENT","ClientRequestToken":"%s"}"""
                .formatted(content, UUID.randomUUID())))
                .bytes();
        InputStream in = connection.socket().getInputStream();
        long sent = System.nanoTime();
        connection.send(request);
        int length = read(in, 0);
        long answered = System.nanoTime();
        while (!isWhole(length)) {
            length = read(in, length);
        }
        return new Times(sent, answered);
    }

    private int read(InputStream in, int length) throws IOException {
        int more = in.read(answer, length, answer.length - length);
        if (more < 0) {
            throw new EOFException("the server ended the connection");
        }
        return length + more;
    }

    private boolean isWhole(int length) {
        String text = new String(answer, 0, length, StandardCharsets.US_ASCII);
        Matcher head = HEAD.matcher(text);
        if (head.lookingAt()) {
            return length == head.end() + Integer.parseInt(head.group(1));
        }
        if (text.contains("\r\n\r\n")) {
            throw new IllegalStateException("refused: " + text);
        }
        return false;
    }

    @Override
    public void close() {
        connection.close();
    }
}
