package bellframe.outbound.webpush;

import bellframe.outbound.json.JsonText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// By which push services know this server (RFC 8292): browsers subscribe with the public key, and only who signs with the
/// private one may send to them.
public final class VapidKeys {

    /// ES256 with the signature's two numbers as they are.
    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    /// Half of what is allowed, for push services whose clock is wrong.
    private static final Duration LIFE = Duration.ofHours(12);
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final ECPrivateKey privateKey;
    private final ECPublicKey publicKey;

    private VapidKeys(ECPrivateKey privateKey, ECPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /// Empty if these are not a pair of keys on P-256, as tools for Web Push make them.
    ///
    /// @param publicKey the uncompressed point, 65 bytes in Base64 as URLs have it
    /// @param privateKey the number, 32 bytes in Base64 as URLs have it
    public static Optional<VapidKeys> parse(String publicKey, String privateKey) {
        Optional<ECPublicKey> point = decode(publicKey).flatMap(P256::publicKey);
        Optional<ECPrivateKey> number = decode(privateKey).flatMap(P256::privateKey);
        if (point.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        var keys = new VapidKeys(number.get(), point.get());
        return keys.areAPair() ? Optional.of(keys) : Optional.empty();
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private boolean areAPair() {
        byte[] text = {1};
        try {
            var check = Signature.getInstance(ALGORITHM);
            check.initVerify(publicKey);
            check.update(text);
            return check.verify(sign(text));
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    /// What the header `authorization` says.
    ///
    /// @param subject how the push service reaches whoever runs this server
    String authorization(URI endpoint, String subject, Instant now) {
        String claims = JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("aud", origin(endpoint));
            json.writeNumberField("exp", now.plus(LIFE).getEpochSecond());
            json.writeStringField("sub", subject);
            json.writeEndObject();
        });
        String signed = encode("{\"typ\":\"JWT\",\"alg\":\"ES256\"}") + '.' + encode(claims);
        String signature = URL.encodeToString(sign(signed.getBytes(StandardCharsets.US_ASCII)));
        return "vapid t=" + signed + '.' + signature + ", k=" + URL.encodeToString(P256.bytes(publicKey));
    }

    private static String encode(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Without a port that goes without saying.
    private static String origin(URI endpoint) {
        String scheme = endpoint.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return scheme + "://" + host
                + (endpoint.getPort() < 0 || endpoint.getPort() == usual ? "" : ":" + endpoint.getPort());
    }

    private byte[] sign(byte[] text) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, problem);
        }
    }

    @Override
    public String toString() {
        return "VapidKeys[not shown]";
    }
}
