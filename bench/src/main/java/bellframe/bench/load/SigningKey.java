package bellframe.bench.load;

/// An access key, and the region that its signatures name.
public record SigningKey(String accessKeyId, String secret, String region) {
}
