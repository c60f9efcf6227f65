package bellframe.server.config;

import bellframe.http.AddressBlock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a configuration as a properties file with its documentation; never shows a secret.
public final class ConfigDocument {

    private static final String HEAD = """
            # Bellframe configuration.
            #
            # Flags beat the environment, the environment beats this file, this file beats the defaults.
            # The server reads the file that --config or BELLFRAME_CONFIG names, else bellframe.properties in the data
            # folder. A key that does not exist is an error.
            """;

    private ConfigDocument() {
    }

    /// The sample file: every setting with its default.
    public static String sample() {
        return of(ServerConfig.defaults());
    }

    /// Every setting with its value in the given configuration; of a secret, only whether it is set.
    public static String of(ServerConfig config) {
        var document = new StringBuilder(HEAD);
        for (Setting setting : Setting.values()) {
            document.append('\n').append(documentation(setting)).append(line(config, setting));
        }
        return document.toString();
    }

    private static String documentation(Setting setting) {
        String byDefault = setting.defaultText().isEmpty() ? "empty" : setting.defaultText();
        return comment(setting.documentation())
                + comment("Allowed: " + setting.allowed() + ". Default: " + byDefault + ".")
                + comment("Environment: " + setting.variable());
    }

    private static String comment(String text) {
        return text.lines().map(line -> "# " + line + "\n").reduce("", String::concat);
    }

    private static String line(ServerConfig config, Setting setting) {
        String text = text(config, setting);
        if (setting.secret()) {
            return text.isEmpty() ? "#" + setting.key() + "=\n" : "# (" + setting.key() + " is set and not shown)\n";
        }
        return PropertiesText.entry(setting.key(), text);
    }

