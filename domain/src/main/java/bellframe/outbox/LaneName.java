package bellframe.outbox;

/// The entries of one kind for one channel that are handed over in order.
///
/// @param channel the channel's incarnation
/// @param branch tells lanes of one kind and channel apart, which do not wait for each other; may be empty
public record LaneName(OutboxKind kind, String channel, String branch) {
}
