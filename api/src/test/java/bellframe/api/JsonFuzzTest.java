package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Spoiled bodies of every operation that has one: a reader answers with a value or [InvalidInput], reads nothing that a
/// general JSON reader refuses, and reads the same value from any spelling of it.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class JsonFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 20_000 : 300;
    private static final ObjectMapper GENERAL = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final List<String> PIECES = List.of("{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800",
            "\\ud83d\\ude00", "\\uZ", "null", "true", "0", "-1", "1e999999999", "1.5", "01", "9223372036854775808",
            "2147483648", "\"Content\":", "\"Name\":null", "\"x\":{}", "{}", "[]", "\"\"", "\0", "\n", "é", "😀", "/*",
            "//",
            "NaN", "'", "\ufeff", "[".repeat(70), "]".repeat(70), "{\"a\":".repeat(70));

    /// An operation and the parts of a request that it takes.
    record Target(Operation<?, ?, ?> operation, RequestParts good) {

        Object read(byte[] body) {
            return operation.reader().read(new RequestParts(good.labels(), good.queries(), good.headers(), body));
        }
    }

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Mutation mutation = new Mutation(random, PIECES);

    @Test
    void spoiledBodiesAreReadRightlyOrRefused() {
        System.out.println("JsonFuzzTest seed " + seed);
        List<Target> targets = targets();
        assertThat(targets).hasSizeGreaterThan(30);
        int values = 0;
        for (Target target : targets) {
            for (int i = 0; i < ROUNDS; i++) {
                byte[] body = spoiled(target.good().body());
                values += check(target, body) ? 1 : 0;
            }
        }
        assertThat(values).as("some bodies can still be read, seed %d", seed).isPositive();
    }

    /// Whether the body could be read.
    private boolean check(Target target, byte[] body) {
        String what = "seed %d, %s, %s".formatted(seed, target.operation().name(),
                new String(body, StandardCharsets.UTF_8));
        Object value;
        try {
            value = target.read(body);
        } catch (InvalidInput refused) {
            assertThat(refused.getMessage()).as(what).isNotEmpty();
            return false;
        }
        @Nullable
        JsonNode general;
        try {
            general = parsed(body);
        } catch (NumberFormatException beyondTheGeneralReader) {
            // Ours need not know what number it passes over.
            return true;
        }
        if (general == null) {
            throw new AssertionError("read, though it is not JSON: " + what);
        }
        assertThat(target.read(general.toString().getBytes(StandardCharsets.UTF_8))).as(what).isEqualTo(value);
        return true;
    }

    /// What a general reader makes of the body, or null if it is not JSON.
    private static @Nullable JsonNode parsed(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.isEmpty() ? GENERAL.createObjectNode() : GENERAL.readTree(text);
        } catch (CharacterCodingException | JsonProcessingException notJson) {
            return null;
        }
    }

    private static List<Target> targets() {
        var targets = new ArrayList<Target>();
        ModelFile.all().forEach(model -> model.table().forEach(operation -> {
            var samples = new Samples(model);
            targets.add(new Target(operation, RequestParts.of(model, operation, samples.full(model.input(operation)))));
        }));
        targets.removeIf(target -> target.good().body().length == 0);
        return targets;
    }

    private byte[] spoiled(byte[] body) {
        byte[] spoiled = body;
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            spoiled = mutation.changed(spoiled);
        }
        return spoiled;
    }
}
