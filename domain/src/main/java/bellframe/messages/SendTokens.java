package bellframe.messages;

import bellframe.channels.ChannelHeads;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Pages;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a send happen once per token, however often and however concurrently it is tried.
///
/// Tokens of persistent messages are rows in the batch of their message and survive a restart. Non-persistent messages
/// leave no row; theirs are remembered in memory for a while.
final class SendTokens {

    private static final int REMEMBERED_MAX = 100_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /// A token belongs to one sender in one channel.
    record Claim(String incarnation, UserArn sender, String token) {

        private Key row() {
            return Key.of(sender.toString(), token);
        }
    }

    private final Storage storage;
    private final ChannelHeads heads;
    private final ConcurrentMap<Claim, CompletableFuture<Sent>> underWay = new ConcurrentHashMap<>();
    private final Cache<Claim, Sent> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_MAX)
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .build();

    SendTokens(Storage storage, ChannelHeads heads) {
        this.storage = storage;
        this.heads = heads;
    }

    /// Adds the token's row to the batch of its message.
    static void put(Batch batch, Claim claim, Sent sent) {
        batch.put(Table.MESSAGE_TOKENS, ChannelHeads.partition(claim.incarnation(), sent.id().position().bucket()),
                claim.row(), sent.toRow());
    }

    void remember(Claim claim, Sent sent) {
        remembered.put(claim, sent);
    }

    /// Runs `send` unless the same was sent before or is being sent right now, and answers what it came to.
    ///
    /// @param buckets tells the time buckets to look in
    /// @throws Refused with [Refusal#CONFLICT] if the token came with another request
    Sent once(Claim claim, byte[] fingerprint, Supplier<List<Long>> buckets, Supplier<Sent> send) {
        var mine = new CompletableFuture<Sent>();
        CompletableFuture<Sent> others = underWay.putIfAbsent(claim, mine);
        if (others != null) {
            return checked(outcome(others), fingerprint);
        }
        // Registered before looking, removed after committing: whoever comes between finds one or the other. The buckets
        // are asked for in between too, so that they are not below that of an attempt which has just ended.
        try {
            Sent earlier = find(claim, buckets.get());
            Sent sent = earlier == null ? send.get() : earlier;
            mine.complete(sent);
            return checked(sent, fingerprint);
        } catch (RuntimeException | Error failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            underWay.remove(claim);
        }
    }

    /// Removes all tokens that somebody sent messages to a channel with.
    void erase(String incarnation, UserArn sender) {
        heads.forEachBucket(incarnation, bucket -> erase(ChannelHeads.partition(incarnation, bucket), sender));
    }

    private void erase(Key partition, UserArn sender) {
        var removal = new Batch();
        for (Row row : storage.scan(Scan.ascending(Table.MESSAGE_TOKENS, partition, Key.of(sender.toString()),
                Pages.SWEEP_ROWS))) {
            if (row.key().firstText().equals(sender.toString())) {
                removal.delete(Table.MESSAGE_TOKENS, partition, row.key());
            }
        }
        if (!removal.writes().isEmpty()) {
            storage.commit(removal);
            erase(partition, sender);
        }
    }

    private static Sent outcome(CompletableFuture<Sent> others) {
        try {
            return others.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private static Sent checked(Sent earlier, byte[] fingerprint) {
        if (!earlier.answers(fingerprint)) {
            throw new Refused(Refusal.CONFLICT, "The ClientRequestToken was used for another message.");
        }
        return earlier;
    }

    private @Nullable Sent find(Claim claim, List<Long> buckets) {
        Sent inMemory = remembered.getIfPresent(claim);
        if (inMemory != null) {
            return inMemory;
        }
        Key token = claim.row();
        for (long bucket : buckets) {
            byte[] row = storage.get(Table.MESSAGE_TOKENS, ChannelHeads.partition(claim.incarnation(), bucket), token);
            if (row != null) {
                return Sent.fromRow(row);
            }
        }
        return null;
    }
}
