package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.InvalidInput;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Random paths and queries, against the plainest reading of RFC 3986 that could work.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class TargetFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 3_000_000 : 60_000;
    private static final Pattern ENCODED = Pattern.compile("(?:[^%]|%[0-9a-fA-F]{2})*");
    private static final String[] PIECES = {"%", "%2", "%2F", "%2f", "%25", "%00", "%C3%A9", "%c0%af", "%ED%A0%80",
            "%F0%9F%98%80", "+", "&", "=", "/", "//", "..", ".", ";", "?", "#", "channels", "scope", "operation",
            "app-instance-user-memberships", "search", "max-results", "a", "B", "~", "messages", "tags", "@", ":"};

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Router router = new Router(Endpoint.bind(Greetings.TABLE, (_, greeting) -> greeting.operation()));

    @BeforeEach
    void printSeed() {
        System.out.println("TargetFuzzTest seed " + seed);
    }

    @Test
    void whatIsEncodedDecodesToItself() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = randomText();

            assertThat(PercentEncoding.decodeSegment(encoded(text, false))).as("seed %d", seed).isEqualTo(text);
            assertThat(PercentEncoding.decodeQuery(encoded(text, true))).as("seed %d", seed).isEqualTo(text);
        }
    }

    @Test
    void segmentsAreReadAsRfc3986SaysOrRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            String segment = pieces();

            String decoded = segmentOrNull(segment);

            assertThat(decoded).as("seed %d, %s", seed, segment).isEqualTo(reference(segment));
        }
    }

    @Test
    void queriesAreReadAsFormsSayOrRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            String raw = pieces();

            Query query = queryOrNull(raw);

            Map<String, String> expected = referenceQuery(raw);
            assertThat(query == null).as("seed %d, %s", seed, raw).isEqualTo(expected == null);
            if (query != null && expected != null) {
                expected.forEach((name, value) -> assertThat(query.get(name)).as("seed %d, %s", seed, raw)
                        .isEqualTo(value));
            }
        }
    }

    @Test
    void everyPathLeadsToOneOperationOrNone() {
        for (int i = 0; i < ROUNDS; i++) {
            String method = random.nextBoolean() ? "GET" : "POST";
            String path = "/" + pieces();
            Query query = queryOrNull(pieces());
            if (query != null) {
                routeOrRefuse(method, path, query);
            }
        }
    }

    private void routeOrRefuse(String method, String path, Query query) {
        try {
            Route route = router.find(method, path, query);
            var operation = route.endpoint().operation();
            String[] segments = path.substring(1).split("/", -1);
            assertThat(operation.method()).isEqualTo(method);
            assertThat(segments).as("seed %d, %s", seed, path).hasSize(operation.path().size());
            for (int i = 0; i < segments.length; i++) {
                String name = operation.path().get(i);
                assertThat(name.startsWith("{")
                        ? route.labels().get(name.substring(1, name.length() - 1))
                        : name).as("seed %d, %s", seed, path).isNotEmpty().isEqualTo(reference(segments[i]));
            }
        } catch (InvalidInput notDecodable) {
            assertThat(path.substring(1).split("/", -1)).as("seed %d, %s", seed, path)
                    .anyMatch(segment -> reference(segment) == null);
        } catch (Refused refused) {
            assertThat(refused.refusal()).as("seed %d, %s", seed, path).isEqualTo(Refusal.UNKNOWN_OPERATION);
        }
    }

    private static @Nullable String segmentOrNull(String segment) {
        try {
            return PercentEncoding.decodeSegment(segment);
        } catch (InvalidInput invalid) {
            return null;
        }
    }

    private static @Nullable Query queryOrNull(String raw) {
        try {
            return Query.parse(raw);
        } catch (InvalidInput invalid) {
            return null;
        }
    }

    /// What the text stands for, or null if it is not percent-encoded UTF-8.
    private static @Nullable String reference(String text) {
        if (!ENCODED.matcher(text).matches()) {
            return null;
        }
        var bytes = new ByteArrayOutputStream();
        for (String rest = text; !rest.isEmpty();) {
            boolean escape = rest.startsWith("%");
            bytes.write(escape ? HexFormat.fromHexDigits(rest, 1, 3) : rest.charAt(0));
            rest = rest.substring(escape ? 3 : 1);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException invalid) {
            return null;
        }
    }

    private static @Nullable Map<String, String> referenceQuery(String raw) {
        Map<String, String> values = new HashMap<>();
        for (String parameter : raw.split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            String name = reference(parts[0].replace('+', ' '));
            String value = parts.length < 2 ? "" : reference(parts[1].replace('+', ' '));
            if (name == null || value == null) {
                return null;
            }
            if (!parameter.isEmpty() && values.put(name, value) != null) {
                return null;
            }
        }
        return values;
    }

    private String pieces() {
        var text = new StringBuilder();
        for (int left = random.nextInt(8); left >= 0; left--) {
            text.append(random.nextInt(6) == 0
                    ? String.valueOf((char) (0x21 + random.nextInt(0x5e)))
                    : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private String randomText() {
        var text = new StringBuilder();
        for (int left = random.nextInt(12); left > 0; left--) {
            int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
            boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            text.appendCodePoint(surrogate ? 'x' : codePoint);
        }
        return text.toString();
    }

    /// Encodes what must be, and some of the rest.
    private String encoded(String text, boolean plusIsSpace) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c > ' ' && c < 0x7f && c != '%' && c != '+' && random.nextBoolean();
            if (plusIsSpace && c == ' ' && random.nextBoolean()) {
                encoded.append('+');
            } else {
                encoded.append(
                        plain ? String.valueOf(c) : (random.nextBoolean() ? "%%%02x" : "%%%02X").formatted((int) c));
            }
        }
        return encoded.toString();
    }
}
