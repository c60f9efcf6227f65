package bellframe.credentials;

import static bellframe.credentials.SignedRequests.BODY;
import static bellframe.credentials.SignedRequests.SIGNER;
import static bellframe.credentials.SignedRequests.authenticator;
import static bellframe.credentials.SignedRequests.listMessages;
import static bellframe.credentials.SignedRequests.sendMessage;
import static bellframe.credentials.SignedRequests.withHeader;
import static bellframe.credentials.SignedRequests.withQuery;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.refusals.Refused;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever stands where a signature should, the answer is a refusal and never a failure.
class MalformedRequestsTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 500_000 : 5_000;
    private static final String[] PIECES = {"AWS4-HMAC-SHA256", " ", ",", "=", ";", "/", "&", "%", "%2", "%zz", "%ff",
            "+", "Credential=", "SignedHeaders=", "Signature=", "X-Amz-Algorithm=", "X-Amz-Credential=", "X-Amz-Date=",
            "X-Amz-Expires=", "X-Amz-SignedHeaders=", "X-Amz-Signature=", "host", "x-amz-date", "chime", "us-east-1",
            "aws4_request", "AKIDEXAMPLE", "20260301", "20260301T120000Z", "20260231T120000Z", "99999999", "-1", "\t",
            "\0", "é", "😀", "\ud800", "AKIDEXAMPLE/20260301/us-east-1/chime/aws4_request"};

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final ChimeDoor authenticator = authenticator();

    @BeforeEach
    void printSeed() {
        System.out.println("MalformedRequestsTest seed " + seed);
    }

    @Test
    void anyAuthorizationHeaderIsRefused() {
        var signed = SIGNER.sign(sendMessage().build(), BODY);

        for (int i = 0; i < ROUNDS; i++) {
            assertRefused(
                    withHeader(signed, "authorization", (random.nextBoolean() ? "AWS4-HMAC-SHA256 " : "") + text()));
        }
    }

    @Test
    void anyDateIsRefused() {
        var signed = SIGNER.sign(sendMessage().build(), BODY);

        for (int i = 0; i < ROUNDS; i++) {
            assertRefused(withHeader(signed, "x-amz-date", text() + "~"));
        }
    }

    @Test
    void anyQueryIsRefused() {
        var presigned = SIGNER.presign(listMessages().build(), Duration.ofMinutes(1));

        for (int i = 0; i < ROUNDS; i++) {
            assertRefused(withQuery(presigned, text()));
            assertRefused(withQuery(presigned, presigned.rawQuery() + "&x" + text()));
            assertRefused(withQuery(presigned, spoiled(presigned.rawQuery())));
        }
    }

    private void assertRefused(SignedRequest request) {
        assertThatThrownBy(() -> authenticator.authenticate(request)).as("seed %d", seed).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> authenticator.authenticateConnect(request)).as("seed %d", seed)
                .isInstanceOf(Refused.class);
    }

    private String text() {
        var text = new StringBuilder();
        for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
            text.append(random.nextInt(8) == 0
                    ? String.valueOf((char) random.nextInt(256))
                    : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private String spoiled(String query) {
        int from = random.nextInt(query.length());
        int to = from + random.nextInt(query.length() - from);
        return query.substring(0, from) + "~!" + text() + query.substring(to);
    }
}
