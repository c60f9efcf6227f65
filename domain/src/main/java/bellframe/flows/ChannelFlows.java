package bellframe.flows;

import bellframe.channels.Channel;
import bellframe.channels.Channels;
import bellframe.idempotency.Fingerprint;
import bellframe.idempotency.RequestTokens;
import bellframe.identity.AppInstances;
import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelFlowArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.RowWriter;
import bellframe.rows.StripedLocks;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import bellframe.tags.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes channel flows, and associates channels with them.
public final class ChannelFlows {

    private static final int CACHED_MAX = 10_000;

    private final AppInstances appInstances;
    private final Storage storage;
    private final Pages pages;
    private final Tags tags;
    private final RequestTokens tokens;
    private final Channels channels;
    private final InstantSource clock;
    private final Records<ChannelFlowArn, ChannelFlow> flows;
    private final StripedLocks creations = new StripedLocks();
    /// Held while a flow gets a channel and while it is deleted: a flow with channels stays.
    private final StripedLocks associations = new StripedLocks();

    public ChannelFlows(AppInstances appInstances, Storage storage, Tags tags, RequestTokens tokens, Channels channels,
            InstantSource clock) {
        this.appInstances = appInstances;
        this.storage = storage;
        this.pages = new Pages(storage);
        this.tags = tags;
        this.tokens = tokens;
        this.channels = channels;
        this.clock = clock;
        this.flows = new Records<>(storage, Table.CHANNEL_FLOWS, FlowTables.LAYOUT, CACHED_MAX);
    }

    public @Nullable ChannelFlow find(ChannelFlowArn arn) {
        return appInstances.find(arn.appInstance()) == null ? null : flows.find(arn);
    }

    /// The flow of this ARN.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the text names no flow: no operation on flows may tell that one is
    ///         absent
    public ChannelFlow require(String arn) {
        ChannelFlow flow = ChannelFlowArn.parse(arn).map(this::find).orElse(null);
        if (flow == null) {
            throw new Refused(Refusal.NOT_ALLOWED, "The channel flow does not exist.");
        }
        return flow;
    }

    /// Creates a flow, once per token.
    ///
    /// @throws Refused with [Refusal#INVALID_INPUT], [Refusal#RESOURCE_LIMIT_EXCEEDED] or [Refusal#CONFLICT]
    public ChannelFlow create(AppInstanceArn appInstance, String name, List<ChannelFlow.Processor> processors,
            Map<String, String> newTags, String principalArn, String token) {
        requireRunnable(processors);
        var parameters = new RowWriter(1).text(name).list(processors, ChannelFlow.Processor::write);
        Tags.write(parameters, newTags);
        RequestTokens.Claim claim = tokens.claim("CreateChannelFlow " + appInstance, principalArn, token,
                Fingerprint.of(parameters), UUID.randomUUID().toString());
        var arn = new ChannelFlowArn(appInstance, claim.plan());
        Lock lock = creations.of(appInstance.toString());
        lock.lock();
        try {
            ChannelFlow existing = find(arn);
            if (existing != null) {
                tokens.done(claim);
                return existing;
            }
            claim.requireNotDone("The channel flow");
            ChannelFlow created = create(arn, name, processors, newTags);
            tokens.done(claim);
            return created;
        } finally {
            lock.unlock();
        }
    }

    public Page<ChannelFlow> list(AppInstanceArn appInstance, byte @Nullable [] cursor, int limit) {
        return pages.single(Table.CHANNEL_FLOWS, FlowTables.flows(appInstance), cursor, limit)
                .map(row -> FlowTables.read(appInstance, row.value()));
    }

    /// Replaces name and processors.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the text names no flow, or [Refusal#INVALID_INPUT]
    public ChannelFlow update(String arn, String name, List<ChannelFlow.Processor> processors) {
        requireRunnable(processors);
        return flows.change(require(arn).arn(), () -> new Refused(Refusal.NOT_ALLOWED),
                old -> old.changed(name, processors, now()));
    }

    /// Deletes a flow that no channel is associated with.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the text names no flow, or [Refusal#CONFLICT] if it has channels
    public void delete(String arn) {
        ChannelFlowArn flow = require(arn).arn();
        Lock lock = associations.of(flow.toString());
        lock.lock();
        try {
            if (hasChannels(flow)) {
                throw new Refused(Refusal.CONFLICT, "Channels are associated with the channel flow.");
            }
            flows.remove(flow);
        } finally {
            lock.unlock();
        }
        tags.removeAll(flow.toString());
    }

    /// Associates a channel with a flow.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the text names no flow of the channel's app instance, or
    ///         [Refusal#CONFLICT] if the channel has another flow
    public void associate(Channel channel, String arn) {
        Lock lock = associations.of(arn);
        lock.lock();
        try {
            channels.associate(channel, of(channel, arn));
        } finally {
            lock.unlock();
        }
    }

    /// Ends an association.
    ///
    /// @throws Refused with [Refusal#NOT_FOUND] if the channel is not associated with that flow
    public void disassociate(Channel channel, String arn) {
        Lock lock = associations.of(arn);
        lock.lock();
        try {
            channels.disassociate(channel, of(channel, arn));
        } finally {
            lock.unlock();
        }
    }

    /// Removes the rows of all flows of an app instance that is gone.
    public void purgeAll(AppInstanceArn appInstance) {
        Pages.forEach(cursor -> list(appInstance, cursor, Pages.SWEEP_ROWS), flow -> {
            flows.remove(flow.arn());
            tags.removeAll(flow.arn().toString());
        });
    }

    private ChannelFlowArn of(Channel channel, String arn) {
        return ChannelFlowArn.parse(arn)
                .filter(flow -> flow.appInstance().equals(channel.arn().appInstance()) && flows.find(flow) != null)
                .orElseThrow(() -> new Refused(Refusal.NOT_FOUND, "The channel flow does not exist."));
    }

    private boolean hasChannels(ChannelFlowArn flow) {
        byte[] cursor = null;
        do {
            Page<Channel> page = channels.list(flow, cursor, Pages.SWEEP_ROWS);
            if (!page.items().isEmpty()) {
                return true;
            }
            cursor = page.next();
        } while (cursor != null);
        return false;
    }

    private ChannelFlow create(ChannelFlowArn arn, String name, List<ChannelFlow.Processor> processors,
            Map<String, String> newTags) {
        Limit.CHANNEL_FLOWS.requireRoomFor(storage.scan(Scan.ascending(Table.CHANNEL_FLOWS,
                FlowTables.flows(arn.appInstance()), null, Limit.CHANNEL_FLOWS.value())).size());
        if (!newTags.isEmpty()) {
            tags.add(arn.toString(), newTags);
        }
        Instant now = now();
        var flow = new ChannelFlow(arn, name, processors, now, now);
        flows.insert(arn, flow);
        // An app instance deleted meanwhile may have been purged without this flow.
        if (appInstances.find(arn.appInstance()) == null) {
            flows.remove(arn);
            tags.removeAll(arn.toString());
            throw new Refused(Refusal.NOT_ALLOWED);
        }
        return flow;
    }

    private static void requireRunnable(List<ChannelFlow.Processor> processors) {
        if (processors.stream().map(ChannelFlow.Processor::order).distinct().count() < processors.size()) {
            throw new Refused(Refusal.INVALID_INPUT, "Processors: each has an ExecutionOrder of its own");
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
