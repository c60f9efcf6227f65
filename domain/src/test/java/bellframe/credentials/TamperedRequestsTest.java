package bellframe.credentials;

import static bellframe.credentials.SignedRequests.BODY;
import static bellframe.credentials.SignedRequests.NOW;
import static bellframe.credentials.SignedRequests.SIGNER;
import static bellframe.credentials.SignedRequests.authenticator;
import static bellframe.credentials.SignedRequests.listMessages;
import static bellframe.credentials.SignedRequests.redactMessage;
import static bellframe.credentials.SignedRequests.sendMessage;
import static bellframe.credentials.SignedRequests.withBody;
import static bellframe.credentials.SignedRequests.withHeader;
import static bellframe.credentials.SignedRequests.withMethod;
import static bellframe.credentials.SignedRequests.withPath;
import static bellframe.credentials.SignedRequests.withQuery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.refusals.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever of a signed request is changed by one character, the request is refused.
class TamperedRequestsTest {

    private static final int CHANGES_PER_PART = Boolean.getBoolean("bellframe.long") ? 10_000 : 100;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final ChimeDoor authenticator = authenticator();

    @BeforeEach
    void printSeed() {
        System.out.println("TamperedRequestsTest seed " + seed);
    }

    @Test
    void changesToARequestSignedInItsHeaderAreRefused() {
        assertEveryChangeIsRefused(SIGNER.sign(sendMessage().build(), BODY));
        assertEveryChangeIsRefused(SIGNER.sign(redactMessage().build(), BODY));
    }

    @Test
    void changesToAPresignedRequestAreRefused() {
        assertEveryChangeIsRefused(SIGNER.presign(listMessages().build(), Duration.ofMinutes(1)));
    }

    @Test
    void aRequestReplayedOnAServerOfAnotherRegionIsRefused() {
        var elsewhere = new ChimeDoor(SignedRequests::find, new AcceptedRegions.Only("eu-central-1"), () -> NOW);
        var request = SIGNER.sign(sendMessage().build(), BODY);
        var rescoped = SignedRequests.withAuthorization(request, "us-east-1", "eu-central-1");

        assertThatThrownBy(() -> elsewhere.authenticate(request)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> elsewhere.authenticate(rescoped)).isInstanceOf(Refused.class);
    }

    private void assertEveryChangeIsRefused(SignedRequest request) {
        assertThat(authenticator.authenticate(request)).isNotEmpty();
        for (int i = 0; i < CHANGES_PER_PART; i++) {
            for (SignedRequest changed : changes(request)) {
                assertThatThrownBy(() -> authenticator.authenticate(changed))
                        .as("seed %d, %s %s?%s %s", seed, changed.method(), changed.rawPath(), changed.rawQuery(),
                                changed.headers())
                        .isInstanceOf(Refused.class);
            }
        }
    }

    private List<SignedRequest> changes(SignedRequest request) {
        List<SignedRequest> changes = new ArrayList<>();
        changes.add(withMethod(request, changed(request.method())));
        changes.add(withPath(request, changed(request.rawPath())));
        changes.add(withPath(request, request.rawPath() + "/"));
        changes.add(withQuery(request, request.rawQuery() + "&" + letter() + "=" + letter()));
        if (!request.rawQuery().isEmpty()) {
            changes.add(withQuery(request, changed(request.rawQuery())));
        }
        if (request.body().length > 0) {
            changes.add(withBody(request, changed(request.body())));
        }
        request.headers().forEach((name, values) -> {
            if (isSigned(request, name)) {
                changes.add(withHeader(request, name, changed(values.getFirst())));
                changes.add(withHeader(request, name, values.getFirst(), values.getFirst()));
            }
        });
        return changes;
    }

    /// Every header that the tests' requests have is signed, save the ones that a presigned query leaves out.
    private static boolean isSigned(SignedRequest request, String name) {
        Map<String, List<String>> headers = request.headers();
        String signedHeaders = headers.containsKey("authorization")
                ? headers.get("authorization").getFirst()
                : PercentEncoding.decode(request.rawQuery());
        return name.equals("authorization") || signedHeaders.contains(name);
    }

    private String changed(String text) {
        int at;
        do {
            at = random.nextInt(text.length());
        } while (isPartOfAnEscape(text, at));
        char replacement;
        do {
            replacement = letter();
        } while (replacement == text.charAt(at));
        return text.substring(0, at) + replacement + text.substring(at + 1);
    }

    /// `%2f` and `%2F` mean the same.
    private static boolean isPartOfAnEscape(String text, int at) {
        return text.lastIndexOf('%', at) >= Math.max(0, at - 2);
    }

    private byte[] changed(byte[] body) {
        byte[] changed = body.clone();
        changed[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private char letter() {
        return LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
}
