package bellframe.server.config;

import bellframe.http.AddressBlock;
import bellframe.http.Proxies;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was given for each setting, and where; turns texts into values.
final class SettingValues {

    private record Given(String text, String source) {
    }

    /// What AWS documents, and does not adjust.
    private static final int AWS_CONNECTS_PER_SECOND = 1;

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);

    /// Sets a value, replacing one given before.
    ///
    /// @param source where it comes from, for messages: `--port`, `BELLFRAME_PORT`, a file's name
    void give(Setting setting, String text, String source) {
        given.put(setting, new Given(text, source));
    }

    ServerConfig toConfig() {
        try {
            return convert();
        } catch (InvalidConfig problem) {
            throw withSource(problem);
        }
    }

    Path path(Setting setting) {
        try {
            return Path.of(text(setting));
        } catch (InvalidPathException _) {
            throw setting.refusal(text(setting));
        }
    }

    private ServerConfig convert() {
        return new ServerConfig(
                path(Setting.DATA),
                number(Setting.PORT),
                number(Setting.ADMIN_PORT),
                optional(Setting.HOST),
                optional(Setting.PUBLIC_HOST),
                optionalPath(Setting.TLS_CERTIFICATE_FILE),
                optionalPath(Setting.TLS_KEY_FILE),
                optional(Setting.ACCOUNT),
                text(Setting.REGION),
                new Proxies(addresses(Setting.TRUSTED_PROXIES), flag(Setting.PROXY_PROTOCOL)),
                number(Setting.REQUESTS_IN_FLIGHT_MAX),
                limits(),
                sessions(),
                duration(Setting.HANDSHAKE_LIMIT),
                duration(Setting.DRAIN_SPREAD),
                duration(Setting.DRAIN_LIMIT),
                bytes(Setting.FREE_SPACE_RESERVE_BYTES),
                bytes(Setting.STORE_MEMORY_BYTES),
                duration(Setting.SLOW_OPERATION),
                duration(Setting.SWEEP_INTERVAL),
                choice(Setting.LOG_FORMAT, LogFormat.values()),
                choice(Setting.LOG_LEVEL, LogLevel.values()),
                flag(Setting.DEV),
                choice(Setting.AUDIT_LOG, AuditTarget.values()),
                exchange(),
                new KeyConfig(secret(Setting.MASTER_KEY), secret(Setting.PREVIOUS_MASTER_KEY),
                        optionalPath(Setting.IDENTITY_PROVIDER_CA_FILE)),
                outbound(),
                optional(Setting.ROOT_ACCESS_KEY_ID),
                secret(Setting.ROOT_SECRET_ACCESS_KEY));
    }

    private ExchangeConfig exchange() {
        return new ExchangeConfig(
                optional(Setting.CREDENTIAL_EXCHANGE_ROLE),
                optional(Setting.CREDENTIAL_EXCHANGE_PROVIDER),
                optional(Setting.CREDENTIAL_EXCHANGE_APP_INSTANCE),
                text(Setting.CREDENTIAL_EXCHANGE_USER_CLAIM),
                duration(Setting.CREDENTIAL_EXCHANGE_DURATION));
    }

    private OutboundConfig outbound() {
        return new OutboundConfig(
                new FlowConfig(optional(Setting.LAMBDA_ENDPOINT), entries(Setting.PROCESSOR_WEBHOOKS)),
                new StreamConfig(optional(Setting.KINESIS_ENDPOINT), entries(Setting.STREAM_SINKS),
                        optionalPath(Setting.KAFKA_PROPERTIES_FILE), secret(Setting.NATS_SERVERS),
                        optionalPath(Setting.NATS_CREDENTIALS_FILE)),
                optionalPath(Setting.PUSH_APPS_FILE),
                new BotConfig(optional(Setting.LEX_ENDPOINT), entries(Setting.BOT_WEBHOOKS)),
                new AlertConfig(optional(Setting.ALERT_EVENT_BRIDGE_ENDPOINT), text(Setting.ALERT_EVENT_BUS),
                        text(Setting.ALERT_SOURCE), optional(Setting.ALERT_WEBHOOK)),
                secret(Setting.WEBHOOK_SECRET),
                list(Setting.OUTBOUND_HOSTS),
                flag(Setting.OUTBOUND_PRIVATE_ADDRESSES),
                optionalPath(Setting.OUTBOUND_CA_FILE));
    }

    /// In the order in which they are given, so that they are printed like that.
    private Map<String, String> entries(Setting setting) {
        var entries = new LinkedHashMap<String, String>();
        for (String entry : list(setting)) {
            int equals = entry.indexOf('=');
            setting.require(equals > 0, text(setting));
            String before = entries.put(entry.substring(0, equals).strip(), entry.substring(equals + 1).strip());
            setting.require(before == null, text(setting));
        }
        return entries;
    }

    private boolean flag(Setting setting) {
        String text = text(setting);
        setting.require(text.equals("true") || text.equals("false"), text);
        return text.equals("true");
    }

    private @Nullable Secret secret(Setting setting) {
        String text = optional(setting);
        return text == null ? null : new Secret(text);
    }

    private SessionConfig sessions() {
        return new SessionConfig(
                number(Setting.SESSIONS_PER_USER_MAX),
                connectsPerSecondMax(),
                bytes(Setting.SESSION_PENDING_BYTES_MAX),
                duration(Setting.SESSION_STALL_LIMIT),
                bytes(Setting.SESSION_FRAME_BYTES_MAX),
                number(Setting.SESSION_FRAMES_PER_SECOND_MAX),
                duration(Setting.SESSION_PING_INTERVAL),
                duration(Setting.SESSION_REPLAY_LIMIT),
                number(Setting.SESSION_REPLAY_EVENTS_MAX));
    }

    private LimitConfig limits() {
        return new LimitConfig(
                profile(),
                number(Setting.RATES_PERCENT),
                number(Setting.CONNECTIONS_PER_ADDRESS_MAX),
                number(Setting.FAILED_SIGNATURES_PER_MINUTE_MAX));
    }

    private LimitProfile profile() {
        return choice(Setting.LIMITS, LimitProfile.values());
    }

    private int connectsPerSecondMax() {
        Setting setting = Setting.SESSION_CONNECTS_PER_SECOND_MAX;
        if (given.containsKey(setting)) {
            return number(setting);
        }
        return switch (profile()) {
            case STANDARD -> number(setting);
            case AWS -> AWS_CONNECTS_PER_SECOND;
        };
    }

    private InvalidConfig withSource(InvalidConfig problem) {
        Setting setting = problem.setting();
        Given value = setting == null ? null : given.get(setting);
        return value == null
                ? problem
                : new InvalidConfig(problem.getMessage() + " (from " + value.source() + ")");
    }

    private String text(Setting setting) {
        Given value = given.get(setting);
        return value == null ? setting.defaultText() : value.text();
    }

    private @Nullable String optional(Setting setting) {
        String text = text(setting);
        return text.isEmpty() ? null : text;
    }

    private @Nullable Path optionalPath(Setting setting) {
        return text(setting).isEmpty() ? null : path(setting);
    }

    private int number(Setting setting) {
        String text = text(setting);
        setting.require(text.matches("-?[0-9]{1,9}"), text);
        return Integer.parseInt(text);
    }

    private List<AddressBlock> addresses(Setting setting) {
        return list(setting).stream().map(one -> address(setting, one)).toList();
    }

    private List<String> list(Setting setting) {
        String text = text(setting);
        return text.isEmpty() ? List.of() : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private AddressBlock address(Setting setting, String text) {
        return AddressBlock.parse(text).orElseThrow(() -> setting.refusal(text(setting)));
    }

    private long bytes(Setting setting) {
        return ByteSize.parse(text(setting)).orElseThrow(() -> setting.refusal(text(setting)));
    }

    private Duration duration(Setting setting) {
        return TimeSpan.parse(text(setting)).orElseThrow(() -> setting.refusal(text(setting)));
    }

    private <E extends Enum<E>> E choice(Setting setting, E[] choices) {
        String text = text(setting);
        return Arrays.stream(choices)
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> setting.refusal(text));
    }
}
