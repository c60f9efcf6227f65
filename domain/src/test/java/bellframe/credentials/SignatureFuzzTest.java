package bellframe.credentials;

import static bellframe.credentials.SignedRequests.BODY;
import static bellframe.credentials.SignedRequests.KEY;
import static bellframe.credentials.SignedRequests.SIGNER;
import static bellframe.credentials.SignedRequests.authenticator;
import static bellframe.credentials.SignedRequests.connect;
import static bellframe.credentials.SignedRequests.header;
import static bellframe.credentials.SignedRequests.listMessages;
import static bellframe.credentials.SignedRequests.redactMessage;
import static bellframe.credentials.SignedRequests.sendMessage;
import static bellframe.credentials.SignedRequests.withHeader;
import static bellframe.credentials.SignedRequests.withPath;
import static bellframe.credentials.SignedRequests.withQuery;
import static org.assertj.core.api.Assertions.assertThat;

import bellframe.refusals.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Any bytes in place of a part of a signed request: the signature stays good only if the request still says the same in
/// another spelling, by a reading of Signature Version 4 that is independent of ours.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class SignatureFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 500_000 : 6_000;
    private static final List<String> SIGNS = List.of("%", "%2", "%2F", "%2f", "%41", "+", "&", "&&", "=", ";", ",",
            " ", "/",
            "?", "A", "a", "0", "\t", "x=y&", "&X-Amz-Expires=604800", "&X-Amz-Signature=", "host;", "%20", "~", "é");

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final ChimeDoor authenticator = authenticator();

    @Test
    void aSignatureIsGoodForWhatWasSignedAlone() {
        System.out.println("SignatureFuzzTest seed " + seed);
        List<SignedRequest> signed = List.of(SIGNER.sign(sendMessage().build(), BODY),
                SIGNER.sign(redactMessage().build(), BODY), SIGNER.sign(listMessages().build()),
                SIGNER.presign(listMessages().build(), Duration.ofMinutes(1)),
                SIGNER.presign(connect().build(), Duration.ofMinutes(1)));
        int stillGood = 0;
        for (int i = 0; i < ROUNDS; i++) {
            SignedRequest original = signed.get(random.nextInt(signed.size()));
            SignedRequest changed = changed(original);
            if (isTaken(changed)) {
                stillGood++;
                assertThat(meaning(changed)).as("seed %d, round %d, %s?%s %s", seed, i, changed.rawPath(),
                        changed.rawQuery(), changed.headers()).isEqualTo(meaning(original));
            }
        }
        assertThat(stillGood).as("some changes are mere spelling, seed %d", seed).isPositive();
    }

    private boolean isTaken(SignedRequest request) {
        try {
            assertThat(authenticator.authenticate(request)).isEqualTo(KEY.principal().arn());
            return true;
        } catch (Refused refused) {
            assertThat(refused.getMessage()).as("seed %d", seed).isNotEmpty();
            return false;
        }
    }

    private SignedRequest changed(SignedRequest request) {
        return switch (random.nextInt(3)) {
            case 0 -> withPath(request, changed(request.rawPath()));
            case 1 -> withQuery(request, changed(request.rawQuery()));
            default -> {
                List<String> names = List.copyOf(request.headers().keySet());
                String name = names.get(random.nextInt(names.size()));
                yield withHeader(request, name, changed(header(request, name)));
            }
        };
    }

    private String changed(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(4));
        String piece = random.nextInt(3) == 0
                ? String.valueOf((char) random.nextInt(256))
                : SIGNS.get(random.nextInt(SIGNS.size()));
        return text.substring(0, from) + piece + text.substring(random.nextBoolean() ? from : to);
    }

    /// All that a request says: its path as sent, its parameters decoded and in any order, its signed headers with spaces
    /// collapsed, its body and what it claims of its signature.
    private static String meaning(SignedRequest request) {
        List<String> parameters = Arrays.stream(request.rawQuery().split("&", -1))
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
                .map(parameter -> parameter.split("=", 2))
                .map(pair -> decoded(pair[0]) + "=" + decoded(pair[1]))
                .sorted()
                .toList();
        List<String> authorization = request.hasHeader("authorization")
                ? Arrays.stream(header(request, "authorization").split("[,\\s\\x1c-\\x1f]+", -1))
                        .filter(part -> part.matches("(AWS4-|Credential=|SignedHeaders=|Signature=).*"))
                        .sorted()
                        .toList()
                : List.of();
        return request.method() + " " + request.rawPath() + " " + parameters + " " + authorization + " "
                + headers(request, authorization, parameters) + Arrays.hashCode(request.body());
    }

    private static String headers(SignedRequest request, List<String> authorization, List<String> parameters) {
        String list = java.util.stream.Stream.concat(authorization.stream(), parameters.stream())
                .filter(part -> part.startsWith("SignedHeaders=") || part.startsWith("X-Amz-SignedHeaders="))
                .map(part -> part.substring(part.indexOf('=') + 1))
                .collect(Collectors.joining(";"));
        return Arrays.stream(list.split(";", -1))
                .map(name -> name + ":" + String.join(",", request.headers().getOrDefault(name, List.of()))
                        .strip()
                        .replaceAll("[ \t]+", " "))
                .collect(Collectors.joining("|"));
    }

    private static String decoded(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.substring(i).matches("(?s)%[0-9a-fA-F]{2}.*")) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i) == '+' ? ' ' : text.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
