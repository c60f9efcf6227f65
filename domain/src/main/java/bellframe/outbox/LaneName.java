package bellframe.outbox;

/// The entries of one kind for one channel.
///
/// @param channel the channel's incarnation
record LaneName(OutboxKind kind, String channel) {
}
