package bellframe.http;

/// What requests pass before their operations run, in this order.
public record Gates(
        FailedSignatures failedSignatures,
        Authentication authentication,
        Authorization authorization,
        Throttling throttling) {
}