    private static String text(ServerConfig config, Setting setting) {
        return switch (setting) {
            case DATA -> config.data().toString();
            case PORT -> Integer.toString(config.port());
            case ADMIN_PORT -> Integer.toString(config.adminPort());
            case HOST -> orEmpty(config.host());
            case PUBLIC_HOST -> orEmpty(config.publicHost());
            case TLS_CERTIFICATE_FILE -> orEmpty(config.tlsCertificateFile());
            case TLS_KEY_FILE -> orEmpty(config.tlsKeyFile());
            case ACCOUNT -> orEmpty(config.account());
            case REGION -> config.region();
            case TRUSTED_PROXIES -> joined(config.proxies().trusted());
            case PROXY_PROTOCOL -> Boolean.toString(config.proxies().protocol());
            case LIMITS -> config.limits().profile().name().toLowerCase(Locale.ROOT);
            case RATES_PERCENT -> Integer.toString(config.limits().ratesPercent());
            case CONNECTIONS_PER_ADDRESS_MAX -> Integer.toString(config.limits().connectionsPerAddressMax());
            case FAILED_SIGNATURES_PER_MINUTE_MAX -> Integer.toString(config.limits().failedSignaturesPerMinuteMax());
            case REQUESTS_IN_FLIGHT_MAX -> Integer.toString(config.requestsInFlightMax());
            case SESSIONS_PER_USER_MAX -> Integer.toString(config.sessions().perUserMax());
            case SESSION_PENDING_BYTES_MAX -> ByteSize.format(config.sessions().pendingBytesMax());
            case SESSION_STALL_LIMIT -> TimeSpan.format(config.sessions().stallLimit());
            case SESSION_CONNECTS_PER_SECOND_MAX -> Integer.toString(config.sessions().connectsPerSecondMax());
            case SESSION_FRAME_BYTES_MAX -> ByteSize.format(config.sessions().frameBytesMax());
            case SESSION_FRAMES_PER_SECOND_MAX -> Integer.toString(config.sessions().framesPerSecondMax());
            case SESSION_PING_INTERVAL -> TimeSpan.format(config.sessions().pingInterval());
            case SESSION_REPLAY_LIMIT -> TimeSpan.format(config.sessions().replayLimit());
            case SESSION_REPLAY_EVENTS_MAX -> Integer.toString(config.sessions().replayEventsMax());
            case HANDSHAKE_LIMIT -> TimeSpan.format(config.handshakeLimit());
            case DRAIN_SPREAD -> TimeSpan.format(config.drainSpread());
            case DRAIN_LIMIT -> TimeSpan.format(config.drainLimit());
            case FREE_SPACE_RESERVE_BYTES -> ByteSize.format(config.freeSpaceReserveBytes());
            case STORE_MEMORY_BYTES -> ByteSize.format(config.storeMemoryBytes());
            case SLOW_OPERATION -> TimeSpan.format(config.slowOperation());
            case SWEEP_INTERVAL -> TimeSpan.format(config.sweepInterval());
            case LOG_FORMAT -> config.logFormat().name().toLowerCase(Locale.ROOT);
            case LOG_LEVEL -> config.logLevel().name().toLowerCase(Locale.ROOT);
            case ROOT_ACCESS_KEY_ID -> orEmpty(config.rootAccessKeyId());
            case DEV -> Boolean.toString(config.dev());
            case AUDIT_LOG -> config.auditLog().name().toLowerCase(Locale.ROOT);
            case CREDENTIAL_EXCHANGE_ROLE -> orEmpty(config.exchange().roleArn());
            case CREDENTIAL_EXCHANGE_PROVIDER -> orEmpty(config.exchange().provider());
            case CREDENTIAL_EXCHANGE_APP_INSTANCE -> orEmpty(config.exchange().appInstance());
            case CREDENTIAL_EXCHANGE_USER_CLAIM -> config.exchange().userClaim();
            case CREDENTIAL_EXCHANGE_DURATION -> TimeSpan.format(config.exchange().duration());
            case MASTER_KEY -> ifSet(config.keys().masterKey());
            case PREVIOUS_MASTER_KEY -> ifSet(config.keys().previousMasterKey());
            case IDENTITY_PROVIDER_CA_FILE -> orEmpty(config.keys().identityProviderCaFile());
            case LAMBDA_ENDPOINT -> orEmpty(config.outbound().flows().lambdaEndpoint());
            case PROCESSOR_WEBHOOKS -> joined(config.outbound().flows().processorWebhooks());
            case KINESIS_ENDPOINT -> orEmpty(config.outbound().streams().kinesisEndpoint());
            case STREAM_SINKS -> joined(config.outbound().streams().sinks());
            case KAFKA_PROPERTIES_FILE -> orEmpty(config.outbound().streams().kafkaPropertiesFile());
            case NATS_SERVERS -> ifSet(config.outbound().streams().natsServers());
            case NATS_CREDENTIALS_FILE -> orEmpty(config.outbound().streams().natsCredentialsFile());
            case PUSH_APPS_FILE -> orEmpty(config.outbound().pushAppsFile());
            case LEX_ENDPOINT -> orEmpty(config.outbound().bots().lexEndpoint());
            case BOT_WEBHOOKS -> joined(config.outbound().bots().webhooks());
            case ALERT_EVENT_BRIDGE_ENDPOINT -> orEmpty(config.outbound().alerts().eventBridgeEndpoint());
            case ALERT_EVENT_BUS -> config.outbound().alerts().eventBus();
            case ALERT_SOURCE -> config.outbound().alerts().source();
            case ALERT_WEBHOOK -> orEmpty(config.outbound().alerts().webhook());
            case WEBHOOK_SECRET -> ifSet(config.outbound().webhookSecret());
            case OUTBOUND_HOSTS -> String.join(",", config.outbound().hosts());
            case OUTBOUND_PRIVATE_ADDRESSES -> Boolean.toString(config.outbound().privateAddresses());
            case OUTBOUND_CA_FILE -> orEmpty(config.outbound().caFile());
            case ROOT_SECRET_ACCESS_KEY -> ifSet(config.rootSecretAccessKey());
        };
    }

    private static String joined(List<AddressBlock> addresses) {
        return addresses.stream().map(AddressBlock::toString).collect(Collectors.joining(","));
    }

    private static String joined(Map<String, String> entries) {
        return entries.entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private static String ifSet(@Nullable Secret secret) {
        return secret == null ? "" : "not shown";
    }

    private static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
