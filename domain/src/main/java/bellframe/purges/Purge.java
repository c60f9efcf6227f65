package bellframe.purges;

/// One thing that was deleted, or is about to be.
///
/// @param incarnation tells a channel from a later one of the same ARN, and one deletion of a user from a later one; empty
///        where ARNs are never used again
public record Purge(Kind kind, String arn, String incarnation) {

    public enum Kind {
        APP_INSTANCE,
        APP_INSTANCE_USER,
        APP_INSTANCE_BOT,
        CHANNEL
    }
}
