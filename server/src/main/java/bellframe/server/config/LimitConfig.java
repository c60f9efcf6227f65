package bellframe.server.config;

/// How much requests and addresses may take; an instance is valid. [Setting] says what each component means.
public record LimitConfig(
        LimitProfile profile,
        int ratesPercent,
        int connectionsPerAddressMax,
        int failedSignaturesPerMinuteMax) {

    private static final int PERCENT_MAX = 10_000;
    private static final int PER_ADDRESS_MAX = 10_000_000;

    public LimitConfig {
        Setting.RATES_PERCENT.require(ratesPercent >= 1 && ratesPercent <= PERCENT_MAX, ratesPercent);
        Setting.CONNECTIONS_PER_ADDRESS_MAX.require(isPerAddress(connectionsPerAddressMax), connectionsPerAddressMax);
        Setting.FAILED_SIGNATURES_PER_MINUTE_MAX
                .require(isPerAddress(failedSignaturesPerMinuteMax), failedSignaturesPerMinuteMax);
    }

    private static boolean isPerAddress(int number) {
        return number >= 0 && number <= PER_ADDRESS_MAX;
    }
}
