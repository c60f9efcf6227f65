package bellframe.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs whatever it is told to, Signature Version 4, so that the server's own opinion of a request is all that is left
/// to refuse it. SDKs' signers would put strange requests in order first.
///
/// @param signedHeaders the list as it is sent; empty for every header of the request, sorted
/// @param payloadHash what stands for the body in what is signed; empty for its SHA-256
record AttackSigner(
        String keyId,
        String secret,
        String day,
        Instant at,
        String region,
        String service,
        String terminator,
        String signedHeaders,
        String payloadHash) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    AttackSigner(String keyId, String secret, String region) {
        this(keyId, secret, "", Instant.EPOCH, region, "chime", "aws4_request", "", "");
    }

    AttackSigner at(Instant time) {
        return new AttackSigner(keyId, secret, day, time, region, service, terminator, signedHeaders, payloadHash);
    }

    AttackSigner withSecret(String other) {
        return new AttackSigner(keyId, other, day, at, region, service, terminator, signedHeaders, payloadHash);
    }

    AttackSigner withKeyId(String other) {
        return new AttackSigner(other, secret, day, at, region, service, terminator, signedHeaders, payloadHash);
    }

    AttackSigner withDay(String other) {
        return new AttackSigner(keyId, secret, other, at, region, service, terminator, signedHeaders, payloadHash);
    }

    AttackSigner withScope(String otherRegion, String otherService, String otherTerminator) {
        return new AttackSigner(keyId, secret, day, at, otherRegion, otherService, otherTerminator, signedHeaders,
                payloadHash);
    }

    AttackSigner withSignedHeaders(String list) {
        return new AttackSigner(keyId, secret, day, at, region, service, terminator, list, payloadHash);
    }

    AttackSigner withPayloadHash(String hash) {
        return new AttackSigner(keyId, secret, day, at, region, service, terminator, signedHeaders, hash);
    }

    /// The request with its signature in the `Authorization` header, signed now unless a time was set.
    AttackRequest sign(AttackRequest request) {
        AttackRequest dated = request.with("X-Amz-Date", TIME.format(time()));
        String list = list(dated);
        return dated.with("Authorization",
                ALGORITHM + " Credential=" + keyId + "/" + scope() + ", SignedHeaders=" + list
                        + ", Signature=" + signature(dated, list));
    }

    /// The request with its signature in the query.
    AttackRequest presign(AttackRequest request, String expires) {
        String list = list(request);
        String target = request.target() + (request.target().contains("?") ? "&" : "?") + "X-Amz-Algorithm=" + ALGORITHM
                + "&X-Amz-Credential=" + encode(keyId + "/" + scope()) + "&X-Amz-Date=" + TIME.format(time())
                + "&X-Amz-Expires=" + expires + "&X-Amz-SignedHeaders=" + encode(list);
        AttackRequest open = request.withTarget(target);
        return open.withTarget(target + "&X-Amz-Signature=" + signature(open, list));
    }

    /// Strict percent-encoding of a text's bytes.
    static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean literal = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            encoded.append(literal ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return encoded.toString();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private Instant time() {
        return at.equals(Instant.EPOCH) ? Instant.now() : at;
    }

    private String scopeDay() {
        return day.isEmpty() ? TIME.format(time()).substring(0, 8) : day;
    }

    private String scope() {
        return String.join("/", scopeDay(), region, service, terminator);
    }

    private String list(AttackRequest request) {
        return signedHeaders.isEmpty()
                ? request.headers()
                        .stream()
                        .map(header -> header.name().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.equals("transfer-encoding"))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(";"))
                : signedHeaders;
    }

    private String signature(AttackRequest request, String list) {
        String[] target = request.target().split("\\?", 2);
        String canonical = request.method() + "\n" + encode(target[0]).replace("%2F", "/") + "\n"
                + (target.length < 2 ? "" : canonicalQuery(target[1])) + "\n" + canonicalHeaders(request, list) + "\n"
                + list + "\n" + (payloadHash.isEmpty() ? sha256(request.body()) : payloadHash);
        String time = request.headers().stream().anyMatch(header -> header.name().equals("X-Amz-Date"))
                ? request.header("X-Amz-Date")
                : request.target().replaceFirst(".*X-Amz-Date=([^&]*).*", "$1");
        String toSign = ALGORITHM + "\n" + time + "\n" + scope() + "\n"
                + sha256(canonical.getBytes(StandardCharsets.ISO_8859_1));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(scopeDay(), region, service, terminator)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    /// Takes the query for encoded as it should be, apart from its order.
    private static String canonicalQuery(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String canonicalHeaders(AttackRequest request, String list) {
        return Arrays.stream(list.split(";", -1))
                .map(name -> name + ":" + request.headers()
                        .stream()
                        .filter(header -> header.name().equalsIgnoreCase(name))
                        .map(header -> header.value().strip().replaceAll("[ \t]+", " "))
                        .collect(Collectors.joining(",")) + "\n")
                .collect(Collectors.joining());
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
