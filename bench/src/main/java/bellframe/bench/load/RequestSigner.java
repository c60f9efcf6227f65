package bellframe.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as SDKs do, Signature Version 4 over headers and body, and at a few microseconds a request: the key of the day and
/// the texts of the second are kept.
///
/// Not for two threads at once.
public final class RequestSigner {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String SERVICE = "chime";
    private static final String END = "aws4_request";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final int DAY_CHARACTERS = 8;
    private static final int HEAD_CHARACTERS = 1_024;
    private static final String HMAC = "HmacSHA256";

    private final SigningKey key;
    private final InstantSource clock;
    private final MessageDigest sha256;
    private final Mac mac;
    private final StringBuilder text = new StringBuilder(HEAD_CHARACTERS);
    private long second = Long.MIN_VALUE;
    private String time = "";
    private String scope = "";

    public RequestSigner(SigningKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            mac = Mac.getInstance(HMAC);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /// The bytes of a request that is signed now.
    ///
    /// @param body JSON; empty for none
    ByteBuf sign(Request request, String host, byte[] body, ByteBufAllocator allocator) {
        tick();
        boolean json = body.length > 0;
        boolean bearer = !request.bearer().isEmpty();
        String signed = (json ? "content-type;" : "") + "host" + (bearer ? ";x-amz-chime-bearer" : "") + ";x-amz-date";
        text.setLength(0);
        text.append(request.method())
                .append('\n')
                .append(request.canonicalPath())
                .append('\n')
                .append(request.query())
                .append('\n');
        if (json) {
            text.append("content-type:application/json\n");
        }
        text.append("host:").append(host).append('\n');
        if (bearer) {
            text.append("x-amz-chime-bearer:").append(request.bearer()).append('\n');
        }
        text.append("x-amz-date:").append(time).append("\n\n").append(signed).append('\n').append(hash(body));
        String signature = signature();

        text.setLength(0);
        text.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\nHost: ").append(host);
        if (json) {
            text.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(body.length);
        }
        if (bearer) {
            text.append("\r\nx-amz-chime-bearer: ").append(request.bearer());
        }
        text.append("\r\nX-Amz-Date: ")
                .append(time)
                .append("\r\nAuthorization: ")
                .append(ALGORITHM)
                .append(" Credential=")
                .append(key.accessKeyId())
                .append('/')
                .append(scope)
                .append(", SignedHeaders=")
                .append(signed)
                .append(", Signature=")
                .append(signature)
                .append("\r\nUser-Agent: aws-sdk-java/2.46.0 md/io#async\r\namz-sdk-invocation-id: ")
                .append("5b8f1c7e-2d3a-4f60-9b1e-7a6c5d4e3f21\r\namz-sdk-request: attempt=1; max=4\r\n\r\n");
        ByteBuf bytes = allocator.buffer(text.length() + body.length);
        bytes.writeCharSequence(text, StandardCharsets.US_ASCII);
        return bytes.writeBytes(body);
    }

    /// The path and query of a GET that is signed now, in the query, and may be used for a while.
    String presign(String path, Map<String, String> parameters, String host, int seconds) {
        tick();
        var all = new TreeMap<>(parameters);
        all.put("X-Amz-Algorithm", ALGORITHM);
        all.put("X-Amz-Credential", key.accessKeyId() + "/" + scope);
        all.put("X-Amz-Date", time);
        all.put("X-Amz-Expires", Integer.toString(seconds));
        all.put("X-Amz-SignedHeaders", "host");
        String query = all.entrySet()
                .stream()
                .map(parameter -> Request.encoded(parameter.getKey()) + "=" + Request.encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        text.setLength(0);
        text.append("GET\n")
                .append(path)
                .append('\n')
                .append(query)
                .append("\nhost:")
                .append(host)
                .append("\n\nhost\n")
                .append(hash(new byte[0]));
        return path + "?" + query + "&X-Amz-Signature=" + signature();
    }

    /// Brings what depends on the time up to date.
    private void tick() {
        Instant now = clock.instant();
        if (now.getEpochSecond() == second) {
            return;
        }
        second = now.getEpochSecond();
        time = TIME.format(now);
        String day = time.substring(0, DAY_CHARACTERS);
        String current = day + "/" + key.region() + "/" + SERVICE + "/" + END;
        if (!current.equals(scope)) {
            scope = current;
            byte[] derived = hmac(bytes("AWS4" + key.secret()), day);
            derived = hmac(derived, key.region());
            derived = hmac(derived, SERVICE);
            use(hmac(derived, END));
        }
    }

    /// Of the canonical request in `text`.
    private String signature() {
        String hash = hash(bytes(text.toString()));
        return hex(mac.doFinal(bytes(ALGORITHM + "\n" + time + "\n" + scope + "\n" + hash)));
    }

    private byte[] hmac(byte[] secret, String message) {
        use(secret);
        return mac.doFinal(bytes(message));
    }

    private void use(byte[] secret) {
        try {
            mac.init(new SecretKeySpec(secret, HMAC));
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("any bytes are a key", refused);
        }
    }

    private String hash(byte[] bytes) {
        return hex(sha256.digest(bytes));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
