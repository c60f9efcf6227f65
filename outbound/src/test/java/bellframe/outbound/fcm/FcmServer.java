package bellframe.outbound.fcm;

import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Answering;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// FCM and Google's token server on a free port of this machine. A request that the real ones would not understand is noted
/// as a fault.
public final class FcmServer implements AutoCloseable {

    public static final String PROJECT = "project-of-tests";
    static final String SENDER = "sender@project-of-tests.iam.gserviceaccount.com";
    static final String KEY_ID = "0123456789abcdef";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAIT_SECONDS = 20;
    private static final Base64.Decoder URL = Base64.getUrlDecoder();
    /// Of all servers, since making such a pair takes a while.
    private static final KeyPair KEYS = keys();

    private final TestReceiver receiver = new TestReceiver();
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile Reply reply = taken();
    private volatile @Nullable Reply tokenReply;

    public FcmServer() {
        receiver.reply(this::answer);
    }

    public URI url() {
        return receiver.url();
    }

    /// As FCM answers what it takes.
    public static Reply taken() {
        return Reply.of(200, Map.of("Content-Type", "application/json"),
                "{\"name\":\"projects/project-of-tests/messages/0:1500415314455276%31bd1c9631bd1c96\"}");
    }

    /// An error as FCM tells it.
    ///
    /// @param code of FCM itself; null if there is none
    public static Reply error(int status, String googleStatus, @Nullable String code, Map<String, String> headers) {
        String details = code == null
                ? ""
                : ",\"details\":[{\"@type\":\"type.googleapis.com/google.firebase.fcm.v1.FcmError\",\"errorCode\":\""
                        + code + "\"}]";
        return Reply.of(status, headers, "{\"error\":{\"code\":" + status
                + ",\"message\":\"said by the test\",\"status\":\"" + googleStatus + "\"" + details + "}}");
    }

    /// How messages are answered from now on.
    public void reply(Reply as) {
        reply = as;
    }

    /// How the token server answers from now on; null for as it should.
    public void tokenReply(@Nullable Reply as) {
        tokenReply = as;
    }

    /// Of tokens given out before, no one counts any more.
    void forgetTokens() {
        tokens.addAndGet(100);
    }

    int tokensGiven() {
        return tokens.get();
    }

    /// The next message that came with a good token.
    public JsonNode await() throws InterruptedException {
        JsonNode next = messages.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (next == null || !faults.isEmpty()) {
            throw new AssertionError("no message came, or a fault: " + faults);
        }
        return next;
    }

    /// How many messages nobody took yet.
    public int waiting() {
        return messages.size();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /// Writes the file that Google gives out.
    public Path writeAccount(Path file) {
        String key = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(KEYS.getPrivate().getEncoded());
        var account = JSON.createObjectNode()
                .put("type", "service_account")
                .put("project_id", PROJECT)
                .put("private_key_id", KEY_ID)
                .put("private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n")
                .put("client_email", SENDER)
                .put("client_id", "123456789012345678901")
                .put("token_uri", url() + "/token");
        try {
            return Files.writeString(file, account.toString());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void answer(Received request, Answering answering) throws IOException {
        switch (request.rawPath()) {
            case "/token" -> giveToken(request, answering);
            case "/v1/projects/" + PROJECT + "/messages:send" -> take(request, answering);
            default -> fault("no such path: " + request.rawPath(), answering);
        }
    }

    private void giveToken(Received request, Answering answering) throws IOException {
        String fault = assertionFault(request);
        Reply other = tokenReply;
        if (fault != null) {
            fault(fault, answering);
        } else if (other != null) {
            other.to(request, answering);
        } else {
            answering.send(200, Map.of("Content-Type", "application/json; charset=utf-8"),
                    "{\"access_token\":\"secret-token-"
                            + tokens.incrementAndGet() + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
        }
    }

    /// The audience is Google's own server, wherever the file says that tokens are got.
    private @Nullable String assertionFault(Received request) throws IOException {
        if (!request.method().equals("POST")
                || !request.header("content-type").startsWith("application/x-www-form-urlencoded")) {
            return "no form: " + request.header("content-type");
        }
        String form = URLDecoder.decode(request.text(), StandardCharsets.UTF_8);
        String before = "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=";
        if (!form.startsWith(before)) {
            return "another grant";
        }
        String[] parts = form.substring(before.length()).split("\\.", -1);
        JsonNode header = JSON.readTree(URL.decode(parts[0]));
        JsonNode claims = JSON.readTree(URL.decode(parts[1]));
        boolean right = header.path("alg").asText().equals("RS256") && header.path("kid").asText().equals(KEY_ID)
                && claims.path("iss").asText().equals(SENDER)
                && claims.path("scope").asText().equals("https://www.googleapis.com/auth/firebase.messaging")
                && claims.path("aud").asText().equals("https://oauth2.googleapis.com/token")
                && claims.path("exp").asLong() - claims.path("iat").asLong() == 3600;
        return right && isSigned(parts) ? null : "a wrong assertion: " + header + claims;
    }

    private boolean isSigned(String[] parts) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update((parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(URL.decode(parts[2]));
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private void take(Received request, Answering answering) throws IOException {
        if (!request.method().equals("POST") || !request.header("content-type").startsWith("application/json")) {
            fault("no JSON: " + request.header("content-type"), answering);
        } else if (!request.header("authorization").equals("Bearer secret-token-" + tokens.get())) {
            error(401, "UNAUTHENTICATED", null, Map.of()).to(request, answering);
        } else {
            messages.add(JSON.readTree(request.text()));
            reply.to(request, answering);
        }
    }

    private void fault(String what, Answering answering) throws IOException {
        faults.add(what);
        answering.send(400, Map.of(), what);
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public void close() {
        receiver.close();
    }
}
