package bellframe.purges;

/// One thing that was deleted, or is about to be.
///
/// @param incarnation tells a channel from a later one of the same ARN; empty where ARNs are never used again, or where
///        nobody can come back under an ARN before its purge is done
public record Purge(Kind kind, String arn, String incarnation) {

    public enum Kind {
        APP_INSTANCE,
        APP_INSTANCE_USER,
        APP_INSTANCE_BOT,
        CHANNEL
    }
}
