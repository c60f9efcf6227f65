package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.channels.ChannelHeads;
import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.refusals.Refused;
import bellframe.storage.Batch;
import bellframe.storage.memory.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendTokensTest {

    private static final byte[] ASKED = {1};
    private static final byte[] OTHER = {2};
    private static final Position NOW = new Position(Position.BUCKET.toMillis() * 1_000);
    private static final List<Long> BUCKETS = List.of(NOW.bucket());

    private final MemoryStorage storage = new MemoryStorage();
    private final SendTokens tokens = new SendTokens(storage, new ChannelHeads(storage));
    private final SendTokens.Claim claim = new SendTokens.Claim("channel",
            UserArn.user(new AppInstanceArn(new Account("123456789012", "us-east-1"), "app"), "alice"), "token");

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void anotherRequestUnderTheTokenDoesNotSpoilARetryThatWaitsForIt() {
        Sent sent = tokens.once(claim, ASKED, () -> BUCKETS, this::stored);
        var retry = new Attempt(SendTokensTest::unwanted);
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> tokens.once(claim, OTHER, () -> {
            retry.startAndJoin();
            return BUCKETS;
        }, SendTokensTest::unwanted));
        assertThat(retry.outcome).succeedsWithin(Duration.ofSeconds(10)).returns(sent.id(), Sent::id);
    }

    @Test
    void aRetryThatComesBeforeTheBucketIsKnownSendsNothing() {
        var retry = new Attempt(SendTokensTest::unwanted);
        Sent sent = tokens.once(claim, ASKED, () -> {
            retry.startAndJoin();
            return BUCKETS;
        }, this::stored);
        assertThat(retry.outcome).succeedsWithin(Duration.ofSeconds(10)).returns(sent.id(), Sent::id);
    }

    @Test
    void whoWaitsForAnAttemptHearsOfItsErrorToo() {
        var retry = new Attempt(SendTokensTest::unwanted);
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> tokens.once(claim, ASKED, () -> BUCKETS,
                () -> {
                    retry.startAndJoin();
                    throw new StackOverflowError("injected");
                }));
        assertThat(retry.outcome).failsWithin(Duration.ofSeconds(10));
    }

    /// A second attempt with the same token, on a thread of its own.
    private final class Attempt {
        private final CompletableFuture<Sent> outcome = new CompletableFuture<>();
        private final Thread thread;

        Attempt(Supplier<Sent> send) {
            thread = Thread.ofPlatform().daemon().unstarted(() -> {
                try {
                    outcome.complete(tokens.once(claim, ASKED, () -> BUCKETS, send));
                } catch (RuntimeException | Error failure) {
                    outcome.completeExceptionally(failure);
                }
            });
        }

        /// Returns when the attempt waits for the one that is under way.
        void startAndJoin() {
            thread.start();
            while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    private Sent stored() {
        var sent = new Sent(MessageId.create(NOW, MessageId.Tail.draw(new Random(1))), false, ASKED);
        var batch = new Batch();
        SendTokens.put(batch, claim, sent);
        storage.commit(batch);
        return sent;
    }

    private static Sent unwanted() {
        throw new AssertionError("sent a second time");
    }
}
