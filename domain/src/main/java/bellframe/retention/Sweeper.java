package bellframe.retention;

import bellframe.changes.ChangeLog;
import bellframe.channels.Channels;
import bellframe.expiration.Expirations;
import bellframe.idempotency.RequestTokens;
import bellframe.identity.AppInstance;
import bellframe.identity.AppInstances;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.Retention;
import bellframe.identity.RetentionSettings;
import bellframe.messages.MessageFlows;
import bellframe.messages.MessageHistory;
import bellframe.names.ChannelArn;
import bellframe.rows.Pages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks in intervals for what has become too old: deletes channels and users that have expired, removes messages that
/// were kept long enough, forgets request tokens and what happened long ago.
public final class Sweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final long CLOSE_LIMIT_SECONDS = 5;

    private final Expirations expirations;
    private final AppInstances appInstances;
    private final AppInstanceUsers users;
    private final Channels channels;
    private final RetentionSettings retentions;
    private final MessageHistory history;
    private final RequestTokens tokens;
    private final MessageFlows flows;
    private final ChangeLog changes;
    private final Duration changesKept;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("sweeps").factory());

    /// @param changesKept for how long those who were away can be told what happened
    public Sweeper(Expirations expirations, AppInstances appInstances, AppInstanceUsers users, Channels channels,
            RetentionSettings retentions, MessageHistory history, RequestTokens tokens, MessageFlows flows,
            ChangeLog changes, Duration changesKept, InstantSource clock) {
        this.expirations = expirations;
        this.appInstances = appInstances;
        this.users = users;
        this.channels = channels;
        this.retentions = retentions;
        this.history = history;
        this.tokens = tokens;
        this.flows = flows;
        this.changes = changes;
        this.changesKept = changesKept;
        this.clock = clock;
    }

    /// Sweeps soon, and then again and again.
    ///
    /// @param interval how long to rest after each sweep
    public void start(Duration interval) {
        Duration first = interval.compareTo(FIRST) < 0 ? interval : FIRST;
        var _ = thread.scheduleWithFixedDelay(this::sweep, first.toMillis(), interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /// Sweeps once. What fails is left to the next sweep and keeps nothing else from being swept.
    public void sweep() {
        attempt("expired channels and users", this::deleteExpired);
        attempt("old messages", this::removeOldMessages);
        attempt("request tokens", tokens::sweep);
        attempt("overdue channel flows", flows::endOverdue);
        attempt("old changes", () -> changes.forgetOlderThan(changesKept));
    }

    private void deleteExpired() {
        Instant now = clock.instant();
        Pages.forEach(cursor -> expirations.due(now, cursor, Pages.SWEEP_ROWS),
                candidate -> attempt(candidate.arn(), () -> deleteIfDue(candidate)));
    }

    private void deleteIfDue(Expirations.Candidate candidate) {
        if (ChannelArn.parse(candidate.arn()).isPresent()) {
            channels.deleteIfDue(candidate);
        } else {
            users.deleteIfDue(candidate);
        }
    }

    private void removeOldMessages() {
        Pages.forEach(cursor -> appInstances.list(cursor, Pages.SWEEP_ROWS), this::removeOldMessages);
    }

    private void removeOldMessages(AppInstance appInstance) {
        Instant now = clock.instant();
        Retention retention = retentions.find(appInstance.arn());
        if (retention != null && retention.deletes(now)) {
            channels.forEach(appInstance.arn(), channel -> attempt(channel.arn().toString(),
                    () -> history.removeBefore(channel.incarnation(), retention.horizon(now))));
        }
    }

    private static void attempt(String what, Runnable sweep) {
        try {
            sweep.run();
        } catch (RuntimeException failure) {
            log.warn("sweeping {} failed and is left to the next sweep", what, failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("a sweep did not end in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
